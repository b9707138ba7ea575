"""Two registrations turn out to be one person: everything hangs on the right one afterwards, nothing is deleted."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Model, QuerySet
from django.utils.translation import gettext as _

from tillit.care.citizens import queries, rules
from tillit.care.citizens.actions import moved_rows
from tillit.care.citizens.actions.correcting import make_findable, replace_number
from tillit.care.citizens.actions.opening import open_citizen, refuse_old_edition
from tillit.care.citizens.events import CitizensMerged, FollowingChanged
from tillit.care.citizens.models import (
    OPEN_STATES,
    AddressTrust,
    Alert,
    AskedIn,
    Barrier,
    Citizen,
    CompetenceQuestion,
    EmergencyAccess,
    EndOfHelp,
    Following,
    Handover,
    HandoverState,
    HelperWish,
    Home,
    Identifier,
    Merge,
    Move,
    NetworkMember,
    Responsible,
    Whereabouts,
)
from tillit.care.citizens.permissions import MERGE_CITIZENS
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.organisation.rules import ids_in
from tillit.kernel import events
from tillit.kernel.errors import ActionRefused

#: What a merge moves here. Followings go back whatever happened since: without one, nobody reaches her any more.
FOLLOWINGS = moved_rows.Table("followings", Following, ("citizen_id", "valid_to"))
NUMBERS = moved_rows.Table("numbers", Identifier, ("citizen_id", "valid_to"))
ENDS = moved_rows.Table("ends", EndOfHelp, ("citizen_id", "taken_back_by_id", "taken_back_at"))
AROUND = (
    moved_rows.Table("homes", Home, ("citizen_id", "valid_to"), watched=None),
    moved_rows.Table("whereabouts", Whereabouts, ("citizen_id", "to_at"), watched=None),
    moved_rows.Table("responsibles", Responsible, ("citizen_id", "valid_to"), watched=None),
    moved_rows.Table("network", NetworkMember, watched=None),
    moved_rows.Table("wishes", HelperWish, watched=None),
    moved_rows.Table("alerts", Alert, ("citizen_id", "valid_to"), watched=None),
    moved_rows.Table("handovers", Handover, ("citizen_id", "state", "closed_at", "closed_by_id"), watched=None),
    moved_rows.Table("questions", CompetenceQuestion, watched=None),
    moved_rows.Table("barriers", Barrier, ("citizen_id", "valid_to"), watched=None),
    moved_rows.Table("asked_in", AskedIn, watched=None),
    moved_rows.Table("emergencies", EmergencyAccess, watched=None),
    moved_rows.Table("trusts", AddressTrust, ("citizen_id", "valid_to"), watched=None),
    moved_rows.Table("moves", Move, watched=None),
)
#: The record system's own ids, the right one's first: it lets go before the wrong one gets hers back.
KEYS = moved_rows.Table("keys", Citizen, ("import_key",))
#: The number that the right one got from the wrong one.
NEW_NUMBER = "new_number"


class CannotMerge(ActionRefused):
    """Something says that they are two persons, or must be corrected first. `problem` says what."""

    def __init__(self, problem: rules.MergeProblem) -> None:
        super().__init__(_words_for(problem))
        self.problem = problem


@transaction.atomic
def merge_citizens(
    *, actor: Actor, wrong_id: int, right_id: int, wrong_edition: int, right_edition: int, at: datetime
) -> Citizen:
    """Let everything that hangs on the wrong registration hang on the right one, and return that.

    The wrong one stays, points at the right one and is shown no more. What both have (a home, a service-responsible, a
    plan in use) ends on the wrong side and is kept as history; wishes are all kept, for a person to choose; of the
    numbers, the surest holds. What everything was is kept (`Merge`), so that it can be undone (`undo_merge`).
    Raises NotFound (also when one of them is out of reach), NotAllowed, ChangedMeanwhile, CannotMerge. Publishes
    CitizensMerged and FollowingChanged.
    """
    if wrong_id == right_id:
        raise CannotMerge(rules.MergeProblem.SAME)
    opened = {
        one: open_citizen(actor=actor, citizen_id=one, permission=MERGE_CITIZENS, at=at, or_former=True)
        for one in sorted((wrong_id, right_id))  # always locked in the same order
    }
    wrong, wrong_scope, today = opened[wrong_id]
    right, right_scope, _today = opened[right_id]
    refuse_old_edition(wrong, edition=wrong_edition, at=at)
    refuse_old_edition(right, edition=right_edition, at=at)
    seen = queries.sides((wrong.pk, right.pk))
    if problem := rules.problem_of(_registration(seen[wrong.pk]), _registration(seen[right.pk])):
        raise CannotMerge(problem)
    merge, before = _begin(actor, wrong, right, wrong_scope, at=at)
    numbers_before = set(Identifier.objects.filter(citizen=right).values_list("pk", flat=True))
    moved = {
        "numbers": _move_number(wrong, right, seen, today=today),
        "homes": _move_homes(wrong, right, today=today),
        "followings": _move_followings(wrong, right, today=today),
        "whereabouts": _move_whereabouts(wrong, right, at=at),
        "responsibles": _move_responsibles(wrong, right, today=today),
        "network": _move(NetworkMember.objects.filter(citizen=wrong), right),
        "wishes": _move(HelperWish.objects.filter(citizen=wrong), right),
        "alerts": _move_alerts(wrong, right, today=today),
        "ends": _move_ends(wrong, right, at=at, actor=actor),
        "handovers": _move_handovers(wrong, right, at=at, actor=actor),
        "questions": _move(CompetenceQuestion.objects.filter(citizen=wrong), right),
        "barriers": _move_once(Barrier.objects.filter(citizen=wrong), Barrier.objects.filter(citizen=right), right),
        "asked_in": _move(AskedIn.objects.filter(citizen=wrong), right),
        "emergencies": _move(EmergencyAccess.objects.filter(citizen=wrong), right),
        "trusts": _move_once(
            AddressTrust.objects.filter(citizen=wrong), AddressTrust.objects.filter(citizen=right), right
        ),
        "moves": _move(Move.objects.filter(citizen=wrong), right),
    }
    wrong.merged_into, wrong.merged_by_id, wrong.merged_at = right, actor.employee_id, at
    wrong.edition += 1
    key = wrong.import_key
    if right.import_key is None:
        wrong.import_key = None
    wrong.save(update_fields=["merged_into", "merged_by", "merged_at", "import_key", "edition"])
    if wrong.is_secret_address and not right.is_secret_address:
        right.is_secret_address = True  # the safe side, also if the merge is undone
        make_findable(right)
        right.save(update_fields=["is_secret_address", "search_name", "sort_name"])
    right.import_key = right.import_key or key  # the record system's next file means the right one
    right.edition += 1
    right.save(update_fields=["import_key", "edition"])
    for table, seen_rows in before:
        moved_rows.remember(merge.pk, table, seen_rows)
    _remember_new_number(merge, right, numbers_before)
    change = {"merge": merge.pk, "wrong": wrong.pk, "right": right.pk, **moved}
    audit.record(actor, MERGE_CITIZENS, str(wrong), wrong_scope, at=at, change=change)
    audit.record(actor, MERGE_CITIZENS, str(right), right_scope, at=at, change=change)
    events.publish(CitizensMerged(actor=actor, merge_id=merge.pk, wrong_id=wrong.pk, right_id=right.pk, at=at))
    units = queries.unit_ids_of((right.pk,), on=today)[right.pk]
    events.publish(FollowingChanged(citizen_id=right.pk, unit_ids=units, valid_from=today, at=at))
    return right


def why_not_merge(wrong_id: int, right_id: int) -> str:
    """Return what says that two registrations are two persons, in plain words; empty when nothing does.

    For showing before it is tried. Callers have come through `get_citizen` for both.
    """
    seen = queries.sides((wrong_id, right_id))
    problem = rules.problem_of(_registration(seen[wrong_id]), _registration(seen[right_id]))
    return _words_for(problem) if problem else ""


def _begin(
    actor: Actor, wrong: Citizen, right: Citizen, wrong_scope: Scope, *, at: datetime
) -> tuple[Merge, list[tuple[moved_rows.Table, moved_rows.Seen]]]:
    """Return the merge, and what the rows that it may change are before it."""
    units = sorted({ids_in(path)[-1] for path in wrong_scope.paths})
    merge = Merge.objects.create(wrong=wrong, right=right, units=units, merged_by_id=actor.employee_id, merged_at=at)
    both = (wrong.pk, right.pk)
    before = [
        (KEYS, moved_rows.look(KEYS, Citizen.objects.filter(pk__in=both))),
        (NUMBERS, moved_rows.look(NUMBERS, Identifier.objects.filter(citizen_id__in=both))),
        (ENDS, moved_rows.look(ENDS, EndOfHelp.objects.filter(citizen_id__in=both))),
    ]
    before += [
        (table, moved_rows.look(table, table.model._default_manager.filter(citizen=wrong)))
        for table in (FOLLOWINGS, *AROUND)
    ]
    return merge, before


def _remember_new_number(merge: Merge, right: Citizen, before: set[int]) -> None:
    merge.refresh_from_db(fields=["moved"])
    made = Identifier.objects.filter(citizen=right).exclude(pk__in=before)
    merge.moved[NEW_NUMBER] = sorted(made.values_list("pk", flat=True))
    merge.save(update_fields=["moved"])


def _registration(side: queries.Side) -> rules.Registration:
    return rules.Registration(side.citizen_id, side.number_kind, is_dead=side.died_on is not None)


def _move(rows: QuerySet[Model], right: Citizen) -> list[int]:
    """Let rows hang on the right one, and return their ids."""
    ids = sorted(rows.values_list("pk", flat=True))
    rows.model._default_manager.filter(pk__in=ids).update(citizen=right)
    return ids


def _move_number(wrong: Citizen, right: Citizen, seen: dict[int, queries.Side], *, today: date) -> list[int]:
    """Let the surest number identify the right one; the others end, and stay where they were."""
    ended = sorted(Identifier.objects.filter(citizen=wrong, valid_to__isnull=True).values_list("pk", flat=True))
    for row in Identifier.objects.filter(pk__in=ended):
        row.valid_to = max(today, row.valid_from)
        row.save(update_fields=["valid_to"])
    if rules.is_better(seen[wrong.pk].number_kind, than=seen[right.pk].number_kind):
        side = seen[wrong.pk]
        ended.append(replace_number(right, kind=side.number_kind, value=side.number, today=today).pk)
    return ended


def _move_homes(wrong: Citizen, right: Citizen, *, today: date) -> list[int]:
    if Home.objects.filter(citizen=right, valid_to__isnull=True).exists():
        _end(Home.objects.filter(citizen=wrong, valid_to__isnull=True), today=today)
    return _move(Home.objects.filter(citizen=wrong), right)


def _move_followings(wrong: Citizen, right: Citizen, *, today: date) -> list[int]:
    """Whoever followed one of them follows the right one; the same unit does so once."""
    already = Following.objects.filter(citizen=right, valid_to__isnull=True).values("unit_id")
    _end(Following.objects.filter(citizen=wrong, valid_to__isnull=True, unit_id__in=already), today=today)
    return _move(Following.objects.filter(citizen=wrong), right)


def _move_whereabouts(wrong: Citizen, right: Citizen, *, at: datetime) -> list[int]:
    others = list(Whereabouts.objects.filter(citizen=right).values_list("from_at", "to_at"))
    for row in Whereabouts.objects.filter(citizen=wrong):
        goes_on = row.to_at is None or row.to_at > at
        if goes_on and rules.overlaps((row.from_at, row.to_at), others):
            row.to_at = max(at, row.from_at) if row.from_at <= at else row.from_at
            row.save(update_fields=["to_at"])
    return _move(Whereabouts.objects.filter(citizen=wrong), right)


def _move_responsibles(wrong: Citizen, right: Citizen, *, today: date) -> list[int]:
    held = set(Responsible.objects.filter(citizen=right, valid_to__isnull=True).values_list("kind", "is_deputy"))
    for row in Responsible.objects.filter(citizen=wrong, valid_to__isnull=True):
        if (row.kind, row.is_deputy) in held:
            _end(Responsible.objects.filter(pk=row.pk), today=today)
    return _move(Responsible.objects.filter(citizen=wrong), right)


def _move_alerts(wrong: Citizen, right: Citizen, *, today: date) -> list[int]:
    said = set(Alert.objects.filter(citizen=right, valid_to__isnull=True).values_list("kind", "text"))
    for row in Alert.objects.filter(citizen=wrong, valid_to__isnull=True):
        if (row.kind, row.text) in said:
            _end(Alert.objects.filter(pk=row.pk), today=today)
    return _move(Alert.objects.filter(citizen=wrong), right)


def _move_ends(wrong: Citizen, right: Citizen, *, at: datetime, actor: Actor) -> list[int]:
    """An end of help in one of them holds only when both have ended."""
    ended = list(EndOfHelp.objects.filter(citizen__in=(wrong, right), taken_back_at__isnull=True))
    still_followed = Following.objects.filter(citizen=right, valid_to__isnull=True).exists()
    for row in ended:
        if row.citizen_id == wrong.pk or still_followed:
            row.taken_back_by_id, row.taken_back_at = actor.employee_id, at
            row.save(update_fields=["taken_back_by", "taken_back_at"])
    return _move(EndOfHelp.objects.filter(citizen=wrong), right)


def _move_handovers(wrong: Citizen, right: Citizen, *, at: datetime, actor: Actor) -> list[int]:
    """A unit offers her once: where both are offered, the right one's offer stands."""
    offered = Handover.objects.filter(citizen=right, state__in=OPEN_STATES).values("from_unit_id")
    for row in Handover.objects.filter(citizen=wrong, state__in=OPEN_STATES, from_unit_id__in=offered):
        row.state = HandoverState.CLOSED
        row.closed_by_id, row.closed_at = actor.employee_id, at
        row.save(update_fields=["state", "closed_by", "closed_at"])
    return _move(Handover.objects.filter(citizen=wrong), right)


def _move_once(rows: QuerySet[Any], there: QuerySet[Any], right: Citizen) -> list[int]:
    """Move what names an employee; whoever is named on both sides is named once, and the other row never held."""
    named = there.filter(valid_to__isnull=True).values_list("employee_id", flat=True)
    rows.filter(valid_to__isnull=True, employee_id__in=list(named)).update(valid_to=F("valid_from"))
    return _move(rows, right)


def _end(rows: QuerySet[Home] | QuerySet[Following] | QuerySet[Responsible] | QuerySet[Alert], *, today: date) -> None:
    for row in rows:
        row.valid_to = max(today, row.valid_from)
        row.save(update_fields=["valid_to"])


def _words_for(problem: rules.MergeProblem) -> str:
    match problem:
        case rules.MergeProblem.SAME:
            return _("Velg to forskjellige registreringer.")
        case rules.MergeProblem.TWO_NUMBERS:
            return _(
                "Begge har fødselsnummer, og numrene er ulike. Da er det to personer. "
                "Er det ene nummeret feil, må det rettes først."
            )
        case rules.MergeProblem.DEAD_AND_ALIVE:
            return _("Den ene er registrert som død, den andre ikke. Rett det først.")
