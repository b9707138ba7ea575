"""One team's day planned with and without looking at continuity, verified, and counted alike."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from planengine.check import check_result
from planengine.parameters import Params, Stop
from planengine.result import Result
from planengine.solve import solve_day
from tillit.foundation.organisation.models import Unit
from tillit.kernel import oslo
from tillit.teamwork.planning.adapter.answer import answer_of
from tillit.teamwork.planning.adapter.engine import weights_of
from tillit.teamwork.planning.adapter.problem import translate
from tillit.teamwork.planning.queries import team_day
from tillit.teamwork.planning.rules.day import Day
from tillit.teamwork.planning.rules.numbers import Numbers, count
from tillit.teamwork.planning.rules.presets import Preset


@dataclass(frozen=True, slots=True)
class Compared:
    """A day's two plans. A stranger is a helper who has not been at the citizen's the last 28 days."""

    visits: int
    helpers: int
    uncovered: int
    strangers: int
    strangers_without: int
    faces: float
    faces_without: float
    travel: int
    travel_without: int
    violations: int


def compare(*, unit_id: int, on: date, kind: str, seconds: float, seed: int) -> Compared | None:
    """Plan the shift from empty lists, twice with the same seed and time. None when nobody works or is visited."""
    day = replace(team_day(unit=Unit.objects.get(pk=unit_id), on=on, shift_kind=kind).day, rows=())
    helpers = sum(1 for worker in day.workers if worker.visits)
    if not day.calls or not helpers:
        return None
    with_, wrong_with = _plan(day, seconds=seconds, seed=seed, continuity=True)
    without, wrong_without = _plan(day, seconds=seconds, seed=seed, continuity=False)
    return Compared(
        visits=with_.visits,
        helpers=helpers,
        uncovered=with_.uncovered,
        strangers=with_.rows - with_.known,
        strangers_without=without.rows - without.known,
        faces=with_.faces_per_citizen,
        faces_without=without.faces_per_citizen,
        travel=with_.travel_minutes,
        travel_without=without.travel_minutes,
        violations=wrong_with + wrong_without,
    )


def _plan(day: Day, *, seconds: float, seed: int, continuity: bool) -> tuple[Numbers, int]:
    morning: datetime = oslo.moment(day.on, time(0))
    translated = translate(day, begun_before=morning, hold=False)
    result: Result = solve_day(
        translated.problem,
        stop=Stop(seconds=seconds),
        seed=seed,
        params=Params(weights=weights_of(Preset.KNOWN_FACES, keep_present=False, continuity=continuity)),
    )
    planned = replace(day, rows=answer_of(day, translated, result).rows)
    return count(planned), len(check_result(translated.problem, result))
