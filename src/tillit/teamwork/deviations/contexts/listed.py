"""deviations/list.html: what one has told with the answers, and what waits for one's own answer."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.foundation.workforce.queries import employee_units
from tillit.kernel import oslo
from tillit.teamwork.deviations.models import DeviationKind, DeviationState
from tillit.teamwork.deviations.queries import DeviationLine, own, to_answer, unseen_answers
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import ListRow, RowList, Tag


@dataclass(frozen=True, slots=True)
class OwnDeviationShown:
    """What one told, and what was said to it."""

    title: str
    note: str
    words: str
    tag: Tag
    answer: str
    who: str
    learned: str
    journal_href: str = field(metadata={"help": "To write what the citizen needs in her journal; empty: about nobody"})


@dataclass(frozen=True, slots=True)
class TeamLink:
    """A team of hers: to tell, and to see the numbers."""

    name: str
    report_href: str
    numbers_href: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """deviations/list.html."""

    to_answer: RowList | None = field(metadata={"help": "None: nothing waits for her answer"})
    own: tuple[OwnDeviationShown, ...]
    unseen: int
    teams: tuple[TeamLink, ...]


_COLOURS = {"OPEN": "neutral", "LOOKING": "info", "ANSWERED": "success"}


def list_page(*, actor: Actor, now: datetime) -> ListPage:
    """Return the page, in a constant number of queries."""
    today = oslo.day_of(now)
    me = actor.employee_id or 0
    waiting = to_answer(actor)
    units = employee_units(employee_id=me, on=today) if me else []
    return ListPage(
        to_answer=RowList(tuple(_row(line, today=today) for line in waiting)) if waiting else None,
        own=tuple(_own(line, today=today) for line in own(me)),
        unseen=unseen_answers(me),
        teams=tuple(
            TeamLink(
                unit.name,
                f"{reverse('deviations:report')}?team={unit.pk}",
                reverse("deviations:numbers", args=[unit.pk]),
            )
            for unit in units
        ),
    )


def _row(line: DeviationLine, *, today: date) -> ListRow:
    when = formats.near_moment(line.reported_at, today=today, language=page_language())
    who = line.holder_name or _("Ingen har tatt det")
    return ListRow(
        title=str(DeviationKind(line.kind).label),
        note=f"{line.unit_name} · {when} · {who}",
        href=reverse("deviations:show", args=[line.deviation_id]),
        end=Tag(str(DeviationState(line.state).label), "info" if line.state == DeviationState.LOOKING else "warning"),
    )


def _own(line: DeviationLine, *, today: date) -> OwnDeviationShown:
    language = page_language()
    when = formats.near_moment(line.reported_at, today=today, language=language)
    note = when
    if line.state != DeviationState.ANSWERED:
        note = f"{when} · {line.holder_name or _('Ingen har tatt det ennå')}"
    answered = ""
    if line.answered_at is not None:
        answered = f"{line.answered_by_name} · {formats.near_moment(line.answered_at, today=today, language=language)}"
    return OwnDeviationShown(
        title=str(DeviationKind(line.kind).label),
        note=note,
        words=line.words,
        tag=Tag(str(DeviationState(line.state).label), _COLOURS[line.state]),  # type: ignore[arg-type]
        answer=line.answer,
        who=answered,
        learned=line.learned,
        journal_href=reverse("journal:write", args=[line.citizen_id])
        if line.citizen_id is not None and line.state != DeviationState.ANSWERED
        else "",
    )
