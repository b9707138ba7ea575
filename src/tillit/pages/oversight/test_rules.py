"""Which look-ups are asked about, by the bounds in docs/how-we-count/unusual-lookups.md."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tillit.kernel.geo import Place
from tillit.kernel.periods import Period
from tillit.pages.oversight.rules import Employee, Finding, Look, Person, Refused, Rule, findings

TUESDAY = date(2026, 11, 24)
MORNING = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)  # 08.00 in Oslo
SHIFT = Period(datetime(2026, 11, 24, 6, 30, tzinfo=UTC), datetime(2026, 11, 24, 14, 0, tzinfo=UTC))
INGRID = Employee(user_id=1, family_name="Solheim", goes_out=True, shifts=(SHIFT,))
OLGA = Person("Hansen")


def found(
    looks: Iterable[Look] = (), refused: Iterable[Refused] = (), *, who: Employee = INGRID, whom: Person = OLGA
) -> list[Finding]:
    looks = list(looks)
    return list(
        findings(
            looks, refused, employees={1: who}, citizens={look.citizen_id: whom for look in looks}, draw=lambda key: key
        )
    )


def rules(*looks: Look, who: Employee = INGRID, whom: Person = OLGA) -> list[Rule]:
    return [one.rule for one in found(looks, who=who, whom=whom) if one.rule != Rule.SAMPLE]


class TestNoVisitNear:
    away = replace(INGRID, shifts=())

    def test_asks_when_neither_visit_shift_nor_duty_is_near_R18(self) -> None:
        assert rules(Look(1, 7, MORNING), who=self.away) == [Rule.NO_VISIT_NEAR]

    @pytest.mark.parametrize(
        "explained",
        [
            replace(away, visits=frozenset({(7, TUESDAY + timedelta(days=7))})),
            replace(away, visits=frozenset({(7, TUESDAY - timedelta(days=7))})),
            replace(away, shifts=(Period(MORNING + timedelta(hours=24), MORNING + timedelta(hours=32)),)),
            replace(away, answers_for=frozenset({7})),
            replace(away, goes_out=False),
        ],
        ids=[
            "visit a week after",
            "visit a week before",
            "shift within a day",
            "answers for her",
            "works in an office",
        ],
    )
    def test_does_not_when_one_of_them_is(self, explained: Employee) -> None:
        assert rules(Look(1, 7, MORNING), who=explained) == []

    @pytest.mark.parametrize(
        "too_far",
        [
            replace(away, visits=frozenset({(7, TUESDAY + timedelta(days=8))})),
            replace(away, visits=frozenset({(8, TUESDAY)})),
            replace(away, shifts=(Period(MORNING + timedelta(hours=25), MORNING + timedelta(hours=32)),)),
        ],
        ids=["eight days", "another citizen's visit", "shift too late"],
    )
    def test_does_when_they_are_too_far(self, too_far: Employee) -> None:
        assert rules(Look(1, 7, MORNING), who=too_far) == [Rule.NO_VISIT_NEAR]

    def test_nobody_is_judged_by_what_is_not_known(self) -> None:
        assert findings([Look(9, 7, MORNING)], [], employees={}, citizens={}, draw=str)[0].rule == Rule.SAMPLE


class TestOneQuestion:
    def test_several_citizens_on_a_day_are_one_question_and_another_when_more_come(self) -> None:
        away = replace(INGRID, shifts=())
        looks = [Look(1, number, MORNING + timedelta(minutes=number)) for number in (9, 8, 7)]

        one = found(looks, who=away)
        assert [(each.citizen_ids, each.count, each.first_at) for each in one] == [
            ((7, 8, 9), 3, MORNING + timedelta(minutes=7))
        ]
        assert {each.key for each in found(looks[:2], who=away)}.isdisjoint({each.key for each in one})


class TestNight:
    #: 23.14 in Oslo, with the day's shift long over.
    late = datetime(2026, 11, 24, 22, 14, tzinfo=UTC)

    def test_asks_at_night_without_a_shift(self) -> None:
        assert rules(Look(1, 7, self.late)) == [Rule.NIGHT]

    def test_not_on_a_night_shift_and_the_hour_around_it(self) -> None:
        night = replace(INGRID, shifts=(Period(self.late + timedelta(hours=1), self.late + timedelta(hours=9)),))

        assert rules(Look(1, 7, self.late), who=night) == []

    @pytest.mark.parametrize(("hour", "asked"), [(20, False), (21, True), (4, True), (5, False)])
    def test_night_is_from_ten_to_six_in_oslo(self, hour: int, asked: bool) -> None:
        evening = datetime(2026, 11, 24, hour, 0, tzinfo=UTC)  # an hour later in Oslo
        elsewhere = replace(INGRID, shifts=(Period(evening + timedelta(hours=3), evening + timedelta(hours=9)),))

        assert (rules(Look(1, 7, evening), who=elsewhere) == [Rule.NIGHT]) is asked


class TestWhoTheyAre:
    def test_same_family_name_is_asked_about_once_however_often_she_looks(self) -> None:
        looks = [Look(1, 7, MORNING), Look(1, 7, MORNING + timedelta(hours=2)), Look(1, 7, MORNING + timedelta(days=1))]
        who = replace(INGRID, visits=frozenset({(7, TUESDAY)}))

        asked = [one for one in found(looks, who=who, whom=Person("SOLHEIM")) if one.rule == Rule.SAME_NAME]
        assert [(one.on, one.key) for one in asked] == [(TUESDAY + timedelta(days=1), "SAME_NAME:1:7")]

    def test_no_name_is_nobodys_name(self) -> None:
        assert rules(Look(1, 7, MORNING), who=replace(INGRID, family_name=""), whom=Person("")) == []

    @pytest.mark.parametrize(("north", "asked"), [(0.0002, True), (0.0004, False)], ids=["22 metres", "44 metres"])
    def test_same_home_is_within_thirty_metres(self, north: float, asked: bool) -> None:
        who = replace(INGRID, home=Place(61.9, 6.0))

        assert (
            rules(Look(1, 7, MORNING), who=who, whom=Person("x", Place(61.9 + north, 6.0))) == [Rule.SAME_HOME]
        ) is asked


class TestMany:
    def hour(self, citizens: int, minutes: float = 2.0) -> list[Look]:
        return [Look(1, number, MORNING + timedelta(minutes=minutes * number)) for number in range(citizens)]

    def test_twenty_within_an_hour_is_asked_about_once_with_their_number(self) -> None:
        asked = [one for one in found(self.hour(25)) if one.rule == Rule.MANY]

        assert [(len(one.citizen_ids), one.count) for one in asked] == [(25, 25)]

    def test_nineteen_or_the_same_one_twenty_times_is_not(self) -> None:
        assert rules(*self.hour(19)) == []
        assert rules(*[Look(1, 7, MORNING + timedelta(minutes=step)) for step in range(25)]) == []

    def test_twenty_over_more_than_an_hour_is_not(self) -> None:
        assert rules(*self.hour(20, minutes=60 / 19)) == []


class TestRefusedAndFormer:
    def test_three_different_things_in_a_day_are_asked_about(self) -> None:
        tries = [Refused(1, MORNING + timedelta(minutes=step), f"citizen_id:{step % 3}") for step in range(6)]

        assert [(one.rule, one.count) for one in found(refused=tries)] == [(Rule.REFUSED, 3)]
        assert found(refused=tries[:2]) == []

    def test_a_look_after_the_help_has_ended_is_asked_about(self) -> None:
        assert rules(Look(1, 7, MORNING, "FORMER"), Look(1, 8, MORNING, "FOLLOWS")) == [Rule.FORMER]


looks = some.lists(
    some.builds(
        Look,
        user_id=some.integers(1, 3),
        citizen_id=some.integers(1, 30),
        at=some.integers(0, 7 * 24 * 60).map(lambda minutes: MORNING + timedelta(minutes=minutes)),
        ground=some.sampled_from(["FOLLOWS", "FORMER"]),
    ),
    max_size=40,
)


class TestAnyLooks:
    @given(looks)
    def test_each_look_is_asked_about_or_in_the_lot_and_nothing_stands_twice(self, some_looks: list[Look]) -> None:
        asked = findings(some_looks, [], employees={1: INGRID}, citizens={}, draw=lambda key: key[::-1])

        assert len({one.key for one in asked}) == len(asked)
        drawn = [one for one in asked if one.rule == Rule.SAMPLE]
        groups = {(look.user_id, look.citizen_id, look.at.date()) for look in some_looks}
        assert len(drawn) <= 5
        assert bool(groups) == bool(asked)

    @given(looks)
    def test_the_order_they_come_in_changes_nothing(self, some_looks: list[Look]) -> None:
        first = findings(some_looks, [], employees={1: INGRID}, citizens={}, draw=str)
        again = findings(some_looks[::-1], [], employees={1: INGRID}, citizens={}, draw=str)

        assert [one.key for one in first] == [one.key for one in again]
