"""Putting two writers together, and what a template must be."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tillit.care.needs import rules, shipped_template
from tillit.care.needs.rules import Question, TemplateProblem

#: The machine is shared: how long an example takes says nothing about the rule.
untimed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
fields = st.sampled_from(["words", "good_days", "summary"])
sheets = st.dictionaries(fields, st.sampled_from(["", "en", "to", "tre"]))


def marks(sheet: dict[str, str]) -> dict[str, str]:
    return {field: rules.mark(text) for field, text in sheet.items()}


class TestMerge:
    def test_two_who_write_in_different_fields_both_get_their_text(self) -> None:
        base = {"words": "", "good_days": ""}
        stored = {"words": "Jeg vil ut", "good_days": ""}

        merged = rules.merge(stored, {"words": "", "good_days": "Radio"}, marks(base))

        assert merged.values == {"words": "Jeg vil ut", "good_days": "Radio"}
        assert (merged.written, merged.met, merged.fresh) == (("good_days",), (), ("words",))

    def test_two_who_write_in_the_same_field_meet_and_nothing_is_overwritten(self) -> None:
        merged = rules.merge({"words": "Jeg vil ut"}, {"words": "Jeg vil hjem"}, marks({"words": ""}))

        assert merged.values == {"words": "Jeg vil ut"}
        assert merged.met == ("words",)

    def test_having_written_the_same_is_no_meeting(self) -> None:
        merged = rules.merge({"words": "Ut\r\n"}, {"words": " Ut"}, marks({"words": ""}))

        assert (merged.written, merged.met, merged.fresh) == ((), (), ())

    def test_a_page_never_meets_itself_when_an_answer_was_lost(self) -> None:
        stored = {"words": "Jeg vil"}  # my own save, whose answer never reached the page

        merged = rules.merge(stored, {"words": "Jeg vil ut"}, marks({"words": ""}), own={"words"})

        assert merged.values == {"words": "Jeg vil ut"}
        assert merged.met == ()

    def test_what_was_not_sent_stays(self) -> None:
        assert rules.merge({"words": "Ut"}, {}, {}).values == {"words": "Ut"}

    @untimed
    @given(sheets, sheets, sheets)
    def test_no_text_is_ever_lost(self, base: dict[str, str], stored: dict[str, str], mine: dict[str, str]) -> None:
        merged = rules.merge(stored, mine, marks(base))

        for field, text in mine.items():
            i_wrote = rules.mark(text) != marks(base).get(field, rules.mark(""))
            assert not i_wrote or merged.values.get(field, "") == text or field in merged.met
        for field, text in stored.items():
            they_wrote = rules.mark(text) != marks(base).get(field, rules.mark(""))
            assert not they_wrote or merged.values[field] == text

    @untimed
    @given(sheets, sheets)
    def test_a_single_writer_gets_what_she_wrote(self, base: dict[str, str], mine: dict[str, str]) -> None:
        merged = rules.merge(base, mine, marks(base))

        assert merged.values == {**base, **{field: text for field, text in mine.items() if text or field in base}}
        assert (merged.met, merged.fresh) == ((), ())


class TestBoth:
    def test_puts_one_text_after_the_other_and_leaves_out_what_is_empty(self) -> None:
        assert rules.both("Jeg vil ut. ", "Jeg vil hjem.") == "Jeg vil ut.\n\nJeg vil hjem."
        assert rules.both("", "Jeg vil hjem.") == "Jeg vil hjem."


def question(
    code: str = "words", *, kind: str = "words", text: str = "Hva er viktig?", part: str = "Først"
) -> Question:
    return Question(code=code, part=part, text=text, kind=kind)


class TestTemplate:
    def test_the_shipped_template_can_be_used_and_has_ten_parts_R12(self) -> None:
        assert rules.problems_in(shipped_template.QUESTIONS) == ()
        assert len(rules.parts_of(shipped_template.QUESTIONS)) == 10

    def test_is_the_same_when_it_is_stored_and_read(self) -> None:
        assert rules.read(rules.write(shipped_template.QUESTIONS)) == shipped_template.QUESTIONS

    def test_the_citizens_own_words_are_asked_for_exactly_once(self) -> None:
        assert TemplateProblem.NO_WORDS in rules.problems_in([question("other", kind="text")])
        assert TemplateProblem.NO_WORDS in rules.problems_in([question(), question("again")])
        assert rules.problems_in([question()]) == ()

    def test_says_everything_that_is_wrong_once_and_in_order(self) -> None:
        bad = [
            question(),
            question("words", kind="text", text=" "),
            question("Æ", kind="list"),
            question("x", kind="text", part=""),
        ]

        assert rules.problems_in(bad) == (
            TemplateProblem.EMPTY_TEXT,
            TemplateProblem.CODE_TWICE,
            TemplateProblem.CODE_UNREADABLE,
            TemplateProblem.UNKNOWN_KIND,
        )
        assert rules.problems_in([]) == (TemplateProblem.NO_QUESTIONS, TemplateProblem.NO_WORDS)

    def test_a_new_question_gets_a_code_of_its_own(self) -> None:
        assert rules.code_for("Hva gjør du på søndager?", ()) == "hva_gjor_du_pa_sondager"
        assert rules.code_for("Ord", {"ord"}) == "ord_2"

    @untimed
    @given(st.text(max_size=80))
    def test_a_code_can_always_be_used(self, text: str) -> None:
        made = Question(code=rules.code_for(text, ()), part="Del", text="Tekst")

        assert TemplateProblem.CODE_UNREADABLE not in rules.problems_in([made])
