"""What was seen and said: changes told at the door, what was not as usual, notes, deviations."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.journal.contexts.record import peg_text
from tillit.care.journal.queries import EntryLine
from tillit.care.journal.rules.pegs import Peg
from tillit.care.observations.models import Ending, WatchLevel
from tillit.care.observations.queries import WatchLine
from tillit.care.visits.queries import FollowUpLine, ReportRow
from tillit.pages.citizen.contexts.words import joined
from tillit.pages.citizen.rules.timeline import Happening, Kind
from tillit.teamwork.deviations.models import DeviationKind, DeviationState
from tillit.teamwork.deviations.queries import DeviationLine

_CHANGE_ICONS = {"BETTER": "TrendUp", "WORSE": "TrendDown", "INJURY": "Bandage", "MEDICATION": "PillCircle"}


def changes(lines: Iterable[FollowUpLine]) -> list[Happening]:
    """«Noe har endret seg», with the answer, or whose turn it is."""
    return [
        Happening(
            line.told_at,
            Kind.HEALTH,
            _("Noe har endret seg"),
            _CHANGE_ICONS.get(line.kind, "ArrowsCirclepath"),
            more=line.words,
            who=joined([line.told_by_name, _followed(line)]),
            is_open=line.closed_at is None,
        )
        for line in lines
    ]


def _followed(line: FollowUpLine) -> str:
    if line.closed_at is not None:
        return _("Fulgt opp: %(answer)s") % {"answer": line.answer} if line.answer else _("Fulgt opp")
    return _("Følges opp av %(name)s") % {"name": line.owner_name} if line.owner_name else _("Ingen følger opp ennå")


def watches(lines: Iterable[WatchLine]) -> list[Happening]:
    """What was not as usual, and how it ended. What was removed from the journal is not told."""
    return [
        Happening(
            line.opened_at,
            Kind.HEALTH,
            _("Ikke som vanlig"),
            "Vitals",
            more=joined([str(WatchLevel(line.level).label), str(Ending(line.ending).label) if line.ending else ""]),
            who=_("Følges opp av %(name)s") % {"name": line.owner_name}
            if line.owner_name and line.closed_at is None
            else line.owner_name,
            href=reverse("observations:watch", args=[line.watch_id]),
            is_open=line.closed_at is None,
        )
        for line in lines
        if line.closed_at is None or line.ending
    ]


def reports(lines: Iterable[ReportRow], pegs: Mapping[int, Sequence[Peg]]) -> list[Happening]:
    """What was written of visits."""
    title = {"DIFFERENT": _("Besøket ble annerledes"), "CANCELLED": _("Besøket ble ikke noe av")}
    return [
        Happening(
            line.reported_at,
            Kind.NOTE,
            " · ".join(peg_text(peg) for peg in pegs.get(line.report_id, ()) if peg.words)
            or title.get(line.outcome, _("Notat fra besøk")),
            "NotePencil",
            more=line.note,
            who=line.reported_by_name,
        )
        for line in lines
        if line.note
    ]


def notes(lines: Iterable[tuple[datetime, EntryLine]]) -> list[Happening]:
    """Notes of their own: somebody sat down and wrote, not after a visit."""
    return [
        Happening(at, Kind.NOTE, _("Notat"), "NotePencil", more=line.content.text, who=line.author_name)
        for at, line in lines
    ]


def deviations(lines: Iterable[DeviationLine], *, answers: bool) -> list[Happening]:
    """Deviations about her. answers: the reader answers for them, and may open them."""
    return [
        Happening(
            line.reported_at,
            Kind.DEVIATION,
            _("Avvik: %(what)s") % {"what": str(DeviationKind(line.kind).label).lower()},
            "ExclamationmarkTriangle",
            more=line.words,
            who=joined([line.reported_by_name, str(DeviationState(line.state).label)]),
            href=reverse("deviations:show", args=[line.deviation_id]) if answers else reverse("deviations:list"),
            is_open=line.state in (DeviationState.OPEN, DeviationState.LOOKING),
        )
        for line in lines
    ]
