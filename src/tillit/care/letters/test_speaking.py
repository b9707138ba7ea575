"""A letter speaks to whoever reads it, and says how to appeal whether or not somebody answers the telephone (R19)."""

from dataclasses import replace

import pytest

from tests.builders_letters import letter
from tillit.care.letters import rendering, rules, samples, shipped
from tillit.care.letters.rules import Language, LetterContent, LetterKind, about_reader
from tillit.care.letters.rules.reading import sentences_of
from tillit.care.letters.wording import about_text

PHONE = "555 00 100"
EVERY = [(kind, language) for kind in LetterKind for language in Language]


def without_phone(kind: LetterKind, language: Language) -> LetterContent:
    """The sample letter from a unit without a telephone."""
    head = samples.head(language)
    return rendering.compose(
        shipped.template(kind, language),
        samples.fields(kind, language),
        head=replace(head, sender=replace(head.sender, phone="")),
    )


def with_reasons(text: str) -> LetterContent:
    """A letter that grants help, with these reasons."""
    kind, language = LetterKind.DECISION_GRANTED, Language.BOKMAL
    fields = samples.fields(kind, language) | {"considerations": text}
    return rendering.compose(shipped.template(kind, language), fields, head=samples.head(language))


class TestWithoutATelephone:
    @pytest.mark.parametrize(("kind", "language"), EVERY)
    def test_only_what_names_it_falls_away_R19(self, kind: LetterKind, language: Language) -> None:
        whole = [sentence for _code, sentence in sentences_of(letter(kind, language))]
        left = [sentence for _code, sentence in sentences_of(without_phone(kind, language))]

        assert left == [sentence for sentence in whole if PHONE not in sentence]

    @pytest.mark.parametrize(
        ("kind", "language"), [each for each in EVERY if "appeal_last_day" in rules.fields_of(each[0])]
    )
    def test_how_to_appeal_still_stands_R19(self, kind: LetterKind, language: Language) -> None:
        text = " ".join(sentence for code, sentence in sentences_of(without_phone(kind, language)) if code == "appeal")

        wanted = (
            ("skriv under og send klagen til oss", "Pasient- og brukerombudet hjelper deg gratis", "fire uker")
            if language is Language.BOKMAL
            else ("skriv under og send klaga til oss", "Pasient- og brukarombodet hjelper deg gratis", "fire veker")
        )
        assert [part for part in wanted if part not in text] == []


class TestAboutTheReader:
    @pytest.mark.parametrize(
        ("text", "word"),
        [
            ("Hun vil klare morgenen selv.", "Hun"),
            ("Bruker har behov for hjelp.", "Bruker"),
            ("Vi mener at vedkommende trenger hjelp.", "vedkommende"),
            ("Brukeren bor alene.", "Brukeren"),
        ],
    )
    def test_a_sentence_about_her_is_pointed_at_R19(self, text: str, word: str) -> None:
        assert [hint.office_word for hint in about_reader(with_reasons(text))] == [word]
        assert text in about_text(about_reader(with_reasons(text))[0])

    @pytest.mark.parametrize(
        "text", ["Du bruker rullator.", "Du bor alene.", "Handa di er vond.", "Hjelpen vi bruker, er god nok."]
    )
    def test_a_sentence_to_her_is_not_R19(self, text: str) -> None:
        assert about_reader(with_reasons(text)) == ()

    @pytest.mark.parametrize(("kind", "language"), EVERY)
    def test_nothing_that_we_ship_speaks_about_her_R19(self, kind: LetterKind, language: Language) -> None:
        assert about_reader(letter(kind, language)) == ()
