"""Keeping what was sent, and changing templates: who may, what is refused, what stays as it was."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from tests.builders_letters import letter, sent_letter
from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.care.citizens.models import Citizen
from tillit.care.letters import actions, queries, rendering, rules, samples, shipped, sources
from tillit.care.letters.models import LetterTemplate, SentLetter
from tillit.care.letters.rules import Language, LetterKind, TemplateSection, Way
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor, Grant, Scope
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.access.roles import Role
from tillit.kernel.errors import ChangedMeanwhile, NotAllowed, NotFound

KIND, NB = LetterKind.DECISION_PARTLY, Language.BOKMAL
TITLE = "Svar: {{services}}, ikke {{refused_services}}"


@pytest.fixture
def officer(cast: Cast) -> Actor:
    """Somebody who keeps the municipality's letters: a leader of the district, here of all of it."""
    return replace(cast.marit.actor, grants=(Grant(Role.DISTRICT_LEADER, cast.municipality.path),))


class TestKeepLetter:
    def test_keeps_content_screen_and_file_with_its_sum_R19(self, cast: Cast) -> None:
        content = letter(recipient=rules.Recipient("Olga Hansen", ("Bekkeveien 1", "0000 Fjordvik")))

        kept = actions.keep_letter(
            actor=cast.ingrid.actor, citizen_id=cast.olga.pk, content=content, template_id=None,
            ways=(Way.PAPER, Way.DIGITAL), at=MONDAY,
        )  # fmt: skip

        stored = SentLetter.objects.get(pk=kept.pk)
        assert rules.read(stored.content) == content
        assert bytes(stored.pdf) == rendering.to_pdf(content)
        assert stored.sha256 == hashlib.sha256(bytes(stored.pdf)).hexdigest()
        assert "Olga Hansen" in stored.html
        assert stored.ways == ["DIGITAL", "PAPER"]
        assert (stored.made_by_id, stored.sent_at) == (cast.ingrid.employee.pk, MONDAY)

    def test_the_audit_trail_has_no_names_and_no_text(self, cast: Cast) -> None:
        kept = sent_letter(cast.ingrid.actor, cast.olga)

        entry = AuditEntry.objects.get(subject=f"letter:{kept.pk}")
        assert set(entry.change) == {"kind", "language", "ways", "sha256"}
        assert entry.citizen_id == cast.olga.pk

    def test_refuses_a_letter_that_lacks_what_the_law_wants(self, cast: Cast) -> None:
        whole = letter()
        no_appeal = replace(whole, sections=tuple(one for one in whole.sections if one.code != "appeal"))

        with pytest.raises(actions.LetterNotReady) as refused:
            sent_letter(cast.ingrid.actor, cast.olga, content=no_appeal)

        assert [gap.code for gap in refused.value.gaps] == [rules.PartCode.APPEAL]
        assert not SentLetter.objects.exists() and not AuditEntry.objects.exists()

    def test_refuses_out_of_reach_without_saying_that_she_exists(self, cast: Cast) -> None:
        with pytest.raises(NotFound):
            sent_letter(cast.frida.actor, cast.olga)

        with pytest.raises(NotFound):
            sent_letter(cast.admin.actor, cast.olga)

        assert not SentLetter.objects.exists()

    def test_a_scope_that_the_caller_has_checked_stands_for_reach_R06(self, cast: Cast) -> None:
        def keep(scope: Scope | None) -> SentLetter:
            return actions.keep_letter(
                actor=cast.frida.actor, citizen_id=cast.olga.pk, content=letter(), template_id=None,
                ways=(Way.PAPER,), at=MONDAY, scope=scope,
            )  # fmt: skip

        with pytest.raises(NotFound):
            keep(None)
        with pytest.raises(NotAllowed):
            keep(Scope((cast.bekkedal.path,), cast.olga.pk))

        assert keep(Scope((cast.fjelldal.path,), cast.olga.pk)).citizen_id == cast.olga.pk

    def test_refuses_when_nothing_is_said_of_how_it_leaves(self, cast: Cast) -> None:
        with pytest.raises(actions.NoWay):
            actions.keep_letter(
                actor=cast.ingrid.actor, citizen_id=cast.olga.pk, content=letter(), template_id=None, ways=(), at=MONDAY
            )

    def test_refuses_a_template_that_does_not_exist(self, cast: Cast) -> None:
        with pytest.raises(NotFound):
            actions.keep_letter(
                actor=cast.ingrid.actor, citizen_id=cast.olga.pk, content=letter(), template_id=999,
                ways=(Way.PAPER,), at=MONDAY,
            )  # fmt: skip

    @pytest.mark.parametrize("verb", ["UPDATE letters_sentletter SET title = 'x'", "DELETE FROM letters_sentletter"])
    def test_the_database_refuses_to_change_what_was_sent(self, cast: Cast, verb: str) -> None:
        sent_letter(cast.ingrid.actor, cast.olga)

        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(verb)

        assert SentLetter.objects.get().title != "x"


class TestLettersOf:
    def test_newest_first_with_how_they_left_and_notes_the_reading(self, cast: Cast) -> None:
        sent_letter(cast.ingrid.actor, cast.olga, content=letter(LetterKind.RECEIPT))
        sent_letter(cast.ingrid.actor, cast.olga, at=MONDAY + timedelta(days=3))
        sent_letter(cast.ingrid.actor, cast.arne)

        with reading.watching() as watch:
            found = queries.letters_of(cast.olga.pk)

        assert [one.kind for one in found] == [LetterKind.DECISION_GRANTED, LetterKind.RECEIPT]
        assert found[0].title == "Du får hjemmesykepleie og hverdagsrehabilitering"
        assert set(watch.seen) == {cast.olga.pk}

    def test_follows_a_registration_that_was_merged(self, cast: Cast) -> None:
        kept = sent_letter(cast.ingrid.actor, cast.arne)
        Citizen.objects.filter(pk=cast.arne.pk).update(merged_into=cast.olga, merged_at=MONDAY)

        assert [one.letter_id for one in queries.letters_of(cast.olga.pk)] == [kept.pk]

    def test_get_letter_is_for_those_who_reach_the_citizen(self, cast: Cast) -> None:
        kept = sent_letter(cast.ingrid.actor, cast.olga)

        assert queries.get_letter(actor=cast.amir.actor, letter_id=kept.pk, at=MONDAY).pk == kept.pk
        for stranger in (cast.nils, cast.frida, cast.admin):
            with pytest.raises(NotFound):
                queries.get_letter(actor=stranger.actor, letter_id=kept.pk, at=MONDAY)

    def test_or_the_case_that_it_belongs_to_R06(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        kept = sent_letter(cast.ingrid.actor, cast.olga)
        monkeypatch.setattr(sources, "_reaches", [])
        sources.register_letter_reach(
            lambda *, actor, letter_id, at: (actor.employee_id, letter_id) == (cast.frida.employee.pk, kept.pk)
        )

        with reading.watching() as watch:
            found = queries.get_letter(actor=cast.frida.actor, letter_id=kept.pk, at=MONDAY)

        assert (found.pk, set(watch.seen)) == (kept.pk, {cast.olga.pk})
        with pytest.raises(NotFound):
            queries.get_letter(actor=cast.nils.actor, letter_id=kept.pk, at=MONDAY)


class TestShipTemplates:
    def test_stores_every_kind_in_both_languages_once(self, db: None) -> None:
        assert actions.ship_templates(at=MONDAY) == len(LetterKind) * len(Language)
        assert actions.ship_templates(at=MONDAY) == 0

        for (kind, language), template in queries.templates_in_use(MONDAY_DATE).items():
            assert template.sections == shipped.template(kind, language).sections
            assert (template.version, template.in_use_from) == (1, MONDAY_DATE)

    def test_before_anything_is_stored_the_shipped_text_is_used(self, db: None) -> None:
        assert queries.template_for(KIND, NB, MONDAY_DATE) == shipped.template(KIND, NB)


class TestDrafts:
    def _save(self, actor: Actor, *, title: str = TITLE, seen: int = 0, extra: str = "") -> rules.Template:
        sections = shipped.template(KIND, NB).sections
        if extra:
            sections = (*sections, TemplateSection("own-hilsen", "", extra))
        return actions.save_draft(
            actor=actor, kind=KIND, language=NB, title=title, sections=sections, seen_edition=seen, at=MONDAY
        )

    def _use(self, actor: Actor, *, seen: int = 1, days: int = 0) -> rules.Template:
        return actions.use_draft(
            actor=actor, kind=KIND, language=NB, seen_edition=seen,
            in_use_from=MONDAY_DATE + timedelta(days=days), at=MONDAY,
        )  # fmt: skip

    def test_a_draft_is_in_nobodys_way_until_its_day(self, officer: Actor) -> None:
        actions.ship_templates(at=MONDAY)
        self._save(officer)
        assert queries.template_for(KIND, NB, MONDAY_DATE).version == 1

        self._use(officer, days=7)

        assert queries.template_for(KIND, NB, MONDAY_DATE + timedelta(days=6)).version == 1
        assert queries.template_for(KIND, NB, MONDAY_DATE + timedelta(days=7)).title == TITLE
        assert queries.draft_of(KIND, NB) is None

    def test_a_version_in_use_is_never_edited(self, officer: Actor) -> None:
        self._save(officer)
        first = self._use(officer)

        second = self._save(officer, title=f"Nytt: {TITLE}")

        assert second.version == first.version + 1
        assert first.template_id is not None
        assert LetterTemplate.objects.get(pk=first.template_id).title == TITLE

    def test_letters_name_the_version_they_were_made_of(self, cast: Cast, officer: Actor) -> None:
        self._save(officer)
        template = self._use(officer)
        content = rendering.compose(template, samples.fields(KIND, NB), head=samples.head(NB))

        kept = actions.keep_letter(
            actor=cast.ingrid.actor, citizen_id=cast.olga.pk, content=content, template_id=template.template_id,
            ways=(Way.PAPER,), at=MONDAY,
        )  # fmt: skip

        assert kept.template_id == template.template_id
        assert kept.title == "Svar: hjemmesykepleie og hverdagsrehabilitering, ikke hjelp til rengjøring hver uke"

    def test_refuses_to_use_what_has_problems(self, officer: Actor) -> None:
        self._save(officer, extra="Hilsen {{hilsen_fra_ordføreren}}")

        with pytest.raises(actions.TemplateNotUsable) as refused:
            self._use(officer)

        assert [one.code for one in refused.value.problems] == [rules.ProblemCode.FIELD_UNKNOWN]
        assert queries.template_for(KIND, NB, MONDAY_DATE).template_id is None

    def test_refuses_a_day_that_has_passed(self, officer: Actor) -> None:
        self._save(officer)

        with pytest.raises(actions.DayHasPassed):
            self._use(officer, days=-1)

    def test_two_writers_are_told(self, officer: Actor) -> None:
        self._save(officer)
        self._save(officer, seen=1)

        with pytest.raises(ChangedMeanwhile):
            self._save(officer, seen=1)
        with pytest.raises(ChangedMeanwhile):
            self._use(officer, seen=1)

    def test_a_draft_can_be_thrown_away(self, officer: Actor) -> None:
        self._save(officer)

        actions.drop_draft(actor=officer, kind=KIND, language=NB, seen_edition=1, at=MONDAY)

        assert queries.draft_of(KIND, NB) is None
        with pytest.raises(actions.NoDraft):
            self._use(officer)

    def test_those_in_the_team_may_read_but_not_change(self, cast: Cast, officer: Actor) -> None:
        with pytest.raises(NotAllowed):
            self._save(cast.marit.actor)

        assert self._save(cast.admin.actor).version == 1
