"""On a visit's page: what is not as usual with her now, and what else one can say from there."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.citizens.queries import CitizenBrief
from tillit.care.citizens.queries.stay_steps import OwnStep
from tillit.care.notices.permissions import WRITE_NOTICE
from tillit.care.observations.permissions import OBSERVE
from tillit.care.observations.queries import WatchLine
from tillit.care.photos.permissions import ADD_PHOTO
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds_anywhere
from tillit.kernel import oslo
from tillit.learning.surveys.queries import told_today
from tillit.pages.myday.contexts import words
from tillit.teamwork.deviations.permissions import REPORT_DEVIATION
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import ListRow


@dataclass(frozen=True, slots=True)
class NotAsUsual:
    """Something that is followed with her now."""

    text: str
    href: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Way:
    """One more thing to say of the visit."""

    label: str
    icon: str
    href: str


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the report."""

    watch: NotAsUsual | None = field(metadata={"help": "None: all is as usual, or nobody has said otherwise"})
    ways: tuple[Way, ...]


def beside(
    *, actor: Actor, citizen_id: int, visit_id: int, unit_id: int, watch: WatchLine | None, now: datetime
) -> Beside:
    """Return what stands beside a visit's report. Asks nothing."""
    found = []
    if holds_anywhere(actor, OBSERVE):
        here = f"?besok={visit_id}"
        found = [
            Way(_("Ikke som vanlig"), "Vitals", reverse("observations:check", args=[citizen_id]) + here),
            Way(_("Vekt eller annet"), "Eye", reverse("observations:observe", args=[citizen_id]) + here),
        ]
    if holds_anywhere(actor, ADD_PHOTO):
        found.append(Way(_("Ta bilde"), "Camera", reverse("photos:add", args=[citizen_id]) + f"?besok={visit_id}"))
    if holds_anywhere(actor, WRITE_NOTICE):
        found.append(
            Way(_("Beskjed"), "Chat", reverse("notices:write_about", args=[citizen_id]) + f"?besok={visit_id}")
        )
    if holds_anywhere(actor, REPORT_DEVIATION):
        asked = f"?team={unit_id}&bruker={citizen_id}&besok={visit_id}"
        found.append(Way(_("Meld avvik"), "ExclamationmarkTriangle", reverse("deviations:report") + asked))
    return Beside(watch=_not_as_usual(watch, now=now) if watch else None, ways=tuple(found))


def watch_row(line: WatchLine, briefs: Mapping[int, CitizenBrief], *, now: datetime) -> ListRow:
    """Return what one follows oneself, as «Min dag» shows what cannot wait."""
    found = _not_as_usual(line, now=now)
    return ListRow(
        title=_("%(name)s er ikke som vanlig") % {"name": briefs[line.citizen_id].name},
        note=found.text,
        href=found.href,
    )


def to_sign_row(count: int) -> tuple[ListRow, ...]:
    """Return that notes wait for her name, or for her answer; nothing when none does."""
    if not count:
        return ()
    title = ngettext("%(count)d ting venter på signering", "%(count)d ting venter på signering", count)
    return (ListRow(title=title % {"count": count}, href=reverse("journal:waiting")),)


def answered_row(count: int) -> tuple[ListRow, ...]:
    """Return that somebody has answered what one told; nothing when nobody has."""
    if not count:
        return ()
    title = ngettext("Svar på avviket du meldte", "Svar på %(count)d avvik du meldte", count) % {"count": count}
    return (ListRow(title=title, href=reverse("deviations:list")),)


def survey_rows(actor: Actor, *, now: datetime) -> tuple[ListRow, ...]:
    """Return the surveys that are open, on the days all are told alike; whoever has answered sees it too."""
    return tuple(
        ListRow(title=one.title, note=_("Åpen undersøkelse. Har du svart, er du ferdig."), href=reverse("surveys:list"))
        for one in told_today(actor=actor, at=now)
    )


def step_row(step: OwnStep, *, now: datetime) -> ListRow:
    """Return a step one has for somebody who is away, or has just come home."""
    return ListRow(
        title=_("%(step)s: %(name)s") % {"step": step.words, "name": step.citizen_name},
        href=reverse("stays:show", args=[step.unit_id, step.whereabouts_id]) if step.unit_id else "",
        badges=(formats.deadline_of(step.on, today=oslo.day_of(now), language=page_language()),) if step.on else (),
    )


def _not_as_usual(line: WatchLine, *, now: datetime) -> NotAsUsual:
    when = words.near_moment(line.due.first, today=oslo.day_of(now))
    late = line.is_late(now)
    text = _("Fristen var %(when)s.") if late else _("Neste frist er %(when)s.")
    return NotAsUsual(text % {"when": when}, reverse("observations:watch", args=[line.watch_id]), late)
