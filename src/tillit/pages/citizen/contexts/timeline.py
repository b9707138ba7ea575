"""The last days in a few lines: what changed, what was written, conversations and plans."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.careplans.queries import PlanLine
from tillit.care.journal.queries import EntryLine
from tillit.care.needs.queries import ConversationLine
from tillit.care.visits.queries import FollowUpLine, ReportRow
from tillit.pages.citizen.contexts.words import joined
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import ListRow, RowList

MOST_LINES = 8


@dataclass(frozen=True, slots=True)
class _Happened:
    at: datetime
    row: ListRow


def timeline(
    *,
    follow_ups: Iterable[FollowUpLine],
    reports: Mapping[int, ReportRow],
    notes: Iterable[EntryLine],
    conversations: Iterable[ConversationLine],
    plans: Iterable[PlanLine],
    today: date,
    since: date,
) -> RowList | None:
    """Return what happened, newest first, at most MOST_LINES; open changes stay however old they are."""
    found = [
        *(_follow_up(one, today=today) for one in follow_ups),
        *(_report(one, today=today) for one in reports.values() if one.note),
        *(_note(one, today=today) for one in notes),
        *(_conversation(one, at=one.done_at, today=today) for one in conversations if one.done_at is not None),
        *(_plan(one, at=one.valid_from, today=today) for one in plans if one.valid_from is not None),
    ]
    open_ones = {one.told_at for one in follow_ups if one.closed_at is None}
    recent = [one for one in found if formats.day_of(one.at) >= since or one.at in open_ones]
    recent.sort(key=lambda one: one.at, reverse=True)
    if not recent:
        return None
    return RowList(rows=tuple(one.row for one in recent[:MOST_LINES]), ordered=True, look="timeline")


def _when(at: datetime, *, today: date) -> str:
    return formats.near_moment(at, today=today, language=page_language())


def _follow_up(line: FollowUpLine, *, today: date) -> _Happened:
    if line.closed_at is not None:
        who = _("Fulgt opp: %(answer)s") % {"answer": line.answer} if line.answer else _("Fulgt opp")
    else:
        who = _("Følges opp av %(name)s") % {"name": line.owner_name} if line.owner_name else _("Ingen følger opp ennå")
    icon = {"BETTER": "TrendUp", "WORSE": "TrendDown", "INJURY": "Bandage", "MEDICATION": "PillCircle"}
    return _Happened(
        line.told_at,
        ListRow(
            title=_("Noe har endret seg"),
            more=line.words,
            note=joined([line.told_by_name, _when(line.told_at, today=today), who]),
            icon=icon.get(line.kind, "ArrowsCirclepath"),
        ),
    )


def _report(line: ReportRow, *, today: date) -> _Happened:
    title = {"DIFFERENT": _("Besøket ble annerledes"), "CANCELLED": _("Besøket ble ikke noe av")}
    return _Happened(
        line.reported_at,
        ListRow(
            title=title.get(line.outcome, _("Notat fra besøk")),
            more=line.note,
            note=joined([line.reported_by_name, _when(line.reported_at, today=today)]),
            icon="NotePencil",
        ),
    )


def _note(line: EntryLine, *, today: date) -> _Happened:
    return _Happened(
        line.happened_at,
        ListRow(
            title=_("Notat"),
            more=line.content.text,
            note=joined([line.author_name, _when(line.happened_at, today=today)]),
            icon="NotePencil",
        ),
    )


def _conversation(line: ConversationLine, *, at: datetime, today: date) -> _Happened:
    return _Happened(
        at,
        ListRow(
            title=_("Samtale om hva som er viktig"),
            more=_("Ønskene er ikke sagt ennå.") if line.no_words_reason else "",
            note=joined([line.saved_by, _when(at, today=today)]),
            icon="ChatCheckmark",
            href=reverse("needs:read", args=[line.citizen_id, line.conversation_id]),
        ),
    )


def _plan(line: PlanLine, *, at: datetime, today: date) -> _Happened:
    if line.adjusted is not None:
        return _Happened(
            at,
            ListRow(
                title=_("Planen er justert"),
                more=f"{line.adjusted.text}. «{line.adjusted.why}»",
                note=joined([line.adjusted.by_name, _when(at, today=today)]),
                icon="Pencil",
            ),
        )
    return _Happened(
        at,
        ListRow(
            title=_("Ny plan tatt i bruk"),
            note=joined([line.changed_by_name, _when(at, today=today)]),
            icon="Tasklist",
        ),
    )
