"""What was said of a visit and of those before: notes, changes, and how it went."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.journal.queries import SignedBy
from tillit.care.journal.rules.pegs import Peg
from tillit.care.visits.queries import FollowUpLine, ReportRow, VisitRow
from tillit.pages.myday import queries
from tillit.pages.myday.contexts import words
from tillit.pages.myday.contexts.about import heading

NOTES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class NoteShown:
    """What somebody wrote at an earlier visit."""

    who: str
    when: str
    text: str
    about: str = field(metadata={"help": "What in the plan it hangs on; empty: nothing"})
    correct_href: str = field(metadata={"help": "Empty: nobody has signed it"})


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """Something that has changed, and that nobody has closed yet."""

    title: str
    text: str
    who: str
    when: str
    href: str


@dataclass(frozen=True, slots=True)
class Told:
    """What has been said of this visit already, and the way back."""

    title: str
    text: str
    is_done: bool
    undo_href: str
    wrong_href: str = field(metadata={"help": "To say that it was written on the wrong person; empty: nothing to say"})


def notes_of(
    reports: Mapping[int, ReportRow],
    this_visit: int,
    signed: Mapping[int, SignedBy],
    pegs: Mapping[int, tuple[Peg, ...]],
    *,
    today: date,
    may_correct: bool,
) -> tuple[NoteShown, ...]:
    """Return the newest notes of other visits, newest first."""
    written = [report for report in reports.values() if report.note and report.visit_id != this_visit]
    newest = sorted(written, key=lambda report: (report.reported_at, report.report_id), reverse=True)[:NOTES_SHOWN]
    return tuple(
        NoteShown(
            who=signed[report.report_id].who if report.report_id in signed else report.reported_by_name,
            when=words.near_moment(report.reported_at, today=today),
            text=report.note,
            about=heading(pegs.get(report.report_id, ())),
            correct_href=reverse("journal:correct", args=[signed[report.report_id].entry_id])
            if may_correct and report.report_id in signed
            else "",
        )
        for report in newest
    )


def change_of(line: FollowUpLine, *, today: date) -> ChangeShown:
    """Return a change as the page shows it."""
    return ChangeShown(
        title=str(queries.CHANGE_KINDS[line.kind]),
        text=words.shortened(line.words, words.ON_THE_CARD),
        who=line.told_by_name,
        when=words.near_moment(line.told_at, today=today),
        href=reverse("myday:follow_up", args=[line.follow_up_id]),
    )


def told_of(
    row: VisitRow, report: ReportRow | None, signed: Mapping[int, SignedBy], *, today: date, may_ask: bool
) -> Told | None:
    """Return what has been said of the visit; None when nothing has."""
    if row.state == "PLANNED":
        return None
    entry = signed.get(report.report_id) if report else None
    wrong = reverse("journal:wrong_person", args=[entry.entry_id]) if entry and may_ask else ""
    undo = reverse("myday:undo", args=[row.visit_id]) if report else ""
    when = words.near_moment(report.reported_at, today=today) if report else ""
    who = report.reported_by_name if report else ""
    said = _("Meldt %(when)s av %(who)s.") % {"when": when, "who": who} if report and who else ""
    if row.state == "CANCELLED":
        why = str(queries.CANCELLED_BY.get(row.cancelled_by, ""))
        return Told(_("Besøket ble ikke noe av"), f"{why}. {said}" if why else said, False, undo, wrong)
    return Told(_("Besøket er ferdig"), said, True, undo, wrong)
