"""deviations/show.html: one deviation, for the one who answers."""

from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens.queries import briefs, reachable
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo
from tillit.teamwork.deviations.models import DeviationAbout, DeviationKind, DeviationState
from tillit.teamwork.deviations.queries import get_deviation
from tillit.teamwork.deviations.queries.deviations import line_of
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Crumb, Crumbs


@dataclass(frozen=True, slots=True)
class DeviationPage:
    """deviations/show.html."""

    deviation_id: int
    crumbs: Crumbs
    title: str
    note: str
    about: str
    citizen_href: str = field(metadata={"help": "To the citizen it is about, when the reader reaches her"})
    words: str
    told: str
    holder: str
    may_answer: bool = field(metadata={"help": "False: it is answered, or her own"})
    may_look: bool
    is_own: bool
    answer: str
    learned: str
    answered: str


def deviation_page(*, actor: Actor, deviation_id: int, now: datetime) -> DeviationPage:
    """Return the page of a deviation the actor answers. Raises NotFound."""
    today, language = oslo.day_of(now), page_language()
    row = get_deviation(actor=actor, deviation_id=deviation_id)
    line = line_of(row)
    about, href = str(DeviationAbout(line.about).label), ""
    if line.citizen_id is not None and reachable(actor, on=today).filter(pk=line.citizen_id).exists():
        brief = briefs([line.citizen_id], on=today, at=now)[line.citizen_id]
        about, href = brief.name, "" if brief.is_barred else reverse("citizens:page", args=[line.citizen_id])
    is_answered = line.state == DeviationState.ANSWERED
    is_own = row.reported_by_id == actor.employee_id
    answered = ""
    if line.answered_at is not None:
        when = formats.near_moment(line.answered_at, today=today, language=language)
        answered = _("Besvart %(when)s av %(who)s.") % {"when": when, "who": line.answered_by_name}
    return DeviationPage(
        deviation_id=row.pk,
        crumbs=Crumbs((Crumb(_("Avvik"), reverse("deviations:list")), Crumb(str(DeviationKind(line.kind).label)))),
        title=str(DeviationKind(line.kind).label),
        note=line.unit_name,
        about=about,
        citizen_href=href,
        words=line.words,
        told=_("Meldt %(when)s av %(who)s.")
        % {
            "when": formats.near_moment(line.reported_at, today=today, language=language),
            "who": line.reported_by_name,
        },
        holder=_("%(name)s ser på det.") % {"name": line.holder_name}
        if line.state == DeviationState.LOOKING and line.holder_name
        else "",
        may_answer=not is_answered and not is_own,
        may_look=not is_answered and not is_own and not (
            line.state == DeviationState.LOOKING and line.holder_id == actor.employee_id
        ),
        is_own=is_own,
        answer=line.answer,
        learned=line.learned,
        answered=answered,
    )  # fmt: skip
