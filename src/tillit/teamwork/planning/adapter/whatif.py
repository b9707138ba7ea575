"""Asking the engine what a day would be like if one thing were different: both sides planned alike, and compared.

`pose` makes the two sides, `reckon` plans them. Both are for whoever asks such questions: the page «Hva om …?», and the
model lab. The whole part of the day is planned anew on both sides, as if nobody had been given a visit and nothing had
begun; visits people have locked stay where they are, as long as the one they are locked to is there.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from planengine.parameters import Params, Stop
from planengine.problem import Citizen as EngineCitizen
from planengine.problem import Helper as EngineHelper
from planengine.problem import IntMatrix, Problem, WorkPeriod
from planengine.problem import Place as EnginePlace
from planengine.result import Ended
from planengine.scenario import Origin, Scenario, add_helper, change_period, remove_helper, unchanged
from planengine.scenario_compare import SEEDS, Comparison, Side, Total, by_chance, compare_scenarios, judge
from planengine.scenario_run import Carry
from planengine.scenario_teams import Regard, Ways, join, laid_together, move_citizens, recoded, split
from planengine.solve import warm_up
from planengine.travel.source import TravelSource, travel_matrices
from planengine.weights import Weights
from tillit.foundation.workforce.competence_catalogue import COMPETENCES
from tillit.foundation.workforce.rules import THERAPISTS, level_of
from tillit.kernel import oslo
from tillit.teamwork.planning.adapter.problem import GRID_SECONDS, Translated, translate
from tillit.teamwork.planning.adapter.travel import chosen_source, faults_of
from tillit.teamwork.planning.rules import candidates, objections
from tillit.teamwork.planning.rules.day import Day, WishKind, Worker
from tillit.teamwork.planning.rules.whatif import Kind, Question, deal

NEW = 0
"""The employee id of one who is not there today: nobody's."""


@dataclass(frozen=True, slots=True)
class Posed:
    """A question as the engine is asked it: one scenario for each team on each side.

    days: the teams asked about, the own first. translated: the same as the engine sees them, each on its own.
    """

    days: tuple[Day, ...]
    translated: tuple[Translated, ...]
    before: tuple[Scenario, ...]
    after: tuple[Scenario, ...]
    travel_faults: tuple[str, ...] = ()

    def visit_of(self, origin: Origin) -> int:
        """Return our visit; the two halves of a visit for two are the same one."""
        return self.translated[origin.problem].parts[origin.id]

    def employee_of(self, origin: Origin | None) -> int:
        """Return the employee; NEW for somebody who is not there today."""
        return NEW if origin is None else self.translated[origin.problem].helpers[origin.id]


def pose(days: Sequence[Day], question: Question, *, source: TravelSource | None = None) -> Posed:
    """Return the two sides of a question.

    days: the team's day, and the neighbour's (the same date and part of the day) where the question is about two.
    Callers have seen that nothing is lacking (`rules.whatif.lacks`). source: where travel times come from.
    Raises planengine.errors.InvalidProblem when a day, or what is asked about it, contradicts itself.
    """
    source = source or chosen_source(at=None)
    translated = tuple(_whole(day, source) for day in days)
    numbers: dict[str, int] = {}
    for each in translated:
        for code in each.competences:
            numbers.setdefault(code, len(numbers))
    problems = [
        recoded(each.problem, {old: numbers[code] for old, code in enumerate(each.competences)}) for each in translated
    ]
    before = tuple(unchanged(problem, number) for number, problem in enumerate(problems))
    after = _after(days, question, translated, problems, numbers, _ways(source), source)
    return Posed(tuple(days), translated, before, after, faults_of(source))


def reckon(
    days: Sequence[Day],
    question: Question,
    *,
    at: datetime,
    weights: Weights,
    seconds: float | None = None,
    iterations: int | None = None,
    seeds: Sequence[int] = SEEDS,
    cores: int = 1,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> dict[str, Any]:
    """Plan both sides as often as there are seeds, and return what came of it as ids, codes and numbers.

    at: now, for travel times by road. seconds, iterations: for one run of one side. Called off, the runs that both
    sides have had are what the answer is made of ("runs" may be 0). Raises as `pose` does.
    """
    warm_up()  # compiled before the clock starts
    posed = pose(days, question, source=chosen_source(at=at))
    found = compare_scenarios(
        [each.problem for each in posed.before],
        [each.problem for each in posed.after],
        stop=Stop(seconds=seconds, iterations=iterations),
        seeds=seeds,
        params=Params(weights=weights),
        progress=progress,
        cancelled=cancelled,
        workers=cores,
        carry=carried_to(posed) if question.kind is Kind.JOIN else None,
    )
    return answer_of(posed, found, asked=len(seeds))


def carried_to(posed: Posed) -> Carry:
    """Return how the teams' own plans become a plan of the two as one."""
    (joined,) = posed.after
    return lambda plans: (laid_together(joined, plans),)


def answer_of(posed: Posed, found: Comparison, *, asked: int) -> dict[str, Any]:
    """Return a comparison for storing: each number's value in every run, and the best run of each side.

    numbers: name → [before, after], a value for each run. verdicts: name → "less", "more" or "alike"
    (planengine.scenario_compare.judge).
    """
    runs = len(found.seeds)
    answer: dict[str, Any] = {
        "runs": runs,
        "asked": asked,
        "stopped": found.ended is Ended.CANCELLED,
        "chance": by_chance(runs),
        "travel_faults": list(posed.travel_faults),
    }
    if not runs:
        return answer
    answer["numbers"] = {}
    for name, number in NUMBERS.items():
        before, after = found.values(number)
        answer["numbers"][name] = [[round(each, 4) for each in before], [round(each, 4) for each in after]]
    for name, side, scenarios in (("before", found.before, posed.before), ("after", found.after, posed.after)):
        left = [_left(posed, scenarios, side, run) for run in range(runs)]
        answer["numbers"].setdefault("uncovered", []).append([len(each) for each in left])
        answer[name] = {
            "best": side.best,
            "uncovered": left[side.best],
            "teams": [_team(posed, scenario, side, number) for number, scenario in enumerate(scenarios)],
        }
    answer["verdicts"] = {name: judge(*values).value for name, values in answer["numbers"].items()}
    return answer


NUMBERS: dict[str, Callable[[Total], float]] = {
    "importance": lambda each: float(each.uncovered_importance),
    "travel": lambda each: each.amounts["travel"],
    "faces": lambda each: each.faces_each,
    "strangers": lambda each: float(each.strangers),
    "late": lambda each: each.amounts["late"],
    "overtime": lambda each: each.amounts["overtime"],
    "uneven": lambda each: each.amounts["uneven"],
    "fullest": lambda each: each.fullest,
}
"""What is stored of every run beside the visits that are left out: numbers of the objective's own making."""


def _left(posed: Posed, scenarios: Sequence[Scenario], side: Side, run: int) -> list[list[Any]]:
    """Return our visits that lack somebody in one run, by their usual time: [visit, citizen, when]."""
    found = {}
    for scenario, result in zip(scenarios, side.runs[run], strict=True):
        for number, origin in enumerate(scenario.visits):
            if number not in result.assignments:
                call = posed.days[origin.problem].call_by_id[posed.visit_of(origin)]
                found[call.visit_id] = call
    return [
        [call.visit_id, call.citizen_id, call.usual_at.isoformat()]
        for call in sorted(found.values(), key=lambda each: (each.usual_at, each.visit_id))
    ]


def _team(posed: Posed, scenario: Scenario, side: Side, number: int) -> dict[str, Any]:
    """Return one team of one side as it is in the side's best run. teams: which of those asked about it is made of."""
    result = side.runs[side.best][number]
    loads = [each for each in side.shown.loads if each.problem == number and each.working]
    return {
        "teams": sorted({each.problem for each in scenario.citizens}),
        "employees": [posed.employee_of(each) for each in scenario.helpers],
        "visits": len({posed.visit_of(each) for each in scenario.visits}),
        "uncovered": len(
            {posed.visit_of(each) for visit, each in enumerate(scenario.visits) if visit not in result.assignments}
        ),
        "travel": result.evaluation.amount("travel"),
        "busy": sum(each.busy for each in loads) / sum(each.working for each in loads) if loads else 0.0,
    }


def _whole(day: Day, source: TravelSource) -> Translated:
    """The whole part of the day, as if nothing had begun and nobody had a visit that is not locked to her."""
    return translate(day, begun_before=oslo.whole_day(day.on).start, keep=False, source=source)


def _after(
    days: Sequence[Day],
    question: Question,
    translated: Sequence[Translated],
    problems: Sequence[Problem],
    numbers: dict[str, int],
    ways: Ways,
    source: TravelSource,
) -> tuple[Scenario, ...]:
    day, own, problem = days[0], translated[0], problems[0]
    if question.kind is Kind.REMOVE:
        return (remove_helper(problem, own.helpers.index(question.employee_id or 0)),)
    if question.kind is Kind.ADD:
        new = _helper(day, _one_more(day, question), numbers, source)
        return (add_helper(problem, new),)
    if question.kind is Kind.SHIFT:
        number = own.helpers.index(question.employee_id or 0)
        worker = _at(day.on, day.worker_by_id[question.employee_id or 0], question)
        return (change_period(problem, number, 0, _helper(day, worker, numbers, source).periods[0]),)
    chosen = [number for number, each in enumerate(problem.citizens) if _id(each.ref) in question.citizen_ids]
    if question.kind is Kind.SPLIT:
        going = question.employee_ids & set(own.helpers) or deal(day, question.citizen_ids)
        helpers = [number for number, employee_id in enumerate(own.helpers) if employee_id in going]
        return split(problem, citizens=chosen, helpers=helpers)
    regards = _regards(days)
    if question.kind is Kind.MOVE:
        return move_citizens(problem, problems[1], citizens=chosen, ways=ways, regards=regards)
    return (join(problem, problems[1], ways=ways, regards=regards),)


def _one_more(day: Day, question: Question) -> Worker:
    """Return one who is not there today: like somebody at work, or as her profession comes. Her gender is not known."""
    like = day.worker_by_id.get(question.employee_id or 0)
    if like is None:
        profession = question.profession
        starts = [worker for worker in day.worker_by_id.values() if worker.visits]
        like = Worker(
            NEW, "", "", "", oslo.whole_day(day.on).start, oslo.whole_day(day.on).start,
            profession=profession,
            level=level_of(profession),
            competences=frozenset(each.code for each in COMPETENCES if profession in each.professions),
            start_place=_commonest([worker.start_place for worker in starts]) if starts else _base(day),
            travel=_commonest([worker.travel for worker in starts]) if starts else "CAR",
            is_therapist=profession in THERAPISTS,
        )  # fmt: skip
    return _at(day.on, replace(like, employee_id=NEW, gender="", is_absent=False, is_office=False), question, day)


def _at(on: date, worker: Worker, question: Question, day: Day | None = None) -> Worker:
    """Return somebody with the hours asked about; meetings of hers, or of the day's others, that lie in them."""
    assert question.starts is not None and question.ends is not None
    starts = oslo.moment(on, question.starts)
    ends = oslo.moment(on + timedelta(days=question.ends <= question.starts), question.ends)
    held = worker.meetings if day is None else tuple(dict.fromkeys(m for w in day.workers for m in w.meetings))
    return replace(
        worker,
        starts_at=starts,
        ends_at=ends,
        meetings=tuple(meeting for meeting in held if starts <= meeting.starts_at and meeting.ends_at <= ends),
    )


def _helper(day: Day, worker: Worker, numbers: dict[str, int], source: TravelSource) -> EngineHelper:
    """Return somebody as the engine sees her on this day: her break and her meetings follow the lists' own rules."""
    others = tuple(each for each in day.workers if each.employee_id != worker.employee_id)
    found = _whole(replace(day, workers=(*others, worker) if others else (worker,)), source)
    her = found.problem.helpers[found.helpers.index(worker.employee_id)]
    usual = _whole(day, source).problem
    place = {_spot(each): each.id for each in usual.places}
    return replace(
        her,
        ref=f"e{worker.employee_id}",
        mode=usual.modes.index(found.problem.modes[her.mode]) if found.problem.modes[her.mode] in usual.modes else 0,
        competences=frozenset(
            numbers[found.competences[code]] for code in her.competences if found.competences[code] in numbers
        ),
        periods=tuple(_moved(each, found.problem, place) for each in her.periods),
    )


def _spot(place: EnginePlace) -> tuple[float | None, float | None]:
    """Return where a place is."""
    return (place.latitude, place.longitude)


def _moved(period: WorkPeriod, problem: Problem, place: dict[tuple[float | None, float | None], int]) -> WorkPeriod:
    """Return a period with its places by the other problem's numbers; the base where it has none of them."""

    def there(number: int) -> int:
        return place.get(_spot(problem.places[number]), 0)

    return replace(
        period,
        start_place=there(period.start_place),
        end_place=there(period.end_place),
        meetings=tuple(replace(m, place=None if m.place is None else there(m.place)) for m in period.meetings),
    )


def _ways(source: TravelSource) -> Ways:
    def ways(places: tuple[EnginePlace, ...], modes: tuple[str, ...]) -> Sequence[IntMatrix]:
        """The ways between two teams' places, on the lists' grid as within a team."""
        return [
            np.asarray(-(-matrix // GRID_SECONDS) * GRID_SECONDS, dtype=np.int64)
            for matrix in travel_matrices(places, modes, source)
        ]

    return ways


def _regards(days: Sequence[Day]) -> Callable[[EngineCitizen, EngineHelper], Regard]:
    """What a citizen of one team is to a helper of the other: her wishes are hers wherever she is visited from."""
    day_of = {call.citizen_id: day for day in days for call in day.calls}
    worker_of = {worker.employee_id: worker for day in days for worker in day.workers}

    def regard(citizen: EngineCitizen, helper: EngineHelper) -> Regard:
        citizen_id, employee_id = _id(citizen.ref), _id(helper.ref)
        day, worker = day_of[citizen_id], worker_of[employee_id]
        count = max(each.known_count(employee_id, citizen_id) for each in days)
        return Regard(
            known=candidates.familiarity(count) if count else 0.0,
            primary=day.primary_of(citizen_id) == employee_id,
            must_not=bool(objections.wish_about(day, citizen_id, worker, WishKind.MUST_NOT)),
            rather_not=bool(objections.wish_about(day, citizen_id, worker, WishKind.RATHER_NOT)),
            rather=bool(objections.wish_about(day, citizen_id, worker, WishKind.GLADLY)),
        )

    return regard


def _id(ref: str) -> int:
    return int(ref[1:])


def _commonest(values: Sequence[Any]) -> Any:
    return max(dict.fromkeys(values), key=values.count)


def _base(day: Day) -> tuple[float, float]:
    return next((call.place for call in day.calls if call.place is not None), (0.0, 0.0))
