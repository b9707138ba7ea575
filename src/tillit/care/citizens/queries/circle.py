"""What is around one or more citizens: wishes about helpers, times away."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from tillit.care.citizens.models import Barrier, HelperWish, Whereabouts, WishKind
from tillit.foundation.organisation.queries import in_force
from tillit.kernel.periods import Period


@dataclass(frozen=True, slots=True)
class Wish:
    """A wish about helpers. Either one colleague or a gender (K or M) is set."""

    kind: str  # a WishKind: MUST_NOT is never broken
    employee_id: int | None
    gender: str


@dataclass(frozen=True, slots=True)
class Away:
    """A time when the citizen is not at home. `to_at` is None while nobody knows when she comes back."""

    kind: str
    from_at: datetime
    to_at: datetime | None

    def contains(self, moment: datetime) -> bool:
        """Whether she is away at `moment`; at `to_at` she is home."""
        return self.from_at <= moment and (self.to_at is None or moment < self.to_at)


def wishes(citizen_ids: Iterable[int], *, on: date) -> dict[int, list[Wish]]:
    """Return the wishes about helpers in force on a day; citizens without any are left out. Callers checked reach.

    Whoever is barred from the citizen's record goes to her no more: each is a wish that is never broken.
    """
    citizen_ids = list(citizen_ids)
    found: dict[int, list[Wish]] = defaultdict(list)
    rows = (
        HelperWish.objects.filter(in_force(on), citizen_id__in=citizen_ids)
        .order_by("citizen_id", "pk")
        .values_list("citizen_id", "kind", "employee_id", "gender")
    )
    for citizen_id, kind, employee_id, gender in rows:
        found[citizen_id].append(Wish(kind=kind, employee_id=employee_id, gender=gender))
    barred = Barrier.objects.filter(in_force(on), citizen_id__in=citizen_ids).order_by("citizen_id", "pk")
    for citizen_id, employee_id in barred.values_list("citizen_id", "employee_id"):
        found[citizen_id].append(Wish(kind=WishKind.MUST_NOT, employee_id=employee_id, gender=""))
    return dict(found)


def away_periods(citizen_ids: Iterable[int], period: Period) -> dict[int, list[Away]]:
    """Return the times away that touch `period`, in order; citizens who are home throughout are left out."""
    found: dict[int, list[Away]] = defaultdict(list)
    rows = (
        Whereabouts.objects.filter(citizen_id__in=list(citizen_ids), from_at__lt=period.end)
        .filter(Q(to_at__isnull=True) | Q(to_at__gt=period.start))
        .order_by("citizen_id", "from_at", "pk")
        .values_list("citizen_id", "kind", "from_at", "to_at")
    )
    for citizen_id, kind, from_at, to_at in rows:
        if to_at is None or to_at > from_at:  # a time that was called off holds nothing
            found[citizen_id].append(Away(kind=kind, from_at=from_at, to_at=to_at))
    return dict(found)
