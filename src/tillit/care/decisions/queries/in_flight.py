"""Cases under way when a team's model changes: what moves, what stays (R04). Counts and ids only."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from tillit.care.citizens import queries as citizens
from tillit.care.citizens.models import Following
from tillit.care.decisions.models import Case
from tillit.care.decisions.rules.states import CLOSED, State
from tillit.foundation.organisation.queries import in_force

#: Nobody has begun to assess these: they follow the table when it changes.
NOT_BEGUN = frozenset({State.CONTACT, State.RECEIVED})
#: Somebody is at work with these: they stay with those who know them.
BEGUN = frozenset({State.ASSESSMENT, State.PROPOSED, State.DECIDED, State.REASSESSMENT})
#: What is carried out: the next reassessment is done by whoever the table names then.
RUNNING = frozenset({State.NOTIFIED, State.ACTIVE, State.PAUSED})


def open_cases_of(unit_ids: Collection[int], *, on: date) -> list[Case]:
    """Return the open cases that a table counts for when these units follow it, by id. Two queries.

    A case asks the table of the unit that follows the citizen (of several, the one that follows everything), or of the
    unit that holds it when nobody follows her yet.
    """
    wanted = set(unit_ids)
    followed = Following.objects.filter(in_force(on), unit_id__in=wanted).values("citizen_id")
    rows = list(
        Case.objects.exclude(state__in=[each.value for each in CLOSED])
        .filter(Q(unit_id__in=wanted) | Q(citizen_id__in=followed))
        .select_related("unit")
        .order_by("pk")
    )
    followers = citizens.unit_ids_of({case.citizen_id for case in rows}, on=on)
    return [case for case in rows if next(iter(followers[case.citizen_id]), case.unit_id) in wanted]
