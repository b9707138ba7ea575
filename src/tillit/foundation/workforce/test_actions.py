from datetime import UTC, date, datetime, timedelta

import pytest

from tests import builders
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY_DATE, Cast, Member
from tillit.foundation.access.actor import system
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.workforce import actions, queries
from tillit.foundation.workforce.competence_catalogue import COMPETENCES
from tillit.foundation.workforce.events import EmployeeAbsent, EmployeeBack
from tillit.foundation.workforce.models import Absence, Competence, HeldCompetence, Shift
from tillit.kernel import events
from tillit.kernel.errors import NotAllowed, NotFound

SYSTEM = system("tests")
THURSDAY = date(2026, 11, 26)


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    found: list[object] = []
    monkeypatch.setattr(events, "publish", found.append)
    return found


def report(
    cast: Cast, by: Member, who: Member, *, kind: str = "SELF_CERTIFIED", first: date = MONDAY_DATE,
    after: date | None = TUESDAY_DATE,
) -> Absence:  # fmt: skip
    return actions.report_absence(
        actor=by.actor, employee_id=who.employee.pk, kind=kind, valid_from=first, valid_to=after, at=MONDAY
    )


class TestReportAbsence:
    def test_everybody_reports_her_own_illness_R26(self, cast: Cast, heard: list[object]) -> None:
        absence = report(cast, cast.ingrid, cast.ingrid)

        assert heard == [
            EmployeeAbsent(cast.ingrid.employee.pk, (cast.bekkedal.pk,), MONDAY_DATE, TUESDAY_DATE, MONDAY)
        ]
        entry = AuditEntry.objects.get()
        assert entry.subject == f"absence:{absence.pk}"
        assert "SELF_CERTIFIED" not in str(entry.change)

    def test_nobody_reports_for_a_colleague(self, cast: Cast, heard: list[object]) -> None:
        with pytest.raises(NotAllowed):
            report(cast, cast.ingrid, cast.amir)

        assert not Absence.objects.exists()
        assert not heard

    def test_a_leader_reports_for_all_in_her_teams_and_no_others(self, cast: Cast) -> None:
        report(cast, cast.marit, cast.amir)
        report(cast, cast.marit, cast.nils)

        with pytest.raises(NotAllowed):
            report(cast, cast.marit, cast.frida)

    def test_holiday_is_agreed_with_the_leader(self, cast: Cast) -> None:
        with pytest.raises(actions.AbsenceRefused) as refused:
            report(cast, cast.ingrid, cast.ingrid, kind="HOLIDAY")

        assert refused.value.field == "kind"
        assert report(cast, cast.marit, cast.ingrid, kind="HOLIDAY").kind == "HOLIDAY"
        assert report(cast, cast.marit, cast.marit, kind="HOLIDAY").kind == "HOLIDAY"

    def test_concerns_teams_where_she_only_has_shifts(self, cast: Cast, heard: list[object]) -> None:
        builders.shift(cast.ingrid.employee, cast.solvik, TUESDAY_DATE)

        report(cast, cast.ingrid, cast.ingrid)

        assert isinstance(heard[0], EmployeeAbsent)
        assert heard[0].unit_ids == (cast.bekkedal.pk, cast.solvik.pk)

    @pytest.mark.parametrize(
        ("first", "after", "field"),
        [
            (MONDAY_DATE, MONDAY_DATE, "last"),
            (MONDAY_DATE, None, "first"),
            (TUESDAY_DATE, THURSDAY, "first"),
            (THURSDAY - timedelta(days=1), None, "first"),
        ],
    )
    def test_refuses_days_that_cannot_be_or_are_reported_already(
        self, cast: Cast, first: date, after: date | None, field: str
    ) -> None:
        builders.absence(cast.ingrid.employee, TUESDAY_DATE, reported_at=MONDAY, days=2)

        with pytest.raises(actions.AbsenceRefused) as refused:
            report(cast, cast.ingrid, cast.ingrid, first=first, after=after)

        assert refused.value.field == field
        assert Absence.objects.count() == 1

    def test_meets_an_earlier_absence_without_overlap(self, cast: Cast) -> None:
        builders.absence(cast.ingrid.employee, MONDAY_DATE, reported_at=MONDAY)

        assert report(cast, cast.ingrid, cast.ingrid, first=TUESDAY_DATE, after=None).valid_to is None

    def test_refuses_a_kind_that_does_not_exist(self, cast: Cast) -> None:
        with pytest.raises(actions.AbsenceRefused):
            report(cast, cast.ingrid, cast.ingrid, kind="BORED")


class TestExtendAndWithdraw:
    def test_longer_tells_only_the_new_days(self, cast: Cast, heard: list[object]) -> None:
        absence = report(cast, cast.ingrid, cast.ingrid)
        heard.clear()

        actions.extend_absence(actor=cast.ingrid.actor, absence_id=absence.pk, valid_to=THURSDAY, at=MONDAY)

        assert heard == [EmployeeAbsent(cast.ingrid.employee.pk, (cast.bekkedal.pk,), TUESDAY_DATE, THURSDAY, MONDAY)]

    def test_shorter_tells_which_days_she_is_back(self, cast: Cast, heard: list[object]) -> None:
        absence = report(cast, cast.ingrid, cast.ingrid, after=None)
        heard.clear()

        actions.extend_absence(actor=cast.marit.actor, absence_id=absence.pk, valid_to=THURSDAY, at=MONDAY)

        assert heard == [EmployeeBack(cast.ingrid.employee.pk, (cast.bekkedal.pk,), THURSDAY, None, MONDAY)]

    def test_withdrawing_leaves_only_the_audit_trail(self, cast: Cast, heard: list[object]) -> None:
        absence = report(cast, cast.ingrid, cast.ingrid)
        heard.clear()

        actions.withdraw_absence(actor=cast.ingrid.actor, absence_id=absence.pk, at=MONDAY)

        assert not Absence.objects.exists()
        assert AuditEntry.objects.filter(change__withdrawn=True).count() == 1
        assert heard == [EmployeeBack(cast.ingrid.employee.pk, (cast.bekkedal.pk,), MONDAY_DATE, TUESDAY_DATE, MONDAY)]

    def test_is_not_for_colleagues(self, cast: Cast) -> None:
        absence = report(cast, cast.ingrid, cast.ingrid)

        with pytest.raises(NotAllowed):
            actions.withdraw_absence(actor=cast.amir.actor, absence_id=absence.pk, at=MONDAY)
        with pytest.raises(NotAllowed):
            actions.extend_absence(actor=cast.amir.actor, absence_id=absence.pk, valid_to=None, at=MONDAY)
        with pytest.raises(NotFound):
            queries.get_absence(actor=cast.amir.actor, absence_id=absence.pk)


class TestShifts:
    starts = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)

    def add(self, cast: Cast, by: Member, *, hours: int = 8, kind: str = "DAY") -> Shift:
        return actions.add_shift(
            actor=by.actor, unit_id=cast.bekkedal.pk, employee_id=cast.amir.employee.pk, kind=kind,
            starts_at=self.starts, ends_at=self.starts + timedelta(hours=hours), at=MONDAY,
        )  # fmt: skip

    def test_an_extra_shift_is_added_by_the_leader_R26(self, cast: Cast) -> None:
        shift = self.add(cast, cast.marit)

        assert shift.on == TUESDAY_DATE
        assert [row.is_extra for row in queries.at_work(unit_id=cast.bekkedal.pk, on=TUESDAY_DATE)] == [True]

    def test_is_not_for_members(self, cast: Cast) -> None:
        with pytest.raises(NotAllowed):
            self.add(cast, cast.amir)

    @pytest.mark.parametrize(("hours", "kind", "field"), [(0, "DAY", "ends"), (17, "DAY", "ends"), (8, "NOON", "kind")])
    def test_refuses_what_is_no_shift(self, cast: Cast, hours: int, kind: str, field: str) -> None:
        with pytest.raises(actions.ShiftRefused) as refused:
            self.add(cast, cast.marit, hours=hours, kind=kind)

        assert refused.value.field == field

    def test_refuses_two_at_once(self, cast: Cast) -> None:
        builders.shift(cast.amir.employee, cast.solvik, TUESDAY_DATE)

        with pytest.raises(actions.ShiftRefused) as refused:
            self.add(cast, cast.marit)

        assert refused.value.field == "employee"

    def test_goes_before_it_begins_and_not_after(self, cast: Cast) -> None:
        shift = self.add(cast, cast.marit)

        with pytest.raises(actions.ShiftRefused):
            actions.remove_shift(actor=cast.marit.actor, shift_id=shift.pk, at=self.starts)
        actions.remove_shift(actor=cast.marit.actor, shift_id=shift.pk, at=MONDAY)

        assert not Shift.objects.exists()

    def test_in_another_district_does_not_exist(self, cast: Cast) -> None:
        shift = builders.shift(cast.frida.employee, cast.fjelldal, TUESDAY_DATE)

        with pytest.raises(NotFound):
            actions.remove_shift(actor=cast.marit.actor, shift_id=shift.pk, at=MONDAY)


class TestCompetences:
    def test_seeding_twice_changes_nothing(self, cast: Cast) -> None:
        first = actions.seed_competences(SYSTEM, MONDAY)
        trail = AuditEntry.objects.count()

        again = actions.seed_competences(SYSTEM, MONDAY)

        assert [one.code for one in again] == [entry.code for entry in COMPETENCES]
        assert [one.pk for one in again] == [one.pk for one in first]
        assert AuditEntry.objects.count() == trail

    def test_seeding_leaves_names_the_municipality_has_given(self, cast: Cast) -> None:
        Competence.objects.filter(code="FORDELER").update(name="Dagens fordeler")

        actions.seed_competences(cast.admin.actor, MONDAY)

        assert Competence.objects.get(code="FORDELER").name == "Dagens fordeler"

    def test_medication_runs_out_after_24_months_R34(self, cast: Cast) -> None:
        known = {one.code: one for one in actions.seed_competences(SYSTEM, MONDAY)}

        held = actions.hold_competence(
            actor=cast.admin.actor, employee_id=cast.amir.employee.pk, competence_id=known["LEGEMIDLER"].pk,
            valid_from=MONDAY_DATE, at=MONDAY,
        )  # fmt: skip

        assert held.valid_to == date(2028, 11, 23)
        on_its_last_day = queries.competences_of(employee_ids=[cast.amir.employee.pk], on=date(2028, 11, 22))
        assert "LEGEMIDLER" in on_its_last_day[cast.amir.employee.pk]

    def test_are_kept_by_the_administrator(self, cast: Cast) -> None:
        known = {one.code: one for one in actions.seed_competences(SYSTEM, MONDAY)}

        with pytest.raises(NotAllowed):
            actions.hold_competence(
                actor=cast.marit.actor, employee_id=cast.amir.employee.pk, competence_id=known["LEGEMIDLER"].pk,
                valid_from=MONDAY_DATE, at=MONDAY,
            )  # fmt: skip
        with pytest.raises(NotAllowed):
            actions.seed_competences(cast.marit.actor, MONDAY)

        assert not HeldCompetence.objects.filter(competence__code="LEGEMIDLER").exists()
