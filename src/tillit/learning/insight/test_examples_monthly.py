"""The examples of docs/how-we-count/indicators.md that are counted by the month: T-5 to T-8, the B's and O-1."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from measures.operations.staffing import hours_mix
from tillit.care.careplans import facts as plan_facts
from tillit.care.citizens import facts as citizen_facts
from tillit.care.decisions import facts as decision_facts
from tillit.care.evaluations import facts as evaluation_facts
from tillit.care.therapy import facts as therapy_facts
from tillit.care.visits import facts as visit_facts
from tillit.foundation.workforce import facts as work_facts
from tillit.kernel.tables import table
from tillit.learning.insight.catalogue import shipped
from tillit.learning.insight.rules.brought import Brought, Known, read
from tillit.learning.insight.rules.facts import MonthFacts, Place, Places, belongs
from tillit.learning.insight.rules.families import absence, staffing, therapy, waiting
from tillit.learning.insight.rules.sums import Branch, Part, sums
from tillit.teamwork.deviations import facts as deviation_facts

TEAM, LONG_AGO, MAY = 7, date(2025, 1, 1), date(2026, 5, 1)
COLUMNS = {
    "spells": citizen_facts.SPELLS, "plans": plan_facts.PLANS, "goals": plan_facts.GOALS,
    "evaluations": evaluation_facts.EVALUATIONS, "looked_at": decision_facts.LOOKED_AT,
    "done_by_day": visit_facts.DONE_BY_DAY, "waited": visit_facts.VISITS, "stays": citizen_facts.STAYS,
    "people": citizen_facts.PEOPLE, "cases": decision_facts.CASES, "deviations": deviation_facts.DEVIATIONS,
    "positions": work_facts.POSITIONS, "shares": work_facts.SHARES, "absences": work_facts.ABSENCES,
    "therapy_cases": therapy_facts.THERAPY_CASES,
}  # fmt: skip


def month_of(**rows: Sequence[tuple[object, ...]]) -> MonthFacts:
    """One team with these facts, and no others."""
    assert {one.name for one in fields(MonthFacts)} == {"places", *COLUMNS}
    places = Places(belongs([Place(TEAM, f"{TEAM}.", "TEAM")]), LONG_AGO)
    return MonthFacts(places=places, **{name: table(rows.get(name, []), of) for name, of in COLUMNS.items()})


def told(points: pl.DataFrame, code: str) -> dict[str, float]:
    """The one point of an indicator."""
    (row,) = points.filter(pl.col("code") == code).to_dicts()
    return row


def positions(percents: list[float]) -> dict[str, Sequence[tuple[object, ...]]]:
    """One permanent position for each employee, all of it in the team."""
    return {
        "positions": [(who, who, percent, "PERMANENT", LONG_AGO, None) for who, percent in enumerate(percents)],
        "shares": [(who, TEAM, 100.0) for who in range(len(percents))],
    }


class TestWaiting:
    def test_t_5(self) -> None:
        ready = datetime(2026, 4, 13, 8, tzinfo=UTC)
        waited = [
            (who, who, TEAM, ready.date(), ready + timedelta(days=days), "DONE", "", 30)
            for who, days in enumerate((0.5, 1, 1.5, 2, 4))
        ]
        facts = month_of(
            stays=[(who, "HOSPITAL", ready - timedelta(days=3), ready, ready) for who in range(5)],
            spells=[(who, TEAM, LONG_AGO, None) for who in range(5)],
            people=[(who, date(1940, 1, 1), None) for who in range(5)],
            waited=waited,
        )
        found = told(waiting.count(facts, [MAY]), "T-5")
        assert (found["value"], found["n"]) == (1.5, 5)

    def test_t_6(self) -> None:
        last = date(2026, 5, 31)
        asked = last - timedelta(days=25)
        cases: list[tuple[object, ...]] = [
            (case, TEAM, asked, asked + timedelta(days=days), None) for case, days in enumerate((5, 8, 10, 20))
        ]
        found = told(
            waiting.count(month_of(cases=[*cases, (9, TEAM, last - timedelta(days=12), None, None)]), [MAY]), "T-6"
        )
        assert (found["value"], found["n"]) == (10, 5)


class TestStaffing:
    def test_t_7(self) -> None:
        facts = month_of(done_by_day=[(TEAM, MAY, 2400)], deviations=[(TEAM, "FALL", MAY)] * 6)
        assert told(staffing.count(facts, [MAY]), "T-7")["value"] == 2.5

    def test_b_3(self) -> None:
        found = told(staffing.count(month_of(**positions([100.0] * 5 + [75.0] * 7)), [MAY]), "B-3")
        assert found["value"] == pytest.approx(5 / 12) and found["n"] == 12

    def test_b_4(self) -> None:
        found = told(staffing.count(month_of(**positions([100.0] * 5 + [75.0] * 7)), [MAY]), "B-4")
        assert found["value"] == pytest.approx(10.25 / 12) and found["n"] == 12


class TestBroughtIn:
    """What is brought in: a team's own through the sheet, the district's as the sum; hours as `hours_mix` has them."""

    @staticmethod
    def one(code: str, top: str, under: str) -> Brought:
        known = Known(shipped(), {}, TEAM, date(2026, 6, 20))
        (row,) = read(f"indikator;periode;teller;nevner;antall\n{code};2026-05;{top};{under};14", known).rows
        return row

    def test_o_1(self) -> None:
        rows = self.one("O-1", "1 030 000", "1 000 000"), self.one("O-1", "570 000", "600 000")
        assert [row.value for row in rows] == [pytest.approx(1.03), pytest.approx(0.95)]
        tree = [Branch(1, "1.", "DISTRICT", LONG_AGO, None)]
        tree += [Branch(unit, f"1.{unit}.", "TEAM", LONG_AGO, None) for unit in (2, 3)]
        parts = [
            Part("O-1", unit, MAY, row.n, row.numerator or 0, row.denominator or 0)
            for unit, row in zip((2, 3), rows, strict=True)
        ]
        (district,) = sums(tree, parts)
        assert (district.value, district.n) == (1.0, 28)

    def test_b_5_to_b_7(self) -> None:
        hours = table(
            [("egen", "ordinaer", 1700.0, 0.0), ("egen", "overtid", 60.0, 0.0), ("egen_vikar", "ordinaer", 240.0, 0.0),
             ("byraa", "ordinaer", 100.0, 0.0)],
            {"source": pl.String, "kind": pl.String, "hours": pl.Float64, "cost": pl.Float64},
        )  # fmt: skip
        measured = hours_mix(hours).values
        for code, top, under, value, name in (
            ("B-5", "60", "2 000", 0.03, "overtime_pct"),
            ("B-6", "100", "2 100", 100 / 2100, "agency_pct"),
            ("B-7", "240", "2 100", 240 / 2100, "temp_pct"),
        ):
            found = self.one(code, top, under).value
            assert found == pytest.approx(value) and 100 * (found or 0) == pytest.approx(measured[name]), code


class TestAbsence:
    """March to May 2026 has 59 working days: 65 from Monday to Friday, less six public holidays."""

    ILL = [(who, "SELF_CERTIFIED", date(2026, 5, 4), date(2026, 5, 6)) for who in range(4)]
    OTHERS = [(6, "CHILD_SICK", date(2026, 5, 4), date(2026, 5, 9)), (7, "HOLIDAY", date(2026, 1, 5), date(2026, 3, 9))]

    def test_b_1(self) -> None:
        whole_month = (5, "SICK_LEAVE", date(2026, 5, 1), date(2026, 6, 1))
        facts = month_of(**positions([100.0] * 9 + [50.0]), absences=[*self.ILL, whole_month, *self.OTHERS])
        found = told(absence.count(facts, [MAY]), "B-1")
        assert (found["numerator"], found["denominator"], found["n"]) == (26, 560.5, 5)
        assert found["value"] == pytest.approx(26 / 560.5)

    def test_half_of_a_position_in_the_team_counts_half(self) -> None:
        made = positions([100.0] * 10)
        made["shares"] = [(who, TEAM, 50.0) for who in range(10)]
        facts = month_of(**made, absences=[*self.ILL, *self.OTHERS])
        found = told(absence.count(facts, [MAY]), "B-1")
        assert (found["numerator"], found["denominator"]) == (4, 295)

    def test_nothing_is_told_of_nine_employees_or_of_months_from_before_absences_were_kept(self) -> None:
        nine = month_of(**positions([100.0] * 9), absences=[*self.ILL, *self.OTHERS])
        assert absence.count(nine, [MAY]).is_empty()
        ten = month_of(**positions([100.0] * 10), absences=[*self.ILL, *self.OTHERS])
        assert absence.count(ten, [date(2026, 2, 1), MAY])["starts_on"].to_list() == [MAY]
        assert absence.count(month_of(**positions([100.0] * 10)), [MAY]).is_empty()


def test_t_8() -> None:
    facts = month_of(
        spells=[(who, TEAM, LONG_AGO, None) for who in range(20)] + [(30, TEAM, LONG_AGO, date(2026, 5, 20))],
        therapy_cases=[
            *((who, date(2026, 4, 1), None) for who in range(5)), (4, date(2026, 5, 31), None),
            (6, date(2026, 4, 1), date(2026, 5, 31)), (7, date(2026, 6, 1), None), (30, date(2026, 4, 1), None),
        ],
    )  # fmt: skip
    found = told(therapy.count(facts, [MAY]), "T-8")
    assert (found["value"], found["n"]) == (6, 6)
