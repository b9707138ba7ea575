"""Whom an entry may concern instead, when it was written on the wrong person."""

from datetime import datetime, timedelta

from tillit.care.citizens.models import Citizen
from tillit.care.citizens.queries import reachable, search_citizens
from tillit.care.journal.models import Entry
from tillit.care.journal.queries.entries import get_entry
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo


def likely_people(*, actor: Actor, entry_id: int, text: str, at: datetime) -> list[tuple[int, str]]:
    """Return whom an entry may belong to instead: those a search finds, then those its author wrote about that day.

    Nearest in time first. Only those the actor reaches; the reading is noted. Raises NotFound.
    """
    entry = get_entry(actor=actor, entry_id=entry_id, at=at)
    on = oslo.day_of(at)
    day = oslo.whole_day(oslo.day_of(entry.signed_at))
    same_day: dict[int, timedelta] = {}
    for citizen_id, signed_at in Entry.objects.filter(
        author_id=entry.author_id, author__isnull=False, signed_at__gte=day.start, signed_at__lt=day.end
    ).values_list("citizen_id", "signed_at"):
        away = abs(signed_at - entry.signed_at)
        same_day[citizen_id] = min(away, same_day.get(citizen_id, away))
    wanted = set(search_citizens(actor=actor, text=text, on=on).citizen_ids) if text.strip() else set()
    rows = reachable(actor, on=on)
    found = list((rows.filter(pk__in=list(same_day)) | rows.filter(pk__in=wanted)).exclude(pk=entry.citizen_id))

    def nearest(one: Citizen) -> tuple[bool, timedelta, str]:
        return one.pk not in wanted, same_day.get(one.pk, timedelta.max), one.sort_name

    reading.note_all(one.pk for one in found)
    return [(one.pk, one.name) for one in sorted(found, key=nearest)]
