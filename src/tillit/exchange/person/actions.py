"""What one can do: write all that is stored about one citizen to a file, for her."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from tillit.care.citizens import queries
from tillit.exchange.person import collecting, writing
from tillit.exchange.person.permissions import EXPORT_PERSON
from tillit.foundation.access import audit, reading
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import require
from tillit.kernel import oslo


@transaction.atomic
def export_person(*, actor: Actor, citizen_id: int, target: Path, at: datetime) -> dict[str, int]:
    """Write the file, and return how many rows of each table are in it. Others' confidential words are left out.

    target: a file that is not there yet. Raises NotFound out of reach, NotAllowed, FileExistsError.
    """
    citizen = queries.get_citizen(actor=actor, citizen_id=citizen_id, at=at)
    scope = queries.scope_of(citizen.pk, on=oslo.day_of(at))
    require(actor, EXPORT_PERSON, scope)
    ids = collecting.own_ids(citizen.pk)
    reading.note_all(ids)
    audit.record(actor, EXPORT_PERSON, f"citizen:{citizen.pk}", scope, at=at, change={"registrations": ids})
    return writing.write(target, collecting.tables(citizen.pk), citizen_ids=ids, at=at)
