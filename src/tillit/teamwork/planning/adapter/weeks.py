"""Asking the engine for several days at once, so that few different helpers come to each citizen over weeks."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from planengine.horizon import Few, Horizon, HorizonProgress, Met, Part, Planned, count_faces, plan_horizon
from planengine.jsonio import problem_to_json
from planengine.parameters import Params, Stop
from planengine.result import Ended
from planengine.solve import warm_up
from tillit.teamwork.planning.adapter.answer import Answer, answer_of
from tillit.teamwork.planning.adapter.engine import SEED, weights_of
from tillit.teamwork.planning.adapter.problem import Translated, translate
from tillit.teamwork.planning.adapter.travel import chosen_source, faults_of
from tillit.teamwork.planning.rules.counting import Steps
from tillit.teamwork.planning.rules.day import Day
from tillit.teamwork.planning.rules.presets import Preset
from tillit.teamwork.planning.rules.weeks import WINDOWS, Faces, Meeting

FACE = 3.0
"""What a new face in the days planned weighs, against a face on one day: chosen with ./run bench plan --days 14."""


@dataclass(frozen=True, slots=True)
class WeeksAnswer:
    """What the engine proposes for each of the days asked for; None for those it did not reach before it was stopped.

    faces: window in days → citizen id → different helpers. ended: "seconds", "iterations" or "cancelled".
    """

    answers: tuple[tuple[Answer, dict[str, Any]] | None, ...]
    faces: dict[int, dict[int, Faces]]
    ended: str


def propose_days(
    days: Sequence[Day],
    *,
    met: Iterable[Meeting],
    after: date,
    at: datetime,
    preset: Preset,
    counts: Steps | None = None,
    seconds: float | None = None,
    iterations: int | None = None,
    cores: int = 1,
    progress: Callable[[float, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> WeeksAnswer:
    """Return an answer for each day, planned together.

    days: in order. met: who has been where the 28 days before, and on lists that stand among the days.
    after: the first day past those planned. at: now. seconds, iterations: for all days together.
    progress is told the share 0..1 and the number of the day worked on.
    Raises planengine.errors.InvalidProblem when a day contradicts itself.
    """
    warm_up()  # compiled before the clock starts: compiling would take a whole day's time
    source = chosen_source(at=at)
    translated = [translate(day, begun_before=at, source=source) for day in days]
    parts = [Part(day=day.on.toordinal(), problem=each.problem) for day, each in zip(days, translated, strict=True)]
    had = [Met(day=each.on.toordinal(), citizen=f"c{each.citizen_id}", helper=f"e{each.employee_id}") for each in met]
    weights = weights_of(preset, keep_present=False, counts=counts)

    def tell(step: HorizonProgress) -> None:
        if progress is not None:
            progress(step.share, step.part)

    horizon = plan_horizon(
        parts,
        stop=Stop(seconds=seconds, iterations=iterations),
        met=had,
        seed=SEED,
        params=Params(weights=weights),
        few=Few(face=weights.unknown_face * FACE),
        progress=tell,
        cancelled=cancelled,
        workers=cores,
    )
    return WeeksAnswer(
        answers=tuple(
            None if found is None else _answer(day, each, found, ended=horizon.ended, faults=faults_of(source))
            for day, each, found in zip(days, translated, horizon.parts, strict=True)
        ),
        faces=_faces(parts, horizon, had, after),
        ended=horizon.ended.value,
    )


def _answer(
    day: Day, translated: Translated, found: Planned, *, ended: Ended, faults: tuple[str, ...]
) -> tuple[Answer, dict[str, Any]]:
    answer = replace(
        answer_of(day, translated, found.result),
        seconds=found.seconds,
        iterations=found.iterations,
        ended=ended.value,
        travel_faults=faults,
    )
    return answer, problem_to_json(translated.problem)


def _faces(parts: Sequence[Part], horizon: Horizon, met: Sequence[Met], after: date) -> dict[int, dict[int, Faces]]:
    plans = [None if found is None else found.result.plan for found in horizon.parts]
    return {
        window: {
            int(citizen.removeprefix("c")): Faces(counted.before, counted.planned, counted.least)
            for citizen, counted in count_faces(parts, plans, met=met, days=window, after=after.toordinal()).items()
        }
        for window in WINDOWS
    }
