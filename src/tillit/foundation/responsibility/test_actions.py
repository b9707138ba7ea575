from datetime import date, timedelta

import pytest

from tests import builders
from tests import builders_responsibility as more
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY, TUESDAY_DATE, Cast, Member
from tillit.foundation.access.actor import Actor, Grant, system
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.models import UnitKind
from tillit.foundation.responsibility import actions, queries
from tillit.foundation.responsibility.events import DutyTaken
from tillit.foundation.responsibility.models import Duty, DutyHolding, DutyKind, ModelRow, ModelVersion, TeamModel
from tillit.foundation.responsibility.rules.duties import CannotHold
from tillit.foundation.workforce.actions import seed_competences
from tillit.foundation.workforce.models import Competence
from tillit.kernel import events
from tillit.kernel.errors import NotAllowed, NotFound

SYSTEM = system("tests")


@pytest.fixture
def district_leader(cast: Cast) -> Actor:
    grants = (Grant(Role.DISTRICT_LEADER, cast.south.path),)
    return Actor(cast.admin.user.pk, "Dina", cast.admin.employee.pk, grants, cast.south.path)


@pytest.fixture
def messages(cast: Cast) -> Duty:
    """The message duty of Bekkedal: Ingrid and Amir take turns; they and Kari are at work on Monday and Tuesday."""
    for worker in (cast.ingrid, cast.amir, cast.kari):
        for day in (MONDAY_DATE, TUESDAY_DATE):
            builders.shift(worker.employee, cast.bekkedal, day)
    return more.duty(cast.bekkedal, cast.ingrid.employee, cast.amir.employee)


def holder(duty: Duty, on: date) -> int | None:
    (found,) = queries.duties_today(unit_id=duty.unit_id, on=on)
    return found.holder_id


def take(duty: Duty, by: Member, who: Member, *, on: date = TUESDAY_DATE) -> DutyHolding:
    return actions.take_duty(actor=by.actor, duty_id=duty.pk, employee_id=who.employee.pk, on=on, at=MONDAY)


class TestTakeDuty:
    def test_goes_before_the_rotation_R05(self, cast: Cast, messages: Duty, monkeypatch: pytest.MonkeyPatch) -> None:
        heard: list[object] = []
        monkeypatch.setattr(events, "publish", heard.append)

        take(messages, cast.kari, cast.kari)

        assert holder(messages, TUESDAY_DATE) == cast.kari.employee.pk
        assert heard == [DutyTaken(messages.pk, cast.bekkedal.pk, cast.kari.employee.pk, TUESDAY_DATE, MONDAY)]
        assert AuditEntry.objects.get().subject == f"duty:{messages.pk}"

    def test_may_be_given_to_a_colleague_and_the_newest_counts(self, cast: Cast, messages: Duty) -> None:
        take(messages, cast.kari, cast.kari)
        actions.take_duty(
            actor=cast.ingrid.actor, duty_id=messages.pk, employee_id=cast.amir.employee.pk, on=TUESDAY_DATE, at=TUESDAY
        )

        assert holder(messages, TUESDAY_DATE) == cast.amir.employee.pk

    def test_is_refused_when_she_is_away(self, cast: Cast, messages: Duty) -> None:
        builders.absence(cast.kari.employee, TUESDAY_DATE, reported_at=MONDAY)

        with pytest.raises(actions.DutyCannotBeHeld) as refused:
            take(messages, cast.kari, cast.kari)

        assert refused.value.why is CannotHold.NOT_AT_WORK
        assert not DutyHolding.objects.exists()

    def test_is_refused_on_another_kind_of_shift(self, cast: Cast, messages: Duty) -> None:
        Duty.objects.update(shift_kind="EVENING")

        with pytest.raises(actions.DutyCannotBeHeld) as refused:
            take(messages, cast.kari, cast.kari)

        assert refused.value.why is CannotHold.NOT_AT_WORK

    def test_is_refused_without_the_competence(self, cast: Cast, messages: Duty) -> None:
        Duty.objects.update(needs=Competence.objects.get(code="FORDELER"))

        with pytest.raises(actions.DutyCannotBeHeld) as refused:
            take(messages, cast.ingrid, cast.ingrid)

        assert refused.value.why is CannotHold.LACKS_COMPETENCE
        take(messages, cast.ingrid, cast.kari)

    def test_leaves_days_that_have_passed(self, cast: Cast, messages: Duty) -> None:
        with pytest.raises(actions.DutyCannotBeHeld):
            take(messages, cast.kari, cast.kari, on=MONDAY_DATE - timedelta(days=1))

    def test_is_refused_after_the_duty_has_ended(self, cast: Cast, messages: Duty) -> None:
        Duty.objects.update(valid_to=TUESDAY_DATE)

        with pytest.raises(actions.DutyCannotBeHeld):
            take(messages, cast.kari, cast.kari)

    def test_in_another_team_does_not_exist(self, cast: Cast, messages: Duty) -> None:
        with pytest.raises(NotFound):
            take(messages, cast.nils, cast.nils)

    def test_is_not_for_the_administrator(self, cast: Cast, messages: Duty) -> None:
        with pytest.raises(NotAllowed):
            take(messages, cast.admin, cast.kari)

    def test_giving_back_undoes_it(self, cast: Cast, messages: Duty) -> None:
        before = holder(messages, TUESDAY_DATE)
        take(messages, cast.kari, cast.kari)

        actions.give_back_duty(actor=cast.kari.actor, duty_id=messages.pk, on=TUESDAY_DATE, at=MONDAY)

        assert holder(messages, TUESDAY_DATE) == before
        actions.give_back_duty(actor=cast.kari.actor, duty_id=messages.pk, on=TUESDAY_DATE, at=MONDAY)
        assert AuditEntry.objects.count() == 2


class TestArrangeDuty:
    def arrange(self, cast: Cast, duty: Duty, by: Member, members: list[Member], *, weekdays: str = "12345") -> Duty:
        return actions.arrange_duty(
            actor=by.actor, duty_id=duty.pk, name="Meldinger", what="Leser alt før ni", shift_kind="DAY",
            weekdays=weekdays, needs_id=None, is_fixed=True, member_ids=[one.employee.pk for one in members], at=MONDAY,
        )  # fmt: skip

    def test_is_the_teams_own_R05_R24(self, cast: Cast, messages: Duty) -> None:
        self.arrange(cast, messages, cast.amir, [cast.kari, cast.amir])

        shown = queries.duties_of_unit(unit_id=cast.bekkedal.pk, on=MONDAY_DATE)[0]
        assert [line.mark.given_name for line in shown.members] == ["Kari", "Amir"]
        assert (shown.is_fixed, shown.weekdays, shown.what) == (True, "12345", "Leser alt før ni")
        assert holder(messages, TUESDAY_DATE) == cast.kari.employee.pk

    def test_refuses_people_of_other_teams(self, cast: Cast, messages: Duty) -> None:
        with pytest.raises(actions.DutyRefused) as refused:
            self.arrange(cast, messages, cast.amir, [cast.kari, cast.nils])

        assert refused.value.field == "members"
        messages.refresh_from_db()
        assert messages.weekdays == "1234567"

    def test_refuses_a_duty_on_no_day(self, cast: Cast, messages: Duty) -> None:
        with pytest.raises(actions.DutyRefused) as refused:
            self.arrange(cast, messages, cast.amir, [], weekdays="")

        assert refused.value.field == "weekdays"

    def test_in_another_team_does_not_exist(self, cast: Cast, messages: Duty) -> None:
        with pytest.raises(NotFound):
            self.arrange(cast, messages, cast.nils, [])

    def test_ends_today_at_the_earliest(self, cast: Cast, messages: Duty) -> None:
        with pytest.raises(actions.DutyRefused):
            actions.end_duty(
                actor=cast.amir.actor, duty_id=messages.pk, valid_to=MONDAY_DATE - timedelta(days=1), at=MONDAY
            )
        actions.end_duty(actor=cast.amir.actor, duty_id=messages.pk, valid_to=TUESDAY_DATE, at=MONDAY)

        assert len(queries.duties_today(unit_id=cast.bekkedal.pk, on=MONDAY_DATE)) == 1
        assert queries.duties_today(unit_id=cast.bekkedal.pk, on=TUESDAY_DATE) == []


class TestUsualDuties:
    def test_start_a_team_with_those_who_are_able_R05(self, cast: Cast) -> None:
        seed_competences(SYSTEM, MONDAY)

        actions.make_usual_duties(actor=cast.amir.actor, unit_id=cast.bekkedal.pk, valid_from=MONDAY_DATE, at=MONDAY)

        shown = queries.duties_of_unit(unit_id=cast.bekkedal.pk, on=MONDAY_DATE)
        assert [(one.kind, [line.mark.given_name for line in one.members]) for one in shown] == [
            ("ALLOCATOR", ["Kari"]),
            ("MESSAGES", ["Kari", "Amir", "Ingrid"]),
            ("ACUTE", ["Ingrid"]),
        ]

    def test_doing_it_again_adds_only_what_is_missing(self, cast: Cast) -> None:
        more.duty(cast.bekkedal, kind=DutyKind.MESSAGES)

        for _time in range(2):
            actions.make_usual_duties(
                actor=cast.amir.actor, unit_id=cast.bekkedal.pk, valid_from=MONDAY_DATE, at=MONDAY
            )

        kinds = Duty.objects.order_by("kind").values_list("kind", flat=True)
        assert list(kinds) == ["ACUTE", "ALLOCATOR", "MESSAGES"]


class TestShipModels:
    def test_twice_changes_nothing_R04(self, cast: Cast) -> None:
        first = actions.ship_models(actor=cast.admin.actor, at=MONDAY)
        trail = AuditEntry.objects.count()

        assert actions.ship_models(actor=SYSTEM, at=TUESDAY) == first
        assert AuditEntry.objects.count() == trail
        assert ModelRow.objects.count() == 5 * 24

    def test_a_table_the_product_has_changed_becomes_a_new_version(self, cast: Cast) -> None:
        old = actions.ship_models(actor=SYSTEM, at=MONDAY)[0]
        ModelRow.objects.filter(version=old, responsibility="MESSAGES").update(holder="COORDINATOR")

        new = actions.ship_models(actor=SYSTEM, at=TUESDAY)[0]

        assert (new.number, new.model) == (2, old.model)
        assert queries.table_of([old.pk])[old.pk]["MESSAGES"].holder == "COORDINATOR"
        assert queries.table_of([new.pk])[new.pk]["MESSAGES"].holder == "TEAM"

    def test_is_for_administrators(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            actions.ship_models(actor=cast.marit.actor, at=MONDAY)


class TestFollowModel:
    def follow(self, cast: Cast, by: Actor, version: ModelVersion, on: date) -> TeamModel:
        return actions.follow_model(actor=by, unit_id=cast.bekkedal.pk, version_id=version.pk, valid_from=on, at=MONDAY)

    def test_changes_from_the_day_R04(self, cast: Cast, district_leader: Actor) -> None:
        one, two, *_rest = more.shipped(MONDAY)

        self.follow(cast, district_leader, one, MONDAY_DATE)
        self.follow(cast, district_leader, two, date(2027, 1, 1))

        def model_on(on: date) -> str | None:
            found = queries.model_of(unit_id=cast.bekkedal.pk, on=on)
            return found.name if found else None

        assert model_on(MONDAY_DATE - timedelta(days=1)) is None
        assert model_on(date(2026, 12, 31)) == "Modell 1"
        assert model_on(date(2027, 1, 1)) == "Modell 2"

    def test_the_same_again_changes_nothing_and_the_same_day_is_replaced(
        self, cast: Cast, district_leader: Actor
    ) -> None:
        one, two, *_rest = more.shipped(MONDAY)

        first = self.follow(cast, district_leader, one, MONDAY_DATE)
        assert self.follow(cast, district_leader, one, date(2027, 1, 1)) == first
        self.follow(cast, district_leader, two, MONDAY_DATE)

        assert TeamModel.objects.get().version == two

    def test_refuses_to_rewrite_what_has_been_followed(self, cast: Cast, district_leader: Actor) -> None:
        one, two, *_rest = more.shipped(MONDAY)
        self.follow(cast, district_leader, one, MONDAY_DATE)

        with pytest.raises(actions.ModelRefused):
            self.follow(cast, district_leader, two, MONDAY_DATE - timedelta(days=1))

    def test_is_for_leaders_of_the_district(self, cast: Cast, district_leader: Actor) -> None:
        version = more.shipped(MONDAY)[0]

        with pytest.raises(NotAllowed):
            self.follow(cast, cast.marit.actor, version, MONDAY_DATE)
        with pytest.raises(NotFound):
            self.follow(cast, cast.frida.actor, version, MONDAY_DATE)
        assert self.follow(cast, district_leader, version, MONDAY_DATE).unit == cast.bekkedal

    def test_a_work_group_follows_its_team(self, cast: Cast, district_leader: Actor) -> None:
        group = builders.unit("Arbeidslag demens", UnitKind.WORK_GROUP, parent=cast.bekkedal)
        self.follow(cast, district_leader, more.shipped(MONDAY)[0], MONDAY_DATE)

        found = queries.model_of(unit_id=group.pk, on=MONDAY_DATE)

        assert found is not None
        assert (found.code, found.decided_by_id) == ("MODEL_1", cast.bekkedal.pk)
        assert queries.model_of(unit_id=cast.solvik.pk, on=MONDAY_DATE) is None
