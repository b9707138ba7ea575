"""Asking the engine what a day's lists can take. The answer is ids, codes and numbers.

Travel is the day's plan's: a routing server is asked about homes nobody has asked about, as for a proposal.
"""

from collections.abc import Callable
from datetime import datetime
from time import monotonic
from typing import Any

from planengine.parameters import Stop
from planengine.robust import strength_of
from planengine.robust_remedies import Remedy
from planengine.robust_repair import Absence
from planengine.weights import Weights
from tillit.foundation.workforce.competence_catalogue import COMPETENCES
from tillit.teamwork.planning.adapter.answer import whole_minutes
from tillit.teamwork.planning.adapter.problem import Translated
from tillit.teamwork.planning.adapter.sturdier import sturdier
from tillit.teamwork.planning.adapter.why import standing
from tillit.teamwork.planning.rules.day import Day

SEED = 1
ITERATIONS = 4_000
MOST_FRAGILE = 6
BY_EDUCATION = frozenset(each.code for each in COMPETENCES if each.professions and each.months_valid is None)
"""What comes with a profession: nobody learns it in a course."""


def strength(
    day: Day,
    *,
    at: datetime,
    weights: Weights,
    seconds: float,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> dict[str, Any]:
    """Return what the lists can take from now on, and small changes that let them take more.

    seconds: what it may use in all, waiting for a routing server apart.
    """
    stands = standing(day, at=at, weights=weights, ask_roads=True)
    began = monotonic()
    translated, result = stands.translated, stands.result
    found = strength_of(
        translated.problem,
        result.plan,
        result.params,
        stop=Stop(seconds=seconds, iterations=ITERATIONS),
        seed=SEED,
        learnable=frozenset(
            number
            for number, code in enumerate(translated.competences)
            if not code.startswith("LEVEL:") and code not in BY_EDUCATION
        ),
        progress=progress,
        cancelled=cancelled,
    )
    return {
        "stands": found.stands,
        "complete": found.complete,
        "alone": [_absence(translated, each) for each in found.alone],
        "worst": None if found.worst is None else _absence(translated, found.worst),
        "breaks_first": [
            {
                "visit": translated.parts[each.visit],
                "times": each.times,
                "able": [translated.helpers[helper] for helper in each.able],
                "needs": _needs(translated, translated.problem.visits[each.visit].competences),
            }
            for each in found.breaks_first[:MOST_FRAGILE]
        ],
        "remedies": [_remedy(translated, each) for each in found.remedies],
        "travel": list(stands.travel),
        "at_work": sorted(worker.employee_id for worker in day.worker_by_id.values() if worker.visits),
        "sturdier": sturdier(day, stands, found, seconds=seconds - (monotonic() - began), cancelled=cancelled),
        "seconds": round(monotonic() - began, 2),
    }


def _needs(translated: Translated, competences: frozenset[int]) -> list[str]:
    """What a visit requires; education is said once, by the level where there is one."""
    codes = [translated.competences[code] for code in sorted(competences)]
    levels = any(code.startswith("LEVEL:") for code in codes)
    return [code for code in codes if not (levels and code in BY_EDUCATION)]


def _absence(translated: Translated, each: Absence) -> dict[str, Any]:
    return {
        "employees": [translated.helpers[helper] for helper in each.helpers],
        "uncovered": _ours(translated, each.uncovered),
        "nobody_else": _ours(translated, each.nobody_else),
        "importance": each.importance,
    }


def _remedy(translated: Translated, each: Remedy) -> dict[str, Any]:
    return {
        "kind": each.kind.value,
        "employee": None if each.helper is None else translated.helpers[each.helper],
        "needs": [] if each.competence is None else [translated.competences[each.competence]],
        "visit": None if each.visit is None else translated.parts[each.visit],
        "minutes": whole_minutes(each.ticks),
        "saves": each.saves,
        "visits": _ours(translated, each.visits),
    }


def _ours(translated: Translated, visits: tuple[int, ...]) -> list[int]:
    return list(dict.fromkeys(translated.parts[visit] for visit in visits))
