"""What may be said, what may not, and that no sentence says why before one can know it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tillit.learning.insight.catalogue import shipped
from tillit.learning.insight.rules.claims import Rung, Study, Unsure, doubts, reached, too_strong
from tillit.learning.insight.rules.indicators import Better
from tillit.learning.insight.rules.series import Mark, Series
from tillit.learning.insight.rules.verdict import Said, verdict
from tillit.learning.insight.test_verdict import BASELINE, MONDAY, point, series
from tillit.learning.insight.words import claims, figures, verdicts

WHOLE = Study(
    prespecified=True, baseline_frozen=True, compared=True, interval=(-3.1, -0.4), permutation_p=0.03,
    all_teams_listed=True, teams=4,
)  # fmt: skip
BETTER = series([*BASELINE, *[8, 7] * 6], baseline=12)


@pytest.fixture(autouse=True)
def _bokmål() -> object:
    with translation.override("nb"):
        yield


class TestLadder:
    def test_without_a_signal_it_is_a_description(self) -> None:
        assert reached(verdict(series([9, 11] * 10)), WHOLE) == Rung.DESCRIPTION

    def test_a_signal_is_a_change_over_time(self) -> None:
        assert reached(verdict(BETTER)) == Rung.CHANGE

    def test_a_whole_comparison_goes_beyond_it(self) -> None:
        assert reached(verdict(BETTER), WHOLE) == Rung.BEYOND

    @pytest.mark.parametrize(
        "lacking",
        [
            {"prespecified": False}, {"baseline_frozen": False}, {"compared": False}, {"all_teams_listed": False},
            {"interval": None}, {"interval": (-3.0, 0.2)}, {"permutation_p": None},
        ],
        ids=str,
    )  # fmt: skip
    def test_a_comparison_that_lacks_something_does_not(self, lacking: dict[str, object]) -> None:
        study = replace(WHOLE, order_drawn=True, **lacking)  # type: ignore[arg-type]

        assert reached(verdict(BETTER), study) == Rung.CHANGE

    @pytest.mark.parametrize("more", [{"order_drawn": True}, {"teams": 12}], ids=str)
    def test_a_drawn_order_or_twelve_teams_make_an_effect(self, more: dict[str, object]) -> None:
        assert reached(verdict(BETTER), replace(WHOLE, **more)) == Rung.EFFECT  # type: ignore[arg-type]


class TestDoubts:
    def kinds(self, made: Series, *, teams: int = 1, study: Study | None = None) -> list[Unsure]:
        return [each.kind for each in doubts(made, verdict(made), teams=teams, study=study)]

    def test_the_cause_is_never_known_below_the_last_step(self) -> None:
        assert self.kinds(BETTER)[0] == Unsure.CAUSE
        assert self.kinds(BETTER, study=WHOLE)[0] == Unsure.CAUSE
        assert Unsure.CAUSE not in self.kinds(BETTER, teams=24, study=replace(WHOLE, teams=12))

    def test_more_people_in_the_period_is_another_explanation(self) -> None:
        more = Mark(MONDAY + timedelta(weeks=13), "Bemanningen økte med 0,6 årsverk", "STAFFING")
        made = replace(BETTER, marks=(more, Mark(MONDAY + timedelta(weeks=12), "Piloten starter", "MODEL")))

        found = doubts(made, verdict(made), teams=12)

        assert [each.mark for each in found if each.kind == Unsure.MARK] == [more]
        assert claims.cannot_say(found)[1] == (
            "Om endret bemanning forklarer det: Bemanningen økte med 0,6 årsverk (01.06.2026)."
        )

    def test_what_happened_outside_the_period_is_none(self) -> None:
        made = replace(BETTER, marks=(Mark(MONDAY - timedelta(days=1), "Ny leder", "LEADER"),))

        assert Unsure.MARK not in self.kinds(made)

    def test_few_teams_are_named(self) -> None:
        assert Unsure.FEW_TEAMS in self.kinds(BETTER, teams=3)
        assert Unsure.FEW_TEAMS not in self.kinds(BETTER, teams=8)

    def test_data_that_lack_hide_or_are_read_from_a_file(self) -> None:
        points = [*BETTER.points]
        points[3:6] = [point(at, None) for at in (3, 4, 5)]
        points[6] = point(6, 10, complete=0.5)
        points[7] = point(7, None, hidden=True)
        points[8] = point(8, 9, imported=True)
        made = replace(BETTER, points=tuple(points), baseline_ends_on=None)

        assert {Unsure.MISSING, Unsure.INCOMPLETE, Unsure.HIDDEN, Unsure.IMPORTED} <= set(self.kinds(made))

    def test_nothing_is_doubted_where_nothing_is_shown(self) -> None:
        assert self.kinds(series([])) == []


def every_sentence(made: Series, study: Study | None) -> list[str]:
    """All that is said of a series."""
    found = verdict(made)
    told = [
        verdicts.answer(made.indicator, found),
        verdicts.answer_beside(made.indicator, found),
        verdicts.rule(made.indicator, found),
        claims.may_say(made.indicator, found, study),
        *claims.cannot_say(doubts(made, found, teams=3, study=study)),
    ]
    return [each for each in told if each]


values = st.lists(st.one_of(st.none(), st.integers(0, 20).map(float)), max_size=40)


class TestWords:
    @pytest.mark.parametrize(
        ("made", "tag", "rule"),
        [
            (
                BETTER,
                "Ja, det er et varig skifte",
                "Tolv uker på rad under midtlinja (uke 22–33, 2026): noe har endret seg. Tilfeldigheter gir sjelden mer "
                "enn 7 på rad. Midtlinja er nullpunktets, og flyttes ikke av seg selv.",
            ),
            (
                replace(BETTER, indicator=replace(BETTER.indicator, better=Better.UP)),
                "Nei, det er et varig skifte den andre veien",
                "Tolv uker på rad under midtlinja",
            ),
            (series([9, 11] * 8), "Nei, som før", "Punktene svinger rundt midtlinja slik tilfeldigheter gjør"),
            (series([9, 10, 11, 9, 12, 8]), "For tidlig å si, 6 av 12 punkter", "Det trengs 12 punkter"),
            (replace(series([]), points=(point(0, None, hidden=True),)), "Vises ikke", "Tallet bygger på for få"),
            (series([]), "Ingen tall ennå", ""),
        ],
        ids=lambda it: it if isinstance(it, str) else "",
    )
    def test_answer_the_question_and_tell_the_rule(self, made: Series, tag: str, rule: str) -> None:
        found = verdict(made)

        assert verdicts.answer(made.indicator, found) == tag
        assert verdicts.rule(made.indicator, found).startswith(rule)

    def test_beside_a_small_chart_the_rule_stands_with_the_answer(self) -> None:
        assert verdicts.answer_beside(BETTER.indicator, verdict(BETTER)) == "Ja, tolv uker på rad under"
        flat = series([9, 11] * 8)
        assert verdicts.answer_beside(flat.indicator, verdict(flat)) == "Nei, som før. Midtlinja er 10,0"

    def test_every_answer_has_a_look(self) -> None:
        assert set(verdicts._LOOKS) == set(Said)

    def test_a_change_is_said_with_its_time_and_without_a_reason(self) -> None:
        assert claims.may_say(BETTER.indicator, verdict(BETTER)) == (
            "Ulike hjelpere per bruker endret seg. Skiftet begynte i uke 22, 2026."
        )

    @pytest.mark.parametrize("language", ["nb", "nn", "en"])
    @given(given_values=values, baseline=st.integers(0, 16), study=st.sampled_from([None, WHOLE]))
    def test_never_say_why_below_the_last_step(
        self, language: str, given_values: Sequence[float | None], baseline: int, study: Study | None
    ) -> None:
        made = series(given_values, baseline=baseline)
        with translation.override(language):
            told = every_sentence(made, study)

        assert [too_strong(each, reached(verdict(made), study)) for each in told if too_strong(each, Rung.BEYOND)] == []

    def test_on_the_last_step_it_may(self) -> None:
        sentence = claims.may_say(BETTER.indicator, verdict(BETTER), replace(WHOLE, order_drawn=True))

        assert sentence == "Ulike hjelpere per bruker: modellen ga en endring (95 % KI −3,1 til −0,4)."

    @pytest.mark.parametrize(
        "text", ["Det gikk ned på grunn av modellen.", "Takket være teamet", "Nedgangen skyldes piloten"]
    )
    def test_a_reason_is_found_in_what_people_write(self, text: str) -> None:
        assert too_strong(text, Rung.CHANGE)
        assert not too_strong(text, Rung.EFFECT)


class TestQuestions:
    def test_yes_answers_every_question_when_it_became_better(self) -> None:
        """«Flere eller færre?» cannot be answered with yes; it is for numbers without a good direction."""
        both_ways = [one.code for one in shipped() if " eller færre" in one.question]

        assert {one.code for one in shipped() if one.better == Better.NEITHER} >= set(both_ways)


class TestTimes:
    def test_a_span_over_new_year_has_both_years(self) -> None:
        step = BETTER.indicator.step
        first, last = (point(at, 1.0) for at in (42, 46))

        assert figures.span(step, first, last) == "uke 52, 2026 – uke 3, 2027"
        assert figures.in_a_row(step, 1) == "én uke på rad"
        assert figures.in_a_row(step, 13) == "13 uker på rad"
