from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY_DATE, Cast, Member
from tillit.foundation.workforce.models import Absence, Profession, Shift

pytestmark = pytest.mark.usefixtures("on_monday")

SignIn = Callable[[Member], Client]


def week_of(client: Client, cast: Cast) -> str:
    answer = client.get(reverse("workforce:shifts", args=[cast.bekkedal.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


class TestShiftsPage:
    def test_shows_who_is_at_work_when_R26(self, cast: Cast, client_of: SignIn) -> None:
        builders.shift(cast.ingrid.employee, cast.bekkedal, MONDAY_DATE)
        builders.shift(cast.amir.employee, cast.bekkedal, MONDAY_DATE)
        builders.absence(cast.amir.employee, MONDAY_DATE, reported_at=MONDAY)

        page = week_of(client_of(cast.ingrid), cast)

        assert "1 er på jobb i dag. 1 som skulle vært på vakt, er borte." in page
        assert "07.30–15.00" in page

    def test_shows_why_to_leaders_and_the_one_concerned_only(self, cast: Cast, client_of: SignIn) -> None:
        builders.absence(cast.amir.employee, MONDAY_DATE, reported_at=MONDAY)

        assert "Egenmelding" not in week_of(client_of(cast.ingrid), cast)
        assert "Amir Rahimi" in week_of(client_of(cast.ingrid), cast)
        assert "Egenmelding" in week_of(client_of(cast.marit), cast)
        assert "Egenmelding" in week_of(client_of(cast.amir), cast)

    def test_is_not_there_for_other_teams(self, cast: Cast, client_of: SignIn) -> None:
        answer = client_of(cast.frida).get(reverse("workforce:shifts", args=[cast.bekkedal.pk]))

        assert answer.status_code == 404

    def test_an_empty_week_says_where_shifts_come_from(self, cast: Cast, client_of: SignIn) -> None:
        assert "Ingen vakter denne uka" in week_of(client_of(cast.ingrid), cast)

    @pytest.mark.parametrize("day", ["2026-13-01", "x", "2026-11-30"])
    def test_any_day_in_the_address_gives_a_week(self, cast: Cast, client_of: SignIn, day: str) -> None:
        answer = client_of(cast.ingrid).get(reverse("workforce:shifts", args=[cast.bekkedal.pk]), {"day": day})

        assert ("Uke 49" if day == "2026-11-30" else "Uke 48") in answer.content.decode()

    def test_asks_the_same_few_questions_for_5_and_50_members(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.marit)

        def cost() -> int:
            with CaptureQueriesContext(connection) as found:
                week_of(client, cast)
            return len(found)

        for people in range(5):
            worker = builders.employee("Vera", f"V{people}", Profession.NURSE, cast.bekkedal)
            builders.shift(worker, cast.bekkedal, MONDAY_DATE)
        builders.absence(worker, MONDAY_DATE, reported_at=MONDAY)
        few = cost()
        for people in range(5, 50):
            worker = builders.employee("Vera", f"V{people}", Profession.NURSE, cast.bekkedal)
            builders.shift(worker, cast.bekkedal, MONDAY_DATE)
            builders.absence(worker, MONDAY_DATE, reported_at=MONDAY)

        assert cost() == few


class TestReportAbsence:
    def report(self, client: Client, cast: Cast, **typed: str) -> int:
        form = {"kind": "SELF_CERTIFIED", "first": "23.11.2026", "last": "23.11.2026", **typed}
        return client.post(reverse("workforce:report-absence", args=[cast.bekkedal.pk]), form).status_code

    def test_a_member_reports_for_herself_without_being_asked_who(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.ingrid)
        shown = client.get(reverse("workforce:report-absence", args=[cast.bekkedal.pk])).content.decode()

        assert "Hvem er borte?" not in shown
        assert "Ferie" not in shown
        assert self.report(client, cast, employee=str(cast.amir.employee.pk)) == 302
        absence = Absence.objects.get()
        assert (absence.employee, absence.valid_to) == (cast.ingrid.employee, TUESDAY_DATE)

    @pytest.mark.parametrize(
        ("back", "goes_to"), [("/team/1/tavle/", "/team/1/tavle/"), ("https://example.org/", "/vaktliste/")]
    )
    def test_ends_where_it_began_and_never_elsewhere(
        self, cast: Cast, client_of: SignIn, back: str, goes_to: str
    ) -> None:
        address = reverse("workforce:report-absence", args=[cast.bekkedal.pk])
        form = {"kind": "SELF_CERTIFIED", "first": "23.11.2026", "last": "23.11.2026"}

        answer = client_of(cast.ingrid).post(f"{address}?{urlencode({'tilbake': back})}", form)

        assert goes_to in answer["Location"]
        assert "example.org" not in answer["Location"]

    def test_an_open_end_is_until_further_notice(self, cast: Cast, client_of: SignIn) -> None:
        assert self.report(client_of(cast.ingrid), cast, last="") == 302

        assert Absence.objects.get().valid_to is None
        assert "fra 23.11. til videre" in week_of(client_of(cast.ingrid), cast)

    def test_a_leader_reports_for_the_team(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.marit)
        assert self.report(client, cast) == 422
        assert self.report(client, cast, employee=str(cast.frida.employee.pk)) == 422
        assert self.report(client, cast, employee=str(cast.amir.employee.pk), kind="HOLIDAY") == 302

        assert Absence.objects.get().employee == cast.amir.employee

    @pytest.mark.parametrize(
        "typed", [{"last": "22.11.2026"}, {"first": "31.02.2026"}, {"kind": "HOLIDAY"}, {"first": ""}]
    )
    def test_what_cannot_be_is_told_and_nothing_is_stored(
        self, cast: Cast, client_of: SignIn, typed: dict[str, str]
    ) -> None:
        assert self.report(client_of(cast.ingrid), cast, **typed) == 422
        assert not Absence.objects.exists()

    def test_is_extended_and_taken_back_by_the_one_concerned(self, cast: Cast, client_of: SignIn) -> None:
        absence = builders.absence(cast.ingrid.employee, MONDAY_DATE, reported_at=MONDAY)
        extend = reverse("workforce:extend-absence", args=[cast.bekkedal.pk, absence.pk])
        withdraw = reverse("workforce:withdraw-absence", args=[cast.bekkedal.pk, absence.pk])
        client = client_of(cast.ingrid)

        edition = client.get(extend).context["form"]["edition"].value()
        assert client.post(extend, {"last": "22.11.2026", "edition": edition}).status_code == 422
        assert client.post(extend, {"last": "25.11.2026", "edition": edition}).status_code == 302
        assert client_of(cast.amir).post(extend, {"last": ""}).status_code == 404
        assert client_of(cast.amir).post(withdraw).status_code == 404
        assert client.post(withdraw).status_code == 302
        assert not Absence.objects.exists()


class TestExtraShift:
    def typed(self, member: Member, **other: str) -> dict[str, str]:
        return {
            "employee": str(member.employee.pk), "on": "24.11.2026", "kind": "NIGHT", "starts": "22.00",
            "ends": "07.30", **other,
        }  # fmt: skip

    def test_the_leader_adds_one_also_for_somebody_from_another_team_R26(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.marit)
        address = reverse("workforce:add-shift", args=[cast.bekkedal.pk])

        assert "Frida Moe, Team Fjelldal" in client.get(address).content.decode()
        assert client.post(address, self.typed(cast.frida)).status_code == 302

        shift = Shift.objects.get()
        assert (shift.on, shift.is_extra, shift.ends_at - shift.starts_at) == (TUESDAY_DATE, True, timedelta(hours=9.5))
        assert client.post(address, self.typed(cast.frida)).status_code == 422
        assert client.post(reverse("workforce:remove-shift", args=[cast.bekkedal.pk, shift.pk])).status_code == 302
        assert not Shift.objects.exists()

    def test_members_do_not(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.ingrid)

        address = reverse("workforce:add-shift", args=[cast.bekkedal.pk])

        assert client.post(address, self.typed(cast.amir)).status_code == 403
        assert "Legg til en vakt" not in week_of(client, cast)
        assert "Legg til en vakt" in week_of(client_of(cast.marit), cast)
