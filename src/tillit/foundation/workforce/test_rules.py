from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillit.foundation.workforce import rules
from tillit.foundation.workforce.competence_catalogue import COMPETENCES
from tillit.foundation.workforce.models import AbsenceKind, Profession
from tillit.foundation.workforce.rules import Holding
from tillit.kernel.periods import Days

TODAY = date(2026, 11, 23)
BRINGS = {entry.code: entry.professions for entry in COMPETENCES}


class TestLevel:
    @pytest.mark.parametrize(
        ("profession", "level"),
        [
            ("NURSE", 2), ("SOCIAL_EDUCATOR", 2), ("HEALTH_WORKER", 1), ("OCCUPATIONAL_THERAPIST", 1),
            ("PHYSIOTHERAPIST", 1), ("HOME_HELPER", 0), ("CASE_WORKER", 0), ("LEADER", 0), ("OTHER", 0),
        ],
    )  # fmt: skip
    def test_follows_the_profession(self, profession: str, level: int) -> None:
        assert rules.level_of(profession) == level

    def test_every_profession_has_one(self) -> None:
        assert {rules.level_of(profession) for profession in Profession.values} == {0, 1, 2}


class TestCompetencesInForce:
    def test_a_nurse_brings_medication_and_a_health_worker_holds_it(self) -> None:
        found = rules.competences_in_force(
            {1: "NURSE", 2: "HEALTH_WORKER", 3: "HEALTH_WORKER"},
            BRINGS,
            [Holding(2, "LEGEMIDLER", Days(date(2025, 1, 1), date(2027, 1, 1)))],
            TODAY,
        )

        assert "LEGEMIDLER" in found[1]
        assert "LEGEMIDLER" in found[2]
        assert "LEGEMIDLER" not in found[3]
        assert "HELSEFAG" in found[3]

    def test_a_held_competence_runs_out_on_its_day_R34(self) -> None:
        held = [Holding(2, "LEGEMIDLER", Days(date(2024, 11, 23), date(2026, 11, 23)))]

        assert "LEGEMIDLER" in rules.competences_in_force({2: "HEALTH_WORKER"}, BRINGS, held, date(2026, 11, 22))[2]
        assert "LEGEMIDLER" not in rules.competences_in_force({2: "HEALTH_WORKER"}, BRINGS, held, TODAY)[2]

    def test_what_strangers_hold_is_nobodys(self) -> None:
        assert rules.competences_in_force({1: "OTHER"}, BRINGS, [Holding(9, "SAR", Days(TODAY))], TODAY) == {
            1: frozenset()
        }

    def test_catalogue_names_professions_that_exist(self) -> None:
        assert {profession for entry in COMPETENCES for profession in entry.professions} <= set(Profession.values)
        assert len({entry.code for entry in COMPETENCES}) == len(COMPETENCES)


class TestRunsOut:
    @pytest.mark.parametrize(
        ("start", "months", "end"),
        [
            (date(2026, 11, 23), 24, date(2028, 11, 23)),
            (date(2026, 8, 31), 6, date(2027, 2, 28)),
            (date(2027, 8, 31), 6, date(2028, 2, 29)),
            (date(2026, 12, 15), 1, date(2027, 1, 15)),
            (date(2026, 12, 15), None, None),
        ],
    )
    def test_so_many_months_later(self, start: date, months: int | None, end: date | None) -> None:
        assert rules.runs_out_on(start, months) == end

    @given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 120))
    def test_is_never_before_it_began(self, start: date, months: int) -> None:
        end = rules.runs_out_on(start, months)
        assert end is not None
        assert end > start


class TestColour:
    @given(st.lists(st.integers(0, 12), max_size=40))
    def test_is_one_of_the_least_used(self, taken: list[int]) -> None:
        colour = rules.colour_for(taken, "NURSE")

        assert 1 <= colour <= 12
        assert taken.count(colour) == min(taken.count(one) for one in range(1, 13))

    def test_leaders_are_grey(self) -> None:
        assert rules.colour_for([], "LEADER") == 0


class TestAbsence:
    def test_one_reports_illness_oneself_and_agrees_on_the_rest(self) -> None:
        own = {kind for kind in AbsenceKind.values if rules.may_report_oneself(kind)}

        assert own == {"SELF_CERTIFIED", "CHILD_SICK", "SICK_LEAVE"}


class TestWeek:
    @given(st.dates(date(2000, 1, 1), date(2090, 1, 1)))
    def test_starts_on_monday(self, day: date) -> None:
        monday = rules.monday_of(day)

        assert monday.isoweekday() == 1
        assert 0 <= (day - monday).days < 7


class TestFullTimeEquivalents:
    def test_a_shared_position_counts_as_its_share_R01(self) -> None:
        # an 80 % occupational therapist shared 50/50, and a full-time nurse: 0.4 + 1.0
        assert rules.full_time_equivalents([(80, 50), (100, 100)]) == pytest.approx(1.4)
