"""Many citizens at once, as a record system's file tells of them: the rules, history and audit of the single acts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from tillit.care.citizens import rules
from tillit.care.citizens.actions.taking_in.foreseeing import Incoming, citizens_of, look
from tillit.care.citizens.actions.taking_in.writing import write_steps
from tillit.care.citizens.events import CitizensTakenIn
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.kernel import events


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The citizens of the rows, in their order, and which of them are new or changed."""

    citizen_ids: tuple[int, ...]
    registered: frozenset[int]
    changed: frozenset[int]


@transaction.atomic
def take_in_citizens(
    *, actor: Actor, rows: Sequence[Incoming], numbers: rules.Numbers, on: date, at: datetime
) -> TakenIn:
    """Store new citizens and what is different about known ones, from a day, in a constant number of queries.

    What facts were is kept (`Correction`, reason FILE); what held of homes, units, numbers, next of kin and those who
    answer for her ends that day. The audit trail gets the entries that the single acts write. Parts that a person must
    look at are left out (`rules.LeftOut`). Told twice, nothing is written the second time.
    Raises the first refusal that `foresee_citizens` tells of: callers leave such rows out. Publishes CitizensTakenIn,
    once, unless nothing is different.
    """
    citizens = citizens_of(rows, lock=True)
    outlooks = look(actor, rows, numbers, on, frozenset(), citizens)
    refused = next((one.refused for one in outlooks if one.refused is not None), None)
    if refused is not None:
        raise refused
    written = write_steps(actor, rows, outlooks, citizens, on=on, at=at)
    news = CitizensTakenIn(
        registered_ids=tuple(sorted(written.registered)),
        corrected_ids=tuple(sorted(written.corrected)),
        moved_ids=tuple(sorted(written.moved)),
        handed_over_ids=tuple(sorted(written.handed_over)),
        valid_from=on,
        at=at,
    )
    changed = written.changed
    if written.registered or changed:
        reading.note_all(written.registered | changed, changed=True)
        events.publish(news)
    return TakenIn(written.citizen_ids, frozenset(written.registered), frozenset(changed))
