from datetime import date, time

import pytest

from tests import builders_responsibility as more
from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.foundation.access.actor import Actor, Grant, system
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation import actions, queries
from tillit.foundation.organisation.events import AreaChanged
from tillit.foundation.organisation.models import Area, TeamMeeting, Unit, UnitKind
from tillit.kernel import events
from tillit.kernel.errors import ChangedMeanwhile, NotAllowed, NotFound
from tillit.kernel.geo import Place

SYSTEM = system("tests")


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    found: list[object] = []
    monkeypatch.setattr(events, "publish", found.append)
    return found


@pytest.fixture
def district_leader(cast: Cast) -> Actor:
    grants = (Grant(Role.DISTRICT_LEADER, cast.south.path),)
    return Actor(cast.admin.user.pk, "Dina", cast.admin.employee.pk, grants, cast.south.path)


def change(
    cast: Cast,
    actor: Actor,
    *,
    edition: int = 1,
    name: str = "Team Bekkedal",
    everyone: bool = True,
    purpose: str | None = None,
) -> Unit:
    return actions.change_unit(
        actor=actor,
        unit_id=cast.bekkedal.pk,
        edition=edition,
        name=name,
        phone="900 11 222",
        base_name="Basen",
        base_street="Storgata 1",
        base=Place(61.9, 6.0),
        everyone_may_allocate=everyone,
        purpose=purpose,
        at=MONDAY,
    )


class TestMakeUnit:
    def test_gives_it_its_path_below_the_parent_R02(self, cast: Cast) -> None:
        group = actions.make_unit(
            actor=SYSTEM,
            kind=UnitKind.WORK_GROUP,
            name="Arbeidslag demens",
            code="demens",
            parent_id=cast.bekkedal.pk,
            valid_from=MONDAY_DATE,
            at=MONDAY,
        )

        assert group.path == f"{cast.bekkedal.path}{group.pk}."
        assert AuditEntry.objects.get().subject == f"unit:{group.pk}"

    @pytest.mark.parametrize(
        ("kind", "name", "code", "field"),
        [
            (UnitKind.TEAM, "Team i team", "nytt", "parent"),
            (UnitKind.WORK_GROUP, " ", "nytt", "name"),
            (UnitKind.WORK_GROUP, "Nytt", "team-solvik", "code"),
        ],
    )
    def test_is_refused_with_the_field_concerned(self, cast: Cast, kind: str, name: str, code: str, field: str) -> None:
        with pytest.raises(actions.UnitRefused) as refused:
            actions.make_unit(
                actor=SYSTEM, kind=kind, name=name, code=code, parent_id=cast.bekkedal.pk, valid_from=MONDAY_DATE,
                at=MONDAY,
            )  # fmt: skip

        assert refused.value.field == field
        assert not AuditEntry.objects.exists()

    def test_is_for_administrators(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            actions.make_unit(
                actor=cast.marit.actor, kind=UnitKind.WORK_GROUP, name="Nytt", code="nytt",
                parent_id=cast.bekkedal.pk, valid_from=MONDAY_DATE, at=MONDAY,
            )  # fmt: skip


class TestMoveUnit:
    def test_takes_everything_below_along(self, cast: Cast) -> None:
        group = actions.make_unit(
            actor=SYSTEM, kind=UnitKind.WORK_GROUP, name="Demens", code="demens", parent_id=cast.bekkedal.pk,
            valid_from=MONDAY_DATE, at=MONDAY,
        )  # fmt: skip

        actions.move_unit(actor=SYSTEM, unit_id=cast.bekkedal.pk, parent_id=cast.north.pk, at=MONDAY)

        cast.bekkedal.refresh_from_db()
        group.refresh_from_db()
        assert cast.bekkedal.parent == cast.north
        assert cast.bekkedal.path == f"{cast.north.path}{cast.bekkedal.pk}."
        assert group.path == f"{cast.bekkedal.path}{group.pk}."
        assert [unit.pk for unit in queries.units_below(cast.south)] == [cast.solvik.pk]

    def test_never_below_itself(self, cast: Cast) -> None:
        with pytest.raises(actions.UnitRefused):
            actions.move_unit(actor=SYSTEM, unit_id=cast.south.pk, parent_id=cast.bekkedal.pk, at=MONDAY)


class TestChangeUnit:
    def test_lets_the_team_leader_open_allocation_to_everyone_R24(self, cast: Cast) -> None:
        change(cast, cast.marit.actor)

        cast.bekkedal.refresh_from_db()
        assert cast.bekkedal.everyone_may_allocate
        assert cast.bekkedal.edition == 2
        entry = AuditEntry.objects.get()
        assert "Storgata" not in str(entry.change)

    def test_is_not_for_members(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            change(cast, cast.ingrid.actor)

    def test_does_not_exist_for_a_leader_elsewhere(self, cast: Cast) -> None:
        with pytest.raises(NotFound):
            change(cast, cast.frida.actor)

    def test_tells_when_somebody_else_was_quicker(self, cast: Cast) -> None:
        change(cast, cast.marit.actor)

        with pytest.raises(ChangedMeanwhile) as meanwhile:
            change(cast, cast.marit.actor, name="Team Bekk")

        assert (meanwhile.value.seen, meanwhile.value.now) == (1, 2)
        cast.bekkedal.refresh_from_db()
        assert cast.bekkedal.name == "Team Bekkedal"

    def test_saving_the_same_changes_nothing(self, cast: Cast) -> None:
        change(cast, cast.marit.actor)
        change(cast, cast.marit.actor, edition=2)

        assert AuditEntry.objects.count() == 1

    def test_what_a_unit_is_for_is_the_district_leaders_to_say_R04(self, cast: Cast, district_leader: Actor) -> None:
        with pytest.raises(NotAllowed):
            change(cast, cast.marit.actor, purpose="DEMENTIA")
        change(cast, district_leader, purpose="DEMENTIA")
        change(cast, cast.marit.actor, edition=2, name="Team Bekk", purpose="DEMENTIA")

        cast.bekkedal.refresh_from_db()
        assert (cast.bekkedal.purpose, cast.bekkedal.name) == ("DEMENTIA", "Team Bekk")

    def test_an_unknown_purpose_is_refused_and_silence_keeps_what_stands(
        self, cast: Cast, district_leader: Actor
    ) -> None:
        change(cast, district_leader, purpose="CARE")

        with pytest.raises(actions.UnitRefused) as refused:
            change(cast, district_leader, edition=2, purpose="SOMETHING")
        change(cast, cast.marit.actor, edition=2, name="Team Bekk")

        assert refused.value.field == "purpose"
        cast.bekkedal.refresh_from_db()
        assert cast.bekkedal.purpose == "CARE"


class TestDrawArea:
    def test_gives_the_addresses_to_the_team_R01(self, cast: Cast, district_leader: Actor, heard: list[object]) -> None:
        area = actions.draw_area(
            actor=district_leader, unit_id=cast.bekkedal.pk, name="Bekkedalen", postal_codes=["6771", "6770"],
            valid_from=MONDAY_DATE, at=MONDAY,
        )  # fmt: skip

        assert queries.unit_for_address(postal_code="6771", on=MONDAY_DATE) == cast.bekkedal.pk
        assert queries.unit_for_address(postal_code="6771", on=date(2026, 11, 22)) is None
        assert heard == [AreaChanged(area.pk, cast.bekkedal.pk, MONDAY_DATE, MONDAY)]

    def test_refuses_an_address_that_another_team_has_and_says_whose_R01(
        self, cast: Cast, district_leader: Actor, heard: list[object]
    ) -> None:
        more.area(cast.solvik, codes=["6771"])

        with pytest.raises(actions.AreaRefused, match=r"6771 hører alt til Team Solvik"):
            actions.draw_area(
                actor=district_leader, unit_id=cast.bekkedal.pk, name="", postal_codes=["6770", "6771"],
                valid_from=MONDAY_DATE, at=MONDAY,
            )  # fmt: skip

        assert Area.objects.count() == 1
        assert not heard

    def test_refuses_shared_ground_also_with_another_district(self, cast: Cast, district_leader: Actor) -> None:
        more.area(cast.fjelldal, ring=more.square(6.0, 61.9))

        with pytest.raises(actions.AreaRefused, match="Team Fjelldal"):
            actions.draw_area(
                actor=district_leader, unit_id=cast.bekkedal.pk, name="", ring=more.square(6.01, 61.9),
                valid_from=MONDAY_DATE, at=MONDAY,
            )  # fmt: skip

    def test_takes_over_from_the_day_the_other_ends(self, cast: Cast, district_leader: Actor) -> None:
        old = more.area(cast.solvik, codes=["6771"])

        actions.end_area(actor=district_leader, area_id=old.pk, valid_to=MONDAY_DATE, at=MONDAY)
        actions.draw_area(
            actor=district_leader, unit_id=cast.bekkedal.pk, name="", postal_codes=["6771"], valid_from=MONDAY_DATE,
            at=MONDAY,
        )  # fmt: skip

        assert queries.unit_for_address(postal_code="6771", on=date(2026, 11, 22)) == cast.solvik.pk
        assert queries.unit_for_address(postal_code="6771", on=MONDAY_DATE) == cast.bekkedal.pk

    @pytest.mark.parametrize(
        ("ring", "field"), [([], "postal_codes"), ([[6, 61], [7, 62], [7, 61], [6, 62]], "ring"), ([[6, 61]], "ring")]
    )
    def test_refuses_what_is_no_area(
        self, cast: Cast, district_leader: Actor, ring: list[list[float]], field: str
    ) -> None:
        with pytest.raises(actions.AreaRefused) as refused:
            actions.draw_area(
                actor=district_leader, unit_id=cast.bekkedal.pk, name="", ring=ring, valid_from=MONDAY_DATE, at=MONDAY
            )

        assert refused.value.field == field

    def test_is_for_district_leaders(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            actions.draw_area(
                actor=cast.marit.actor, unit_id=cast.bekkedal.pk, name="", postal_codes=["6770"],
                valid_from=MONDAY_DATE, at=MONDAY,
            )  # fmt: skip


class TestMeetings:
    def test_are_fixed_and_ended_by_the_leader_R09(self, cast: Cast) -> None:
        meeting = actions.fix_meeting(
            actor=cast.marit.actor, unit_id=cast.bekkedal.pk, name="Teammøte", weekdays="14", starts=time(14),
            minutes=30, valid_from=MONDAY_DATE, at=MONDAY,
        )  # fmt: skip

        assert [found.name for found in queries.meetings_on(cast.bekkedal.pk, on=MONDAY_DATE)] == ["Teammøte"]
        actions.end_meeting(actor=cast.marit.actor, meeting_id=meeting.pk, valid_to=MONDAY_DATE, at=MONDAY)
        assert queries.meetings_on(cast.bekkedal.pk, on=MONDAY_DATE) == []

    @pytest.mark.parametrize(
        ("name", "weekdays", "minutes", "field"),
        [
            ("", "1", 30, "name"),
            ("Møte", "", 30, "weekdays"),
            ("Møte", "18", 30, "weekdays"),
            ("Møte", "1", 2, "minutes"),
        ],
    )
    def test_are_refused_with_the_field_concerned(
        self, cast: Cast, name: str, weekdays: str, minutes: int, field: str
    ) -> None:
        with pytest.raises(actions.MeetingRefused) as refused:
            actions.fix_meeting(
                actor=cast.marit.actor, unit_id=cast.bekkedal.pk, name=name, weekdays=weekdays, starts=time(14),
                minutes=minutes, valid_from=MONDAY_DATE, at=MONDAY,
            )  # fmt: skip

        assert refused.value.field == field
        assert not TeamMeeting.objects.exists()


class TestReach:
    def test_get_unit_hides_what_is_out_of_reach_and_see_unit_does_not(self, cast: Cast) -> None:
        with pytest.raises(NotFound):
            queries.get_unit(actor=cast.ingrid.actor, unit_id=cast.fjelldal.pk)

        assert queries.see_unit(actor=cast.ingrid.actor, unit_id=cast.fjelldal.pk) == cast.fjelldal
        with pytest.raises(NotFound):
            queries.see_unit(actor=Actor(1, "Uten rolle"), unit_id=cast.fjelldal.pk)

    def test_units_of_are_the_teams_she_may_work_in(self, cast: Cast) -> None:
        assert [unit.name for unit in queries.units_of(cast.marit.actor)] == ["Team Bekkedal", "Team Solvik"]
        assert [unit.name for unit in queries.units_of(cast.ingrid.actor, on=MONDAY_DATE)] == ["Team Bekkedal"]
        assert len(queries.units_of(SYSTEM)) == 3

    def test_chain_and_below(self, cast: Cast) -> None:
        assert [unit.name for unit in queries.chain_of(cast.bekkedal)] == ["Fjordvik kommune", "Sør"]
        assert {unit.name for unit in queries.units_below(cast.south)} == {"Team Bekkedal", "Team Solvik"}
