"""Rules about citizens."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tillit.care.citizens import rules
from tillit.care.citizens.rules import Follower, IdentityProblem, Numbers
from tillit.kernel.national_id import IdKind

NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


class TestAge:
    @pytest.mark.parametrize(
        ("born_on", "on", "years"),
        [
            (date(1942, 3, 14), date(2026, 11, 23), 84),
            (date(1942, 11, 24), date(2026, 11, 23), 83),
            (date(1942, 11, 23), date(2026, 11, 23), 84),
            (date(1944, 2, 29), date(2027, 2, 28), 82),
            (date(1944, 2, 29), date(2027, 3, 1), 83),
        ],
    )
    def test_counts_whole_years(self, born_on: date, on: date, years: int) -> None:
        assert rules.age(born_on, on=on) == years

    def test_is_not_known_without_a_birthday_or_before_it(self) -> None:
        assert rules.age(None, on=date(2026, 1, 1)) is None
        assert rules.age(date(2026, 1, 2), on=date(2026, 1, 1)) is None


class TestIdentity:
    """Published test numbers from standards §3."""

    REAL_LOOKING = "13097248022"
    TENOR = "10915596784"
    D_NUMBER = "53097248016"
    H_NUMBER = "13527248013"
    D_AND_TENOR = "50846202355"

    @pytest.mark.parametrize("number", [TENOR, D_AND_TENOR])
    def test_invented_numbers_stay_out_of_production(self, number: str) -> None:
        with pytest.raises(rules.IdentityRefused) as refused:
            rules.identity(number, numbers=Numbers.REAL)

        assert refused.value.problem is IdentityProblem.SYNTHETIC_IN_PRODUCTION
        assert rules.identity(number, numbers=Numbers.SYNTHETIC).value == number

    @pytest.mark.parametrize("number", [REAL_LOOKING, D_NUMBER])
    def test_numbers_that_may_be_somebodys_stay_out_of_tests(self, number: str) -> None:
        with pytest.raises(rules.IdentityRefused) as refused:
            rules.identity(number, numbers=Numbers.SYNTHETIC)

        assert refused.value.problem is IdentityProblem.REAL_IN_TEST
        assert rules.identity(number, numbers=Numbers.REAL).value == number

    @pytest.mark.parametrize("numbers", list(Numbers))
    def test_an_h_number_is_accepted_everywhere_for_its_form_is_shared(self, numbers: Numbers) -> None:
        assert rules.identity(self.H_NUMBER, numbers=numbers).kind is IdKind.HNR

    @pytest.mark.parametrize("numbers", list(Numbers))
    def test_nothing_written_is_an_unknown_person(self, numbers: Numbers) -> None:
        found = rules.identity("  ", numbers=numbers)

        assert (found.kind, found.value) == (IdKind.UNKNOWN, "")

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("1091559678", IdentityProblem.LENGTH),
            ("10915596785", IdentityProblem.CONTROL),
            ("ti sifre her", IdentityProblem.NOT_DIGITS),
        ],
    )
    def test_says_what_is_wrong_and_never_repeats_the_number(self, text: str, problem: IdentityProblem) -> None:
        with pytest.raises(rules.IdentityRefused) as refused:
            rules.identity(text, numbers=Numbers.SYNTHETIC)

        assert refused.value.problem is problem
        assert text not in str(refused.value)

    def test_blanks_are_ignored(self) -> None:
        assert rules.identity(" 109155 96784 ", numbers=Numbers.SYNTHETIC).value == self.TENOR


moments = st.integers(min_value=0, max_value=200).map(lambda hours: NOON + timedelta(hours=hours))
spans = st.tuples(moments, st.one_of(st.none(), moments))


class TestOverlaps:
    def test_times_that_meet_do_not_overlap(self) -> None:
        hour = timedelta(hours=1)
        assert not rules.overlaps((NOON + hour, None), [(NOON, NOON + hour)])
        assert rules.overlaps((NOON + hour, None), [(NOON, NOON + 2 * hour)])
        assert rules.overlaps((NOON, NOON + hour), [(NOON, None)])

    def test_a_time_that_was_called_off_holds_nothing(self) -> None:
        assert not rules.overlaps((NOON, None), [(NOON + timedelta(hours=3), NOON + timedelta(hours=3))])

    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(spans, spans)
    def test_is_the_same_both_ways(
        self, one: tuple[datetime, datetime | None], other: tuple[datetime, datetime | None]
    ) -> None:
        real = [span for span in (one, other) if span[1] is None or span[1] > span[0]]
        if len(real) == 2:
            assert rules.overlaps(one, [other]) == rules.overlaps(other, [one])


class TestToStop:
    def test_the_team_that_followed_everything_stops_and_special_teams_keep_their_part(self) -> None:
        followers = [Follower(1), Follower(7, part="hverdagsrehabilitering")]

        assert rules.to_stop(followers, new_unit_id=2) == (Follower(1),)

    def test_nobody_stops_when_the_same_unit_goes_on(self) -> None:
        assert rules.to_stop([Follower(1)], new_unit_id=1) == ()


class TestMayAnswer:
    def test_a_service_responsible_has_three_years_of_health_education_R15(self) -> None:
        assert rules.may_answer("SERVICE_RESPONSIBLE", profession="NURSE")
        assert not rules.may_answer("SERVICE_RESPONSIBLE", profession="HEALTH_WORKER")

    def test_anybody_in_the_team_may_be_primary_contact_R15(self) -> None:
        assert rules.may_answer("PRIMARY_CONTACT", profession="HOME_HELPER")

    def test_a_therapist_is_a_therapist_R15(self) -> None:
        assert rules.may_answer("THERAPIST", profession="PHYSIOTHERAPIST")
        assert not rules.may_answer("THERAPIST", profession="NURSE")
