from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import builders, builders_visits
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY_DATE, Cast, Member
from tillit.care.citizens.models import Responsible, ResponsibleKind
from tillit.care.visits.models import Visit, VisitReport, VisitState
from tillit.foundation.access.models import AccessEntry, AuditEntry
from tillit.pages.myday.contexts.visit import VisitPage

SignIn = Callable[[Member], Client]
SetClock = Callable[[datetime], None]


@pytest.fixture
def visit(cast: Cast) -> Visit:
    """Amir goes to Olga at 08.40 on Monday."""
    return builders_visits.visit(cast.olga, cast.bekkedal, MONDAY_DATE, cast.amir.employee)


@pytest.fixture
def amir(cast: Cast, client_of: SignIn) -> Client:
    """Amir's phone."""
    return client_of(cast.amir)


def shown(client: Client, visit: Visit) -> VisitPage:
    found: VisitPage = client.get(f"/min-dag/besok/{visit.pk}/").context["page"]
    return found


def say(client: Client, visit: Visit, *, key: str = "one", **said: object) -> HttpResponse:
    answer = client.post(f"/min-dag/besok/{visit.pk}/ferdig/", {"press_key": key, **said})
    assert isinstance(answer, HttpResponse)
    return answer


class TestOpeningAVisit:
    def test_clocks_nothing_R29(self, amir: Client, visit: Visit) -> None:
        before = {field.name: getattr(visit, field.name) for field in Visit._meta.concrete_fields}

        assert amir.get(f"/min-dag/besok/{visit.pk}/").status_code == 200

        visit.refresh_from_db()
        assert {field.name: getattr(visit, field.name) for field in Visit._meta.concrete_fields} == before
        assert not VisitReport.objects.exists() and not AuditEntry.objects.exists()
        assert AccessEntry.objects.get().citizen_id == visit.citizen_id

    def test_of_another_team_is_not_found(self, cast: Cast, client_of: SignIn, visit: Visit) -> None:
        nils, amir = client_of(cast.nils), client_of(cast.amir)
        for address in ("", "endret/"):
            assert amir.get(f"/min-dag/besok/{visit.pk}/{address}").status_code == 200
            assert nils.get(f"/min-dag/besok/{visit.pk}/{address}").status_code == 404
        for address in ("ferdig/", "angre/", "kode/", "endret/"):
            assert nils.post(f"/min-dag/besok/{visit.pk}/{address}", {"press_key": "k"}).status_code == 404
        assert not VisitReport.objects.exists()

    def test_shows_tasks_with_their_goals_and_the_goal_s_question(self, amir: Client, visit: Visit) -> None:
        builders_visits.task(
            visit, "Gå til postkassa", how="La henne gå foran.", goal_words="Hente posten selv", rank=2
        )

        page = shown(amir, visit)

        assert page.tasks is not None and page.goal_question is not None
        assert [(task.name, task.goal) for task in page.tasks.tasks] == [
            ("Morgenstell", ""),
            ("Gå til postkassa", "Hente posten selv"),
        ]
        assert "Hente posten selv" in page.goal_question.legend

    def test_asks_nothing_about_goals_when_no_task_serves_one(self, amir: Client, visit: Visit) -> None:
        assert shown(amir, visit).goal_question is None

    def test_shows_the_three_newest_notes_and_who_wrote_them(self, cast: Cast, amir: Client, visit: Visit) -> None:
        for days in range(1, 5):
            earlier = builders_visits.visit(
                cast.olga, cast.bekkedal, MONDAY_DATE - timedelta(days=days), cast.kari.employee
            )
            builders_visits.report(earlier, cast.kari.employee, MONDAY - timedelta(days=days), note=f"Notat {days}")

        notes = shown(amir, visit).notes

        assert [(note.who, note.text) for note in notes] == [
            ("Kari Nilsen", "Notat 1"),
            ("Kari Nilsen", "Notat 2"),
            ("Kari Nilsen", "Notat 3"),
        ]

    def test_gives_the_primary_contact_s_phone(self, cast: Cast, amir: Client, visit: Visit) -> None:
        cast.kari.employee.phone = "912 34 567"
        cast.kari.employee.save()
        Responsible.objects.create(
            citizen=cast.olga,
            employee=cast.kari.employee,
            kind=ResponsibleKind.PRIMARY_CONTACT,
            valid_from=builders.LONG_AGO,
        )

        page = shown(amir, visit)

        assert page.primary is not None and page.primary.mark.name == "Kari Nilsen"
        assert (page.primary_href, page.call_href) == ("tel:91234567", "tel:90000000")

    def test_says_with_whom(self, cast: Cast, amir: Client) -> None:
        visit = builders_visits.visit(cast.olga, cast.bekkedal, MONDAY_DATE, cast.amir.employee, cast.ingrid.employee)

        assert [person.mark.name for person in shown(amir, visit).with_whom] == ["Ingrid Solheim"]

    def test_takes_the_same_number_of_queries_for_any_history(self, cast: Cast, amir: Client, visit: Visit) -> None:
        def queries() -> int:
            with CaptureQueriesContext(connection) as captured:
                shown(amir, visit)
            return len(captured)

        def earlier(number: int) -> None:
            found = builders_visits.visit(
                cast.olga, cast.bekkedal, MONDAY_DATE - timedelta(days=number), cast.kari.employee, tasks=("A", "B")
            )
            builders_visits.report(found, cast.kari.employee, MONDAY - timedelta(days=number), note="Notat")

        earlier(1)
        few = queries()
        for number in range(2, 13):
            earlier(number)
            builders_visits.follow_up(cast.olga, cast.kari.employee, None, MONDAY)

        assert queries() == few <= 44


class TestDoneAsPlanned:
    def test_is_one_press_and_can_be_undone(self, amir: Client, visit: Visit) -> None:
        """From Min dag: open and finish, two presses. Nothing has to be filled in."""
        answer = say(amir, visit, outcome="AS_PLANNED")
        visit.refresh_from_db()
        done = visit.state
        page = amir.get("/min-dag/").content.decode()
        amir.post(f"/min-dag/besok/{visit.pk}/angre/?key=undo-one")

        visit.refresh_from_db()
        assert (answer.status_code, answer["Location"]) == (302, "/min-dag/")
        assert done == VisitState.DONE and visit.state == VisitState.PLANNED
        assert "Besøket er lagret." in page and f"/min-dag/besok/{visit.pk}/angre/?key=undo-one" in page

    def test_the_same_press_twice_is_one_report(self, amir: Client, visit: Visit) -> None:
        say(amir, visit, outcome="AS_PLANNED")
        again = say(amir, visit, outcome="AS_PLANNED")

        assert again.status_code == 302
        assert VisitReport.objects.count() == 1

    def test_undoing_twice_takes_back_one_report(self, amir: Client, visit: Visit) -> None:
        say(amir, visit, key="one", outcome="AS_PLANNED", note="Først")
        say(amir, visit, key="two", outcome="AS_PLANNED", note="Så")
        for _press in range(2):
            amir.post(f"/min-dag/besok/{visit.pk}/angre/?key=undo-two")

        visit.refresh_from_db()
        assert visit.state == VisitState.DONE
        assert amir.get(f"/min-dag/besok/{visit.pk}/").context["form"]["note"].value() == "Først"

    def test_undoing_when_there_is_nothing_says_so(self, amir: Client, visit: Visit) -> None:
        assert amir.post(f"/min-dag/besok/{visit.pk}/angre/").status_code == 409

    def test_what_was_written_stands_there_after_undo_and_only_then(self, amir: Client, visit: Visit) -> None:
        say(amir, visit, outcome="AS_PLANNED", note="Gikk ned trappa.")
        amir.post(f"/min-dag/besok/{visit.pk}/angre/?key=undo-one")

        first = amir.get(f"/min-dag/besok/{visit.pk}/").context["form"]["note"].value()
        later = amir.get(f"/min-dag/besok/{visit.pk}/").context["form"]["note"].value()

        assert (first, later) == ("Gikk ned trappa.", None)

    def test_keeps_note_and_how_it_went_with_the_goal(self, amir: Client, visit: Visit) -> None:
        say(amir, visit, outcome="AS_PLANNED", note=" Fornøyd. ", goal_trend="EASIER")

        report = VisitReport.objects.get()
        assert (report.outcome, report.note, report.goal_trend) == ("AS_PLANNED", "Fornøyd.", "EASIER")

    def test_ticks_are_the_helper_s_own_memory(self, amir: Client, visit: Visit) -> None:
        task = visit.tasks.get()

        say(amir, visit, outcome="AS_PLANNED", done=[task.pk])

        report = VisitReport.objects.get()
        assert (report.outcome, report.not_done) == ("AS_PLANNED", [])

    def test_lets_the_browser_forget_its_copy_of_the_text_once(self, amir: Client, visit: Visit) -> None:
        say(amir, visit, outcome="AS_PLANNED", note="Noe")

        tag = f'<meta name="tillit-saved" content="visit-{visit.pk}">'
        assert tag in amir.get("/min-dag/").content.decode()
        assert tag not in amir.get("/min-dag/").content.decode()

    def test_from_the_card_leaves_a_text_that_was_not_sent_where_it_is(self, amir: Client, visit: Visit) -> None:
        say(amir, visit, outcome="AS_PLANNED")

        assert "tillit-saved" not in amir.get("/min-dag/").content.decode()

    def test_of_an_earlier_day_goes_back_to_that_day(self, cast: Cast, amir: Client) -> None:
        friday = date(2026, 11, 20)
        visit = builders_visits.visit(cast.olga, cast.bekkedal, friday, cast.amir.employee)

        assert say(amir, visit, outcome="AS_PLANNED")["Location"] == "/min-dag/2026-11-20/"


class TestSomethingWasDifferent:
    def test_says_what_was_not_done_and_how_long_it_took_R29(self, amir: Client, visit: Visit) -> None:
        task = visit.tasks.get()

        say(amir, visit, outcome="DIFFERENT", not_done=[task.pk], time_step="15")

        report = VisitReport.objects.get()
        assert (report.outcome, report.not_done, report.minutes) == ("DIFFERENT", [task.pk], 45)

    def test_how_long_is_one_press_that_saves_R29(self, amir: Client, visit: Visit) -> None:
        assert [press.value for press in shown(amir, visit).time_presses] == ["-15", "-5", "5", "15", "30"]

        say(amir, visit, time_step="15")

        report = VisitReport.objects.get()
        assert (report.outcome, report.minutes) == ("DIFFERENT", 45)

    def test_a_time_that_was_said_is_kept_by_whoever_corrects_the_words(self, amir: Client, visit: Visit) -> None:
        say(amir, visit, time_step="15")

        page = shown(amir, visit)
        assert page.time_presses == ()
        assert [option.value for option in page.time_steps.options if option.checked] == ["15"]

    def test_time_is_never_stored_unless_somebody_says_it(self, amir: Client, visit: Visit) -> None:
        say(amir, visit, outcome="DIFFERENT", note="Vi tok lufting først.", time_step="0")

        assert VisitReport.objects.get().minutes is None

    def test_filled_in_counts_for_more_than_the_button(self, amir: Client, visit: Visit) -> None:
        task = visit.tasks.get()

        say(amir, visit, outcome="AS_PLANNED", not_done=[task.pk])

        assert VisitReport.objects.get().outcome == "DIFFERENT"

    def test_without_saying_what_is_asked_again(self, amir: Client, visit: Visit) -> None:
        answer = say(amir, visit, outcome="DIFFERENT")

        assert answer.status_code == 422
        assert "Si hva som ble annerledes" in answer.content.decode()
        assert not VisitReport.objects.exists()

    def test_what_was_typed_is_kept_when_something_is_wrong(self, amir: Client, visit: Visit) -> None:
        answer = say(amir, visit, key="mine", outcome="AS_PLANNED", note="Det jeg skrev", goal_trend="LOUDER")

        text = answer.content.decode()
        assert answer.status_code == 422
        assert "Det jeg skrev" in text and 'name="press_key" value="mine"' in text

    def test_a_task_of_another_visit_is_refused(self, cast: Cast, amir: Client, visit: Visit) -> None:
        other = builders_visits.visit(cast.arne, cast.bekkedal, MONDAY_DATE, cast.amir.employee)

        assert say(amir, visit, outcome="DIFFERENT", not_done=[other.tasks.get().pk]).status_code == 422

    def test_short_visits_are_not_asked_to_be_shorter_than_they_can(self, cast: Cast, amir: Client) -> None:
        visit = builders_visits.visit(cast.olga, cast.bekkedal, MONDAY_DATE, cast.amir.employee, minutes=10)

        assert [option.value for option in shown(amir, visit).time_steps.options] == ["0", "-5", "5", "15", "30"]
        assert say(amir, visit, outcome="DIFFERENT", time_step="-15").status_code == 422


class TestTheVisitDidNotHappen:
    def test_is_one_press_with_by_whom(self, amir: Client, visit: Visit) -> None:
        say(amir, visit, cancelled_by="CITIZEN", note="Hun ville sove.")

        visit.refresh_from_db()
        report = VisitReport.objects.get()
        assert (visit.state, report.outcome, report.cancelled_by, report.note) == (
            "CANCELLED", "CANCELLED", "CITIZEN", "Hun ville sove.",
        )  # fmt: skip

    def test_that_the_plan_took_it_away_is_nobody_s_to_say(self, amir: Client, visit: Visit) -> None:
        assert "PLAN" not in [button.value for button in shown(amir, visit).cancel_buttons]
        assert say(amir, visit, cancelled_by="PLAN").status_code == 422


class TestCorrecting:
    def test_adds_a_new_report_and_keeps_the_old(self, amir: Client, visit: Visit) -> None:
        say(amir, visit, key="one", outcome="AS_PLANNED", note="Feil navn")
        page = shown(amir, visit)
        form = amir.get(f"/min-dag/besok/{visit.pk}/").context["form"]
        say(amir, visit, key="two", outcome="AS_PLANNED", note="Rett navn")

        assert page.told is not None and page.told.title == "Besøket er ferdig"
        assert form["note"].value() == "Feil navn"
        assert list(VisitReport.objects.order_by("pk").values_list("note", flat=True)) == ["Feil navn", "Rett navn"]

    def test_a_cancelled_visit_can_be_done_after_all(self, amir: Client, visit: Visit) -> None:
        say(amir, visit, key="one", cancelled_by="NOT_HOME")
        say(amir, visit, key="two", outcome="AS_PLANNED")

        visit.refresh_from_db()
        assert visit.state == VisitState.DONE


class TestBeforeItsDay:
    def test_there_is_nothing_to_finish(self, cast: Cast, amir: Client) -> None:
        visit = builders_visits.visit(cast.olga, cast.bekkedal, TUESDAY_DATE, cast.amir.employee)

        answer = amir.get(f"/min-dag/besok/{visit.pk}/")

        assert not answer.context["page"].may_report
        assert "Ferdig som planlagt" not in answer.content.decode()


class TestDoorCode:
    @pytest.fixture(autouse=True)
    def _code(self, cast: Cast) -> None:
        cast.olga.homes.update(door_code="4711#", way_in="Ring på først")

    def test_is_shown_on_a_press_that_is_written_down(self, cast: Cast, amir: Client, visit: Visit) -> None:
        opened = amir.get(f"/min-dag/besok/{visit.pk}/").content.decode()
        answer = amir.post(f"/min-dag/besok/{visit.pk}/kode/")

        assert "4711" not in opened and "4711#" in answer.content.decode()
        assert AuditEntry.objects.get().action == "citizens.show_door_code"
        assert "4711" not in str(AuditEntry.objects.get().change)

    def test_comes_alone_to_htmx_and_is_kept_nowhere(self, amir: Client, visit: Visit) -> None:
        answer = amir.post(f"/min-dag/besok/{visit.pk}/kode/", headers={"HX-Request": "true"})

        assert "4711#" in answer.content.decode() and "<html" not in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]

    def test_cannot_be_had_by_a_link(self, amir: Client, visit: Visit) -> None:
        assert amir.get(f"/min-dag/besok/{visit.pk}/kode/").status_code == 405


class TestAtNight:
    def test_a_visit_after_midnight_can_be_finished_the_same_night(
        self, cast: Cast, amir: Client, at: SetClock
    ) -> None:
        visit = builders_visits.visit(
            cast.olga, cast.bekkedal, MONDAY_DATE, cast.amir.employee, at=time(1), next_day=True
        )
        at(visit.earliest_at)

        assert shown(amir, visit).may_report
        say(amir, visit, outcome="AS_PLANNED")
        visit.refresh_from_db()
        assert visit.state == VisitState.DONE
