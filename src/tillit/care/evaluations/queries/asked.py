"""What a citizen is asked after an evaluation, and has not answered."""

from dataclasses import dataclass
from datetime import date

from tillit.care.evaluations.models import Asked


@dataclass(frozen=True, slots=True)
class AskedLine:
    """Two questions about one goal."""

    asked_id: int
    goal_words: str
    open_until: date


def asked_now(citizen_id: int, *, on: date) -> list[AskedLine]:
    """Return what she is asked on a day and has not answered, oldest first, in one query. Callers opened the door."""
    rows = Asked.objects.filter(
        evaluation__goal__plan__citizen_id=citizen_id, open_until__gte=on, thought__isnull=True
    ).order_by("asked_at", "pk")
    return [AskedLine(*row) for row in rows.values_list("pk", "evaluation__goal__words", "open_until")]
