"""Why this helper, why then; why not another."""

from __future__ import annotations

import pytest

from planengine import Citizen, InvalidProblem, Rule, at_once, check_plan, explain_assignment, why_not
from planengine.check import cost_of, recount
from planengine.explain import StartBecause
from tests.planengine.builders import HOUR, LINE, MINUTE, helper, only, problem, solved, visit


class TestExplainAssignment:
    def test_names_what_the_next_best_would_cost(self) -> None:
        # Helper 0 (known 0.9): travel 20, face 0.1 x 50 = 5. Helper 1 (unknown): travel 20, face 50. Difference 45.
        citizens = (Citizen(id=0, known=((0, 0.9),), primary=0), Citizen(id=1), Citizen(id=2))
        day = problem(LINE, [helper(0), helper(1)], [visit(0, 1)], citizens=citizens)
        result = solved(day, only(travel=1.0, unknown_face=50.0))

        why = explain_assignment(day, result, 0)

        assert (why.helper, why.known, why.known_rank, why.is_primary) == (0, 0.9, 0, True)
        [other] = why.alternatives
        assert other.helper == 1
        assert other.cost == pytest.approx(45)
        assert [(d.name, round(d.cost, 6)) for d in other.deltas if d.cost] == [("unknown_face", 45)]
        assert {d.name: round(d.cost, 6) for d in why.own if d.cost} == {"travel": 20, "unknown_face": 5}

    def test_every_stated_price_is_the_checkers(self) -> None:
        citizens = tuple(Citizen(id=n, known=((n % 2, 0.5 + n / 10),)) for n in range(3))
        visits = [visit(n, 1 + n % 3, wish_from=(9 + n) * HOUR, wish_to=(10 + n) * HOUR) for n in range(6)]
        day = problem(LINE, [helper(n, level=n) for n in range(3)], visits, citizens=citizens)
        result = solved(day)
        weights = result.params.weights.as_dict()
        before = cost_of(day, result.plan, weights)

        for number in result.assignments:
            why = explain_assignment(day, result, number)
            assert len(why.alternatives) == 2
            for other in why.alternatives:
                assert check_plan(day, other.plan) == ()
                assert other.plan.assignments()[number].helper == other.helper
                assert cost_of(day, other.plan, weights) - before == pytest.approx(other.cost)
            assert why.without is not None
            assert before - cost_of(day, why.without, weights) == pytest.approx(sum(d.cost for d in why.own))
            after, then = recount(day, result.plan)[1], recount(day, why.without)[1]
            for delta in why.own:
                assert float(after[delta.name] - then[delta.name]) == pytest.approx(delta.amount)

    def test_why_then(self) -> None:
        visits = [
            visit(0, 1, latest=9 * HOUR),  # 08:10, as soon as she is there
            visit(1, 2, wish_from=10 * HOUR, wish_to=10 * HOUR),
            visit(2, 3, earliest=12 * HOUR),
            visit(3, 3, helper=0, start=14 * HOUR),
        ]
        result = solved(day := problem(LINE, [helper(0)], visits))

        reasons = [explain_assignment(day, result, number).start_because for number in range(4)]

        assert reasons == [
            StartBecause.AS_SOON_AS_THERE, StartBecause.WISHED_TIME, StartBecause.WINDOW_OPENS, StartBecause.LOCKED,
        ]  # fmt: skip

    def test_refuses_an_uncovered_visit(self) -> None:
        day = problem(LINE, [], [visit(0, 1)])

        with pytest.raises(InvalidProblem, match="uncovered"):
            explain_assignment(day, solved(day), 0)


class TestWhyNot:
    def test_names_every_rule_that_blocks(self) -> None:
        citizens = (Citizen(id=0, must_not=frozenset({1})), Citizen(id=1), Citizen(id=2))
        helpers = [
            helper(0, competences=frozenset({1})), helper(1), helper(2, periods=()),
            helper(3, competences=frozenset({1}), start=15 * HOUR + 50 * MINUTE),
        ]  # fmt: skip
        day = problem(LINE, helpers, [visit(0, 1, competences=frozenset({1}))], citizens=citizens)
        result = solved(day)

        def rules(number: int) -> list[Rule]:
            return [each.rule for each in why_not(day, result, 0, number).blocked]

        assert rules(0) == []
        assert rules(1) == [Rule.LACKS_COMPETENCE, Rule.MUST_NOT]
        assert rules(2) == [Rule.NOT_AT_WORK, Rule.LACKS_COMPETENCE]
        # 15:50 + 10 + 30 + 10 = 16:40: forty minutes past the end.
        assert rules(3) == [Rule.WINDOW_OUTSIDE_SHIFT]
        assert why_not(day, result, 0, 3).blocked[0].ticks == 40 * MINUTE

    def test_a_full_day_has_no_room_and_the_other_half_is_taken(self) -> None:
        visits = [visit(0, 1), visit(1, 1, helper=1), visit(2, 2), visit(3, 2)]
        day = problem(LINE, [helper(0), helper(1, end=9 * HOUR), helper(2)], visits, links=(at_once(2, 3),))
        result = solved(day)
        half = next(n for n in (2, 3) if result.assignments[n].helper != 1)
        other = 5 - half

        assert [b.rule for b in why_not(day, result, 0, 1).blocked] == [Rule.NO_ROOM]
        blocked = why_not(day, result, half, result.assignments[other].helper).blocked
        assert [(b.rule, b.visit) for b in blocked] == [(Rule.OTHER_HALF_SAME_HELPER, other)]
