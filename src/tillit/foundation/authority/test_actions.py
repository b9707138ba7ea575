"""Registering services, delegations, templates and acting leaders."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests import builders, builders_authority
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY_DATE, Cast
from tillit.foundation.access.actor import Actor, system
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.access.roles import Role
from tillit.foundation.authority import actions, queries
from tillit.foundation.authority.catalogue import ACT_NAMES, ACT_NAMES_NN, HINTS
from tillit.foundation.authority.models import ActingLeader, Authority, Delegation, LegalReference, ServiceType
from tillit.foundation.authority.queries.templates import template_change
from tillit.foundation.authority.shipped_templates import AS_DESCRIBED, AS_PRACTISED, TEMPLATES
from tillit.foundation.organisation.models import Unit, UnitKind
from tillit.foundation.workforce.actors import actor_of
from tillit.foundation.workforce.models import Profession
from tillit.kernel.errors import NotAllowed, NotFound


@pytest.fixture
def services(cast: Cast) -> dict[str, ServiceType]:
    return builders_authority.services(MONDAY)


@pytest.fixture
def office(cast: Cast) -> Unit:
    return builders.unit("Tjenestekontoret", UnitKind.OFFICE, parent=cast.municipality)


@pytest.fixture
def district_leader(cast: Cast) -> Actor:
    employee = builders.employee("Dag", "Sund", Profession.LEADER, cast.south, colour=0)
    builders.role(employee, Role.DISTRICT_LEADER, cast.south)
    assert employee.user is not None
    return actor_of(user_id=employee.user.pk, name=employee.user.name, at=MONDAY)


def may(actor: Actor, code: str, unit: Unit, on: date) -> bool:
    return queries.may_decide(actor=actor, code=code, extent=Decimal(1), days=10, unit_id=unit.pk, on=on).may


class TestShipServices:
    def test_twice_is_once_and_a_municipalitys_own_is_left_alone(self, cast: Cast) -> None:
        actor = system("tests")
        first = actions.ship_services(actor=actor, at=MONDAY)
        own = actions.add_service(
            actor=cast.admin.actor,
            name="Matlagingskurs",
            group="HOME",
            extent_in="TIMES_A_WEEK",
            is_health_care=False,
            may_be_charged=True,
            responsibility_code="",
            valid_from=MONDAY_DATE,
            at=MONDAY,
        )

        assert first > 17
        assert actions.ship_services(actor=actor, at=MONDAY) == 0
        assert queries.service(own.code).name == "Matlagingskurs"

    def test_what_the_product_has_changed_is_brought_up_to_date(
        self, cast: Cast, services: dict[str, ServiceType]
    ) -> None:
        ServiceType.objects.filter(code="BPA").update(name="Gammelt navn")
        LegalReference.objects.filter(service__code="BPA").delete()

        assert actions.ship_services(actor=system("tests"), at=MONDAY) == 3
        assert queries.service("BPA").name == "Brukerstyrt personlig assistanse"

    def test_services_that_no_act_names_cite_none(self, cast: Cast, services: dict[str, ServiceType]) -> None:
        cited = {line.service_code for line in queries.legal_references(services, MONDAY_DATE)}

        assert set(services) - cited == {"MEALS", "SAFETY_ALARM", "DAY_CENTRE", "OMSORG_PLUS", "TT_TRANSPORT"}
        assert set(HINTS) == set(services) - cited

    def test_what_is_no_longer_cited_holds_until_the_day_it_is_brought_up_to_date(
        self, cast: Cast, services: dict[str, ServiceType]
    ) -> None:
        old = LegalReference.objects.create(
            service=services["MEALS"], topic="BASIS", act="2011-06-24-30", section="§ 3-1 første ledd", words="Ansvar",
            rank=1, is_shipped=True, valid_from=date(2020, 1, 1),
        )  # fmt: skip

        assert actions.ship_services(actor=system("tests"), at=MONDAY) == 1
        assert actions.ship_services(actor=system("tests"), at=MONDAY) == 0

        old.refresh_from_db()
        assert old.valid_to == MONDAY_DATE
        assert not queries.legal_references(["MEALS"], MONDAY_DATE)

    def test_every_act_has_a_name_in_nynorsk(self, cast: Cast, services: dict[str, ServiceType]) -> None:
        assert set(ACT_NAMES_NN) == set(ACT_NAMES)
        assert [line.cited_nn for line in queries.legal_references(["CARE_PAY"], MONDAY_DATE)] == [
            "helse- og omsorgstenestelova § 3-6",
            "pasient- og brukarrettslova § 2-8",
        ]

    def test_a_second_service_of_the_same_name_is_refused(self, cast: Cast, services: dict[str, ServiceType]) -> None:
        with pytest.raises(actions.AuthorityRefused) as refused:
            actions.add_service(
                actor=cast.admin.actor, name="trygghetsalarm", group="HOME", extent_in="NONE", is_health_care=False,
                may_be_charged=False, responsibility_code="", valid_from=MONDAY_DATE, at=MONDAY,
            )  # fmt: skip

        assert refused.value.field == "name"


class TestOwnBasis:
    def add(self, cast: Cast, service: ServiceType, **more: Any) -> LegalReference:
        asked: dict[str, Any] = {
            "service_id": service.pk,
            "cited": "forskrift om TT-kort § 4",
            "cited_nn": "",
            "valid_from": MONDAY_DATE,
            "at": MONDAY,
        }
        return actions.add_basis(actor=cast.admin.actor, **(asked | more))

    def test_stands_in_letters_from_its_day_to_its_day(self, cast: Cast, services: dict[str, ServiceType]) -> None:
        made = self.add(cast, services["TT_TRANSPORT"], cited_nn="forskrift om TT-kort § 4 nynorsk")

        (line,) = queries.legal_references(["TT_TRANSPORT"], MONDAY_DATE)
        assert (line.cited, line.cited_nn) == ("forskrift om TT-kort § 4", "forskrift om TT-kort § 4 nynorsk")
        assert not queries.legal_references(["TT_TRANSPORT"], MONDAY_DATE - timedelta(days=1))

        actions.end_basis(actor=cast.admin.actor, basis_id=made.pk, valid_to=TUESDAY_DATE, at=MONDAY)
        assert not queries.legal_references(["TT_TRANSPORT"], TUESDAY_DATE)
        assert actions.ship_services(actor=system("tests"), at=MONDAY) == 0

    @pytest.mark.parametrize(
        ("more", "field"), [({"cited": " "}, "cited"), ({"valid_from": MONDAY_DATE - timedelta(days=1)}, "valid_from")]
    )
    def test_refusals(self, cast: Cast, services: dict[str, ServiceType], more: dict[str, Any], field: str) -> None:
        with pytest.raises(actions.AuthorityRefused) as refused:
            self.add(cast, services["MEALS"], **more)

        assert refused.value.field == field

    def test_neither_twice_nor_by_others_nor_the_product_s_own(
        self, cast: Cast, services: dict[str, ServiceType]
    ) -> None:
        self.add(cast, services["MEALS"])
        shipped = LegalReference.objects.filter(service__code="HOME_NURSING").first()
        assert shipped is not None

        with pytest.raises(actions.AuthorityRefused):
            self.add(cast, services["MEALS"], cited="Forskrift om TT-kort § 4")
        with pytest.raises(NotAllowed):
            actions.add_basis(
                actor=cast.marit.actor, service_id=services["MEALS"].pk, cited="noe", cited_nn="",
                valid_from=MONDAY_DATE, at=MONDAY,
            )  # fmt: skip
        with pytest.raises(NotFound):
            actions.end_basis(actor=cast.admin.actor, basis_id=shipped.pk, valid_to=TUESDAY_DATE, at=MONDAY)


class TestBringActIntoForce:
    def test_the_new_act_answers_from_its_day_and_the_old_one_until_then(
        self, cast: Cast, services: dict[str, ServiceType]
    ) -> None:
        day = date(2027, 7, 1)
        count = actions.bring_act_into_force(actor=cast.admin.actor, act="2025-06-20-81", valid_from=day, at=MONDAY)

        before = queries.procedure_references(day - timedelta(days=1))
        after = queries.procedure_references(day)

        assert (count, len(before), len(after)) == (18, 22, 22)
        assert before["ADVANCE_NOTICE"].section == "§ 16"
        assert after["ADVANCE_NOTICE"].cited == "forvaltningsloven av 2025 § 42"
        assert actions.ship_services(actor=system("tests"), at=MONDAY) == 0

    @pytest.mark.parametrize(("act", "day"), [("2025-06-20-81", MONDAY_DATE), ("1967-02-10", date(2027, 1, 1))])
    def test_neither_back_in_time_nor_an_act_in_force(
        self, cast: Cast, services: dict[str, ServiceType], act: str, day: date
    ) -> None:
        with pytest.raises(actions.AuthorityRefused):
            actions.bring_act_into_force(actor=cast.admin.actor, act=act, valid_from=day, at=MONDAY)


class TestAddAuthority:
    def add(self, actor: Actor, services: dict[str, ServiceType], **more: Any) -> Authority:
        asked: dict[str, Any] = {
            "delegation_id": builders_authority.delegation().pk,
            "service_id": services["HOME_NURSING"].pk,
            "role": "TEAM_LEADER",
            "valid_from": MONDAY_DATE,
            "valid_to": None,
            "at": MONDAY,
        }
        return actions.add_authority(actor=actor, **(asked | more))

    def test_gives_and_writes_one_entry_without_names(self, cast: Cast, services: dict[str, ServiceType]) -> None:
        line = self.add(cast.admin.actor, services, max_extent=Decimal(35))

        entry = AuditEntry.objects.get(action="authority.keep")
        assert may(cast.marit.actor, "HOME_NURSING", cast.bekkedal, MONDAY_DATE)
        assert (entry.action, entry.subject) == ("authority.keep", f"authority:{line.pk}")
        assert entry.change["max_extent"] == "35"

    def test_registering_is_not_holding(self, cast: Cast, services: dict[str, ServiceType]) -> None:
        self.add(cast.admin.actor, services)

        assert not may(cast.admin.actor, "HOME_NURSING", cast.bekkedal, MONDAY_DATE)

    def test_a_team_leader_registers_nothing(self, cast: Cast, services: dict[str, ServiceType]) -> None:
        with pytest.raises(NotAllowed):
            self.add(cast.marit.actor, services, within_id=cast.bekkedal.pk)

        assert not Authority.objects.exists()

    def test_a_district_leader_registers_within_her_district_only(
        self, cast: Cast, services: dict[str, ServiceType], district_leader: Actor
    ) -> None:
        self.add(district_leader, services, within_id=cast.south.pk)

        for within in (None, cast.north.pk):
            with pytest.raises(NotAllowed):
                self.add(district_leader, services, within_id=within)
        assert may(cast.marit.actor, "HOME_NURSING", cast.bekkedal, MONDAY_DATE)

    @pytest.mark.parametrize(
        ("more", "field"),
        [
            ({"role": "ADMINISTRATOR"}, "role"),
            ({"role": ""}, "role"),
            ({"group": "HOME"}, "service"),
            ({"service_id": None}, "service"),
            ({"service_id": None, "group": "HOME", "max_extent": Decimal(5)}, "max_extent"),
            ({"valid_to": MONDAY_DATE}, "valid_to"),
            ({"valid_from": date(2019, 1, 1)}, "valid_from"),
        ],
    )
    def test_refuses_what_is_not_clear(
        self, cast: Cast, services: dict[str, ServiceType], more: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(actions.AuthorityRefused) as refused:
            self.add(cast.admin.actor, services, **more)

        assert refused.value.field == field
        assert not Authority.objects.exists()

    def test_nobody_registers_authority_in_her_own_name(self, cast: Cast, services: dict[str, ServiceType]) -> None:
        with pytest.raises(actions.AuthorityRefused):
            self.add(cast.admin.actor, services, role="", employee_id=cast.admin.employee.pk)

        assert self.add(cast.admin.actor, services, role="", employee_id=cast.ingrid.employee.pk).employee_id

    def test_unknown_things_are_not_found(self, cast: Cast, services: dict[str, ServiceType]) -> None:
        for more in ({"delegation_id": 987}, {"service_id": 987}, {"unit_id": 987}, {"role": "", "employee_id": 987}):
            with pytest.raises(NotFound):
                self.add(cast.admin.actor, services, **more)


class TestEndAuthority:
    def test_holds_until_the_day_and_not_on_it(self, cast: Cast, services: dict[str, ServiceType]) -> None:
        line = builders_authority.authority(services["HOME_NURSING"])

        actions.end_authority(actor=cast.admin.actor, authority_id=line.pk, valid_to=TUESDAY_DATE, at=MONDAY)

        assert may(cast.marit.actor, "HOME_NURSING", cast.bekkedal, MONDAY_DATE)
        assert not may(cast.marit.actor, "HOME_NURSING", cast.bekkedal, TUESDAY_DATE)

    def test_never_back_in_time_nor_later_than_agreed(self, cast: Cast, services: dict[str, ServiceType]) -> None:
        line = builders_authority.authority(services["HOME_NURSING"], valid_to=date(2027, 1, 1))

        for day in (MONDAY_DATE - timedelta(days=1), date(2027, 1, 2)):
            with pytest.raises(actions.AuthorityRefused):
                actions.end_authority(actor=cast.admin.actor, authority_id=line.pk, valid_to=day, at=MONDAY)

    def test_only_where_one_may_register(
        self, cast: Cast, services: dict[str, ServiceType], district_leader: Actor
    ) -> None:
        wide = builders_authority.authority(services["HOME_NURSING"])
        own = builders_authority.authority(services["HOME_NURSING"], within=cast.south)

        with pytest.raises(NotAllowed):
            actions.end_authority(actor=district_leader, authority_id=wide.pk, valid_to=TUESDAY_DATE, at=MONDAY)
        actions.end_authority(actor=district_leader, authority_id=own.pk, valid_to=TUESDAY_DATE, at=MONDAY)

    def test_a_document_ends_with_all_its_lines_and_takes_the_right_to_all_of_them(
        self, cast: Cast, services: dict[str, ServiceType], district_leader: Actor
    ) -> None:
        document = builders_authority.delegation()
        builders_authority.authority(services["HOME_NURSING"])

        with pytest.raises(NotAllowed):
            actions.end_delegation(actor=district_leader, delegation_id=document.pk, valid_to=TUESDAY_DATE, at=MONDAY)
        actions.end_delegation(actor=cast.admin.actor, delegation_id=document.pk, valid_to=TUESDAY_DATE, at=MONDAY)

        assert not may(cast.marit.actor, "HOME_NURSING", cast.bekkedal, TUESDAY_DATE)


class TestRecordDelegation:
    def test_a_number_is_used_once(self, cast: Cast) -> None:
        builders_authority.delegation("2026-04")

        with pytest.raises(actions.AuthorityRefused) as refused:
            actions.record_delegation(
                actor=cast.admin.actor, reference=" 2026-04 ", title="Ny", delegated_by="Bystyret",
                valid_from=MONDAY_DATE, valid_to=None, at=MONDAY,
            )  # fmt: skip

        assert refused.value.field == "reference"
        assert queries.next_reference(2026) == "2026-05"

    def test_gives_nobody_anything_by_itself(self, cast: Cast, services: dict[str, ServiceType]) -> None:
        actions.record_delegation(
            actor=cast.admin.actor, reference="2026-05", title="Ny", delegated_by="Bystyret",
            valid_from=MONDAY_DATE, valid_to=None, at=MONDAY,
        )  # fmt: skip

        assert Delegation.objects.count() == 1
        assert not may(cast.marit.actor, "HOME_NURSING", cast.bekkedal, MONDAY_DATE)


class TestTemplates:
    def take(self, actor: Actor, code: str, **more: Any) -> Delegation:
        asked: dict[str, Any] = {
            "reference": queries.next_reference(2026),
            "delegated_by": "Kommunedirektøren",
            "valid_from": MONDAY_DATE,
            "valid_to": None,
            "within_id": None,
            "office_id": None,
            "at": MONDAY,
        }
        return actions.take_template(actor=actor, code=code, **(asked | more))

    def test_the_two_readings_contradict_each_other_as_the_source_does(self) -> None:
        described, practised = AS_DESCRIBED.places, AS_PRACTISED.places

        assert (described["SHORT_STAY"].where, practised["SHORT_STAY"].where) == ("CASE_UNIT", "OFFICE")
        assert "THERAPY_AT_HOME" in described and "THERAPY_AT_HOME" in AS_PRACTISED.open
        assert "SAFETY_ALARM" in AS_DESCRIBED.open and "SAFETY_ALARM" in practised
        assert "BPA" in AS_DESCRIBED.open and "BPA" in AS_PRACTISED.open

    def test_every_shipped_service_is_placed_or_named_as_open_never_both(
        self, cast: Cast, services: dict[str, ServiceType]
    ) -> None:
        for template in TEMPLATES.values():
            assert set(template.places) | set(template.open) == set(services)
            assert not set(template.places) & set(template.open)

    def test_as_described_gives_the_team_leader_and_leaves_the_gaps_open(
        self, cast: Cast, services: dict[str, ServiceType]
    ) -> None:
        self.take(cast.admin.actor, "OSLO_DESCRIBED")

        assert may(cast.marit.actor, "SHORT_STAY", cast.bekkedal, MONDAY_DATE)
        lacking = {one.service.code for one in queries.services_without_authority(cast.bekkedal, MONDAY_DATE)}
        assert lacking == set(AS_DESCRIBED.open)

    def test_as_practised_needs_an_office_and_takes_short_stays_there(
        self, cast: Cast, services: dict[str, ServiceType], office: Unit
    ) -> None:
        with pytest.raises(actions.AuthorityRefused) as refused:
            self.take(cast.admin.actor, "OSLO_PRACTISED")
        assert refused.value.field == "office"
        self.take(cast.admin.actor, "OSLO_DESCRIBED")
        self.take(cast.admin.actor, "OSLO_PRACTISED", valid_from=TUESDAY_DATE, office_id=office.pk)

        assert may(cast.marit.actor, "SHORT_STAY", cast.bekkedal, MONDAY_DATE)
        assert not may(cast.marit.actor, "SHORT_STAY", cast.bekkedal, TUESDAY_DATE)
        assert may(cast.marit.actor, "HOME_NURSING", cast.bekkedal, TUESDAY_DATE)
        # The template says nothing of therapy in practice, so that what was delegated before goes on.
        assert may(cast.marit.actor, "THERAPY_AT_HOME", cast.bekkedal, TUESDAY_DATE)

    def test_the_page_says_beforehand_just_what_will_be(
        self, cast: Cast, services: dict[str, ServiceType], office: Unit
    ) -> None:
        builders_authority.authority(group="HOME", role=Role.DISTRICT_LEADER)
        builders_authority.authority(services["BPA"], Role.DISTRICT_LEADER)
        builders_authority.authority(services["HOME_NURSING"], within=cast.north, valid_from=date(2027, 1, 1))
        change = template_change(AS_PRACTISED, valid_from=MONDAY_DATE, within=None)
        told = {one.service.code: one.nobody_after for one in change.services}

        self.take(cast.admin.actor, "OSLO_PRACTISED", office_id=office.pk)

        for service, code in ((service, service.code) for service in queries.list_services(MONDAY_DATE)):
            found = queries.deciders_of(
                service_id=service.service_id, extent=None, days=None, unit_id=cast.bekkedal.pk, on=MONDAY_DATE
            )
            assert (found == ()) is told[code], code
        assert len(change.ends) == 2
        assert not told["BPA"] and told["MEALS"]

    def test_within_one_district_the_rest_of_the_municipality_goes_on(
        self, cast: Cast, services: dict[str, ServiceType], district_leader: Actor
    ) -> None:
        north = builders_authority.authority(services["HOME_NURSING"], Role.NURSE, within=cast.north)
        south = builders_authority.authority(services["HOME_NURSING"], Role.NURSE, within=cast.south)

        with pytest.raises(NotAllowed):
            self.take(district_leader, "OSLO_DESCRIBED")
        self.take(district_leader, "OSLO_DESCRIBED", within_id=cast.south.pk)

        north.refresh_from_db()
        south.refresh_from_db()
        assert (north.valid_to, south.valid_to) == (None, MONDAY_DATE)
        assert may(cast.frida.actor, "HOME_NURSING", cast.fjelldal, MONDAY_DATE)
        assert not may(cast.ingrid.actor, "HOME_NURSING", cast.bekkedal, MONDAY_DATE)

    def test_never_back_in_time(self, cast: Cast, services: dict[str, ServiceType]) -> None:
        with pytest.raises(actions.AuthorityRefused):
            self.take(cast.admin.actor, "OSLO_DESCRIBED", valid_from=MONDAY_DATE - timedelta(days=1))


class TestActingLeader:
    def appoint(self, actor: Actor, cast: Cast, **more: Any) -> ActingLeader:
        asked: dict[str, Any] = {
            "unit_id": cast.bekkedal.pk,
            "role": "TEAM_LEADER",
            "employee_id": cast.ingrid.employee.pk,
            "basis": "Ferie",
            "valid_from": MONDAY_DATE,
            "valid_to": TUESDAY_DATE,
            "at": MONDAY,
        }
        return actions.appoint_acting_leader(actor=actor, **(asked | more))

    def test_may_decide_on_those_days(
        self, cast: Cast, services: dict[str, ServiceType], district_leader: Actor
    ) -> None:
        builders_authority.authority(services["HOME_NURSING"])
        self.appoint(district_leader, cast)

        assert may(cast.ingrid.actor, "HOME_NURSING", cast.bekkedal, MONDAY_DATE)
        assert not may(cast.ingrid.actor, "HOME_NURSING", cast.bekkedal, TUESDAY_DATE)

    def test_the_leader_is_back_earlier(
        self, cast: Cast, services: dict[str, ServiceType], district_leader: Actor
    ) -> None:
        builders_authority.authority(services["HOME_NURSING"])
        made = self.appoint(district_leader, cast, valid_to=date(2026, 12, 24))

        actions.end_acting(actor=district_leader, acting_id=made.pk, valid_to=TUESDAY_DATE, at=MONDAY)

        assert not may(cast.ingrid.actor, "HOME_NURSING", cast.bekkedal, TUESDAY_DATE)
        with pytest.raises(actions.AuthorityRefused):
            actions.end_acting(actor=district_leader, acting_id=made.pk, valid_to=date(2026, 12, 24), at=MONDAY)

    @pytest.mark.parametrize(
        ("more", "field"),
        [
            ({"role": "ADMINISTRATOR"}, "role"),
            ({"role": "NURSE"}, "role"),
            ({"valid_to": MONDAY_DATE}, "valid_to"),
            ({"valid_from": date(2026, 11, 20)}, "valid_from"),
            ({"basis": " "}, "basis"),
        ],
    )
    def test_refusals(self, cast: Cast, district_leader: Actor, more: dict[str, Any], field: str) -> None:
        with pytest.raises(actions.AuthorityRefused) as refused:
            self.appoint(district_leader, cast, **more)

        assert refused.value.field == field

    def test_one_at_a_time_for_a_role_in_a_unit(self, cast: Cast, district_leader: Actor) -> None:
        first = self.appoint(district_leader, cast, valid_to=date(2026, 12, 1))

        with pytest.raises(actions.AuthorityRefused) as refused:
            self.appoint(district_leader, cast, employee_id=cast.kari.employee.pk, valid_from=date(2026, 11, 30),
                         valid_to=date(2026, 12, 5))  # fmt: skip
        assert refused.value.field == "valid_from"
        assert refused.value.text.startswith(
            f"Ingrid Solheim er fungerende leder fra {MONDAY_DATE:%d.%m.%Y} til og med 30.11.2026."
        )
        self.appoint(district_leader, cast, employee_id=cast.kari.employee.pk, valid_from=date(2026, 12, 1),
                     valid_to=date(2026, 12, 5))  # fmt: skip
        actions.end_acting(actor=district_leader, acting_id=first.pk, valid_to=MONDAY_DATE, at=MONDAY)
        self.appoint(district_leader, cast, employee_id=cast.kari.employee.pk, valid_to=date(2026, 12, 1))

    def test_the_database_refuses_two_at_a_time_and_lets_old_ones_be_shortened(self, cast: Cast) -> None:
        days = {"unit": cast.bekkedal, "role": "TEAM_LEADER", "basis": "Ferie"}
        made = ActingLeader.objects.create(
            employee=cast.ingrid.employee, valid_from=MONDAY_DATE, valid_to=date(2026, 12, 1), **days
        )
        later = ActingLeader.objects.create(
            employee=cast.kari.employee, valid_from=date(2026, 12, 1), valid_to=date(2026, 12, 5), **days
        )
        elsewhere = days | {"unit": cast.fjelldal}
        ActingLeader.objects.create(
            employee=cast.kari.employee, valid_from=MONDAY_DATE, valid_to=date(2026, 12, 5), **elsewhere
        )

        with pytest.raises(IntegrityError), transaction.atomic():
            ActingLeader.objects.create(
                employee=cast.kari.employee, valid_from=TUESDAY_DATE, valid_to=date(2026, 11, 25), **days
            )
        with pytest.raises(IntegrityError), transaction.atomic():
            ActingLeader.objects.filter(pk=made.pk).update(valid_to=date(2026, 12, 2))
        ActingLeader.objects.filter(pk=made.pk).update(valid_to=date(2026, 11, 30))
        ActingLeader.objects.filter(pk=later.pk).update(valid_from=date(2026, 11, 30))

    def test_nobody_appoints_herself_and_no_team_leader_her_stand_in(self, cast: Cast, district_leader: Actor) -> None:
        with pytest.raises(actions.AuthorityRefused):
            self.appoint(cast.admin.actor, cast, employee_id=cast.admin.employee.pk)
        with pytest.raises(NotAllowed):
            self.appoint(cast.marit.actor, cast)
        with pytest.raises(NotFound):
            self.appoint(district_leader, cast, unit_id=cast.fjelldal.pk)

        assert not ActingLeader.objects.exists()
