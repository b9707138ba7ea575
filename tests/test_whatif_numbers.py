"""«Hva om …?»: every number the page shows, counted again from the plans by the independent checker and evaluate."""

from __future__ import annotations

from datetime import time

import pytest

from planengine import Stop, Weights, check_result, compare_scenarios, evaluate
from tests import builders
from tests import builders_planning as build
from tests.cast import TUESDAY_DATE, Cast
from tillit.teamwork.planning import queries
from tillit.teamwork.planning.adapter import whatif
from tillit.teamwork.planning.rules.whatif import Kind, Question


@pytest.mark.parametrize("kind", list(Kind))
def test_every_number_shown_is_the_checkers_and_the_evaluators(cast: Cast, kind: Kind) -> None:
    build.morning(cast)
    builders.shift(cast.nils.employee, cast.solvik, TUESDAY_DATE)
    eva = builders.citizen("Eva", "Strand", cast.solvik, serial=520)
    build.open_visit(eva, cast.solvik, wished=time(9))
    question = Question(
        kind, employee_id=cast.amir.employee.pk, starts=time(8), ends=time(14), citizen_ids=frozenset({cast.arne.pk})
    )
    teams = [cast.bekkedal, *([cast.solvik] if kind in {Kind.MOVE, Kind.JOIN} else [])]
    posed = whatif.pose(
        [queries.team_day(unit=team, on=TUESDAY_DATE, shift_kind="DAY").day for team in teams], question
    )
    found = compare_scenarios(
        [each.problem for each in posed.before], [each.problem for each in posed.after],
        stop=Stop(iterations=400), seeds=(1, 2),
    )  # fmt: skip

    answer = whatif.answer_of(posed, found, asked=2)

    for number, (name, side, scenarios) in enumerate(
        (("before", found.before, posed.before), ("after", found.after, posed.after))
    ):
        travel, late, left, pairs, met = [], [], [], [], []
        for results in side.runs:
            gone: set[int] = set()
            meets: set[tuple[str, int]] = set()
            ways = minutes = 0.0
            for scenario, result in zip(scenarios, results, strict=True):
                assert check_result(scenario.problem, result) == ()
                worth = evaluate(scenario.problem, result.plan, Weights())
                ways += worth.amount("travel")
                minutes += worth.amount("late")
                for each in scenario.problem.visits:
                    if each.id in result.assignments:
                        who = posed.employee_of(scenario.helpers[result.assignments[each.id].helper])
                        meets.add((scenario.problem.citizens[each.citizen].ref, who))
                    else:
                        gone.add(posed.visit_of(scenario.visits[each.id]))
            travel.append(ways)
            late.append(minutes)
            left.append(len(gone))
            pairs.append(len(meets))
            met.append(len({citizen for citizen, _ in meets}))
        assert answer["numbers"]["travel"][number] == travel
        assert answer["numbers"]["late"][number] == pytest.approx(late, abs=1e-3)
        assert answer["numbers"]["uncovered"][number] == left
        assert answer["numbers"]["faces"][number] == pytest.approx(
            [each / max(1, count) for each, count in zip(pairs, met, strict=True)], abs=1e-3
        )
        assert len(answer[name]["uncovered"]) == left[answer[name]["best"]]
        assert sum(team["travel"] for team in answer[name]["teams"]) == travel[answer[name]["best"]]
