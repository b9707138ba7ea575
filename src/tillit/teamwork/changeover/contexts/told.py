"""What is told at a change of shift, read for all of a team's citizens at once. Nothing is written for it."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.careplans import queries as plans
from tillit.care.citizens import queries as citizens
from tillit.care.citizens.queries.stays import left_or_came
from tillit.care.journal import queries as journal
from tillit.care.observations.queries import open_watches
from tillit.care.visits import queries as visits
from tillit.care.visits.answers_journal import change_icon
from tillit.care.visits.models import CancelledBy, ChangeKind, Urgency
from tillit.care.visits.queries import FollowUpLine
from tillit.kernel import oslo
from tillit.teamwork.changeover.rules.board import Item, Weight

_WEIGHTS = {Urgency.NOW: Weight.NOW, Urgency.TODAY: Weight.TODAY}


def items_of(citizen_ids: Iterable[int], *, since: datetime, until: datetime) -> list[Item]:
    """Return all that is told about the citizens in a window, and what is open now; a constant number of queries.

    Nothing is written for this: each thing stands where it happened. Callers have checked that the reader reads the
    citizens' journals; the reading of those who are named is noted.
    """
    ids = tuple(citizen_ids)
    return [
        *(_change(line) for line in visits.follow_ups_of_many(ids, since=since)),
        *_watched(ids),
        *_said(ids, since=since, until=until),
        *_notes(ids, since=since, until=until),
        *_away(ids, since=since, until=until),
        *_plans(ids, since=since, until=until),
        *_new(ids, since=since, until=until),
    ]


def _change(line: FollowUpLine) -> Item:
    href = reverse("myday:follow_up", args=[line.follow_up_id])
    kind = str(ChangeKind(line.kind).label)
    if line.closed_at is not None:
        return Item(
            line.citizen_id, Weight.NEWS, line.told_at, _("%(what)s, fulgt opp") % {"what": kind},
            words=" – ".join(part for part in (line.words, line.answer) if part), who=line.told_by_name,
            icon="Checkmark", href=href,
        )  # fmt: skip
    owner = line.owner_name or _("ingen følger opp")
    return Item(
        line.citizen_id, _WEIGHTS.get(Urgency(line.urgency), Weight.OPEN), line.told_at,
        _("%(what)s. Følges opp: %(who)s") % {"what": kind, "who": owner},
        words=line.words, who=line.told_by_name, icon=change_icon(line.kind), href=href,
    )  # fmt: skip


def _watched(ids: tuple[int, ...]) -> list[Item]:
    return [
        Item(
            line.citizen_id,
            Weight.TODAY,
            line.opened_at,
            _("Ikke som vanlig. Følges opp: %(who)s") % {"who": line.owner_name or _("ingen følger opp")},
            icon="Vitals",
            href=reverse("observations:watch", args=[line.watch_id]),
        )
        for line in open_watches(citizen_ids=ids)
    ]


def _said(ids: tuple[int, ...], *, since: datetime, until: datetime) -> list[Item]:
    titles = {"DIFFERENT": _("Besøket ble annerledes"), "CANCELLED": _("Besøket ble ikke noe av")}
    return [
        Item(
            citizen_id, Weight.NEWS, row.reported_at,
            " · ".join(
                part
                for part in (
                    titles.get(row.outcome, _("Notat fra besøk")),
                    str(CancelledBy(row.cancelled_by).label) if row.cancelled_by else "",
                )
                if part
            ),
            words=row.note, who=row.reported_by_name, icon="House", href=reverse("myday:visit", args=[row.visit_id]),
        )
        for citizen_id, row in visits.said_between(ids, since=since, until=until)
    ]  # fmt: skip


def _notes(ids: tuple[int, ...], *, since: datetime, until: datetime) -> list[Item]:
    return [
        Item(
            line.citizen_id, Weight.NEWS, line.happened_at, _("Notat"), words=line.content.text, who=line.author_name,
            icon="NotePencil", href=reverse("journal:record", args=[line.citizen_id]),
        )
        for line in journal.notes_of_many(ids, since=since)
        if line.happened_at < until
    ]  # fmt: skip


def _away(ids: tuple[int, ...], *, since: datetime, until: datetime) -> list[Item]:
    return [
        Item(
            one.citizen_id, Weight.NEWS, one.at,
            _("Er hjemme igjen")
            if one.came
            else ", ".join(part for part in (one.kind_name, one.place) if part),
            icon="House" if one.came else "Hospital", href=reverse("citizens:page", args=[one.citizen_id]),
        )
        for one in left_or_came(ids, since=since, until=until)
    ]  # fmt: skip


def _plans(ids: tuple[int, ...], *, since: datetime, until: datetime) -> list[Item]:
    found = []
    for line in plans.started_between(ids, since=since, until=until):
        step = line.adjusted
        found.append(
            Item(
                line.citizen_id, Weight.NEWS, line.valid_from or since,
                step.text if step else _("Ny plan tatt i bruk"), words=step.why if step else "",
                who=step.by_name if step else line.changed_by_name, icon="Tasklist",
                href=reverse("careplans:plan_edit", args=[line.citizen_id]),
            )
        )  # fmt: skip
    return found


def _new(ids: tuple[int, ...], *, since: datetime, until: datetime) -> list[Item]:
    first, last = oslo.day_of(since), oslo.day_of(until)
    return [
        Item(
            citizen_id, Weight.NEWS, max(since, oslo.whole_day(day).start), _("Ny hos oss"), icon="PersonPlus",
            href=reverse("citizens:page", args=[citizen_id]),
        )
        for citizen_id, day in citizens.followed_since(ids, on=last).items()
        if first <= day <= last
    ]  # fmt: skip
