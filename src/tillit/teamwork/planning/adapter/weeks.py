"""Asking the engine for several days at once, so that few different helpers come to each citizen over weeks."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from planengine.horizon import Horizon, HorizonProgress, Planned, plan_horizon
from planengine.horizon_count import OneOf, count_faces
from planengine.horizon_parts import Few, Met, Part
from planengine.horizon_why import Horizons
from planengine.jsonio import problem_to_json
from planengine.parameters import Params, Stop
from planengine.solve import warm_up
from tillit.teamwork.planning.adapter.answer import Answer, answer_of
from tillit.teamwork.planning.adapter.engine import SEED, weights_of
from tillit.teamwork.planning.adapter.problem import Translated, translate
from tillit.teamwork.planning.adapter.travel import chosen_source, faults_of
from tillit.teamwork.planning.rules.counting import Steps
from tillit.teamwork.planning.rules.day import Day
from tillit.teamwork.planning.rules.presets import Preset
from tillit.teamwork.planning.rules.weeks import WINDOWS, Faces, ForTheWeek, Meeting

FACE = 3.0
"""What a new face in the days planned weighs, against a face on one day: chosen with ./run bench plan --days 14."""


@dataclass(frozen=True, slots=True)
class PartAnswer:
    """One part of a day: what is proposed, and the question without names.

    given_up: visits whose helper is dearer that day alone, and cheaper for the days together.
    """

    answer: Answer
    asked: dict[str, Any]
    given_up: tuple[ForTheWeek, ...]


@dataclass(frozen=True, slots=True)
class WeeksAnswer:
    """What the engine proposes for each of the days asked for; None for those it did not reach before it was stopped.

    faces: window in days → citizen id → different helpers. comes: (citizen, employee) → the days of those asked for
    when she is there, as proposed or on lists that stand. ended: "seconds", "iterations" or "cancelled".
    """

    answers: tuple[PartAnswer | None, ...]
    faces: dict[int, dict[int, Faces]]
    comes: dict[tuple[int, int], frozenset[date]]
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
    # What people have drawn up is possible, also ten minutes closer than the grid (adapter.present): else a proposal
    # would leave out visits that somebody has.
    translated = [translate(day, begun_before=at, hold=bool(day.rows), source=source) for day in days]
    parts = [Part(day=day.on.toordinal(), problem=each.problem) for day, each in zip(days, translated, strict=True)]
    had = [
        Met(
            day=each.on.toordinal(),
            citizen=f"c{each.citizen_id}",
            helper=f"e{each.employee_id}",
            visit=str(each.visit_id),
        )
        for each in met
    ]
    weights = weights_of(preset, keep_present=False, counts=counts)
    few = Few(face=weights.unknown_face * FACE)

    def tell(step: HorizonProgress) -> None:
        if progress is not None:
            progress(step.share, step.part)

    horizon = plan_horizon(
        parts,
        stop=Stop(seconds=seconds, iterations=iterations),
        met=had,
        seed=SEED,
        params=Params(weights=weights),
        few=few,
        progress=tell,
        cancelled=cancelled,
        workers=cores,
    )
    results = [None if found is None else found.result for found in horizon.parts]
    horizons = Horizons(parts, results, met=had, few=few)
    return WeeksAnswer(
        answers=tuple(
            None if found is None else _answer(
                number, day, each, found, horizons=horizons, ended=horizon.ended.value, faults=faults_of(source)
            )
            for number, (day, each, found) in enumerate(zip(days, translated, horizon.parts, strict=True))
        ),
        faces=_faces(parts, horizon, had, after),
        comes={
            (int(citizen.removeprefix("c")), int(helper.removeprefix("e"))): frozenset(
                date.fromordinal(day) for day in on
            )
            for (citizen, helper), on in horizons.every_day().items()
        },
        ended=horizon.ended.value,
    )  # fmt: skip


def _answer(
    number: int,
    day: Day,
    translated: Translated,
    found: Planned,
    *,
    horizons: Horizons,
    ended: str,
    faults: tuple[str, ...],
) -> PartAnswer:
    answer = replace(
        answer_of(day, translated, found.result),
        seconds=found.seconds,
        iterations=found.iterations,
        ended=ended,
        travel_faults=faults,
    )
    return PartAnswer(answer, problem_to_json(translated.problem), _given_up(number, translated, answer, horizons))


def _given_up(number: int, translated: Translated, answer: Answer, horizons: Horizons) -> tuple[ForTheWeek, ...]:
    """Ask only where somebody else is cheaper that day: that much is in the day's own explanations already."""
    found = []
    for part, visit_id in enumerate(translated.parts):
        if not any(
            other["cost"] < 0
            for employee in translated.helpers
            for other in answer.why.get(f"{visit_id}:{employee}", {}).get("alternatives", ())
        ):
            continue
        given = horizons.given_up(number, part)
        if given is not None:
            found.append(
                ForTheWeek(
                    visit_id=visit_id,
                    employee_id=translated.helpers[given.helper],
                    instead_id=translated.helpers[given.instead],
                    days=tuple(date.fromordinal(day) for day in given.days),
                    today=round(given.today, 1),
                    weeks=round(given.weeks, 1),
                )
            )
    return tuple(found)


def _faces(parts: Sequence[Part], horizon: Horizon, met: Sequence[Met], after: date) -> dict[int, dict[int, Faces]]:
    plans = [None if found is None else found.result.plan for found in horizon.parts]
    return {
        window: {
            int(citizen.removeprefix("c")): Faces(
                counted.before,
                counted.planned,
                counted.least,
                _pair(counted.often_before),
                _pair(counted.often_planned),
                _pair(counted.often_greatest),
            )
            for citizen, counted in count_faces(parts, plans, met=met, days=window, after=after.toordinal()).items()
        }
        for window in WINDOWS
    }


def _pair(counted: OneOf) -> tuple[int, int]:
    return counted.most, counted.visits
