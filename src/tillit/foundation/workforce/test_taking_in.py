"""Many employees at once from a file: history instead of overwriting, and nobody gives more than one by one."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import builders
from tests.cast import MONDAY, MONDAY_DATE, Cast, Member
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.models import AuditEntry, User
from tillit.foundation.access.roles import Role
from tillit.foundation.workforce import actions, rules
from tillit.foundation.workforce.actions import EmployeeRefused, ShiftRefused, ShiftTold
from tillit.foundation.workforce.actions.competences import seed_competences
from tillit.foundation.workforce.actors import actor_of
from tillit.foundation.workforce.events import EmployeesTakenIn, ShiftsTakenIn
from tillit.foundation.workforce.models import (
    Employee,
    EmployeeChange,
    HeldCompetence,
    Position,
    Profession,
    RoleHolding,
    Shift,
)
from tillit.foundation.workforce.rules import EmployeeTold, Facts, Held, Remark, ShareTold, ShiftProblem, Span
from tillit.kernel import events, oslo

NURSE = Facts("Siv", "Lunde", "NURSE", phone="1")


def told(unit: str = "team-bekkedal", number: str = "9001", **other: Any) -> EmployeeTold:
    return replace(EmployeeTold(number, NURSE, Decimal(80), (ShareTold(unit),)), **other)


def said_of(member: Member, **other: Any) -> EmployeeTold:
    """What stands of somebody in the cast, told again with something else."""
    person = member.employee
    facts = Facts(person.given_name, person.family_name, person.profession)
    said = told(number=person.number, facts=facts, percent=Decimal(100))
    return replace(said, **other)


def take_in(cast: Cast, *rows: EmployeeTold, by: Member | None = None, on: date = MONDAY_DATE) -> actions.EmployeesIn:
    return actions.take_in_employees(actor=(by or cast.marit).actor, rows=rows, on=on, at=MONDAY)


def refusal(cast: Cast, row: EmployeeTold, by: Member | None = None) -> str:
    """Which field the dry run and the writing refuse; both must."""
    (outlook,) = actions.foresee_employees(actor=(by or cast.marit).actor, rows=[row], on=MONDAY_DATE)
    people = Employee.objects.count(), User.objects.count(), RoleHolding.objects.count()
    with pytest.raises(EmployeeRefused) as caught:
        take_in(cast, row, by=by)
    assert people == (Employee.objects.count(), User.objects.count(), RoleHolding.objects.count())
    assert outlook.refused is not None
    assert outlook.refused.field == caught.value.field
    return caught.value.field


class TestHistory:
    def test_what_facts_were_is_kept_and_empty_cells_leave_what_people_wrote(self, cast: Cast) -> None:
        take_in(cast, told(username="siv"))
        row = told(facts=Facts("Siv", "Lunde Vik", "HEALTH_WORKER"), shares=(ShareTold("team-bekkedal", role="NURSE"),))

        take_in(cast, row)

        siv = Employee.objects.select_related("user").get(number="9001")
        assert (siv.family_name, siv.profession, siv.phone) == ("Lunde Vik", "HEALTH_WORKER", "1")
        assert siv.user is not None and siv.user.name == "Siv Lunde Vik"
        changes = EmployeeChange.objects.filter(employee=siv).order_by("field")
        assert [(one.field, one.was, one.changed_by_id) for one in changes] == [
            ("FAMILY_NAME", "Lunde", cast.marit.employee.pk),
            ("PROFESSION", "NURSE", cast.marit.employee.pk),
        ]
        entries = AuditEntry.objects.filter(subject=f"employee:{siv.pk}", change__has_key="fields")
        (entry,) = entries
        assert entry.change == {"fields": ["family_name", "profession"], "by": "workforce.take_in"}

    @pytest.mark.parametrize("days_before", [0, 30])
    def test_another_position_ends_the_one_before_also_on_its_first_day(self, cast: Cast, days_before: int) -> None:
        take_in(cast, told(), on=MONDAY_DATE - timedelta(days=days_before))

        take_in(cast, told(percent=Decimal(50)))

        first, second = Position.objects.filter(employee__number="9001").order_by("pk")
        assert first.percent == 80 and first.valid_to == MONDAY_DATE
        assert second.percent == 50 and (second.valid_from, second.valid_to) == (MONDAY_DATE, None)
        assert [one.shares.get().colour for one in (first, second)] == [4, 4]  # 1–3 are taken; hers is kept

    def test_a_position_that_is_to_begin_is_replaced_from_when_it_begins(self, cast: Cast) -> None:
        later = MONDAY_DATE + timedelta(days=30)
        take_in(cast, told(employed_from=later))

        take_in(cast, told(employed_from=later, percent=Decimal(50)))

        spans = Position.objects.filter(employee__number="9001").order_by("pk").values_list("valid_from", "valid_to")
        assert list(spans) == [(later, later), (later, None)]
        assert RoleHolding.objects.get(employee__number="9001").valid_from == later

    def test_several_positions_are_left_to_people(self, cast: Cast) -> None:
        second = Position.objects.create(employee=cast.kari.employee, percent=20, valid_from=date(2026, 1, 1))
        second.shares.create(unit=cast.bekkedal, share=100, colour=3)

        (outlook,) = actions.foresee_employees(
            actor=cast.marit.actor, rows=[said_of(cast.kari, percent=Decimal(60))], on=MONDAY_DATE
        )

        assert outlook.steps is not None and outlook.steps.is_nothing
        assert outlook.steps.remarks == ((Remark.SEVERAL_POSITIONS, ""),)

    def test_told_twice_changes_nothing_and_tells_nobody(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        seed_competences(cast.admin.actor, MONDAY)
        news: list[object] = []
        monkeypatch.setattr(events, "publish", news.append)
        rows = [
            told(username="siv", competences=frozenset({"LEGEMIDLER"})),
            told(
                number="9002",
                shares=(ShareTold("team-bekkedal", Decimal("33.3")), ShareTold("team-solvik", Decimal(50))),
            ),
            said_of(cast.amir, username="noen.annen"),
        ]

        done = take_in(cast, *rows)
        trail = AuditEntry.objects.count()
        again = take_in(cast, *rows)

        (event,) = news
        assert isinstance(event, EmployeesTakenIn)
        assert frozenset(event.new_ids) == done.new and event.corrected_ids + event.moved_ids == ()
        assert len(done.new) == 2 and not done.changed
        assert (again.new, again.changed, AuditEntry.objects.count()) == (frozenset(), frozenset(), trail)

    def test_competences_run_out_as_they_do_one_by_one_and_may_be_told_anew(self, cast: Cast) -> None:
        seed_competences(cast.admin.actor, MONDAY)
        row = told(competences=frozenset({"LEGEMIDLER", "FORDELER"}))
        long_ago = date(2024, 1, 10)

        take_in(cast, row, on=long_ago)
        (outlook,) = actions.foresee_employees(actor=cast.marit.actor, rows=[row], on=MONDAY_DATE)
        take_in(cast, row)

        held = HeldCompetence.objects.filter(employee__number="9001").order_by("competence__code", "valid_from")
        assert list(held.values_list("competence__code", "valid_from", "valid_to")) == [
            ("FORDELER", long_ago, None),
            ("LEGEMIDLER", long_ago, date(2026, 1, 10)),
            ("LEGEMIDLER", MONDAY_DATE, date(2028, 11, MONDAY_DATE.day)),
        ]
        assert outlook.steps is not None and outlook.steps.remarks == ((Remark.RENEWED, "LEGEMIDLER"),)

    def test_somebody_who_begins_to_visit_gets_a_colour(self, cast: Cast) -> None:
        take_in(cast, told(facts=replace(NURSE, profession="OTHER")))
        take_in(cast, told())

        positions = Position.objects.filter(employee__number="9001").order_by("pk")
        assert [one.shares.get().colour for one in positions] == [0, 4]

    def test_a_constant_number_of_queries(self, cast: Cast) -> None:
        seed_competences(cast.admin.actor, MONDAY)

        def count(first: int, after: int, **other: Any) -> int:
            rows = [
                told(number=str(one), username=f"navn{one}", competences=frozenset({"LEGEMIDLER"}), **other)
                for one in range(first, after)
            ]
            with CaptureQueriesContext(connection) as seen:
                take_in(cast, *rows)
            return len(seen)

        assert count(100, 102) == count(200, 215)
        changed = {"facts": replace(NURSE, family_name="Ny"), "percent": Decimal(10)}
        assert count(100, 102, **changed) == count(200, 215, **changed)


class TestRolesAndLogins:
    def test_a_leader_gives_the_roles_of_her_team_and_no_leaders_role(self, cast: Cast) -> None:
        assert refusal(cast, told(shares=(ShareTold("team-bekkedal", role="TEAM_LEADER"),))) == "role"
        assert refusal(cast, told(shares=(ShareTold("team-bekkedal", role="ADMINISTRATOR"),))) == "role"
        assert refusal(cast, told(facts=replace(NURSE, profession="LEADER"))) == "role"

        take_in(cast, told())

        given = RoleHolding.objects.get(employee__number="9001")
        assert (given.role, given.unit, given.valid_from) == (Role.NURSE, cast.bekkedal, MONDAY_DATE)
        entry = AuditEntry.objects.get(action="workforce.give_team_role")
        assert entry.change == {
            "act": "GIVE_ROLE", "role": "NURSE", "unit": cast.bekkedal.pk, "from": MONDAY_DATE.isoformat(), "to": None,
            "by": "workforce.take_in",
        }  # fmt: skip

    def test_a_district_leader_makes_team_leaders_but_no_administrator(self, cast: Cast) -> None:
        chief = builders.employee("Else", "Dahl", Profession.LEADER, cast.south, colour=0)
        builders.role(chief, Role.DISTRICT_LEADER, cast.south)
        by = Member(chief, cast.marit.user, actor_for(chief))

        assert refusal(cast, told(shares=(ShareTold("team-bekkedal", role="ADMINISTRATOR"),)), by) == "role"
        take_in(cast, told(shares=(ShareTold("team-bekkedal", role="TEAM_LEADER"),)), by=by)

        assert RoleHolding.objects.get(employee__number="9001").role == Role.TEAM_LEADER

    def test_nobody_gives_herself_a_role_not_even_by_another_profession(self, cast: Cast) -> None:
        own = said_of(cast.marit, facts=Facts("Marit", "Aune", "NURSE"))
        assert refusal(cast, own) == "role"
        admin = said_of(cast.admin, shares=(ShareTold("team-bekkedal", role="TEAM_LEADER"),))
        assert refusal(cast, admin, cast.admin) == "role"

    def test_a_role_that_was_ended_does_not_come_back_by_itself(self, cast: Cast) -> None:
        RoleHolding.objects.filter(employee=cast.kari.employee).update(valid_to=MONDAY_DATE)

        take_in(cast, said_of(cast.kari))
        assert not RoleHolding.objects.filter(employee=cast.kari.employee, valid_to__isnull=True).exists()
        take_in(cast, said_of(cast.kari, shares=(ShareTold("team-bekkedal", role="CARE_WORKER"),)))

        assert RoleHolding.objects.filter(employee=cast.kari.employee, valid_to__isnull=True).count() == 1

    def test_a_role_ended_the_day_it_began_begins_again(self, cast: Cast) -> None:
        take_in(cast, told())
        RoleHolding.objects.filter(employee__number="9001").update(valid_to=MONDAY_DATE)

        take_in(cast, told(shares=(ShareTold("team-bekkedal", role="NURSE"),)))

        assert RoleHolding.objects.get(employee__number="9001").valid_to is None

    @pytest.mark.parametrize("ends", [None, MONDAY_DATE + timedelta(days=90)])
    def test_somebody_who_also_works_elsewhere_is_out_of_reach(self, cast: Cast, ends: date | None) -> None:
        held = builders.role(cast.kari.employee, Role.REPRESENTATIVE, cast.municipality)
        RoleHolding.objects.filter(pk=held.pk).update(valid_to=ends)

        assert refusal(cast, said_of(cast.kari, percent=Decimal(50))) == "number"
        assert refusal(cast, told("team-fjelldal")) == "unit"
        assert refusal(cast, told("finnes-ikke")) == "unit"

    def test_an_account_is_made_for_nobody_who_may_do_more_than_the_leader_gives(self, cast: Cast) -> None:
        other = builders.employee("Tor", "Vik", Profession.LEADER, cast.bekkedal, colour=0)
        builders.role(other, Role.TEAM_LEADER, cast.bekkedal)
        Employee.objects.filter(pk=other.pk).update(user=None)
        row = told(number=other.number, facts=Facts("Tor", "Vik", "LEADER"), percent=Decimal(100), username="meg")

        assert refusal(cast, row) == "username"
        take_in(cast, row, by=cast.admin)

        user = User.objects.get(username="meg")
        assert not user.has_usable_password()
        entry = AuditEntry.objects.get(action="workforce.give_login")
        assert entry.change == {"act": "MAKE_ACCOUNT", "user": user.pk, "by": "workforce.take_in"}

    def test_a_username_is_one_persons_and_written_as_on_the_page(self, cast: Cast) -> None:
        User.objects.create_user("kari.ny", None, name="Somebody")
        assert refusal(cast, told(username="kari.ny")) == "username"
        assert refusal(cast, told(username="<skript>")) == "username"
        rows = [told(username="ny"), told(number="9002", username="ny")]
        outlooks = actions.foresee_employees(actor=cast.marit.actor, rows=rows, on=MONDAY_DATE)
        assert [one.refused is None for one in outlooks] == [True, False]

    def test_an_account_that_is_there_is_not_another(self, cast: Cast) -> None:
        row = said_of(cast.kari, username="kari.annet")

        (outlook,) = actions.foresee_employees(actor=cast.marit.actor, rows=[row], on=MONDAY_DATE)

        assert outlook.steps is not None and outlook.steps.username == ""
        assert outlook.steps.remarks == ((Remark.OTHER_USERNAME, ""),)

    def test_those_who_lead_nothing_take_in_nobody(self, cast: Cast) -> None:
        assert refusal(cast, told(), cast.ingrid) == "unit"

    def test_what_cannot_be_is_refused(self, cast: Cast) -> None:
        assert (
            refusal(cast, told(shares=(ShareTold("team-bekkedal", Decimal(60)), ShareTold("team-solvik", Decimal(60)))))
            == "share"
        )
        assert refusal(cast, told(shares=(ShareTold("team-bekkedal", Decimal(30)),) * 2)) == "unit"
        assert refusal(cast, told(facts=replace(NURSE, employed_to=date(2020, 1, 1)))) == "employed_to"
        assert refusal(cast, told(facts=replace(NURSE, given_name=" ", family_name=""))) == "given_name"
        assert refusal(cast, told(competences=frozenset({"DRONE"}))) == "competences"


def actor_for(person: Employee) -> Actor:
    assert person.user is not None
    return actor_of(user_id=person.user.pk, name=person.name, at=MONDAY)


def span(on: date, starts: int, ends: int) -> Span:
    """From an hour to an hour in Oslo; past 24 is the next day."""
    begins = oslo.moment(on, time(0))
    return Span(begins + timedelta(hours=starts), begins + timedelta(hours=ends))


class TestHeldAgainst:
    TUESDAY = MONDAY_DATE + timedelta(days=1)

    def held(self, told: list[tuple[int, int]], *stored: tuple[int, int]) -> list[Held]:
        spans = {pk: span(self.TUESDAY, *one) for pk, one in enumerate(stored, 1)}
        return rules.held_against([span(self.TUESDAY, *one) for one in told], spans)

    def test_the_same_start_is_the_same_shift_and_another_day_is_a_new_one(self) -> None:
        assert self.held([(7, 15), (15, 23)], (7, 14)) == [Held(1), Held()]

    def test_a_shift_at_another_time_is_the_one_it_meets_when_there_is_no_other(self) -> None:
        assert self.held([(8, 16)], (7, 15)) == [Held(1)]
        meets = ShiftProblem.MEETS_STORED
        assert self.held([(8, 16)], (7, 12), (13, 20)) == [Held(problem=meets, other=1)]
        assert self.held([(8, 10), (11, 16)], (7, 15)) == [Held(problem=meets, other=1)] * 2
        assert self.held([(7, 16)], (7, 12), (13, 20)) == [Held(problem=meets, other=2)]

    def test_two_told_that_meet_and_too_long_ones_are_refused(self) -> None:
        assert self.held([(7, 15), (14, 22)]) == [Held(), Held(problem=ShiftProblem.MEETS_TOLD, other=0)]
        assert self.held([(7, 15), (15, 23)]) == [Held(), Held()]
        assert self.held([(7, 23)]) == [Held()]
        assert self.held([(7, 24)]) == [Held(problem=ShiftProblem.LENGTH)]


class TestShifts:
    TUESDAY = MONDAY_DATE + timedelta(days=1)

    def told(self, starts: int, ends: int, unit: str = "team-bekkedal", **other: Any) -> ShiftTold:
        there = span(self.TUESDAY, starts, ends)
        return replace(ShiftTold("", unit, "DAY", there.starts_at, there.ends_at), **other)

    def take_in(
        self, cast: Cast, *rows: ShiftTold, at: datetime = MONDAY, by: Member | None = None
    ) -> actions.ShiftsIn:
        return actions.take_in_shifts(actor=(by or cast.marit).actor, rows=rows, at=at)

    def refusal(self, cast: Cast, row: ShiftTold) -> str:
        (outlook,) = actions.foresee_shifts(actor=cast.marit.actor, rows=[row], at=MONDAY)
        stored = list(Shift.objects.order_by("pk").values())
        with pytest.raises(ShiftRefused) as caught:
            self.take_in(cast, row)
        assert stored == list(Shift.objects.order_by("pk").values())
        assert outlook.refused is not None and outlook.refused.field == caught.value.field
        return caught.value.text

    def test_a_changed_shift_is_the_same_shift_and_the_trail_says_what_it_was(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        news: list[object] = []
        monkeypatch.setattr(events, "publish", news.append)
        number = cast.kari.employee.number
        self.take_in(cast, self.told(7, 15, number=number))
        before = Shift.objects.get()

        done = self.take_in(cast, self.told(8, 15, "team-solvik", number=number))

        after = Shift.objects.get()
        assert (done.new, done.changed, after.pk, after.unit) == (0, 1, before.pk, cast.solvik)
        added, changed = AuditEntry.objects.filter(subject=f"shift:{after.pk}").order_by("pk")
        assert changed.change["was"] == {key: value for key, value in added.change.items() if key != "by"}
        assert changed.change["starts_at"] == after.starts_at.isoformat()
        both = ((cast.bekkedal.pk, self.TUESDAY), (cast.solvik.pk, self.TUESDAY))
        assert [one.unit_days for one in news if isinstance(one, ShiftsTakenIn)] == [both[:1], both]

    def test_twice_changes_nothing_and_a_temps_shift_is_extra(self, cast: Cast) -> None:
        Position.objects.filter(employee=cast.amir.employee).update(employment="TEMPORARY")
        rows = [self.told(7, 15, number=one.employee.number) for one in (cast.kari, cast.amir)]

        assert self.take_in(cast, *rows) == actions.ShiftsIn(2, 0)
        trail = AuditEntry.objects.count()
        assert self.take_in(cast, *rows) == actions.ShiftsIn(0, 0)

        assert AuditEntry.objects.count() == trail
        assert Shift.objects.get(is_extra=True).employee == cast.amir.employee

    def test_what_has_begun_stays_as_it_is(self, cast: Cast) -> None:
        row = self.told(7, 15, number=cast.kari.employee.number)
        self.take_in(cast, row)
        later = replace(row, ends_at=row.ends_at + timedelta(hours=1))

        (outlook,) = actions.foresee_shifts(actor=cast.marit.actor, rows=[later], at=row.starts_at)

        assert outlook.has_begun
        assert self.take_in(cast, later, at=row.starts_at) == actions.ShiftsIn(0, 0)
        assert self.take_in(cast, later, at=row.starts_at - timedelta(minutes=1)) == actions.ShiftsIn(0, 1)

    def test_none_meets_another_one_and_none_is_taken_from_a_team_out_of_reach(self, cast: Cast) -> None:
        frida = cast.frida.employee
        builders.shift(frida, cast.fjelldal, self.TUESDAY, starts=time(7), ends=time(15))
        builders.shift(frida, cast.fjelldal, self.TUESDAY, starts=time(15), ends=time(22))

        assert "24.11.2026 kl. 07.00–15.00" in self.refusal(cast, self.told(8, 16, number=frida.number))
        assert "team du ikke leder" in self.refusal(cast, self.told(7, 14, number=frida.number))
        assert "dine egne team" in self.refusal(cast, self.told(1, 2, "team-fjelldal", number=frida.number))
        assert "finnes ikke" in self.refusal(cast, self.told(1, 2, "ingen", number=frida.number))
        assert "finnes ikke" in self.refusal(cast, self.told(1, 2, number="0"))
        assert "16 timer" in self.refusal(cast, self.told(0, 17, number=cast.kari.employee.number))
        with pytest.raises(ShiftRefused):
            self.take_in(cast, self.told(1, 2, number=cast.kari.employee.number), by=cast.ingrid)

    def test_a_constant_number_of_queries(self, cast: Cast) -> None:
        people = [builders.employee("A", f"B{one}", Profession.NURSE, cast.bekkedal) for one in range(30)]

        def count(some: list[Employee], **other: Any) -> int:
            with CaptureQueriesContext(connection) as seen:
                self.take_in(cast, *(self.told(7, 15, number=one.number, **other) for one in some))
            return len(seen)

        assert count(people[:2]) == count(people[2:])
        assert count(people[:2], office=True) == count(people[2:], office=True)
