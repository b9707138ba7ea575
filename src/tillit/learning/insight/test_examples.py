"""The examples of docs/how-we-count/indicators.md, reckoned again by what counts the figures."""

from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from tillit.care.careplans import facts as plan_facts
from tillit.care.citizens import facts as citizen_facts
from tillit.care.decisions import facts as decision_facts
from tillit.care.evaluations import facts as evaluation_facts
from tillit.care.visits import facts as visit_facts
from tillit.foundation.workforce import facts as work_facts
from tillit.kernel.tables import table
from tillit.learning.insight.rules.facts import Place, Places, PlanFacts, WeekFacts, belongs
from tillit.learning.insight.rules.families import continuity, delivery, meetings, plans

TEAM = 7
WEEK = date(2026, 5, 18)
LONG_AGO = date(2025, 1, 1)
INGRID, AMIR, KARI, TEMP = 1, 2, 3, 4
OLGA, ARNE, PER = 11, 12, 13
Row = tuple[int, int, int, date, datetime, str, str, int]


def visit(number: int, citizen: int, on: date, *, state: str = "DONE", by: str = "", minutes: int = 30) -> Row:
    """A visit at noon of a day."""
    return (number, citizen, TEAM, on, datetime(on.year, on.month, on.day, 10, tzinfo=UTC), state, by, minutes)


def week_of(
    visits: list[Row], helpers: list[tuple[int, int]], *, told: list[tuple[int, int]] | None = None
) -> WeekFacts:
    """One team that follows Olga, Arne and Per, and has kept visits since long ago. Ingrid is Olga's primary contact."""
    employed = [(who, who, 100.0, "PERMANENT", LONG_AGO, None) for who in (INGRID, AMIR, KARI)]
    return WeekFacts(
        places=Places(belongs([Place(TEAM, f"{TEAM}.", "TEAM")]), LONG_AGO),
        visits=table(visits, visit_facts.VISITS),
        helpers=table(helpers, visit_facts.HELPERS),
        told=table(told or [], visit_facts.TOLD_MINUTES),
        spells=table([(one, TEAM, LONG_AGO, None) for one in (OLGA, ARNE, PER)], citizen_facts.SPELLS),
        primaries=table([(OLGA, INGRID, LONG_AGO, None)], citizen_facts.PRIMARIES),
        stays=table([], citizen_facts.STAYS),
        people=table([(one, date(1940, 1, 1), None) for one in (OLGA, ARNE, PER)], citizen_facts.PEOPLE),
        positions=table(employed, work_facts.POSITIONS),
    )


def told(points: pl.DataFrame, code: str) -> dict[str, float]:
    """The one point of an indicator."""
    (row,) = points.filter(pl.col("code") == code).to_dicts()
    return row


def continuity_example() -> pl.DataFrame:
    """Olga's six visits by Ingrid (3), Amir (2) and Kari; Arne's four by Ingrid; none at Per's."""
    who = [INGRID, INGRID, INGRID, AMIR, AMIR, KARI]
    visits = [visit(number, OLGA, WEEK - timedelta(days=number)) for number in range(6)]
    visits += [visit(10 + number, ARNE, WEEK - timedelta(days=number)) for number in range(4)]
    helpers = [*enumerate(who), *((10 + number, INGRID) for number in range(4))]
    return continuity.count(week_of(visits, helpers), [WEEK])


class TestContinuity:
    def test_k_1_28(self) -> None:
        found = told(continuity_example(), "K-1-28")
        assert (found["value"], found["n"], found["excluded"]) == (2.0, 2, 1)

    def test_k_2(self) -> None:
        assert told(continuity_example(), "K-2")["value"] == pytest.approx(0.75)

    def test_k_3(self) -> None:
        assert told(continuity_example(), "K-3")["value"] == pytest.approx((8 / 30 + 1) / 2)

    @pytest.mark.parametrize(("visits", "n", "value"), [(28, 1, 4.0), (27, 0, None)])
    def test_k_1_14(self, visits: int, n: int, value: float | None) -> None:
        rows = [visit(number, OLGA, WEEK + timedelta(days=6 - number // 2)) for number in range(visits)]
        helpers = [(number, 1 + number % 4) for number in range(visits)]
        found = told(continuity.count(week_of(rows, helpers), [WEEK]), "K-1-14")
        assert (found["n"], found["value"]) == (n, value)


class TestVisits:
    def forty(self) -> list[Row]:
        return [visit(number, OLGA, WEEK + timedelta(days=number % 7)) for number in range(40)]

    def test_k_5(self) -> None:
        helpers = [(number, INGRID if number < 10 else AMIR) for number in range(40)]
        assert told(meetings.count(week_of(self.forty(), helpers), [WEEK]), "K-5")["value"] == 0.25

    def test_k_8(self) -> None:
        before = [visit(100 + number, OLGA, WEEK - timedelta(days=1 + number)) for number in range(3)]
        strangers = [(26 + number, 50 + number) for number in range(14)]
        helpers = [*((100 + number, INGRID) for number in range(3)), *((number, INGRID) for number in range(26))]
        found = told(meetings.count(week_of(before + self.forty(), helpers + strangers), [WEEK]), "K-8")
        assert (found["value"], found["n"]) == (0.65, 40)

    def test_v_2(self) -> None:
        helpers = [(number, TEMP if number < 6 else AMIR) for number in range(40)]
        assert told(meetings.count(week_of(self.forty(), helpers), [WEEK]), "V-2")["value"] == 0.15

    def test_v_1(self) -> None:
        visits = [visit(number, OLGA, WEEK) for number in range(38)]
        visits += [visit(40 + number, ARNE, WEEK, state="CANCELLED", by="TEAM") for number in range(2)]
        visits += [visit(50 + number, ARNE, WEEK, state="CANCELLED", by="CITIZEN") for number in range(3)]
        found = told(delivery.count(week_of(visits, []), [WEEK]), "V-1")
        assert (found["value"], found["n"], found["excluded"]) == (0.05, 40, 3)

    def test_t_1(self) -> None:
        visits = [visit(number, OLGA, WEEK, minutes=minutes) for number, minutes in enumerate((30, 20, 50))]
        assert told(delivery.count(week_of(visits, [], told=[(0, 45)]), [WEEK]), "T-1")["value"] == 1.15


MONTH = date(2026, 5, 1)


def month_of(
    followed: int,
    *,
    goals: list[tuple[int, date | None]] | None = None,
    evaluations: list[tuple[int, date]] | None = None,
    cases: list[date | None] | None = None,
) -> PlanFacts:
    """One team with citizens 0, 1, …; each goal is (citizen, date), and its line is where it stands in the list."""
    goals = goals or []
    since = datetime(2026, 1, 5, 9, tzinfo=UTC)
    return PlanFacts(
        places=Places(belongs([Place(TEAM, f"{TEAM}.", "TEAM")]), LONG_AGO),
        spells=table([(one, TEAM, LONG_AGO, None) for one in range(followed)], citizen_facts.SPELLS),
        plans=table([(one, one, since, None) for one in {citizen for citizen, _ in goals}], plan_facts.PLANS),
        goals=table([(citizen, line, due, None) for line, (citizen, due) in enumerate(goals)], plan_facts.GOALS),
        evaluations=table(
            [(goals[line][0], line, on, None) for line, on in evaluations or []], evaluation_facts.EVALUATIONS
        ),
        looked_at=table(
            [(case, case, date(2026, 1, 5), due, None) for case, due in enumerate(cases or [])],
            decision_facts.LOOKED_AT,
        ),
    )


class TestPlans:
    def test_p_1(self) -> None:
        goals: list[tuple[int, date | None]] = [(one, date(2026, 9, 1)) for one in range(15)]
        goals += [(one, None) for one in (15, 16)]
        found = told(plans.count(month_of(20, goals=goals), [MONTH]), "P-1")
        assert (found["value"], found["n"]) == (0.75, 20)

    def test_p_2(self) -> None:
        facts = month_of(
            3,
            goals=[(0, date(2026, 5, 3)), (1, date(2026, 5, 10)), (2, date(2026, 5, 17))],
            evaluations=[(0, date(2026, 5, 2)), (1, date(2026, 5, 12))],
        )
        found = told(plans.count(facts, [MONTH]), "P-2")
        assert found["value"] == pytest.approx(1 / 3) and found["n"] == 3

    def test_p_5(self) -> None:
        cases: list[date | None] = [None] * 4 + [date(2026, 5, 4)] * 3 + [date(2026, 9, 1)] * 17
        found = told(plans.count(month_of(24, cases=cases), [MONTH]), "P-5")
        assert (found["value"], found["n"], found["excluded"]) == (0.15, 20, 4)
