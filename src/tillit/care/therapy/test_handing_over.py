"""A therapist who has left or is away: nobody has her cases, and the one in charge gives them on in one press (R31)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import builders
from tests.builders_therapy import again, group, taken, therapist, waiting
from tests.cast import MONDAY, MONDAY_DATE, Cast, Member
from tillit.care.citizens.actions.barring import bar_employee
from tillit.care.citizens.models import AskedIn
from tillit.care.citizens.queries import get_citizen
from tillit.care.therapy import actions, queries
from tillit.care.therapy.models import TherapyCase
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.access.roles import Role
from tillit.foundation.workforce.models import Absence, AbsenceKind, Employee, Profession, RoleHolding
from tillit.kernel.errors import ChangedMeanwhile, NotAllowed, NotFound

pytestmark = pytest.mark.usefixtures("on_monday")
DAY = timedelta(days=1)


@pytest.fixture
def lars(cast: Cast) -> Member:
    return therapist("Lars", "Lie", cast.solvik)


@pytest.fixture
def berit(cast: Cast) -> Member:
    return therapist("Berit", "Ås", cast.bekkedal)


@pytest.fixture
def leader(cast: Cast) -> Member:
    """Who leads the district the list is for."""
    found = builders.employee("Jorunn", "Vik", Profession.NURSE, cast.south)
    builders.role(found, Role.DISTRICT_LEADER, cast.south)
    assert found.user is not None
    return again(Member(found, found.user, None))  # type: ignore[arg-type]


def _held(cast: Cast, by: Member, *, next_on: date | None = None) -> TherapyCase:
    case = actions.take_case(actor=by.actor, therapy_id=waiting(cast, cast.olga).pk, at=MONDAY)
    if next_on is not None:
        case.next_step, case.next_on = "Hjemmebesøk", next_on
        case.save()
    return case


def _away(who: Member, *, until: date | None = None) -> None:
    Absence.objects.create(
        employee=who.employee, kind=AbsenceKind.SICK_LEAVE, valid_from=MONDAY_DATE, valid_to=until, reported_at=MONDAY
    )


def _is_unowned(case: TherapyCase, on: date = MONDAY_DATE) -> bool:
    return TherapyCase.objects.filter(queries.is_unowned(on), pk=case.pk).exists()


class TestNobodyHasIt:
    def test_one_who_is_here_has_it(self, cast: Cast, lars: Member) -> None:
        assert not _is_unowned(_held(cast, lars))
        assert not _is_unowned(waiting(cast, cast.arne))

    @pytest.mark.parametrize(
        ("next_after", "away_days", "unowned"),
        [(None, 1, True), (0, 1, True), (1, 1, False), (6, 7, True), (7, 7, False), (300, None, True)],
    )
    def test_what_can_wait_till_she_is_back_stays_hers_R31(
        self, cast: Cast, lars: Member, next_after: int | None, away_days: int | None, unowned: bool
    ) -> None:
        case = _held(cast, lars, next_on=None if next_after is None else MONDAY_DATE + next_after * DAY)
        _away(lars, until=None if away_days is None else MONDAY_DATE + away_days * DAY)

        assert _is_unowned(case) is unowned
        assert not _is_unowned(case, MONDAY_DATE - DAY)

    def test_one_who_has_left_or_is_no_therapist_any_more_has_nothing_R31(self, cast: Cast, lars: Member) -> None:
        case = _held(cast, lars, next_on=MONDAY_DATE + 30 * DAY)
        roles = RoleHolding.objects.filter(employee=lars.employee)

        roles.update(valid_to=MONDAY_DATE)
        assert _is_unowned(case)
        assert queries.gone([lars.employee.pk], on=MONDAY_DATE)[lars.employee.pk].has_left

        roles.update(valid_to=None)
        Employee.objects.filter(pk=lars.employee.pk).update(employed_to=MONDAY_DATE)
        assert _is_unowned(case)
        assert not _is_unowned(case, MONDAY_DATE - DAY)

    def test_why_she_is_away_is_never_told(self, cast: Cast, lars: Member, client_of: Callable[..., Client]) -> None:
        case = _held(cast, lars)
        _away(lars, until=MONDAY_DATE + 8 * DAY)

        text = client_of(cast.marit).get(f"/terapi/saker/{case.pk}/").content.decode()

        assert "Ingen har saken nå" in text
        assert "Lars Lie er borte til og med 30.11.2026." in text
        assert "ykmeld" not in text


class TestWhoSees:
    def test_the_list_shows_it_to_those_who_work_and_lead_it_till_somebody_has_it_R18(
        self, cast: Cast, lars: Member, berit: Member, leader: Member, client_of: Callable[..., Client]
    ) -> None:
        case = _held(cast, lars)
        place = f"/terapi/lister/{case.group_id}/"
        with pytest.raises(NotFound):
            queries.get_case(actor=therapist("Eva", "Moe", cast.solvik).actor, therapy_id=case.pk, at=MONDAY)
        assert "Ingen har disse nå" not in client_of(leader).get(place).content.decode()

        _away(lars)

        for who in (berit, leader):
            assert queries.get_case(actor=who.actor, therapy_id=case.pk, at=MONDAY) == case
            text = client_of(who).get(place).content.decode()
            assert "Ingen har disse nå" in text
            assert "Olga Hansen" in text

    def test_a_list_elsewhere_sees_nothing_R18(self, cast: Cast, lars: Member) -> None:
        case = _held(cast, lars)
        _away(lars)
        other = therapist("Kari", "Nord", cast.north)

        with pytest.raises(NotFound):
            queries.get_case(actor=other.actor, therapy_id=case.pk, at=MONDAY)
        with pytest.raises(NotFound):
            actions.hand_over(actor=other.actor, therapy_id=case.pk, edition=case.edition, to_id=None, at=MONDAY)


class TestHandOver:
    def test_another_has_it_with_what_was_agreed_and_the_first_reads_no_more_R31(
        self, cast: Cast, lars: Member, berit: Member, client_of: Callable[..., Client]
    ) -> None:
        case = _held(cast, lars, next_on=MONDAY_DATE)
        _away(lars)
        client, path = client_of(cast.marit), f"/terapi/saker/{case.pk}/"
        assert "Gi til Berit Ås" in client.get(path).content.decode()

        answer = client.post(f"{path}gi-videre/", {"edition": case.edition, "to": berit.employee.pk})
        again_pressed = client.post(f"{path}gi-videre/", {"edition": case.edition, "to": berit.employee.pk})

        case.refresh_from_db()
        assert (answer.status_code, again_pressed.status_code) == (302, 409)
        assert (case.state, case.holder, case.next_step, case.next_on) == (
            "TAKEN", berit.employee, "Hjemmebesøk", MONDAY_DATE,
        )  # fmt: skip
        assert get_citizen(actor=again(berit).actor, citizen_id=cast.olga.pk, at=MONDAY) == cast.olga
        with pytest.raises(NotFound):
            get_citizen(actor=again(lars).actor, citizen_id=cast.olga.pk, at=MONDAY)
        assert AskedIn.objects.filter(valid_to=None).get().employee == berit.employee
        assert queries.events_of(case.pk)[0].words == "Lars Lie hadde saken."
        assert AuditEntry.objects.filter(action="therapy.hand_over", subject=str(case)).exists()

    def test_back_on_the_list_it_waits_with_the_deadline_it_had(
        self, cast: Cast, lars: Member, leader: Member, client_of: Callable[..., Client]
    ) -> None:
        case = _held(cast, lars)
        _away(lars)

        answer = client_of(leader).post(f"/terapi/saker/{case.pk}/gi-videre/", {"edition": case.edition, "to": ""})

        due = case.due_on
        case.refresh_from_db()
        assert answer["Location"] == f"/terapi/lister/{case.group_id}/"
        assert (case.state, case.holder, case.opening, case.due_on) == ("WAITING", None, None, due)

    def test_a_therapist_takes_it_herself_in_one_press(
        self, cast: Cast, lars: Member, berit: Member, client_of: Callable[..., Client]
    ) -> None:
        case = _held(cast, lars)
        _away(lars)
        client = client_of(berit)

        assert "Ta saken" in client.get(f"/terapi/saker/{case.pk}/").content.decode()
        client.post(f"/terapi/saker/{case.pk}/gi-videre/", {"edition": case.edition, "to": berit.employee.pk})

        case.refresh_from_db()
        assert case.holder == berit.employee

    def test_what_somebody_who_is_here_has_stays_hers(self, cast: Cast, lars: Member, berit: Member) -> None:
        case = _held(cast, lars)

        with pytest.raises(actions.TherapyRefused):
            actions.hand_over(
                actor=cast.marit.actor, therapy_id=case.pk, edition=case.edition, to_id=berit.employee.pk, at=MONDAY
            )

    def test_only_one_of_the_profession_who_is_here_and_may_see_her_is_offered_R18(
        self, cast: Cast, lars: Member, berit: Member
    ) -> None:
        silje = therapist("Silje", "Strand", cast.solvik, Profession.PHYSIOTHERAPIST)
        ill, kept_away = therapist("Tor", "Dahl", cast.bekkedal), therapist("Una", "Eik", cast.bekkedal)
        busy = therapist("Ada", "Aas", cast.solvik)
        case = _held(cast, lars)
        taken(cast, cast.arne, busy)
        _away(lars)
        _away(ill)
        bar_employee(
            actor=cast.ingrid.actor, citizen_id=cast.olga.pk, employee_id=kept_away.employee.pk, kind="OBJECTION",
            asked_by="Olga selv", reason="", at=MONDAY,
        )  # fmt: skip

        offered = queries.heirs(TherapyCase.objects.get(pk=case.pk), on=MONDAY_DATE)

        assert [(one.name, one.open_cases) for one in offered] == [("Berit Ås", 0), ("Ada Aas", 1)]
        for wrong in (silje, ill, kept_away):
            with pytest.raises(actions.TherapyRefused):
                actions.hand_over(
                    actor=cast.marit.actor, therapy_id=case.pk, edition=case.edition, to_id=wrong.employee.pk,
                    at=MONDAY,
                )  # fmt: skip

    def test_two_at_once_are_told_and_a_care_worker_may_not(self, cast: Cast, lars: Member, berit: Member) -> None:
        case = _held(cast, lars)
        _away(lars)

        with pytest.raises(NotAllowed):
            actions.hand_over(actor=cast.amir.actor, therapy_id=case.pk, edition=case.edition, to_id=None, at=MONDAY)
        with pytest.raises(ChangedMeanwhile):
            actions.hand_over(
                actor=cast.marit.actor, therapy_id=case.pk, edition=case.edition - 1, to_id=None, at=MONDAY
            )

    def test_the_list_asks_as_much_for_many_as_for_one(
        self, cast: Cast, lars: Member, leader: Member, client_of: Callable[..., Client]
    ) -> None:
        taken(cast, cast.olga, lars)
        _away(lars)
        client, place = client_of(leader), f"/terapi/lister/{group(cast.south).pk}/"
        client.get(place)
        with CaptureQueriesContext(connection) as few:
            client.get(place)
        taken(cast, cast.arne, lars)
        with CaptureQueriesContext(connection) as many:
            assert "Arne Kvam" in client.get(place).content.decode()
        assert len(many) == len(few)
