"""An own instrument: what must be mended, what is warned of, what changes; who was asked what counts in the numbers."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from tillit.learning.surveys.contexts import routing
from tillit.learning.surveys.contexts.findings import said
from tillit.learning.surveys.rules import scoring, steps
from tillit.learning.surveys.rules.building import checks, editing, scales
from tillit.learning.surveys.rules.building.checks import Problem, Warn
from tillit.learning.surveys.rules.building.plain import from_plain, to_plain
from tillit.learning.surveys.rules.instruments import Instrument, Item, Part, Text, fingerprint

NB = Text("Vi hjelper hverandre.")


def own(*items: Item, parts: Sequence[Part] = ()) -> Instrument:
    """An instrument with these questions, as the builder makes it."""
    found = editing.blank(Text("Morgenen"), Text("Bestemme om rapporten skal bli kortere"), "TEAM")
    for part in parts:
        found = editing.with_part(found, part)
    for item in items:
        found = editing.with_item(found, item)
    return replace(found, code="own7")


def asks(text: str, scale: str = "AGREE", **other: Any) -> Item:
    return Item("", Text(text), scale, **other)


def whats(found: Sequence[checks.Found]) -> list[tuple[str, str]]:
    return [(one.what.value, one.item or one.part) for one in found]


THEME = Part("T1", Text("Samarbeid"), Text(""))


class TestWhatMustBeMended:
    def test_a_name_and_a_question(self) -> None:
        empty = replace(own(), name=Text(" "))
        assert whats(checks.problems(empty)) == [("NO_NAME", ""), ("NO_ITEMS", "")]
        assert checks.problems(own(asks("Vi hjelper hverandre."))) == ()

    @pytest.mark.parametrize(
        ("only_if", "wanted"),
        [
            (("Q1", (0,)), []),
            (("Q1", (0, "NA")), []),
            (("Q1", ()), [Problem.ROUTE_STEPS]),
            (("Q1", (2,)), [Problem.ROUTE_STEPS]),
            (("Q2", (1,)), [Problem.ROUTE_BACK]),  # itself
            (("Q3", (1,)), [Problem.ROUTE_BACK, Problem.ROUTE_WORDS]),
            (("Q9", (1,)), [Problem.ROUTE_GONE]),
        ],
    )
    def test_a_way_that_goes_back_or_that_no_answer_leads_to_R39(self, only_if: Any, wanted: list[Problem]) -> None:
        one = own(asks("Fikk du rapport?", "YES_NO"), asks("Var den nyttig?"), asks("Hva manglet?", "WORDS"))
        routed = editing.with_item(one, replace(one.items[1], only_if=only_if))
        assert [found.what for found in checks.problems(routed)] == wanted
        assert all(said(routed, found) for found in checks.problems(routed))

    def test_with_nothing_to_mend_every_question_is_reached_and_the_way_ends_R39(self) -> None:
        one = own(
            asks("Fikk du rapport?", "YES_NO"), asks("Var den nyttig?", only_if=("Q1", (1,))),
            asks("Hva manglet?", "WORDS", only_if=("Q2", (1, 2))),
        )  # fmt: skip
        assert checks.problems(one) == ()
        ways = {
            tuple(item.code for item in steps.asked(one, steps.read_all(one, {"Q1": first, "Q2": second})))
            for first in ("0", "1", "NA", "") for second in ("1", "5", "NA", "")
        }  # fmt: skip
        assert ways == {("Q1",), ("Q1", "Q2"), ("Q1", "Q2", "Q3")}

    def test_moving_a_question_above_the_one_it_hangs_on_is_told_R39(self) -> None:
        one = own(asks("Fikk du rapport?", "YES_NO"), asks("Var den nyttig?", only_if=("Q1", (1,))))
        assert whats(checks.problems(editing.moved(one, "Q2", -1))) == [("ROUTE_BACK", "Q2")]
        assert editing.moved(one, "Q1", -1) == one

    def test_a_theme_is_answered_in_one_way_and_never_in_own_words(self) -> None:
        mixed = own(asks("Ett.", part="T1"), asks("To.", "YES_NO", part="T1"), asks("Tre.", "WORDS", part="T1"), parts=[THEME])  # fmt: skip
        assert whats(checks.problems(mixed)) == [("PART_WORDS", "Q3"), ("PART_MIXED", "T1")]


class TestWhatIsWarnedOf:
    @pytest.mark.parametrize(
        ("text", "scale", "wanted"),
        [
            ("Vi får og gir tilbakemelding.", "AGREE", Warn.DOUBLE),
            ("Kommer de presis og/eller ringer de?", "YES_NO", Warn.DOUBLE),
            ("Jeg er verken sliten eller stresset.", "AGREE", None),
            ("Det går mer og mer på skinner.", "AGREE", None),
            ("Hva heter den som hjalp deg?", "WORDS", Warn.NAMES),
            ("Hvem i teamet gjør mest?", "WORDS", Warn.NAMES),
            ("Jeg vet hvem jeg kan ringe.", "AGREE", None),
            ("Hvilken diagnose har du?", "WORDS", Warn.HEALTH),
            ("Får du medisinen din til avtalt tid?", "OFTEN", Warn.HEALTH),
            ("Jobben går ut over helsa mi.", "AGREE", None),
        ],
    )
    def test_words_that_ask_two_things_for_names_or_for_health_R39(
        self, text: str, scale: str, wanted: Warn | None
    ) -> None:
        found = checks.warnings(own(asks(text, scale)))
        assert [one.what for one in found] == ([wanted] if wanted else [])
        assert all("«" in said(own(asks(text, scale)), one) for one in found)

    def test_themes_with_few_questions_or_all_turned_or_not_for_all_R39(self) -> None:
        two = own(*(asks(f"Nummer {number}.", part="T1", reverse=True) for number in (1, 2)), parts=[THEME])
        assert whats(checks.warnings(two)) == [("FEW_IN_PART", "T1"), ("ONLY_REVERSED", "T1")]
        three = own(
            asks("En.", part="T1", reverse=True), asks("To.", part="T1"), asks("Tre.", part="T1"), parts=[THEME]
        )
        assert checks.warnings(three) == ()
        routed = editing.with_item(three, replace(three.items[2], only_if=("Q1", (5,))))
        assert whats(checks.warnings(routed)) == [("ROUTED_IN_PART", "T1")]
        assert whats(checks.warnings(own(asks("En."), parts=[THEME]))) == [("PART_EMPTY", "T1")]

    def test_too_long_by_ten_seconds_a_question_and_forty_for_own_words(self) -> None:
        # by hand: 48 × 10 s = 480 s = 8 min; one in own words more: 520 s, begun on the ninth
        eight = own(*(asks(f"Nummer {number}.") for number in range(48)))
        assert checks.minutes_of(eight) == 8 and checks.warnings(eight) == ()
        nine = editing.with_item(eight, asks("Noe mer?", "WORDS"))
        assert [(one.what, one.number) for one in checks.warnings(nine)] == [(Warn.TOO_LONG, 9)]


class TestChanges:
    def test_what_is_stored_is_what_was_made_word_for_word_R39(self) -> None:
        one = own(
            asks("Ett.", "AGREE_SEVEN", part="T1", reverse=True), asks("To.", "YES_NO", only_if=("Q1", (1, "NA"))),
            asks("Tre.", "DEGREE"), asks("Fire.", "WORDS"), parts=[THEME],
        )  # fmt: skip
        back = from_plain(json.loads(json.dumps(to_plain(one))), code="own7", version=1)
        assert back == one and fingerprint(back) == fingerprint(one)

    def test_a_question_keeps_its_code_when_others_come_and_go(self) -> None:
        one = own(asks("Ett."), asks("To."), asks("Tre.", "YES_NO", only_if=("Q1", (5,))))
        less = editing.without_item(one, "Q2")
        assert [item.code for item in less.items] == ["Q1", "Q3"]
        assert editing.with_item(less, asks("Ny.")).items[-1].code == "Q4"
        assert [item.code for item in editing.leads_to(one, "Q1")] == ["Q3"] and editing.leads_to(one, "Q2") == ()
        assert [scale.code for scale in editing.without_item(one, "Q3").scales] == ["AGREE"]

    def test_without_its_theme_a_question_stands_for_itself_and_is_not_turned(self) -> None:
        one = own(asks("Ett.", part="T1", reverse=True), parts=[THEME])
        alone = editing.without_part(one, "T1")
        assert not alone.scored and (alone.items[0].part, alone.items[0].reverse) == ("", False)
        assert editing.ready(own(asks("Ett."), parts=[THEME])).parts == ()

    def test_what_is_not_written_in_a_language_is_shown_in_bokmaal_R39(self) -> None:
        assert Text("Ja", "", "Yes").in_language("nn") == "Ja" and Text("Ja", "", "Yes").in_language("en") == "Yes"

    def test_every_scale_has_words_in_three_languages_for_each_step(self) -> None:
        for scale in scales.CHOICES:
            assert all(
                word.nb and word.nn and word.en for word in (*scale.words, *([scale.beside] if scale.beside else []))
            )
            assert scale.asks != "STEPS" or len(scale.words) == scale.most - scale.least + 1


class TestOnPaper:
    def test_an_answer_that_nothing_led_to_is_found_and_said_R39(self) -> None:
        one = own(
            asks("Fikk du rapport?", "YES_NO"), asks("Var den nyttig?", only_if=("Q1", (1,))),
            asks("Hva manglet?", "WORDS", only_if=("Q2", (1, 2))), asks("Ellers?", "WORDS"),
        )  # fmt: skip
        on_paper = {"Q1": "0", "Q2": "2", "Q3": "Beskjeder", "Q4": "Nei"}
        past = [item.code for item in steps.led_past(one, on_paper)]
        assert past == ["Q2", "Q3"]
        assert steps.led_past(one, {**on_paper, "Q1": "1"}) == ()
        assert steps.led_past(one, {**on_paper, "Q2": "", "Q3": "  "}) == ()
        assert [item.code for item in steps.led_past(one, {"Q2": "5"})] == ["Q2"]  # the first is empty on the paper
        assert [routing.asked_when(one, item) for item in one.items] == [
            "", "Bare hvis svaret på 1 er «Ja». Ellers: hopp over.",
            "Bare hvis svaret på 2 er «Helt uenig» eller «Litt uenig». Ellers: hopp over.", "",
        ]  # fmt: skip
        assert [routing.led_past(one, item, past) for item in one.items[1:3]] == [
            "Skal besvares bare hvis svaret på 1 er «Ja». Rett svaret på 1, eller velg «Uten svar» her.",
            "Hører til spørsmål 2, som også skulle hoppes over. Rett det først, eller tøm feltet her.",
        ]


class TestNumbers:
    def test_who_was_led_past_was_not_asked_and_lacks_no_answer_R40(self) -> None:
        one = own(asks("Fikk du rapport?", "YES_NO"), asks("Den var nyttig.", only_if=("Q1", (1,))))
        got = [{"Q1": 1, "Q2": step} for step in (2, 3, 4, 4, 5, 5)]
        none = [{"Q1": 0}] * 6
        shown = {found.code: found for found in scoring.results(one, scoring.Wave([*got, *none], 14), None)}
        # by hand: 14 asked the first; 6 were led past, so 14 − 6 = 8 were asked the second and 6 of 8 answered
        assert shown["Q1"].mean == 0.5 and not shown["Q1"].of_some
        assert shown["Q2"].mean == pytest.approx(23 / 6) and shown["Q2"].of_some and shown["Q2"].n == "5–9"
        everybody = own(asks("Fikk du rapport?", "YES_NO"), asks("Den var nyttig."))
        low = scoring.results(everybody, scoring.Wave([*got, *none], 14), None)[1]
        assert low.mean is None and low.why == ("low_response",)  # six of fourteen, had all been asked

    def test_fewer_than_five_who_were_led_there_are_hidden_R40(self) -> None:
        one = own(asks("Fikk du rapport?", "YES_NO"), asks("Den var nyttig.", only_if=("Q1", (1,))))
        answers = [*({"Q1": 1, "Q2": step} for step in (1, 3, 4, 5)), *[{"Q1": 0}] * 8]
        shown = scoring.results(one, scoring.Wave(answers, 12), None)[1]
        assert (shown.mean, shown.n, shown.why) == (None, "under 5", ("too_few",))

    def test_how_few_were_led_past_is_not_told_either_R40(self) -> None:
        one = own(asks("Fikk du rapport?", "YES_NO"), asks("Den var nyttig.", only_if=("Q1", (1,))))
        answers = [*({"Q1": 1, "Q2": 1 + number % 5} for number in range(11)), {"Q1": 0}]
        assert scoring.results(one, scoring.Wave(answers, 12), None)[1].n == "10+"

    def test_a_share_tells_how_many_and_needs_ten_R40(self) -> None:
        one = own(asks("Fikk du rapport?", "YES_NO"))
        nine = scoring.results(one, scoring.Wave([{"Q1": number % 2} for number in range(9)], 9), None)[0]
        assert nine.mean is None and nine.why == ("too_few",)
        ten = scoring.results(one, scoring.Wave([{"Q1": number % 2} for number in range(10)], 10), None)[0]
        assert ten.mean == 0.5
        # twelve less the team with six that is hidden is six: the sum would tell it
        teams = {"a": [{"Q1": number % 2} for number in range(12)], "b": [{"Q1": 1}, *[{"Q1": 0}] * 5]}
        assert scoring.withheld(one, teams, {"sum": ["a", "b"]}) == {("sum", "Q1")}
        assert scoring.withheld(one, {"a": teams["a"], "b": teams["a"]}, {"sum": ["a", "b"]}) == frozenset()

    def test_half_of_what_each_was_asked_gives_her_a_score_R40(self) -> None:
        one = own(
            asks("En.", part="T1"), asks("To.", part="T1", only_if=("Q1", (5,))),
            asks("Tre.", part="T1", only_if=("Q1", (5,))), asks("Alene.", "YES_NO"), parts=[THEME],
        )  # fmt: skip
        # by hand: who answered 4 was asked one and answered it: 4,0. Who answered 5 was asked three, and answered one
        # of them: less than half, no score. Who answered 5, 3: two of three, 4,0.
        given = [{"Q1": 4}, {"Q1": 5}, {"Q1": 5, "Q2": 3}, {"Q1": 2}]
        assert sorted(scoring.scores(one, "T1", given)) == [2.0, 4.0, 4.0]
        assert scoring.numbered(one) == ("T1", "Q4")
