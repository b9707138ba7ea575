"""What a letter must hold, what a template may say, and how fields become text."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders_letters import letter
from tillit.care.letters import rendering, rules, samples, shipped, wording
from tillit.care.letters.rules import (
    Bullets,
    Item,
    Language,
    LetterKind,
    Paragraph,
    PartCode,
    ProblemCode,
    Table,
    Template,
    TemplateSection,
)

KINDS = list(LetterKind)
LANGUAGES = list(Language)


def _texts(content: rules.LetterContent) -> str:
    return "\n".join(text for section in content.sections for text in rules.texts_of(section))


def _without(template: Template, code: str) -> tuple[TemplateSection, ...]:
    return tuple(section for section in template.sections if section.code != code)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
class TestShipped:
    def test_templates_have_no_problems_and_give_whole_letters_R16(self, kind: LetterKind, language: Language) -> None:
        template = shipped.template(kind, language)

        assert rules.problems_in(kind, template.title, template.sections) == ()
        assert rules.missing_parts(letter(kind, language)) == ()

    def test_templates_are_plain_language(self, kind: LetterKind, language: Language) -> None:
        hints = rules.plain_hints(letter(kind, language))

        assert [wording.hint_text(hint) for hint in hints] == []

    def test_templates_name_no_section_of_any_act(self, kind: LetterKind, language: Language) -> None:
        template = shipped.template(kind, language)
        texts = [template.title, *(f"{one.heading} {one.text}" for one in template.sections)]

        assert not [text for text in texts if "§" in text or "loven" in text or "lova " in text]

    def test_templates_leave_no_braces_in_a_letter(self, kind: LetterKind, language: Language) -> None:
        assert "{{" not in json.dumps(rules.write(letter(kind, language)))

    def test_every_field_has_a_sample_and_a_text(self, kind: LetterKind, language: Language) -> None:
        known = rules.fields_of(kind)

        assert set(known) == set(samples.fields(kind, language)) | set(rules.HEAD_FIELDS)
        assert not [name for name in known if name not in wording.FIELDS]


class TestBothLanguages:
    @pytest.mark.parametrize("kind", KINDS)
    def test_have_the_same_sections_and_fields(self, kind: LetterKind) -> None:
        bokmal, nynorsk = (shipped.template(kind, language) for language in LANGUAGES)

        assert [one.code for one in bokmal.sections] == [one.code for one in nynorsk.sections]
        for ours, theirs in zip(bokmal.sections, nynorsk.sections, strict=True):
            assert rules.fields_in(ours.text) == rules.fields_in(theirs.text)

    def test_nynorsk_has_no_bokmal_words(self) -> None:
        bokmal_only = {
            "ikke",
            "noe",
            "hvis",
            "hva",
            "hvem",
            "fra",
            "jeg",
            "også",
            "uke",
            "uker",
            "dokumentene",
            "hjelpen",
        }
        for kind in KINDS:
            template = shipped.template(kind, Language.NYNORSK)
            for section in template.sections:
                words = {word.strip(".,:;?»«") for word in f"{section.heading} {section.text}".casefold().split()}
                assert not words & bokmal_only, (kind, section.code)


class TestProblems:
    template = shipped.template(LetterKind.DECISION_PARTLY, Language.BOKMAL)

    def _codes(self, title: str, sections: tuple[TemplateSection, ...]) -> list[tuple[str, str, str]]:
        found = rules.problems_in(LetterKind.DECISION_PARTLY, title, sections)
        return [(one.code, one.name, one.nearest) for one in found]

    @pytest.mark.parametrize("code", list(rules.sections_of(LetterKind.DECISION_PARTLY)))
    def test_no_required_section_can_be_taken_out(self, code: str) -> None:
        found = self._codes(self.template.title, _without(self.template, code))

        assert (ProblemCode.SECTION_MISSING, code, "") in found

    def test_an_optional_section_can_be_taken_out(self) -> None:
        assert self._codes(self.template.title, _without(self.template, "provider")) == []

    def test_a_misspelt_field_is_refused_with_the_nearest(self) -> None:
        own = TemplateSection("own-ny", "", "Du får {{servise_lines}}.")

        found = self._codes(self.template.title, (*self.template.sections, own))

        assert found == [(ProblemCode.FIELD_UNKNOWN, "servise_lines", "service_lines")]

    def test_a_required_field_cannot_be_taken_out_of_a_section_that_stays(self) -> None:
        sections = tuple(
            replace(one, text=one.text.replace("{{appeal_last_day}}", "fire uker")) for one in self.template.sections
        )

        assert (ProblemCode.FIELD_MISSING, "appeal_last_day", "") in self._codes(self.template.title, sections)

    def test_half_a_field_a_field_in_a_sentence_and_an_empty_text(self) -> None:
        own = (
            TemplateSection("own-a", "", "Du får {{services}."),
            TemplateSection("own-b", "", "Vi mener at {{considerations}} og mer."),
            TemplateSection("own-c", "Tom", " "),
        )

        codes = [code for code, _name, _nearest in self._codes(self.template.title, (*self.template.sections, *own))]

        assert codes == [ProblemCode.BRACES, ProblemCode.FIELD_NOT_ALONE, ProblemCode.NO_TEXT]

    def test_every_problem_has_words(self) -> None:
        for code in ProblemCode:
            assert wording.problem_text(rules.TemplateProblem(code, "decided", "services", "service_lines"))


class TestCompose:
    kind = LetterKind.DECISION_GRANTED

    def _compose(
        self, *sections: TemplateSection, title: str = "Du får {{services}}", **fields: Any
    ) -> rules.LetterContent:
        template = Template(self.kind, Language.BOKMAL, title, sections)
        return rendering.compose(
            template,
            samples.fields(self.kind, Language.BOKMAL) | fields,
            head=samples.head(Language.BOKMAL),
        )

    @pytest.mark.parametrize(
        "name", [n for n, rule in rules.fields_of(LetterKind.DECISION_GRANTED).items() if rule.required]
    )
    @pytest.mark.parametrize("empty", [None, "", "  ", [], [""]])
    def test_a_required_field_without_value_is_named(self, name: str, empty: object) -> None:
        with pytest.raises(rendering.MissingField) as refused:
            self._compose(TemplateSection("a", "", "Hei"), title="Svar", **{name: empty})

        assert refused.value.name == name

    def test_a_field_the_kind_has_not_is_a_mistake_in_the_code(self) -> None:
        with pytest.raises(ValueError, match="refused_lines"):
            self._compose(TemplateSection("a", "", "Hei"), refused_lines=["x"])

    def test_an_empty_optional_field_takes_its_line_and_a_section_without_text_goes(self) -> None:
        content = self._compose(
            TemplateSection("a", "", "Vi viser til {{applied_on}}.\nVi snakket {{conversation_on}}."),
            TemplateSection("b", "Planen", "Planen er fra {{plan_on}}."),
            conversation_on=None,
            plan_on="",
        )

        assert [(one.code, one.blocks) for one in content.sections] == [
            ("a", (Paragraph("Vi viser til 9. november 2026."),))
        ]
        assert content.filled == {"applied_on"}

    def test_lists_stand_as_points_alone_and_in_words_within_a_sentence(self) -> None:
        content = self._compose(
            TemplateSection("a", "", "Du får {{services}}.\n{{service_lines}}\nSlutt."),
            services=["stell", "trening", "mat"],
            service_lines=[("Stell", "hver dag"), Item("på fredag"), "av og til"],
        )

        assert content.sections[0].blocks == (
            Paragraph("Du får stell, trening og mat."),
            Bullets((Item("hver dag", "Stell"), Item("på fredag"), Item("av og til"))),
            Paragraph("Slutt."),
        )

    def test_long_text_keeps_its_paragraphs_and_its_points(self) -> None:
        content = self._compose(
            TemplateSection("a", "Derfor", "{{facts}}"), facts="Først.\n\nSå:\n- ett\n- to\nTil slutt."
        )

        assert content.sections[0].blocks == (
            Paragraph("Først."),
            Paragraph("Så:"),
            Bullets((Item("ett"), Item("to"))),
            Paragraph("Til slutt."),
        )

    def test_values_are_never_read_as_template(self) -> None:
        content = self._compose(TemplateSection("a", "", "{{facts}}"), facts="{{citizen_view}} er {{ukjent}}")

        assert content.sections[0].blocks == (Paragraph("{{citizen_view}} er {{ukjent}}"),)

    def test_signs_nobody_sees_are_left_out(self) -> None:
        content = self._compose(TemplateSection("a", "", "{{facts}}"), facts="A\u202eB\x00C\x07 e\u0301")

        assert content.sections[0].blocks == (Paragraph("ABC é"),)

    def test_free_and_charged_are_never_said_at_once(self) -> None:
        def codes(content: rules.LetterContent) -> set[str]:
            return {one.code for one in content.sections}

        free = letter(free_services=["alt"], charge_lines=[])
        charged = letter(free_services=["stell"], charge_lines=["Rengjøring: 241 kroner"])

        assert codes(free) & {"free", "charge"} == {"free"}
        assert codes(charged) & {"free", "charge"} == {"charge"}
        assert "Dette er gratis: stell." in _texts(charged)

    def test_a_full_grant_without_reasons_says_that_one_may_ask_for_them(self) -> None:
        bare = letter(facts="", considerations="")

        assert "Du kan be om den" in _texts(bare)
        assert [(gap.code, gap.blocks) for gap in rules.missing_parts(bare)] == [
            (PartCode.FACTS, False),
            (PartCode.CONSIDERATIONS, False),
        ]
        assert "Du kan be om den" not in _texts(letter())


class TestMissingParts:
    @pytest.mark.parametrize("kind", KINDS)
    def test_each_section_that_must_be_there_is_missed_when_it_is_gone(self, kind: LetterKind) -> None:
        whole = letter(kind)
        looked_for = {code for part in rules.required_parts(kind) for code in part.sections}

        for code in looked_for:
            gone = replace(whole, sections=tuple(one for one in whole.sections if one.code != code))
            assert [gap for gap in rules.missing_parts(gone) if gap.blocks], code
            assert not rules.can_be_signed(gone)

    @pytest.mark.parametrize("kind", KINDS)
    def test_every_required_field_belongs_to_a_part_or_stands_in_the_title(self, kind: LetterKind) -> None:
        looked_for = {name for part in rules.required_parts(kind) for name in part.fields}
        required = {name for name, rule in rules.fields_of(kind).items() if rule.required}

        assert required - looked_for <= {"services", "refused_services"}

    @pytest.mark.parametrize(
        ("change", "missed"),
        [
            ({"signers": ()}, PartCode.DECIDER),
            ({"case_worker": " "}, PartCode.CASE_WORKER),
            ({"case_reference": ""}, PartCode.CASE_REFERENCE),
            ({"recipient": rules.Recipient("Olga Hansen", ())}, PartCode.RECIPIENT),
        ],
    )
    def test_the_head_is_looked_at_too(self, change: dict[str, object], missed: PartCode) -> None:
        whole = letter()
        head = replace(whole.head, **change)  # type: ignore[arg-type]

        assert [gap.code for gap in rules.missing_parts(replace(whole, head=head))] == [missed]

    @pytest.mark.parametrize("kind", [kind for kind in KINDS if rules.is_decision(kind)])
    def test_decisions_have_rules_appeal_access_and_stay_R19(self, kind: LetterKind) -> None:
        blocking = {part.code for part in rules.required_parts(kind) if part.blocks}

        assert blocking >= {
            PartCode.DECIDER, PartCode.OUTCOME, PartCode.RULES, PartCode.APPEAL, PartCode.ACCESS, PartCode.STAY,
        }  # fmt: skip

    def test_only_a_full_grant_may_go_without_reasons(self) -> None:
        for kind in KINDS:
            if rules.is_decision(kind):
                blocking = {part.code for part in rules.required_parts(kind) if part.blocks}
                assert (PartCode.CONSIDERATIONS in blocking) == (kind is not LetterKind.DECISION_GRANTED)

    def test_every_gap_has_words(self) -> None:
        assert all(wording.gap_text(rules.Gap(code, blocks)) for code in PartCode for blocks in (True, False))


class TestReading:
    def test_dates_and_numbers_do_not_end_a_sentence(self) -> None:
        text = "Du får hjelp fra 26. november 2026. Se § 3-2 nr. 5 og kl. 9. Det er ca. 5 timer. «Ja», sa du."

        assert rules.sentences(text) == (
            "Du får hjelp fra 26. november 2026.",
            "Se § 3-2 nr. 5 og kl. 9. Det er ca. 5 timer.",
            "«Ja», sa du.",
        )

    @given(st.text(alphabet="abcÆØ .?!«»19\n", max_size=80))
    def test_sentences_lose_no_word(self, text: str) -> None:
        assert " ".join(rules.sentences(text)).split() == text.split()

    def test_new_sentences_are_found_and_nothing_is_new_at_first(self) -> None:
        before = letter(facts="Du bor alene. Du har operert hofta.")
        after = letter(facts="Du bor alene. Du har operert hofta i høst.")

        assert rules.changed_sentences(before, after) == {"Du har operert hofta i høst."}
        assert rules.changed_sentences(None, after) == frozenset()

    def test_the_time_is_whole_minutes(self) -> None:
        assert rules.reading_time(letter(LetterKind.INTERIM_REPLY)) == 1
        assert rules.reading_time(letter(facts=" ".join(["ord"] * 1800))) == 12

    def test_long_sentences_and_office_words_are_hinted_at(self) -> None:
        said = "Vi viser til søknaden vedrørende hjelp " + "og mer hjelp " * 10 + "nå."

        hints = rules.plain_hints(letter(facts=said))

        assert [(hint.office_word, hint.instead) for hint in hints] == [("", ""), ("vedrørende", "om")]


class TestKept:
    @pytest.mark.parametrize("kind", KINDS)
    def test_what_is_written_is_read_again_R19(self, kind: LetterKind) -> None:
        content = letter(kind)

        assert rules.read(json.loads(json.dumps(rules.write(content)))) == content

    def test_days_and_lists_in_words(self) -> None:
        assert rules.day(date(2026, 5, 17)) == "17. mai 2026"
        assert rules.listed(["a"], Language.NYNORSK) == "a"
        assert rules.listed(["a", "b", "c"], Language.BOKMAL) == "a, b og c"
        assert rules.texts_of(rules.Section("a", "", (Table(("x",), (("1",),)),))).__next__() == "1"
