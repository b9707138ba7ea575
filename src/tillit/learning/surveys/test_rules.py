"""What is asked never changes unseen; the way through; the urn; who is laid together; what is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tillit.learning.surveys.rules import scoring, steps
from tillit.learning.surveys.rules import urn as urns
from tillit.learning.surveys.rules.instruments import Asks, fingerprint
from tillit.learning.surveys.rules.joining import Counted, join_small
from tillit.learning.surveys.rules.shipped import EARLIER, SHIPPED, shipped
from tillit.learning.surveys.rules.silent import could_be

#: What was asked, word for word, from the first wave on. A change of wording is a new version beside the old one.
ASKED = {
    "team-1": "f6653ef401b0322678a4e8ba",
    "safety-1": "3dccc1f8298b29ccfa0e6733",
    "roles-1": "02ab5d98f91d735d2069387f",
    "say-1": "8b3a17018d755151fcdb77b8",
    "involvement-1": "b0c28475b6901167edf6f0ad",
    "me-1": "765249cbc51959d3c17802c2",
    "needs-1": "9711d1f09297cbc7b9cc652f",
    "load-1": "d87a87e46f729ba59ad9ac0f",
    "staff-1": "b841643ee781b7350f2ca224",
    "pulse-1": "ebf03ed5d410770c9fa47ddf",
    "citizens-1": "3a12e9d87c2935dbb2688026",
    "citizens-2": "75636cbe56dedcd43609bb5a",
    "relatives-1": "0f5d90d08fdb2903114e12d4",
    "gathering-1": "83a03276bc4165e09e886634",
}


class TestInstruments:
    def test_every_text_is_there_in_three_languages_and_codes_are_each_once_R39(self) -> None:
        for one in SHIPPED:
            codes = [item.code for item in one.items]
            assert len(set(codes)) == len(codes)
            assert {item.part for item in one.items if item.part} <= {part.code for part in one.parts} or not one.scored
            texts = [item.text for item in one.items] + [part.name for part in one.parts] + [one.name, one.about]
            texts += [word for scale in one.scales for word in scale.words]
            assert all(text.nb and text.nn and text.en for text in texts)
            assert one.status == "egenutviklet, ikke validert" and one.licence == "CC0-1.0"

    def test_the_words_are_those_of_the_first_wave_R39(self) -> None:
        assert {f"{one.code}-{one.version}": fingerprint(one)[:24] for one in (*EARLIER, *SHIPPED)} == ASKED

    def test_those_that_are_asked_the_other_way_are_marked_R39(self) -> None:
        turned = {item.code for one in SHIPPED for item in one.items if item.reverse}
        assert turned == {"C2", "C5", "C7", "D3", "D6", "D9", "F3", "L2", "L6"}

    def test_the_staff_survey_has_at_most_35_questions_and_the_pulse_six_R39(self) -> None:
        sizes = {one.code: len(one.items) for one in SHIPPED}
        assert sizes["staff"] == 35 and sizes["pulse"] == 6 and sizes["gathering"] == 3 and sizes["team"] == 12

    def test_another_word_order_or_reversal_is_another_fingerprint(self) -> None:
        from dataclasses import replace

        one = SHIPPED[0]
        first, *rest = one.items
        worded = replace(one, items=(replace(first, text=first.text._replace(nn="Noko anna.")), *rest))
        turned = replace(one, items=(replace(first, reverse=True), *rest))
        moved = replace(one, items=(*rest, first))
        assert len({fingerprint(each) for each in (one, worded, turned, moved)}) == 4


class TestTheWay:
    def test_takes_what_the_scale_has_and_nothing_else(self) -> None:
        one = shipped("team")
        assert one is not None
        item = one.items[0]
        taken = [steps.read_answer(one, item, {"A1": said}) for said in ("1", "5", "0", "6", "x", "", "NA", "²", "05")]
        assert taken == [1, 5, None, None, None, None, "NA", None, 5]

    def test_what_is_asked_twice_keeps_the_half_that_is_answered(self) -> None:
        one = shipped("say")
        assert one is not None
        assert steps.read_all(one, {"G1.has": "1", "G1.should": "4", "G2.has": "0"}) == {
            "G1": {"has": 1, "should": 4}, "G2": {"has": 0},
        }  # fmt: skip

    def test_a_question_that_the_answers_do_not_lead_to_is_not_taken_R39(self) -> None:
        from dataclasses import replace

        one = shipped("gathering")
        assert one is not None
        first, second, third = one.items
        routed = replace(one, items=(first, replace(second, only_if=("S1", (1, 2))), third))
        assert steps.read_all(routed, {"S1": "5", "S2": "3", "S3": "4"}) == {"S1": 5, "S3": 4}
        assert steps.read_all(routed, {"S1": "2", "S2": "3", "S3": "4"}) == {"S1": 2, "S2": 3, "S3": 4}

    def test_says_how_long_is_left(self) -> None:
        one = shipped("team")
        assert one is not None
        assert [steps.minutes_left(one, one.items[at:]) for at in (0, 3, 6, 7, 11)] == [2, 2, 1, 0, 0]


BALLOTS = st.lists(st.dictionaries(st.sampled_from(["A1", "A2"]), st.integers(1, 5)), max_size=12)


class TestTheUrn:
    @given(BALLOTS)
    def test_holds_what_was_put_in_whatever_the_order_R40(self, ballots: list[dict[str, int]]) -> None:
        urn = urns.Urn()
        for number, ballot in enumerate(ballots):
            urn = urns.unpacked(urns.packed(urns.with_ballot(urn, ballot, f"{number:032x}")))
        assert sorted(map(str, urn.ballots)) == sorted(map(str, ballots))
        assert sorted(urn.spent) == [f"{number:032x}" for number in range(len(ballots))]

    def test_takes_a_code_once_R40(self) -> None:
        urn = urns.with_ballot(urns.Urn(), {"A1": 1}, "a")
        with pytest.raises(urns.AlreadyCast):
            urns.with_ballot(urn, {"A1": 5}, "a")

    def test_is_as_large_with_one_ballot_as_with_fourteen_R40(self) -> None:
        urn, sizes = urns.Urn(), set()
        for number in range(14):
            urn = urns.with_ballot(
                urn, {f"A{item}": 5 for item in range(1, 13)}, urns.code_of("k", f"employee:{number}")
            )
            sizes.add(len(urns.packed(urn)))
        assert sizes == {urns.SMALLEST}

    def test_grows_by_doubling_when_it_must(self) -> None:
        assert len(urns.packed(urns.Urn(({"P8": "x" * 20_000},), ("a",)))) == 2 * urns.SMALLEST

    def test_a_code_cannot_be_made_without_the_key(self) -> None:
        assert (
            urns.code_of("one", "employee:7")
            != urns.code_of("other", "employee:7")
            != urns.code_of("one", "employee:8")
        )


class TestSmallGroups:
    def test_are_laid_together_in_the_unit_above_R40(self) -> None:
        joined = join_small([Counted(1, "1.2.3.", 9), Counted(2, "1.2.4.", 3), Counted(3, "1.2.5.", 2)])
        assert joined.alone == {1} and joined.together == {"1.2.": {2, 3}} and joined.unseen == frozenset()

    def test_wait_for_company_higher_up_and_are_deleted_when_there_is_none_R40(self) -> None:
        far = join_small([Counted(1, "1.2.3.", 9), Counted(2, "1.2.4.", 3), Counted(3, "1.6.5.", 2)])
        assert far.together == {"1.": {2, 3}}
        lone = join_small([Counted(1, "1.2.3.", 9), Counted(2, "1.2.4.", 4)])
        assert lone.alone == {1} and lone.together == {} and lone.unseen == {2}

    @given(st.lists(st.tuples(st.integers(2, 4), st.integers(0, 12)), max_size=12))
    def test_nothing_under_five_is_ever_kept_apart_and_nobody_is_in_two_R40(self, teams: list[tuple[int, int]]) -> None:
        groups = [
            Counted(number, f"1.{district}.{100 + number}.", count) for number, (district, count) in enumerate(teams)
        ]
        joined = join_small(groups)
        answered = {group.group_id: group.answered for group in groups}
        kept = [frozenset({one}) for one in joined.alone] + list(joined.together.values())
        assert all(sum(answered[one] for one in members) >= 5 for members in kept)
        everybody = [one for members in [*kept, joined.unseen] for one in members]
        assert sorted(everybody) == sorted(answered)
        assert sum(answered[one] for one in joined.unseen) < 5


def team_of(*steps_of_each: int) -> list[dict[str, int]]:
    found = shipped("team")
    assert found is not None
    return [{item.code: step for item in found.items} for step in steps_of_each]


class TestNumbers:
    def test_a_reversed_question_is_turned_R40(self) -> None:
        one = shipped("safety")
        assert one is not None
        agreeing = [{item.code: 1 if item.reverse else 5 for item in one.items} for _ in range(5)]
        agreeing[0] = {item.code: 1 if item.reverse else 4 for item in one.items}
        shown = scoring.results(one, scoring.Wave(agreeing, 5), None)[0]
        # by hand: four with 5,0; one with (3 × 5 + 4 × 4) / 7 = 4,43; together (20 + 4,43) / 5 = 4,89
        assert shown.mean == pytest.approx(4.886, abs=0.001)

    def test_needs_five_answers_and_half_of_those_asked_R40(self) -> None:
        one = shipped("team")
        assert one is not None
        few = scoring.results(one, scoring.Wave(team_of(1, 2, 3, 4), 6), None)
        assert {shown.mean for shown in few} == {None} and few[0].why == ("too_few",) and few[0].n == "under 5"
        low = scoring.results(one, scoring.Wave(team_of(1, 2, 3, 4, 5), 12), None)
        assert low[0].mean is None and low[0].why == ("low_response",)
        assert scoring.results(one, scoring.Wave(team_of(1, 2, 3, 4, 5), 10), None)[0].mean == 3.0

    def test_is_held_back_when_few_answer_alike_and_not_when_many_do_R40(self) -> None:
        one = shipped("team")
        assert one is not None
        assert scoring.results(one, scoring.Wave(team_of(*[4] * 6), 6), None)[0].why == ("all_alike",)
        assert scoring.results(one, scoring.Wave(team_of(*[4] * 10), 10), None)[0].mean == 4.0

    def test_the_spread_needs_ten_R40(self) -> None:
        one = shipped("team")
        assert one is not None
        assert scoring.results(one, scoring.Wave(team_of(1, 2, 3, 4, 5, 5, 4, 3, 2), 9), None)[0].spread is None
        ten = scoring.results(one, scoring.Wave(team_of(1, 2, 3, 4, 5, 5, 4, 3, 2, 1), 10), None)[0]
        assert ten.spread == (2.0, 3.0, 4.0) and ten.agrees is False

    def test_a_change_is_stronger_only_when_the_interval_leaves_nought_out_R40(self) -> None:
        one = shipped("team")
        assert one is not None
        then = scoring.Wave(team_of(2, 2, 3, 2, 3, 2), 6)
        much = scoring.results(one, scoring.Wave(team_of(4, 5, 4, 5, 4, 4), 6), then)[0].change
        little = scoring.results(one, scoring.Wave(team_of(2, 3, 3, 2, 3, 3), 6), then)[0].change
        assert much is not None and much.verdict == "UP" and little is not None and little.verdict == "UNSURE"

    def test_what_is_asked_twice_is_the_gap_R40(self) -> None:
        one = shipped("say")
        assert one is not None
        said = [{item.code: {"has": 1, "should": should} for item in one.items} for should in (2, 3, 3, 4, 4)]
        shown = scoring.results(one, scoring.Wave(said, 5), None)[0]
        assert shown.mean == pytest.approx(2.2) and shown.should == pytest.approx(3.2)  # (1+2+2+3+3)/5

    def test_questions_that_are_no_scale_stand_for_themselves(self) -> None:
        one = shipped("citizens")
        assert one is not None and not one.scored
        assert scoring.numbered(one) == tuple(item.code for item in one.items[:-1])  # who helped has no number
        words = shipped("relatives")
        assert words is not None and words.items[-1].code == "P8" and words.scale_of(words.items[-1]).asks is Asks.TEXT

    def test_a_sum_that_gives_away_those_who_answered_too_little_is_withheld_R40(self) -> None:
        one = shipped("team")
        assert one is not None
        partly = [*team_of(1, 2, 3), {"A1": 3, "A2": 3, "A3": 3}, {"A1": 4, "A2": 4, "A3": 4}]
        held = scoring.withheld(one, {"a": team_of(1, 2, 3, 4, 5), "b": partly}, {"sum": ["a", "b"]})
        assert held == {
            ("sum", "AUTONOMI"),
            ("sum", "VIRKNING"),
            ("sum", "MENING"),
        }  # b has three of those, five of styrke
        assert (
            scoring.withheld(one, {"a": team_of(1, 2, 3, 4, 5), "b": team_of(1, 2, 3, 4, 5)}, {"sum": ["a", "b"]})
            == frozenset()
        )


class TestTheSilent:
    """docs/how-we-count/surveys.md, by hand."""

    MEANS = (scoring.Shown("STYRKE", 3.8, "10"), scoring.Shown("MENING", None, "5–9", ("too_few",)))

    def test_could_have_moved_the_mean_so_far_R41(self) -> None:
        team = shipped("team")
        assert team is not None
        (one,) = could_be(team, self.MEANS, answered=10, invited=14)
        assert (one.code, round(one.low, 1), round(one.high, 1)) == ("STYRKE", 3.0, 4.1)

    @pytest.mark.parametrize(("answered", "invited"), [(9, 14), (14, 14)])
    def test_are_not_reckoned_with_when_few_or_all_answered_R40(self, answered: int, invited: int) -> None:
        team = shipped("team")
        assert team is not None
        assert could_be(team, self.MEANS, answered=answered, invited=invited) == ()
