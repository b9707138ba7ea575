"""What somebody had seen of a visit when she left coverage: compared with what has been said since."""

from collections.abc import Iterable

from django.db.models import Max

from tillit.care.visits.models import Visit, VisitState


def editions(visit_ids: Iterable[int]) -> dict[int, str]:
    """Return the edition of each visit as it stands now, in one query: the newest report, and whether it is off.

    Goes with the day's packet to the phone, and comes back with what is written there.
    """
    rows = Visit.objects.filter(pk__in=list(visit_ids)).annotate(newest=Max("reports__pk"))
    return {
        pk: f"{newest or 0}{'x' if state == VisitState.CANCELLED else ''}"
        for pk, newest, state in rows.values_list("pk", "newest", "state")
    }
