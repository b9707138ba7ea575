"""Own words: what is kept, what is covered, what is suggested (R40). Without a database."""

from hypothesis import given
from hypothesis import strategies as st

from tillit.learning.surveys.rules import wording
from tillit.learning.surveys.rules.shipped import shipped

NAMES = frozenset({"kari", "nilsen", "olga", "berg"})


def marked(text: str) -> list[str]:
    """The words that are suggested."""
    return [wording.words_of(text)[place] for place in sorted(wording.suggested(text, NAMES))]


class TestWhatIsKept:
    def test_needs_ten_answers_and_five_texts_to_the_question_R40(self) -> None:
        wrote = {"P1": 3, "P8": "  Takk \n for hjelpen "}
        silent = {"P1": 3}
        assert wording.words_to_keep([wrote] * 5 + [silent] * 5, ["P8"]) == [("P8", "Takk for hjelpen")] * 5
        assert wording.words_to_keep([wrote] * 9, ["P8"]) == []
        assert wording.words_to_keep([wrote] * 4 + [silent] * 16, ["P8"]) == []
        assert wording.words_to_keep([*[wrote] * 4, {"P8": "   "}, *[silent] * 15], ["P8"]) == []

    def test_a_ballot_without_its_words_keeps_the_rest_R40(self) -> None:
        relatives, team = shipped("relatives"), shipped("team")
        assert relatives is not None and team is not None
        assert wording.worded(relatives) == ("P8",) and wording.worded(team) == ()
        assert wording.without_words({"P1": 3, "P8": "x"}, ["P8"]) == {"P1": 3}


class TestCovering:
    def test_words_beside_each_other_are_one_cover_and_the_end_is_kept(self) -> None:
        text = "Spør Kari Nilsen. Hun vet, og Olga òg."
        assert wording.covered(text, {1, 2}) == "Spør […]. Hun vet, og Olga òg."
        assert wording.covered(text, {6}) == "Spør Kari Nilsen. Hun vet, og […] òg."
        assert wording.covered(text, set()) == text and wording.covered("", {0}) == ""

    @given(st.lists(st.text("abcæøå.,!", min_size=1, max_size=6), max_size=12), st.sets(st.integers(0, 14)))
    def test_nothing_covered_is_left_and_nothing_else_is_changed(self, words: list[str], places: set[int]) -> None:
        marks = [f"w{number}{word}" for number, word in enumerate(words)]
        found = wording.covered(" ".join(marks), places)
        left = [word for word in found.split() if not word.startswith(wording.COVER)]
        assert left == [word for number, word in enumerate(marks) if number not in places]
        assert (wording.COVER in found) == any(place < len(marks) for place in places)


class TestSuggestions:
    def test_names_however_they_are_written_and_capitals_inside_a_sentence(self) -> None:
        assert marked("Vi savner Karis ro, og olga gleder seg.") == ["Karis", "olga"]
        assert marked("Huset i Storgata er kaldt. Det er mørkt.") == ["Storgata"]
        assert marked("Kari-Anne kom. Berg ringte fra et berg.") == ["Kari-Anne", "Berg"]

    def test_digits_that_may_be_a_telephone_or_a_national_id_and_no_others(self) -> None:
        assert marked("Ring 912 34 567 eller skriv til x@y.no") == ["912", "34", "567", "x@y.no"]
        assert marked("Født 010190 12345. Vi er 12 til 3 ganger, i 2024.") == ["010190", "12345."]

    def test_ordinary_sentences_have_none(self) -> None:
        assert marked("Vi får det til. Jeg er glad i jobben. HMS er bra: Det går fint.") == []
