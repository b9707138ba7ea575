"""Asking the engine for a day, with progress and the possibility to stop."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from planengine.jsonio import problem_to_json
from planengine.parameters import Params, Stop
from planengine.result import Progress
from planengine.solve import solve_day
from planengine.weights import Weights
from planengine.whatif import compiled_for
from tillit.teamwork.planning.adapter.answer import Answer, answer_of
from tillit.teamwork.planning.adapter.phases import Phase, Phases, Timed
from tillit.teamwork.planning.adapter.problem import Translated, translate
from tillit.teamwork.planning.adapter.travel import chosen_source, faults_of
from tillit.teamwork.planning.rules.counting import Step, Steps, Thing
from tillit.teamwork.planning.rules.day import Day
from tillit.teamwork.planning.rules.presets import Preset

SEED = 1


FACTORS: Mapping[Step, float] = {Step.LITTLE: 0.4, Step.USUAL: 1.0, Step.MUCH: 2.5}
"""What a step does to the weights of a thing."""
WEIGHED: Mapping[Thing, tuple[str, ...]] = {
    Thing.FACES: ("unknown_face", "extra_face", "not_primary"),
    Thing.COMPETENCE: ("level_waste",),
    Thing.TRAVEL: ("travel", "waiting"),
    Thing.TIMES: ("early", "late"),
    Thing.FAIR: ("unfair",),
}
"""What each thing is to the engine."""


def weights_of(preset: Preset, *, keep_present: bool, continuity: bool = True, counts: Steps | None = None) -> Weights:
    """Return the engine's weights.

    keep_present: another helper costs more than all that can be said for her, and a minute's move more than a minute
    nearer the wished time, so that only what must give way moves; otherwise the present hardly counts.
    continuity: False plans as if nobody were known to anybody, for the comparison in `./run bench`.
    counts: what the team has said that is to count more or less; None = as usual.
    """
    found = Weights()
    if preset is Preset.WISHED_TIMES:
        found = replace(found, early=found.early * 3, late=found.late * 3, unknown_face=found.unknown_face * 0.7)
    elif preset is Preset.SHORT_WAYS:
        found = replace(
            found,
            travel=found.travel * 2.5,
            unknown_face=found.unknown_face * 0.5,
            extra_face=found.extra_face * 0.5,
            not_primary=found.not_primary * 0.5,
        )
    for thing, step in (counts or {}).items():
        found = replace(found, **{name: getattr(found, name) * FACTORS[step] for name in WEIGHED[thing]})
    if keep_present:
        found = replace(found, changed_helper=150.0, moved_start=8.0)
    else:
        found = replace(found, changed_helper=3.0, moved_start=0.1)
    if continuity:
        return found
    return replace(found, unknown_face=0.0, extra_face=0.0, not_primary=0.0)


def propose(
    day: Day,
    *,
    at: datetime,
    preset: Preset,
    keep_present: bool,
    seconds: float | None = None,
    iterations: int | None = None,
    cores: int = 1,
    continuity: bool = True,
    counts: Steps | None = None,
    progress: Callable[[float, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    phases: Phases | None = None,
) -> tuple[Answer, dict[str, Any]]:
    """Return the engine's answer and the question as JSON, without names.

    at: now; visits begun before it stay. cores: searchers side by side. counts: what the team has said (weights_of).
    progress is told the share 0..1 and the importance left uncovered. phases: where the time used is written.
    Raises planengine.errors.InvalidProblem when the day contradicts itself.
    """
    phases = Phases() if phases is None else phases
    params = Params(
        weights=weights_of(preset, keep_present=keep_present, continuity=continuity, counts=counts),
        from_reference=keep_present,
    )
    with phases.of(Phase.BUILD):
        source = chosen_source(at=at)
        translated: Translated = translate(day, begun_before=at, hold=keep_present, source=Timed(source, phases))
        compiled_for(translated.problem, params)  # kept, so that the search finds it made

    def tell(step: Progress) -> None:
        phases.mark()  # the last telling is when the search ends; then come checking and what is uncovered
        if progress is not None:
            progress(step.share, step.uncovered_importance)

    with phases.of(Phase.SEARCH):
        result = solve_day(
            translated.problem,
            stop=Stop(seconds=seconds, iterations=iterations),
            seed=SEED,
            params=params,
            progress=tell,
            cancelled=cancelled,
            workers=cores,
        )
        phases.since_last_mark(Phase.EXPLAIN)
    with phases.of(Phase.EXPLAIN):
        answer = replace(answer_of(day, translated, result, only_new=keep_present), travel_faults=faults_of(source))
    with phases.of(Phase.STORE):
        return answer, problem_to_json(translated.problem)
