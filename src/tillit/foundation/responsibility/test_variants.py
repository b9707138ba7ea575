"""A municipality's own models: copied, adjusted, undone, put into force, regretted."""

from datetime import date

import pytest

from tests import builders_authority as deciding
from tests import builders_responsibility as more
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY, Cast
from tillit.foundation.access.actor import Actor, Grant, system
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.access.roles import Role
from tillit.foundation.responsibility import actions, queries
from tillit.foundation.responsibility.models import (
    Enactment,
    ModelRow,
    ModelVersion,
    Principles,
    ResponsibilityModel,
    RowChange,
    TeamModel,
)
from tillit.foundation.responsibility.rules.tables import Cell
from tillit.kernel.errors import ChangedMeanwhile, NotAllowed, NotFound

DECEMBER = date(2026, 12, 1)
INNSATS = Cell("RAPID_RESPONSE_TEAM")


@pytest.fixture
def leader(cast: Cast) -> Actor:
    grants = (Grant(Role.DISTRICT_LEADER, cast.south.path),)
    return Actor(cast.marit.user.pk, "Dina", cast.marit.employee.pk, grants, cast.south.path)


@pytest.fixture
def other(cast: Cast) -> Actor:
    """The administrator, who reaches everything."""
    return cast.admin.actor


@pytest.fixture
def draft(cast: Cast, leader: Actor) -> ModelVersion:
    one = more.shipped(MONDAY)[0]
    return actions.copy_model(
        actor=leader, version_id=one.pk, owner_id=cast.south.pk, name="Vår modell", description="", at=MONDAY
    )


def change(
    by: Actor, version: ModelVersion, cell: Cell = INNSATS, *, code: str = "HOSPITAL", edition: int = 1
) -> RowChange | None:
    return actions.change_cell(actor=by, version_id=version.pk, code=code, cell=cell, edition=edition, at=MONDAY)


def enact(by: Actor, version: ModelVersion, *units: int, on: date = DECEMBER, words: str = "Vi prøver.") -> Enactment:
    version.refresh_from_db()
    return actions.put_into_force(
        actor=by,
        version_id=version.pk,
        unit_ids=units,
        valid_from=on,
        serves=(),
        strains=(),
        words=words,
        edition=version.edition,
        at=MONDAY,
    )


class TestCopyModel:
    def test_is_a_draft_with_the_same_whole_table_and_keeps_its_original_R04(
        self, cast: Cast, leader: Actor, draft: ModelVersion
    ) -> None:
        original = draft.model.original
        assert original is not None
        tables = queries.table_of([draft.pk, original.pk])

        assert tables[draft.pk] == tables[original.pk]
        assert draft.is_draft
        assert (draft.model.owner, draft.model.is_shipped) == (cast.south, False)
        assert AuditEntry.objects.filter(action="responsibility.make_variants").count() == 1

    def test_is_for_the_units_own_leaders(self, cast: Cast, leader: Actor, draft: ModelVersion) -> None:
        def copy(by: Actor, owner: int, name: str) -> ModelVersion:
            return actions.copy_model(
                actor=by, version_id=draft.pk, owner_id=owner, name=name, description="", at=MONDAY
            )

        with pytest.raises(NotAllowed):
            copy(cast.marit.actor, cast.bekkedal.pk, "Marits")
        with pytest.raises(NotFound):
            copy(leader, cast.north.pk, "Nords")
        assert copy(leader, cast.south.pk, "Enda en").is_draft

    def test_refuses_a_name_that_is_taken_or_empty(self, cast: Cast, leader: Actor, draft: ModelVersion) -> None:
        for name in ("modell 1", "  "):
            with pytest.raises(actions.VariantRefused) as refused:
                actions.copy_model(
                    actor=leader, version_id=draft.pk, owner_id=cast.south.pk, name=name, description="", at=MONDAY
                )
            assert refused.value.field == "name"


class TestChangeCell:
    def test_saves_at_once_tells_what_stood_and_undo_puts_it_back_R04(self, leader: Actor, draft: ModelVersion) -> None:
        changed = change(leader, draft, Cell("RAPID_RESPONSE_TEAM", "Inntil hun er hjemme", 2))

        assert changed is not None
        assert queries.rows_of(draft.pk)["HOSPITAL"].cell == Cell("RAPID_RESPONSE_TEAM", "Inntil hun er hjemme", 2)
        assert (changed.was_holder, changed.holder) == ("TEAM", "RAPID_RESPONSE_TEAM")

        actions.undo_cell(actor=leader, change_id=changed.pk, at=TUESDAY)

        assert queries.rows_of(draft.pk)["HOSPITAL"].cell == Cell("TEAM")

    def test_the_same_again_is_no_change(self, leader: Actor, draft: ModelVersion) -> None:
        assert change(leader, draft, Cell("TEAM", "  ")) is None
        assert not RowChange.objects.exists()

    def test_two_at_the_same_cell_are_told_and_nothing_is_lost(
        self, leader: Actor, other: Actor, draft: ModelVersion
    ) -> None:
        first = change(other, draft)
        assert first is not None

        with pytest.raises(ChangedMeanwhile) as told:
            change(leader, draft, Cell("NOBODY"))
        assert (told.value.seen, told.value.now) == (1, 2)
        assert queries.rows_of(draft.pk)["HOSPITAL"].cell == INNSATS

        assert change(leader, draft, Cell("NOBODY"), edition=2) is not None
        with pytest.raises(ChangedMeanwhile):
            actions.undo_cell(actor=other, change_id=first.pk, at=TUESDAY)

    def test_two_at_different_cells_are_not_in_each_others_way(
        self, leader: Actor, other: Actor, draft: ModelVersion
    ) -> None:
        change(other, draft, code="MESSAGES")
        change(leader, draft)

        draft.refresh_from_db()
        assert draft.edition == 3

    def test_a_shipped_or_settled_version_is_never_edited(
        self, cast: Cast, leader: Actor, other: Actor, draft: ModelVersion
    ) -> None:
        original = draft.model.original
        assert original is not None
        with pytest.raises(actions.NotADraft):
            change(other, original)

        enact(leader, draft, cast.bekkedal.pk)

        with pytest.raises(actions.NotADraft):
            change(leader, draft)

    def test_is_for_those_who_reach_its_owner(self, cast: Cast, leader: Actor, draft: ModelVersion) -> None:
        north = Actor(None, "Nord", None, (Grant(Role.DISTRICT_LEADER, cast.north.path),), cast.north.path)

        with pytest.raises(NotAllowed):
            change(north, draft)
        with pytest.raises(NotAllowed):
            change(cast.marit.actor, draft)
        assert change(leader, draft) is not None

    @pytest.mark.parametrize("cell", [Cell("WHO"), Cell("TEAM", "x" * 201), Cell("TEAM", "", 0), Cell("TEAM", "", 105)])
    def test_refuses_what_cannot_stand_there(self, leader: Actor, draft: ModelVersion, cell: Cell) -> None:
        with pytest.raises(actions.VariantRefused):
            change(leader, draft, cell)
        with pytest.raises(NotFound):
            change(leader, draft, code="COFFEE")


class TestDrafts:
    def test_adjusting_a_version_in_use_makes_one_new_draft_R04(
        self, cast: Cast, leader: Actor, draft: ModelVersion
    ) -> None:
        change(leader, draft)
        enact(leader, draft, cast.bekkedal.pk)

        new = actions.adjust_model(actor=leader, version_id=draft.pk, at=TUESDAY)
        again = actions.adjust_model(actor=leader, version_id=draft.pk, at=TUESDAY)

        assert new == again
        assert (new.number, new.is_draft) == (2, True)
        assert queries.rows_of(new.pk)["HOSPITAL"].cell == INNSATS

    def test_a_shipped_model_is_not_adjusted(self, other: Actor, draft: ModelVersion) -> None:
        assert draft.model.original_id is not None
        with pytest.raises(actions.VariantRefused):
            actions.adjust_model(actor=other, version_id=draft.model.original_id, at=MONDAY)

    def test_a_discarded_draft_takes_its_model_when_nothing_else_is_left(
        self, leader: Actor, draft: ModelVersion
    ) -> None:
        change(leader, draft)

        assert actions.discard_draft(actor=leader, version_id=draft.pk, at=MONDAY)

        assert not ResponsibilityModel.objects.filter(is_shipped=False).exists()
        assert ModelRow.objects.filter(version__model__is_shipped=False).count() == 0

    def test_a_discarded_adjustment_leaves_what_is_in_use(self, cast: Cast, leader: Actor, draft: ModelVersion) -> None:
        enact(leader, draft, cast.bekkedal.pk)
        new = actions.adjust_model(actor=leader, version_id=draft.pk, at=TUESDAY)

        assert not actions.discard_draft(actor=leader, version_id=new.pk, at=TUESDAY)

        assert ModelVersion.objects.filter(pk=draft.pk).exists()
        with pytest.raises(actions.NotADraft):
            actions.discard_draft(actor=leader, version_id=draft.pk, at=TUESDAY)

    def test_a_draft_is_not_followed_by_other_ways(self, cast: Cast, leader: Actor, draft: ModelVersion) -> None:
        with pytest.raises(actions.ModelRefused):
            actions.follow_model(
                actor=leader, unit_id=cast.bekkedal.pk, version_id=draft.pk, valid_from=DECEMBER, at=MONDAY
            )


class TestPutIntoForce:
    def test_settles_the_draft_keeps_what_was_said_and_changes_from_the_day_R04_R57(
        self, cast: Cast, leader: Actor, draft: ModelVersion
    ) -> None:
        first, second, *_rest = queries.principles_now().entries  # type: ignore[union-attr]

        enactment = actions.put_into_force(
            actor=leader,
            version_id=draft.pk,
            unit_ids=[cast.bekkedal.pk, cast.solvik.pk],
            valid_from=DECEMBER,
            serves=[first.principle_id],
            strains=[second.principle_id],
            words="  Innsatsteamet er på sykehuset hver dag. ",
            edition=1,
            at=MONDAY,
        )

        (line,) = queries.enactments(version_ids=[draft.pk])
        assert line.unit_names == ("Team Bekkedal", "Team Solvik")
        assert [(one.title, one.stance) for one in line.stances] == [(first.title, "SERVES"), (second.title, "STRAINS")]
        assert (line.words, line.by_name) == ("Innsatsteamet er på sykehuset hver dag.", "Marit Aune")
        assert TeamModel.objects.filter(enactment=enactment, valid_from=DECEMBER).count() == 2
        assert queries.model_of(unit_id=cast.bekkedal.pk, on=date(2026, 11, 30)) is None
        found = queries.model_of(unit_id=cast.bekkedal.pk, on=DECEMBER)
        assert found is not None
        assert found.version_id == draft.pk
        draft.refresh_from_db()
        assert not draft.is_draft

    def test_asks_which_principles_or_why_none_R57(self, cast: Cast, leader: Actor, draft: ModelVersion) -> None:
        with pytest.raises(actions.EnactmentRefused) as refused:
            enact(leader, draft, cast.bekkedal.pk, words="  ")
        assert refused.value.field == "principles"
        assert not TeamModel.objects.exists()

        assert enact(leader, draft, cast.bekkedal.pk, words="Bare et navnebytte").stances.count() == 0

    def test_refuses_yesterday_nobody_and_those_who_follow_it(
        self, cast: Cast, leader: Actor, draft: ModelVersion
    ) -> None:
        with pytest.raises(actions.EnactmentRefused):
            enact(leader, draft)
        with pytest.raises(actions.EnactmentRefused):
            enact(leader, draft, cast.bekkedal.pk, on=date(2026, 11, 22))
        enact(leader, draft, cast.bekkedal.pk)
        with pytest.raises(actions.EnactmentRefused):
            enact(leader, draft, cast.bekkedal.pk)
        assert TeamModel.objects.count() == 1

    def test_a_draft_changed_after_it_was_looked_at_is_looked_at_again(
        self, cast: Cast, leader: Actor, other: Actor, draft: ModelVersion
    ) -> None:
        change(other, draft)

        with pytest.raises(ChangedMeanwhile):
            actions.put_into_force(
                actor=leader,
                version_id=draft.pk,
                unit_ids=[cast.bekkedal.pk],
                valid_from=DECEMBER,
                serves=(),
                strains=(),
                words="Ja",
                edition=1,
                at=MONDAY,
            )
        draft.refresh_from_db()
        assert draft.is_draft

    def test_teams_out_of_reach_do_not_exist_and_team_leaders_do_not_decide(
        self, cast: Cast, leader: Actor, draft: ModelVersion
    ) -> None:
        with pytest.raises(NotFound):
            enact(leader, draft, cast.bekkedal.pk, cast.fjelldal.pk)
        with pytest.raises(NotAllowed):
            enact(cast.marit.actor, draft, cast.bekkedal.pk)
        assert not TeamModel.objects.exists()

    def test_may_be_regretted_until_the_day_comes(self, cast: Cast, leader: Actor, draft: ModelVersion) -> None:
        one = more.shipped(MONDAY)[1]
        TeamModel.objects.create(unit=cast.bekkedal, version=one, valid_from=MONDAY_DATE)
        enactment = enact(leader, draft, cast.bekkedal.pk)

        actions.take_back_enactment(actor=leader, enactment_id=enactment.pk, at=TUESDAY)
        actions.take_back_enactment(actor=leader, enactment_id=enactment.pk, at=TUESDAY)

        following = TeamModel.objects.get()
        assert (following.version, following.valid_to) == (one, None)
        assert queries.enactments(unit_id=cast.bekkedal.pk)[0].taken_back_at == TUESDAY

        today = enact(leader, draft, cast.solvik.pk, on=MONDAY_DATE)
        with pytest.raises(actions.EnactmentRefused):
            actions.take_back_enactment(actor=leader, enactment_id=today.pk, at=MONDAY)

    def test_what_was_decided_later_is_taken_back_first(self, cast: Cast, leader: Actor, draft: ModelVersion) -> None:
        first = enact(leader, draft, cast.bekkedal.pk)
        later = enact(leader, more.shipped(MONDAY)[1], cast.bekkedal.pk, on=date(2027, 1, 1))

        with pytest.raises(actions.EnactmentRefused):
            actions.take_back_enactment(actor=leader, enactment_id=first.pk, at=MONDAY)
        actions.take_back_enactment(actor=leader, enactment_id=later.pk, at=MONDAY)
        actions.take_back_enactment(actor=leader, enactment_id=first.pk, at=MONDAY)

        assert not TeamModel.objects.exists()


class TestPointlessAuthority:
    def test_names_the_lines_nobody_uses_any_more_R06(self, cast: Cast, draft: ModelVersion) -> None:
        services = deciding.services(MONDAY)
        deciding.authority(services["HOME_NURSING"], Role.TEAM_LEADER)
        deciding.authority(services["LONG_STAY"], Role.TEAM_LEADER, unit=cast.municipality)
        one, two, *_rest = more.shipped(MONDAY)
        tables = queries.table_of([one.pk, two.pk])

        found = queries.pointless_authority(
            before={cast.bekkedal.pk: tables[one.pk], cast.solvik.pk: tables[two.pk]},
            after=tables[two.pk],
            on=MONDAY_DATE,
        )

        assert [(line.reference, line.role, line.unit_ids) for line in found] == [
            ("2026-04", "TEAM_LEADER", (cast.bekkedal.pk,))
        ]
        assert not queries.pointless_authority(
            before={cast.bekkedal.pk: tables[one.pk]}, after=tables[one.pk], on=MONDAY_DATE
        )


class TestPrinciples:
    def keep(self, by: Actor, seen: int, *titles: str) -> Principles:
        return actions.keep_principles(
            actor=by, seen=seen, source="Bystyret", entries=[(title, "") for title in titles], at=MONDAY
        )

    def test_seven_come_along_once_and_say_whose_words_they_are_R57(self, cast: Cast) -> None:
        more.shipped(MONDAY)
        more.shipped(TUESDAY)

        (only,) = queries.list_principles()
        assert len(only.entries) == 7
        assert "gjengitt med våre ord" in only.source

    def test_each_edit_is_a_new_version_and_the_old_one_stands(self, cast: Cast) -> None:
        more.shipped(MONDAY)

        self.keep(system("tests"), 1, "Brukeren først", " ", "Åpenhet")

        newest, first = queries.list_principles()
        assert [(one.rank, one.title) for one in newest.entries] == [(1, "Brukeren først"), (2, "Åpenhet")]
        assert (first.number, len(first.entries)) == (1, 7)
        self.keep(system("tests"), 2, "Brukeren først", "Åpenhet")
        assert Principles.objects.count() == 2

    def test_two_who_edit_are_told_and_none_is_refused(self, cast: Cast, leader: Actor) -> None:
        more.shipped(MONDAY)
        self.keep(cast.admin.actor, 1, "Nye")

        with pytest.raises(ChangedMeanwhile):
            self.keep(cast.admin.actor, 1, "Andre")
        with pytest.raises(actions.PrinciplesRefused):
            self.keep(cast.admin.actor, 2)
        with pytest.raises(NotAllowed):
            self.keep(leader, 2, "Distriktets")

    def test_those_of_an_older_version_are_not_held_against_R57(
        self, cast: Cast, leader: Actor, draft: ModelVersion
    ) -> None:
        old = queries.principles_now()
        assert old is not None
        self.keep(cast.admin.actor, 1, "Nye")

        with pytest.raises(ChangedMeanwhile):
            actions.put_into_force(
                actor=leader,
                version_id=draft.pk,
                unit_ids=[cast.bekkedal.pk],
                valid_from=DECEMBER,
                serves=[old.entries[0].principle_id],
                strains=(),
                words="",
                edition=1,
                at=MONDAY,
            )


def test_weeks_come_with_the_shipped_models_R07(cast: Cast) -> None:
    _one, two, _pp, heltom, _buurtzorg = more.shipped(MONDAY)
    tables = queries.table_of([two.pk, heltom.pk])

    assert [tables[version.pk]["NEW_ASSESS"].weeks for version in (two, heltom)] == [4, 4]
