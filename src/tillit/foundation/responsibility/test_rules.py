from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillit.foundation.responsibility.catalogue import BY_CODE, RESPONSIBILITIES, Group
from tillit.foundation.responsibility.models import HolderKind
from tillit.foundation.responsibility.rules.duties import (
    CannotHold,
    DutyTerms,
    Held,
    Why,
    holder_of,
    turn_number,
    why_not,
)
from tillit.foundation.responsibility.rules.tables import Cell, compare, different, undecided
from tillit.foundation.responsibility.shipped_models import HELTOM, MODEL_1, MODEL_2, SHIPPED, ShippedModel

MONDAY = date(2026, 11, 23)
ROTATION = DutyTerms(is_fixed=False)
FIXED = DutyTerms(is_fixed=True)
KARI, AMINA, INGRID, AMIR = 1, 2, 3, 4
NOTHING: frozenset[str] = frozenset()

weekday_sets = st.sets(st.integers(1, 7), min_size=1).map(lambda days: "".join(str(day) for day in sorted(days)))


def everybody(members: list[int]) -> dict[int, frozenset[str]]:
    return dict.fromkeys(members, NOTHING)


def duty_days(weekdays: str, first: date, count: int) -> list[date]:
    found: list[date] = []
    day = first
    while len(found) < count:
        if str(day.isoweekday()) in weekdays:
            found.append(day)
        day += timedelta(days=1)
    return found


class TestTurnNumber:
    def test_starts_at_nought_on_the_first_monday(self) -> None:
        assert turn_number("1234567", date(2024, 1, 1)) == 0
        assert turn_number("1234567", date(2024, 1, 8)) == 7

    def test_a_weekday_duty_loses_no_turn_over_the_weekend(self) -> None:
        friday, monday = date(2026, 11, 20), date(2026, 11, 23)

        assert turn_number("12345", monday) == turn_number("12345", friday) + 1

    def test_worked_example_in_the_docs(self) -> None:
        # 23 November 2026 is 151 weeks after 1 January 2024: 151 × 5 weekdays, nothing yet this week
        assert turn_number("12345", MONDAY) == 755

    @given(weekday_sets, st.dates(date(2020, 1, 1), date(2040, 1, 1)))
    def test_goes_up_by_one_from_duty_day_to_duty_day(self, weekdays: str, first: date) -> None:
        numbers = [turn_number(weekdays, day) for day in duty_days(weekdays, first, 12)]

        assert numbers == list(range(numbers[0], numbers[0] + 12))


class TestRotation:
    @given(weekday_sets, st.integers(1, 15), st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(1, 60))
    def test_turns_differ_by_at_most_one_when_all_are_at_work_R05(
        self, weekdays: str, people: int, first: date, days: int
    ) -> None:
        members = list(range(people))
        terms = DutyTerms(is_fixed=False, weekdays=weekdays)

        turns = Counter(dict.fromkeys(members, 0))
        for day in duty_days(weekdays, first, days):
            held = holder_of(terms, members, everybody(members), None, day)
            assert held.why is Why.TURN
            assert held.employee_id is not None
            turns[held.employee_id] += 1

        assert max(turns.values()) - min(turns.values()) <= 1

    def test_worked_example_in_the_docs(self) -> None:
        weekdays = DutyTerms(is_fixed=False, weekdays="12345")
        members = [KARI, AMINA, INGRID]

        week = [
            holder_of(weekdays, members, everybody(members), None, MONDAY + timedelta(days=day)).employee_id
            for day in range(4)
        ]
        ingrid_is_ill = holder_of(weekdays, members, everybody([KARI, AMINA]), None, MONDAY)

        assert week == [INGRID, KARI, AMINA, INGRID]
        assert ingrid_is_ill == Held(AMINA, Why.STANDS_IN)

    def test_nobody_stands_in_for_the_same_colleague_every_time(self) -> None:
        members = [KARI, AMINA, INGRID, AMIR]
        without_kari = everybody([AMINA, INGRID, AMIR])

        stood_in: Counter[int] = Counter()
        for day in duty_days("1234567", MONDAY, 4 * 12):
            held = holder_of(ROTATION, members, without_kari, None, day)
            if held.why is Why.STANDS_IN and held.employee_id is not None:
                stood_in[held.employee_id] += 1

        assert stood_in == {AMINA: 4, INGRID: 4, AMIR: 4}

    @given(
        st.lists(st.integers(1, 30), unique=True, max_size=12),
        st.sets(st.integers(1, 30)),
        st.dates(date(2020, 1, 1), date(2040, 1, 1)),
        st.booleans(),
    )
    def test_is_a_gap_only_when_no_member_can(
        self, members: list[int], at_work: set[int], on: date, fixed: bool
    ) -> None:
        terms = DutyTerms(is_fixed=fixed)

        held = holder_of(terms, members, everybody(sorted(at_work)), None, on)

        assert held.is_gap is not bool(set(members) & at_work)
        assert held.is_gap or held.employee_id in at_work & set(members)
        assert held == holder_of(terms, members, everybody(sorted(at_work)), None, on)


class TestFixed:
    def test_is_the_first_on_the_list(self) -> None:
        assert holder_of(FIXED, [KARI, AMINA], everybody([AMINA, KARI]), None, MONDAY) == Held(KARI, Why.FIXED)

    def test_goes_on_to_the_next_at_work(self) -> None:
        assert holder_of(FIXED, [KARI, AMINA], everybody([AMINA]), None, MONDAY) == Held(AMINA, Why.FIXED_NEXT)


class TestTakenOver:
    def test_goes_before_the_list_also_for_one_who_is_not_on_it(self) -> None:
        assert holder_of(FIXED, [KARI], everybody([KARI, AMIR]), AMIR, MONDAY) == Held(AMIR, Why.TAKEN)

    def test_falls_back_on_the_list_when_she_who_took_it_is_away(self) -> None:
        assert holder_of(FIXED, [KARI], everybody([KARI]), AMIR, MONDAY) == Held(KARI, Why.FIXED)


class TestGap:
    needs = DutyTerms(is_fixed=False, needs="FORDELER")

    def test_says_that_nobody_is_on_the_list(self) -> None:
        assert holder_of(ROTATION, [], everybody([KARI]), None, MONDAY) == Held(None, Why.NO_MEMBERS)

    def test_says_that_nobody_on_the_list_is_at_work(self) -> None:
        assert holder_of(ROTATION, [KARI], everybody([AMIR]), None, MONDAY) == Held(None, Why.NOBODY_AT_WORK)

    def test_says_that_those_at_work_lack_the_competence(self) -> None:
        at_work = {AMIR: NOTHING}

        assert holder_of(self.needs, [KARI, AMIR], at_work, None, MONDAY) == Held(None, Why.NOBODY_ABLE)

    def test_a_day_off_is_no_gap(self) -> None:
        held = holder_of(DutyTerms(is_fixed=False, weekdays="2"), [KARI], everybody([KARI]), None, MONDAY)

        assert held == Held(None, Why.NOT_TODAY)
        assert not held.is_gap

    @pytest.mark.parametrize(
        ("at_work", "weekdays", "why"),
        [
            ({KARI: frozenset({"FORDELER"})}, "1234567", None),
            ({KARI: NOTHING}, "1234567", CannotHold.LACKS_COMPETENCE),
            ({}, "1234567", CannotHold.NOT_AT_WORK),
            ({KARI: frozenset({"FORDELER"})}, "67", CannotHold.NOT_TODAY),
        ],
    )
    def test_why_not_is_told(self, at_work: dict[int, frozenset[str]], weekdays: str, why: CannotHold | None) -> None:
        assert why_not(DutyTerms(False, weekdays, "FORDELER"), at_work, KARI, MONDAY) is why


def table(model: ShippedModel) -> dict[str, Cell]:
    return {code: Cell(holder.value, note) for code, holder, note in model.rows}


class TestCatalogue:
    def test_has_the_24_responsibilities_R04_R07(self) -> None:
        assert Counter(entry.group for entry in RESPONSIBILITIES) == {
            Group.NEW: 7, Group.EXISTING: 9, Group.DAILY: 5, Group.AUTHORITY: 3
        }  # fmt: skip
        assert len(BY_CODE) == 24


class TestShippedModels:
    @pytest.mark.parametrize("model", SHIPPED, ids=lambda model: model.code)
    def test_are_complete_tables_R04(self, model: ShippedModel) -> None:
        assert sorted(code for code, _holder, _note in model.rows) == sorted(BY_CODE)
        assert all(len(note) <= 200 for _code, _holder, note in model.rows)
        assert model.source

    def test_model_1_and_2_differ_where_the_report_says_R04(self) -> None:
        rows = compare(table(MODEL_1), table(MODEL_2))

        assert {row.code for row in rows if row.differs} == {
            "NEW_ASSESS", "NEW_CASE_WORK", "NEW_DECIDE", "NEW_DELIVER", "NEW_REABLEMENT", "NEW_HOSPITAL",
            "NEW_DEMENTIA", "DEMENTIA", "SHORT_STAY",
        }  # fmt: skip
        assert different(rows) == 9

    def test_heltom_shows_what_nobody_has_been_given_R08(self) -> None:
        assert undecided(table(HELTOM)) == ("NEW_HOSPITAL", "REABLEMENT", "HOSPITAL", "NOTICES", "QUALITY_CONTROL")

    def test_only_heltom_leaves_anything_undecided(self) -> None:
        assert [model.code for model in SHIPPED if undecided(table(model))] == ["HELTOM"]

    def test_use_every_word_for_a_holder_but_those_kept_for_variants(self) -> None:
        used = {holder for model in SHIPPED for _code, holder, _note in model.rows}

        assert set(HolderKind) - used == {HolderKind.COACH, HolderKind.SERIOUS_ILLNESS_TEAM}


class TestCompare:
    def test_a_missing_row_is_shown_as_undecided(self) -> None:
        rows = compare({}, table(MODEL_1))

        assert len(rows) == 24
        assert {row.left.holder for row in rows} == {"NOBODY"}
        assert all(row.differs for row in rows)

    def test_other_terms_are_no_difference(self) -> None:
        left, right = {"MESSAGES": Cell("TEAM", "På omgang")}, {"MESSAGES": Cell("TEAM", "Fast")}

        assert not any(row.differs for row in compare(left, right))
