"""The team board, through the outer door: the answer first, nothing that is not so, the same number of questions."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import builders, builders_visits
from tests import builders_planning as build
from tests.cast import TUESDAY_DATE, Cast, Member
from tillit.care.citizens.models import Following
from tillit.care.visits.models import FollowUp, Urgency
from tillit.foundation.organisation.models import TeamMeeting
from tillit.foundation.responsibility.models import Duty, DutyKind, DutyMember
from tillit.foundation.workforce.actions import report_absence
from tillit.foundation.workforce.models import Shift
from tillit.kernel import clock
from tillit.pages.teamboard.contexts.today import going_on, last_day
from tillit.pages.teamboard.rules import enough_to_begin
from tillit.teamwork.planning import actions, queries
from tillit.teamwork.planning.models import DayLists, Proposal, ProposalState
from tillit.ui import formats

SignIn = Callable[[Member], Client]
NOW = build.at(time(7, 42))


@pytest.fixture(autouse=True)
def _tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def morning(cast: Cast) -> build.Morning:
    return build.morning(cast)


def board(client: Client, cast: Cast, more: str = "") -> str:
    answer = client.get(f"/team/{cast.bekkedal.pk}/tavle/{more}")
    assert answer.status_code == 200
    return answer.content.decode()


def board_of(client: Client, unit_id: int) -> str:
    return client.get(f"/team/{unit_id}/tavle/").content.decode()


def give(cast: Cast, morning: build.Morning, visit: Any, to: Member, start: datetime | None = None) -> None:
    where: dict[str, Any] = {"unit_id": morning.unit.pk, "on": morning.on, "shift_kind": "DAY"}
    actions.allocate_visit(
        actor=cast.kari.actor, **where, visit_id=visit.pk, from_employee_id=None, to_employee_id=to.employee.pk,
        starts_at=start, edition=queries.head_of(**where).edition, at=NOW,
    )  # fmt: skip


def publish(cast: Cast, morning: build.Morning) -> None:
    where: dict[str, Any] = {"unit_id": morning.unit.pk, "on": morning.on, "shift_kind": "DAY"}
    actions.publish_lists(actor=cast.kari.actor, **where, edition=queries.head_of(**where).edition, at=NOW)


class TestHeadline:
    def test_before_the_lists_says_what_is_to_be_done(
        self, cast: Cast, morning: build.Morning, client_of: SignIn
    ) -> None:
        page = board(client_of(cast.kari), cast)

        assert "Arbeidslistene for dagen er ikke tatt i bruk" in page
        assert "3 besøk skal fordeles." in page

    def test_somebody_who_goes_without_comes_first_and_is_named(
        self, cast: Cast, morning: build.Morning, client_of: SignIn
    ) -> None:
        give(cast, morning, morning.arne, cast.amir)
        publish(cast, morning)

        page = board(client_of(cast.kari), cast)

        assert "2 besøk mangler noen som kan dra" in page
        assert "Olga Hansen kl. 08.30" in page
        assert "Se forslag til endringer" in page

    def test_is_calm_when_all_is_covered(self, cast: Cast, morning: build.Morning, client_of: SignIn) -> None:
        for visit, who in ((morning.arne, cast.amir), (morning.olga, cast.ingrid), (morning.pair, cast.amir)):
            give(cast, morning, visit, who)
        give(cast, morning, morning.pair, cast.kari)
        publish(cast, morning)

        page = board(client_of(cast.kari), cast)

        assert "Alle besøk i dag har noen som drar" in page
        assert 'data-tone="danger"' not in page

    def test_a_duty_nobody_holds_is_red_R05(self, cast: Cast, morning: build.Morning, client_of: SignIn) -> None:
        for visit, who in ((morning.arne, cast.amir), (morning.olga, cast.ingrid), (morning.pair, cast.amir)):
            give(cast, morning, visit, who)
        give(cast, morning, morning.pair, cast.kari)
        publish(cast, morning)
        duty = Duty.objects.create(
            unit=cast.bekkedal, kind=DutyKind.MESSAGES, name="Meldinger", valid_from=builders.LONG_AGO
        )
        assert "1 vakt har ingen i dag: meldinger" in board(client_of(cast.kari), cast)

        DutyMember.objects.create(duty=duty, employee=cast.ingrid.employee, rank=0)

        page = board(client_of(cast.kari), cast)
        assert "har ingen i dag" not in page
        assert "Meldinger" in page

    def test_a_proposal_from_before_the_absence_is_not_the_way_out_R24(
        self, cast: Cast, morning: build.Morning, client_of: SignIn
    ) -> None:
        give(cast, morning, morning.arne, cast.amir)
        publish(cast, morning)
        lists = DayLists.objects.get()
        Proposal.objects.create(
            lists=lists, state=ProposalState.READY, asked_at=NOW, based_on_edition=lists.edition, summary={}
        )
        page = board(client_of(cast.kari), cast)
        assert "Se forslaget" in page and "Be om nytt forslag" not in page

        report_absence(
            actor=cast.marit.actor, employee_id=cast.amir.employee.pk, kind="SELF_CERTIFIED",
            valid_from=morning.on, valid_to=morning.on + timedelta(days=1), at=NOW,
        )  # fmt: skip

        page = board(client_of(cast.kari), cast)
        assert "Be om nytt forslag" in page
        assert "Se forslaget" not in page
        assert f"/team/{morning.unit.pk}/arbeidslister/{morning.on}/DAY/forslag/" in page

    def test_on_a_day_without_shifts_leads_to_the_next_day_with_some(
        self, cast: Cast, morning: build.Morning, client_of: SignIn
    ) -> None:
        Shift.objects.all().update(on=TUESDAY_DATE + timedelta(days=1))
        build.open_visit(cast.arne, cast.bekkedal, TUESDAY_DATE + timedelta(days=1))

        page = board(client_of(cast.kari), cast)

        assert "Ingen har vakt i dag" in page
        assert "De neste vaktene er i morgen. Da er det 1 besøk å fordele." in page
        assert f"/team/{cast.bekkedal.pk}/arbeidslister/{TUESDAY_DATE + timedelta(days=1)}/DAY/" in page
        assert "av 0,0 timer" not in page
        assert "ti-gauge__over" not in page

    def test_with_shifts_in_the_past_only_leads_to_the_shifts(
        self, cast: Cast, morning: build.Morning, client_of: SignIn
    ) -> None:
        Shift.objects.all().update(on=TUESDAY_DATE - timedelta(days=9))

        page = board(client_of(cast.kari), cast)

        assert "Ingen har vakt de neste dagene" in page
        assert f'href="/team/{cast.bekkedal.pk}/vaktliste/"' in page


class TestPeople:
    def test_are_where_the_list_in_use_says(self, cast: Cast, morning: build.Morning, client_of: SignIn) -> None:
        give(cast, morning, morning.arne, cast.amir)
        client = client_of(cast.kari)
        assert "skal til Arne Kvam" not in board(client, cast)  # a draft says nothing of where people are

        publish(cast, morning)

        assert "skal til Arne Kvam kl. 08.30" in board(client, cast)

    def test_why_somebody_is_away_is_not_told(self, cast: Cast, morning: build.Morning, client_of: SignIn) -> None:
        builders.absence(cast.amir.employee, morning.on, reported_at=NOW)

        page = board(client_of(cast.kari), cast)

        assert "1 borte" in page
        assert "Finn erstatter" in page
        assert "Egenmelding" not in page


class TestWaiting:
    def test_shows_changes_goals_and_newcomers_with_what_they_lack(
        self, cast: Cast, morning: build.Morning, client_of: SignIn
    ) -> None:
        builders_visits.follow_up(cast.arne, cast.amir.employee, cast.ingrid.employee, NOW)
        Following.objects.filter(citizen=cast.olga).update(valid_from=TUESDAY_DATE - timedelta(days=2))

        page = board(client_of(cast.kari), cast)

        assert "Endring å følge opp" in page
        assert "Olga Hansen mangler primærkontakt og samtale om hva som er viktig" in page
        assert "Brukere uten tiltaksplan" in page

    @pytest.mark.parametrize("late", [timedelta(hours=3), timedelta(hours=12), timedelta(days=3)])
    def test_what_is_late_is_red_and_says_the_same_on_board_list_and_phone_R18(
        self, cast: Cast, morning: build.Morning, client_of: SignIn, late: timedelta
    ) -> None:
        told = builders_visits.follow_up(cast.arne, cast.amir.employee, cast.ingrid.employee, NOW - timedelta(days=9))
        FollowUp.objects.filter(pk=told.pk).update(due_at=NOW - late)
        text = formats.deadline_at(NOW - late, now=NOW).text

        board_, everything = (board(client_of(cast.ingrid), cast, more) for more in ("", "venter/"))
        phone = client_of(cast.ingrid).get("/min-dag/").content.decode()

        for page in (board_, everything, phone):
            assert _states_of(page, text) == {"over"}

    def test_the_meetings_agenda_fills_itself_R09(self, cast: Cast, morning: build.Morning, client_of: SignIn) -> None:
        TeamMeeting.objects.create(
            unit=cast.bekkedal, name="Teammøte", weekdays="2", starts=time(14), minutes=30,
            valid_from=builders.LONG_AGO,
        )  # fmt: skip
        page = board(client_of(cast.kari), cast)
        assert "Teammøte kl. 14.00" in page and "Ingen saker ennå" in page

        builders_visits.follow_up(
            cast.arne, cast.amir.employee, None, NOW, words="Går lenger nå.", urgency=Urgency.MEETING
        )

        page = board(client_of(cast.kari), cast)
        assert "Går lenger nå." in page and "1 sak" in page


def _states_of(page: str, text: str) -> set[str]:
    """How the deadlines with this text are drawn: data-state of the element that holds it."""
    found = re.findall(r'data-state="(\w*)"[^>]*>(?:(?!data-state).)*?' + re.escape(text), page, re.DOTALL)
    return set(found)


class TestWall:
    def test_shows_first_name_and_initial_only(self, cast: Cast, morning: build.Morning, client_of: SignIn) -> None:
        give(cast, morning, morning.arne, cast.amir)
        publish(cast, morning)

        page = board(client_of(cast.kari), cast, "vegg/")

        assert "Olga H. kl. 08.30" in page
        assert "skal til Arne K." in page
        assert "Hansen" not in page and "Kvam" not in page

    def test_renews_only_itself(self, cast: Cast, morning: build.Morning, client_of: SignIn) -> None:
        answer = client_of(cast.kari).get(f"/team/{cast.bekkedal.pk}/tavle/vegg/", headers={"HX-Request": "true"})

        assert "<!DOCTYPE" not in answer.content.decode()

    def test_after_midnight_is_the_night_that_goes_on(
        self, cast: Cast, morning: build.Morning, client_of: SignIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        Shift.objects.update(kind="NIGHT")
        monkeypatch.setattr(clock, "now", lambda: build.at(time(1, 10), TUESDAY_DATE + timedelta(days=1)))

        for more in ("", "vegg/"):
            assert "Natt til onsdag 25. november" in board(client_of(cast.kari), cast, more)
        assert "0 besøk i natt" in board(client_of(cast.kari), cast)  # the day's three are over

    def test_late_in_a_team_without_nights_the_coming_day_is_tomorrow(
        self, cast: Cast, morning: build.Morning, client_of: SignIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(clock, "now", lambda: build.at(time(23, 30), TUESDAY_DATE - timedelta(days=1)))

        page = board(client_of(cast.kari), cast)

        assert "Tirsdag 24. november" in page
        assert "3 besøk i morgen" in page
        assert "i dag" not in page[page.index("<h1") : page.index('id="paajobb"')]


class TestDoor:
    def test_of_another_team_is_not_found(self, cast: Cast, client_of: SignIn) -> None:
        assert client_of(cast.nils).get(f"/team/{cast.bekkedal.pk}/tavle/").status_code == 404
        assert client_of(cast.admin).get(f"/team/{cast.bekkedal.pk}/tavle/").status_code == 403
        assert client_of(cast.marit).get(f"/team/{cast.bekkedal.pk}/tavle/").status_code == 200

    def test_an_empty_team_is_told_what_to_do_first(self, cast: Cast, client_of: SignIn) -> None:
        answer = client_of(cast.marit).get(f"/team/{cast.solvik.pk}/tavle/")

        page = answer.content.decode()
        assert "Teamet er nytt. Dette gjør dere først" in page
        assert "/import/" in page

    def test_a_team_without_shifts_is_told_to_put_people_on_them_R02(
        self, cast: Cast, morning: build.Morning, client_of: SignIn
    ) -> None:
        Shift.objects.all().delete()

        page = board(client_of(cast.kari), cast)

        steps = re.findall(r"<li>(.*?)</li>", page[page.index('id="forst"') :], re.DOTALL)[:5]
        done = ["Ikke gjort" not in step for step in steps]
        assert [text for text, ok in zip(steps, done, strict=True) if "Legg inn vaktene" in text and not ok]
        assert done[:3] == [True, True, True]
        assert "3 medarbeidere" in steps[0]

    def test_one_employee_is_a_number_and_no_tick_R02(self, cast: Cast, client_of: SignIn) -> None:
        page = board_of(client_of(cast.marit), cast.solvik.pk)  # Nils alone

        first = page[page.index('id="forst"') :].partition("</li>")[0]
        assert "1 medarbeider" in first
        assert "Ikke gjort" in first

    def test_asks_the_database_as_often_for_a_large_team(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.kari)
        build.town(cast, citizens=6)
        board(client, cast)

        with CaptureQueriesContext(connection) as few:
            board(client, cast)
        for number in range(60):
            someone = builders.citizen("Ny", f"Navnesen{number}", cast.bekkedal, serial=100 + number * 5)
            build.open_visit(someone, cast.bekkedal)
        with CaptureQueriesContext(connection) as many:
            board(client, cast)

        assert len(many) == len(few)


class TestEnough:
    @pytest.mark.parametrize(
        ("people", "minutes", "enough"),
        [(0, 0, False), (1, 0, False), (1, 60, False), (2, 0, True), (2, 14 * 60, True), (2, 14 * 60 + 1, False)],
    )
    def test_is_two_and_as_many_as_the_fullest_day_needs(self, people: int, minutes: int, enough: bool) -> None:
        assert enough_to_begin(people, busiest_minutes=minutes) is enough


class TestDays:
    @pytest.mark.parametrize(
        ("on", "last"),
        [
            (date(2026, 11, 24), date(2026, 11, 29)),  # Tuesday: to Sunday
            (date(2026, 11, 26), date(2026, 11, 29)),
            (date(2026, 11, 28), date(2026, 12, 3)),  # Saturday: five days on
        ],
    )
    def test_the_table_goes_to_sunday_or_some_days_on(self, on: date, last: date) -> None:
        assert last_day(on) == last

    def test_a_team_without_nights_sees_the_coming_day(self) -> None:
        monday, tuesday = TUESDAY_DATE - timedelta(days=1), TUESDAY_DATE

        assert going_on({(tuesday, "DAY"): 1}, monday, "NIGHT") == (tuesday, "DAY")
        assert going_on({(monday, "NIGHT"): 1, (tuesday, "DAY"): 1}, monday, "NIGHT") == (monday, "NIGHT")
        assert going_on({}, tuesday, "DAY") == (tuesday, "DAY")


class TestEverythingThatWaits:
    def test_names_each_one_the_board_counts(self, cast: Cast, client_of: SignIn, morning: build.Morning) -> None:
        for citizen in (cast.olga, cast.arne):
            builders_visits.follow_up(citizen, cast.amir.employee, cast.ingrid.employee, NOW)

        page = board(client_of(cast.amir), cast, "venter/")

        assert "Olga Hansen" in page
        assert "Arne Kvam" in page
        assert "Per Fjell" not in page
        assert f"/team/{cast.bekkedal.pk}/tavle/venter/#endringer" in board(client_of(cast.amir), cast)

    def test_says_so_when_nothing_waits_and_is_out_of_reach_for_others(self, cast: Cast, client_of: SignIn) -> None:
        assert "Ingen åpne endringer." in board(client_of(cast.amir), cast, "venter/")
        assert client_of(cast.frida).get(f"/team/{cast.bekkedal.pk}/tavle/venter/").status_code == 404
