"""What one can do with a citizen, and what is refused: the same set-up for both."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from tests import builders
from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.care.citizens import actions, queries
from tillit.care.citizens.actions import HomeText
from tillit.care.citizens.events import (
    CitizenAway,
    CitizenHome,
    CitizenRegistered,
    HomeChanged,
    ResponsibleNamed,
)
from tillit.care.citizens.models import Alert, Citizen, Following, HelperWish, Home, Identifier, NetworkMember
from tillit.care.citizens.rules import IdentityProblem, Numbers
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Employee, Profession
from tillit.kernel import events
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile, NotAllowed, NotFound

TENOR = "10915596784"
NEW_HOME = HomeText(street="Nyveien 2", postal_code="6771", place="Fjordvik", way_in="Ring på")


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """Everything published while the test runs."""
    found: list[object] = []
    publish = events.publish

    def listening(event: object) -> None:
        found.append(event)
        publish(event)

    monkeypatch.setattr(events, "publish", listening)
    yield found


def register(actor: Actor, unit: Unit, *, number: str = TENOR, numbers: Numbers = Numbers.SYNTHETIC) -> Citizen:
    return actions.register_citizen(
        actor=actor,
        given_name="Astrid",
        family_name="Haugen",
        number=number,
        numbers=numbers,
        home=NEW_HOME,
        unit_id=unit.pk,
        valid_from=MONDAY_DATE,
        at=MONDAY,
    )


class TestRegisterCitizen:
    def test_stores_her_with_number_home_and_team(self, cast: Cast, heard: list[object]) -> None:
        citizen = register(cast.amir.actor, cast.bekkedal)

        assert queries.get_citizen(actor=cast.ingrid.actor, citizen_id=citizen.pk, at=MONDAY) == citizen
        assert queries.briefs([citizen.pk], on=MONDAY_DATE)[citizen.pk].street == "Nyveien 2"
        assert Identifier.objects.get(citizen=citizen).kind == "FNR"
        assert heard == [CitizenRegistered(citizen.pk, cast.bekkedal.pk, MONDAY_DATE, MONDAY)]

    def test_writes_one_audit_entry_without_name_or_number(self, cast: Cast) -> None:
        citizen = register(cast.amir.actor, cast.bekkedal)

        entry = AuditEntry.objects.get()
        assert (entry.action, entry.subject, entry.citizen_id) == (
            "citizens.register_citizen",
            f"citizen:{citizen.pk}",
            citizen.pk,
        )
        assert TENOR not in str(entry.change) and "Astrid" not in str(entry.change)

    def test_an_unknown_person_is_registered_without_a_number(self, cast: Cast) -> None:
        citizen = register(cast.amir.actor, cast.bekkedal, number="")

        identifier = Identifier.objects.get(citizen=citizen)
        assert (identifier.kind, identifier.value) == ("UNKNOWN", "")

    def test_refuses_an_invented_number_in_production(self, cast: Cast) -> None:
        with pytest.raises(actions.NumberRefused) as refused:
            register(cast.amir.actor, cast.bekkedal, numbers=Numbers.REAL)

        assert refused.value.problem is IdentityProblem.SYNTHETIC_IN_PRODUCTION
        assert TENOR not in refused.value.text
        assert not Citizen.objects.filter(family_name="Haugen").exists()
        assert not AuditEntry.objects.exists()

    def test_refuses_a_number_in_use(self, cast: Cast) -> None:
        register(cast.amir.actor, cast.bekkedal)

        with pytest.raises(actions.NumberTaken):
            register(cast.frida.actor, cast.fjelldal)

    @pytest.mark.parametrize("who", ["nils", "admin"])
    def test_one_registers_for_ones_own_team_only(self, cast: Cast, who: str) -> None:
        with pytest.raises(NotAllowed):
            register(getattr(cast, who).actor, cast.bekkedal)

    def test_a_district_follows_nobody(self, cast: Cast) -> None:
        with pytest.raises(actions.UnitCannotFollow):
            register(cast.marit.actor, cast.south)


def home_of(citizen: Citizen) -> Home:
    return Home.objects.get(citizen=citizen, valid_to__isnull=True)


def move(cast: Cast, *, seen: int | None, moves_on: date = MONDAY_DATE, actor: Actor | None = None) -> Home:
    return actions.change_home(
        actor=actor or cast.ingrid.actor,
        citizen_id=cast.olga.pk,
        home=NEW_HOME,
        moves_on=moves_on,
        seen_home_id=seen,
        at=MONDAY,
    )


class TestChangeHome:
    def test_the_old_address_stays_as_what_was(self, cast: Cast, heard: list[object]) -> None:
        before = home_of(cast.olga)

        after = move(cast, seen=before.pk)

        before.refresh_from_db()
        assert before.valid_to == MONDAY_DATE
        assert home_of(cast.olga) == after
        assert heard == [HomeChanged(cast.olga.pk, MONDAY_DATE, MONDAY)]
        assert queries.search_citizens(actor=cast.ingrid.actor, text="nyveien", on=MONDAY_DATE).citizen_ids == (
            cast.olga.pk,
        )

    def test_two_who_write_the_second_is_told(self, cast: Cast) -> None:
        seen = home_of(cast.olga).pk
        first = move(cast, seen=seen)

        with pytest.raises(ChangedMeanwhile) as refused:
            move(cast, seen=seen)

        assert (refused.value.seen, refused.value.now) == (seen, first.pk)

    def test_does_not_rewrite_what_was_before_the_address(self, cast: Cast) -> None:
        with pytest.raises(actions.TooEarly):
            move(cast, seen=home_of(cast.olga).pk, moves_on=builders.LONG_AGO - timedelta(days=1))

    def test_out_of_reach_is_not_found(self, cast: Cast) -> None:
        with pytest.raises(NotFound):
            move(cast, seen=home_of(cast.olga).pk, actor=cast.frida.actor)


class TestWayInAndDoorCode:
    def write(self, cast: Cast, *, code: str | None) -> Home:
        return actions.change_way_in(
            actor=cast.amir.actor,
            citizen_id=cast.olga.pk,
            way_in="Ring på først",
            key_note="",
            practical="",
            door_code=code,
            seen_home_id=home_of(cast.olga).pk,
            at=MONDAY,
        )

    def test_showing_the_code_is_written_in_the_audit_trail(self, cast: Cast) -> None:
        self.write(cast, code="4711")

        code = actions.show_door_code(actor=cast.amir.actor, citizen_id=cast.olga.pk, at=MONDAY)

        entry = AuditEntry.objects.get(action="citizens.show_door_code")
        assert code == "4711"
        assert (entry.user_id, entry.citizen_id) == (cast.amir.user.pk, cast.olga.pk)
        assert not AuditEntry.objects.filter(change__icontains="4711").exists()

    def test_nobody_sees_a_code_out_of_reach_and_nothing_is_written(self, cast: Cast) -> None:
        self.write(cast, code="4711")

        with pytest.raises(NotFound):
            actions.show_door_code(actor=cast.frida.actor, citizen_id=cast.olga.pk, at=MONDAY)
        assert not AuditEntry.objects.filter(action="citizens.show_door_code").exists()

    def test_a_code_stays_until_it_is_changed_or_taken_away(self, cast: Cast) -> None:
        self.write(cast, code="4711")
        assert self.write(cast, code=None).door_code == "4711"
        assert self.write(cast, code="").door_code == ""

        with pytest.raises(ActionRefused):
            actions.show_door_code(actor=cast.amir.actor, citizen_id=cast.olga.pk, at=MONDAY)


class TestFollowing:
    def test_a_special_team_keeps_its_part_when_another_team_takes_over(self, cast: Cast) -> None:
        actions.follow_part(
            actor=cast.ingrid.actor,
            citizen_id=cast.olga.pk,
            unit_id=cast.fjelldal.pk,
            part="trening",
            valid_from=MONDAY_DATE,
            at=MONDAY,
        )

        found = actions.hand_over(
            actor=cast.ingrid.actor,
            citizen_id=cast.olga.pk,
            unit_id=cast.solvik.pk,
            valid_from=MONDAY_DATE,
            at=MONDAY,
        )

        assert found == (cast.solvik.pk, cast.fjelldal.pk)

    def test_nobody_is_left_without_a_team(self, cast: Cast) -> None:
        row = Following.objects.get(citizen=cast.olga)

        with pytest.raises(actions.NobodyFollows):
            actions.stop_following(
                actor=cast.ingrid.actor,
                citizen_id=cast.olga.pk,
                following_id=row.pk,
                valid_to=MONDAY_DATE,
                at=MONDAY,
            )
        assert queries.scope_of(cast.olga.pk, on=MONDAY_DATE).paths == (cast.bekkedal.path,)

    def test_a_care_worker_does_not_decide_it(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            actions.hand_over(
                actor=cast.amir.actor,
                citizen_id=cast.olga.pk,
                unit_id=cast.solvik.pk,
                valid_from=MONDAY_DATE,
                at=MONDAY,
            )


def name(
    cast: Cast, kind: str, employee: Employee | None, *, seen: int | None = None, deputy: bool = False
) -> int | None:
    row = actions.name_responsible(
        actor=cast.ingrid.actor,
        citizen_id=cast.olga.pk,
        kind=kind,
        employee_id=employee.pk if employee else None,
        is_deputy=deputy,
        valid_from=MONDAY_DATE,
        seen_id=seen,
        at=MONDAY,
    )
    return row.pk if row else None


class TestNameResponsible:
    def test_one_takes_over_from_another_and_the_old_row_stays_R15(self, cast: Cast, heard: list[object]) -> None:
        first = name(cast, "PRIMARY_CONTACT", cast.amir.employee)
        name(cast, "PRIMARY_CONTACT", cast.kari.employee, seen=first)

        brief = queries.briefs([cast.olga.pk], on=MONDAY_DATE)[cast.olga.pk]
        assert brief.primary_contact_id == cast.kari.employee.pk
        assert cast.olga.responsibles.count() == 2
        assert heard[-1] == ResponsibleNamed(
            cast.olga.pk, "PRIMARY_CONTACT", False, cast.kari.employee.pk, MONDAY_DATE, MONDAY
        )

    def test_a_care_worker_cannot_be_service_responsible_R15(self, cast: Cast) -> None:
        with pytest.raises(actions.NotAColleague):
            name(cast, "SERVICE_RESPONSIBLE", cast.amir.employee)
        assert name(cast, "SERVICE_RESPONSIBLE", cast.ingrid.employee)

    def test_somebody_from_another_team_cannot_answer_for_her_R15(self, cast: Cast) -> None:
        with pytest.raises(actions.NotAColleague):
            name(cast, "PRIMARY_CONTACT", cast.nils.employee)

    def test_nobody_is_her_own_deputy_R15(self, cast: Cast) -> None:
        name(cast, "PRIMARY_CONTACT", cast.amir.employee)

        with pytest.raises(actions.OwnDeputy):
            name(cast, "PRIMARY_CONTACT", cast.amir.employee, deputy=True)
        assert name(cast, "PRIMARY_CONTACT", cast.kari.employee, deputy=True)

    def test_two_who_name_the_second_is_told(self, cast: Cast) -> None:
        name(cast, "PRIMARY_CONTACT", cast.amir.employee)

        with pytest.raises(ChangedMeanwhile):
            name(cast, "PRIMARY_CONTACT", cast.kari.employee)

    def test_a_therapist_is_named_by_the_nurse(self, cast: Cast) -> None:
        lars = builders.employee("Lars", "Eide", Profession.OCCUPATIONAL_THERAPIST, cast.bekkedal)

        assert name(cast, "THERAPIST", lars)

    def test_a_care_worker_does_not_name_anybody(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            actions.name_responsible(
                actor=cast.amir.actor,
                citizen_id=cast.olga.pk,
                kind="PRIMARY_CONTACT",
                employee_id=cast.amir.employee.pk,
                valid_from=MONDAY_DATE,
                seen_id=None,
                at=MONDAY,
            )


class TestWhereabouts:
    def away(self, cast: Cast, *, kind: str = "HOSPITAL", seen: int | None = None, hours: int = 0) -> int:
        return actions.set_away(
            actor=cast.amir.actor,
            citizen_id=cast.olga.pk,
            kind=kind,
            from_at=MONDAY + timedelta(hours=hours),
            seen_id=seen,
            at=MONDAY + timedelta(hours=hours),
        ).pk

    def test_away_and_home_again(self, cast: Cast, heard: list[object]) -> None:
        self.away(cast)
        actions.set_home(actor=cast.amir.actor, citizen_id=cast.olga.pk, to_at=MONDAY + timedelta(days=2), at=MONDAY)

        assert heard == [
            CitizenAway(cast.olga.pk, "HOSPITAL", MONDAY),
            CitizenHome(cast.olga.pk, MONDAY + timedelta(days=2), MONDAY),
        ]

    def test_from_hospital_to_helsehus_ends_the_first(self, cast: Cast) -> None:
        first = self.away(cast)
        self.away(cast, kind="HEALTH_HOUSE", seen=first, hours=5)

        brief = queries.briefs([cast.olga.pk], on=MONDAY_DATE)[cast.olga.pk]
        assert brief.whereabouts == "HEALTH_HOUSE"
        assert cast.olga.whereabouts.count() == 2

    def test_two_who_write_the_second_is_told(self, cast: Cast) -> None:
        self.away(cast)

        with pytest.raises(ChangedMeanwhile):
            self.away(cast, kind="AWAY", hours=1)

    def test_times_away_do_not_overlap(self, cast: Cast) -> None:
        actions.set_away(
            actor=cast.amir.actor,
            citizen_id=cast.olga.pk,
            kind="AWAY",
            from_at=MONDAY + timedelta(days=3),
            to_at=MONDAY + timedelta(days=9),
            at=MONDAY,
        )

        with pytest.raises(actions.AwayOverlaps):
            self.away(cast)

    def test_one_who_is_at_home_does_not_come_home(self, cast: Cast) -> None:
        with pytest.raises(actions.NotAway):
            actions.set_home(actor=cast.amir.actor, citizen_id=cast.olga.pk, to_at=MONDAY, at=MONDAY)

    def test_a_planned_journey_is_called_off_and_kept(self, cast: Cast) -> None:
        actions.set_away(
            actor=cast.amir.actor,
            citizen_id=cast.olga.pk,
            kind="AWAY",
            from_at=MONDAY + timedelta(days=3),
            at=MONDAY,
        )
        actions.set_home(actor=cast.amir.actor, citizen_id=cast.olga.pk, to_at=MONDAY, at=MONDAY)

        assert cast.olga.whereabouts.count() == 1
        self.away(cast)  # nothing is in the way


class TestCircle:
    def test_own_people_are_ended_and_never_deleted_R18(self, cast: Cast) -> None:
        berit = actions.add_network_member(
            actor=cast.amir.actor, citizen_id=cast.olga.pk, kind="RELATIVE", name="Berit", relation="Datter", at=MONDAY
        )
        for _twice in range(2):
            actions.end_network_member(actor=cast.amir.actor, citizen_id=cast.olga.pk, member_id=berit.pk, at=MONDAY)

        assert queries.around(cast.olga.pk, on=MONDAY_DATE, at=MONDAY).network == ()
        assert NetworkMember.objects.count() == 1
        assert AuditEntry.objects.count() == 2

    def test_nobody_touches_what_belongs_to_another_citizen(self, cast: Cast) -> None:
        alert = actions.add_alert(
            actor=cast.frida.actor, citizen_id=cast.per.pk, kind="FALL", text="Fallfare", at=MONDAY
        )

        with pytest.raises(NotFound):
            actions.end_alert(actor=cast.amir.actor, citizen_id=cast.olga.pk, alert_id=alert.pk, at=MONDAY)
        assert Alert.objects.get().valid_to is None

    def test_a_new_wish_about_the_same_colleague_replaces_the_old(self, cast: Cast) -> None:
        for kind in ("RATHER_NOT", "MUST_NOT"):
            actions.add_wish(
                actor=cast.ingrid.actor,
                citizen_id=cast.olga.pk,
                kind=kind,
                employee_id=cast.amir.employee.pk,
                at=MONDAY,
            )

        assert queries.wishes([cast.olga.pk], on=MONDAY_DATE)[cast.olga.pk] == [
            queries.Wish("MUST_NOT", cast.amir.employee.pk, "")
        ]
        assert HelperWish.objects.count() == 2

    @pytest.mark.parametrize("about", [{}, {"gender": "X"}, {"employee_id": 1, "gender": "K"}])
    def test_a_wish_is_about_a_colleague_or_a_gender_not_both_or_none(
        self, cast: Cast, about: dict[str, object]
    ) -> None:
        with pytest.raises(actions.SomethingMissing):
            actions.add_wish(
                actor=cast.ingrid.actor,
                citizen_id=cast.olga.pk,
                kind="GLADLY",
                at=MONDAY,
                **about,  # type: ignore[arg-type]
            )

    def test_the_same_alert_is_not_written_twice(self, cast: Cast) -> None:
        def add() -> None:
            actions.add_alert(
                actor=cast.amir.actor, citizen_id=cast.olga.pk, kind="ALLERGY", text="Penicillin", at=MONDAY
            )

        add()
        with pytest.raises(actions.AlreadyWritten):
            add()
