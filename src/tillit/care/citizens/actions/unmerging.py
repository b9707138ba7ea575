"""Two registrations were two persons after all: what the merge moved is put back. A correction that adds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens import queries
from tillit.care.citizens.actions import merging, moved_rows
from tillit.care.citizens.actions.opening import open_citizen, refuse_old_edition
from tillit.care.citizens.events import FollowingChanged, HelpEnded, MergeUndone
from tillit.care.citizens.models import Citizen, EndKind, EndOfHelp, Following, Identifier, Merge
from tillit.care.citizens.permissions import MERGE_CITIZENS
from tillit.care.citizens.rules import Fate
from tillit.foundation.access import audit, reading
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import holds
from tillit.foundation.organisation.queries import paths_of
from tillit.kernel import events
from tillit.kernel.errors import ActionRefused, NotFound

Outcome = Mapping[str, Mapping[str, int]]
"""Part (such as "homes") → Fate → how many rows."""


class CannotUndo(ActionRefused):
    """Something must be put right first, or what was moved is not known."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing a merge did, or would do."""

    merge_id: int
    outcome: Outcome


class _OnlyLooking(Exception):
    """Carries the answer out of a transaction that is rolled back."""

    def __init__(self, undone: Undone) -> None:
        super().__init__()
        self.undone = undone


@transaction.atomic
def undo_merge(*, actor: Actor, wrong_id: int, right_id: int, right_edition: int, at: datetime) -> Undone:
    """Let everything that the merge moved hang where it did, as far as nobody has changed it since.

    What was changed or added since stays with the right one; the outcome, kept with the merge, says how much. Both get
    a new edition. Nothing is deleted: a number that the right one got ends. The newest merge is undone first.
    Raises NotFound (also when one of them is out of reach), NotAllowed, ChangedMeanwhile, CannotUndo. Publishes
    MergeUndone, FollowingChanged for both, and HelpEnded when an end of help holds again.
    """
    right, right_scope, today = open_citizen(
        actor=actor, citizen_id=right_id, permission=MERGE_CITIZENS, at=at, or_former=True
    )
    wrong = Citizen.objects.select_for_update(of=("self",)).filter(pk=wrong_id, merged_into=right).first()
    if wrong is None:
        raise NotFound(_("Fant ikke sammenslåingen."))
    merge = _merge_of(actor, wrong, right)
    refuse_old_edition(right, edition=right_edition, at=at)
    _refuse_what_came_since(right, merge)
    ids = _put_back(merge, right, today=today)
    wrong.refresh_from_db()
    right.refresh_from_db()
    wrong.merged_into = wrong.merged_by = wrong.merged_at = None
    wrong.edition += 1
    wrong.save(update_fields=["merged_into", "merged_by", "merged_at", "edition"])
    right.edition += 1
    right.save(update_fields=["edition"])
    ended = _restore_ends(merge, right)
    change = {"merge": merge.pk, "undone": True, "wrong": wrong.pk, "right": right.pk, **ids}
    wrong_scope = queries.last_scope_of(wrong.pk, on=today)
    audit.record(actor, MERGE_CITIZENS, str(wrong), wrong_scope, at=at, change=change)
    audit.record(actor, MERGE_CITIZENS, str(right), right_scope, at=at, change=change)
    events.publish(MergeUndone(actor=actor, merge_id=merge.pk, wrong_id=wrong.pk, right_id=right.pk, at=at))
    _tell(wrong, right, ended, today=today, at=at)
    merge.refresh_from_db()
    merge.undone_by_id, merge.undone_at = actor.employee_id, at
    merge.save(update_fields=["undone_by", "undone_at"])
    return Undone(merge.pk, merge.outcome)


def foresee_undo(*, actor: Actor, wrong_id: int, right_id: int, right_edition: int, at: datetime) -> Undone:
    """Say what `undo_merge` would do. It is done and rolled back, so that the answer is the same. Raises the same."""
    try:
        with reading.watching(), transaction.atomic():
            raise _OnlyLooking(
                undo_merge(actor=actor, wrong_id=wrong_id, right_id=right_id, right_edition=right_edition, at=at)
            )
    except _OnlyLooking as seen:
        reading.note_all((wrong_id, right_id))  # looked at; what the act itself noted was rolled back with it
        return seen.undone


def may_undo(actor: Actor, merge: Merge) -> bool:
    """Whether the actor may also act on the wrong one: in a unit that followed her when she was merged."""
    paths = tuple(paths_of(merge.units).values())
    return holds(actor, MERGE_CITIZENS, Scope(paths, merge.wrong_id))


def _merge_of(actor: Actor, wrong: Citizen, right: Citizen) -> Merge:
    merge = Merge.objects.select_for_update(of=("self",)).filter(wrong=wrong, undone_at__isnull=True).first()
    if merge is None:
        raise CannotUndo(
            _(
                "Denne sammenslåingen ble gjort før Tillit tok vare på hva som ble flyttet. Den kan ikke angres med en "
                "knapp. I loggen står det hva som ble flyttet, slik at det kan rettes for hånd."
            )
        )
    if not may_undo(actor, merge):
        raise NotFound(_("Fant ikke sammenslåingen."))
    reading.note(wrong.pk)
    if Merge.objects.filter(right=right, undone_at__isnull=True, pk__gt=merge.pk).exists():
        raise CannotUndo(_("Det er slått sammen flere siden. Angre den nyeste sammenslåingen først."))
    return merge


def _refuse_what_came_since(right: Citizen, merge: Merge) -> None:
    if EndOfHelp.objects.filter(citizen=right, taken_back_at__isnull=True, ended_at__gt=merge.merged_at).exists():
        raise CannotUndo(
            _(
                "Etter sammenslåingen er hjelpen avsluttet, eller brukeren er registrert som død. Da vet vi ikke hvem "
                "av de to det gjelder. Rett det først, og angre så sammenslåingen."
            )
        )


def _put_back(merge: Merge, right: Citizen, *, today: date) -> dict[str, list[int]]:
    """Put back all but the ends of help, and return the ids by part."""
    found = {
        "numbers": _put_back_numbers(merge, right, today=today),
        "followings": moved_rows.put_back(merge.pk, merging.FOLLOWINGS),
    }
    for table in merging.AROUND:
        found[table.part] = moved_rows.put_back(merge.pk, table)
    found["keys"] = _put_back_keys(merge, right)
    return found


def _put_back_numbers(merge: Merge, right: Citizen, *, today: date) -> list[int]:
    """Let each have her own number again; has the right one been given another since, that one holds."""
    new = list(Identifier.objects.filter(pk__in=merge.moved.get(merging.NEW_NUMBER, ())))
    holds_still = [row for row in new if row.citizen_id == right.pk and row.valid_to is None]
    for row in holds_still:
        row.valid_to = max(today, row.valid_from)
        row.save(update_fields=["valid_to"])
    own = Identifier.objects.filter(citizen=right).values_list("pk", flat=True)
    return moved_rows.put_back(merge.pk, merging.NUMBERS, leave=own if len(holds_still) < len(new) else ())


def _put_back_keys(merge: Merge, right: Citizen) -> list[int]:
    """Give the record system's id back to the wrong one, unless the right one has got another since."""
    told = {pk: fields["import_key"] for pk, fields, _mark in merge.moved.get(merging.KEYS.part, ())}
    if right.pk not in told:
        return []
    was, became = told[right.pk]
    fate = Fate.BACK if right.import_key == became else Fate.CHANGED
    if fate is Fate.BACK:  # one at a time: two never have the same
        Citizen.objects.filter(pk=right.pk).update(import_key=was)
        Citizen.objects.filter(pk=merge.wrong_id).update(import_key=told[merge.wrong_id][0])
    moved_rows.keep_outcome(Merge.objects.get(pk=merge.pk), merging.KEYS.part, [fate])
    return sorted(told) if fate is Fate.BACK else []


def _restore_ends(merge: Merge, right: Citizen) -> list[EndOfHelp]:
    """Let ends of help hold again, and return those that do. The right one's does not while somebody follows her."""
    followed = Following.objects.filter(citizen=right, valid_to__isnull=True).exists()
    own = EndOfHelp.objects.filter(citizen=right).values_list("pk", flat=True)
    wrongs = {pk for pk, fields, _mark in merge.moved.get(merging.ENDS.part, ()) if "citizen_id" in fields}
    leave = [pk for pk in own if pk not in wrongs] if followed else []
    back = moved_rows.put_back(merge.pk, merging.ENDS, leave=leave)
    return list(EndOfHelp.objects.filter(pk__in=back, taken_back_at__isnull=True).order_by("pk"))


def _tell(wrong: Citizen, right: Citizen, ended: list[EndOfHelp], *, today: date, at: datetime) -> None:
    units = queries.unit_ids_of((wrong.pk, right.pk), on=today)
    for one in (right, wrong):
        events.publish(FollowingChanged(citizen_id=one.pk, unit_ids=units[one.pk], valid_from=today, at=at))
    for end in ended:
        is_death, has_moved = end.kind == EndKind.DEATH, end.kind == EndKind.MOVED
        events.publish(
            HelpEnded(citizen_id=end.citizen_id, is_death=is_death, has_moved=has_moved, ends_on=end.ends_on, at=at)
        )
