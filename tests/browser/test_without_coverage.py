"""Min dag without coverage, in a real browser: the day is there, what is done is queued, sent once, and shown (R12)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Route, expect

from tests import builders
from tests.browser.carried import (
    DUMP,
    HAS_PACKET,
    KEPT,
    ON,
    OpenPage,
    all_sent,
    on_his_way,
    sign_in,
    until,
    with_the_day,
)
from tests.browser.chromium import overflow, violations
from tests.cast import Cast
from tillit.care.visits.models import FollowUp, Visit, VisitReport, VisitState
from tillit.foundation.delivery.models import Phone
from tillit.kernel import clock
from tillit.teamwork.planning.actions import publish_lists

pytestmark = pytest.mark.browser

#: The phone's signing key lies open always: it opens nothing.
SIGNER = '"signer":"key, extractable false"'


@pytest.fixture
def visit(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Visit:
    return on_his_way(cast, monkeypatch)


class TestBetweenColleaguesWithoutCoverage:
    def test_a_visit_that_is_given_as_the_coverage_goes_is_given_when_it_is_back_R24(
        self, house: str, cast: Cast, visit: Visit, open_page: OpenPage
    ) -> None:
        builders.shift(cast.kari.employee, cast.bekkedal, ON)
        publish_lists(
            actor=cast.kari.actor, unit_id=cast.bekkedal.pk, on=ON, shift_kind="DAY", edition=0, at=clock.now()
        )
        page = with_the_day(open_page, house, cast.amir)
        page.goto(f"{house}/min-dag/besok/{visit.pk}/")
        page.get_by_role("link", name="Gi besøket til en kollega").click()
        expect(page.get_by_text("Avtal det gjerne først.")).to_be_visible()
        page.context.set_offline(True)

        page.get_by_role("button", name="Gi til Kari").click()

        expect(page.get_by_text("1 ting venter på å bli sendt.")).to_be_visible()
        page.context.set_offline(False)
        all_sent(page)
        assert list(visit.helper_rows.values_list("employee_id", flat=True)) == [cast.kari.employee.pk]


class TestADayWithoutCoverage:
    def test_the_day_is_there_and_what_is_done_is_sent_once_and_in_order_R12(
        self, house: str, cast: Cast, visit: Visit, open_page: OpenPage
    ) -> None:
        page = with_the_day(open_page, house, cast.amir)
        page.context.set_offline(True)

        page.goto(f"{house}/min-dag/")

        expect(page.get_by_text("Uten dekning")).to_be_visible()
        expect(page.get_by_role("heading", name="Olga Hansen")).to_be_visible()
        assert violations(page) == [] and overflow(page) == 0
        page.get_by_role("link", name="Åpne besøket").click()
        expect(page.get_by_text("penicillin")).to_be_visible()
        expect(page.get_by_text("Jeg vil gå ned til postkassa selv.")).to_be_visible()
        assert violations(page) == [] and overflow(page) == 0
        page.get_by_role("textbox", name="Notat").fill("Gikk ned trappa uten støtte.")
        page.get_by_role("button", name="Ferdig som planlagt").click()

        expect(page.get_by_text(KEPT)).to_be_visible()
        expect(page.get_by_text("1 ting venter på å bli sendt.")).to_be_visible()
        expect(page.get_by_role("heading", name="Arne Kvam")).to_be_visible()
        assert violations(page) == []
        page.get_by_role("link", name="Åpne besøket").click()
        page.get_by_role("link", name="Noe har endret seg").click()
        page.get_by_role("button", name="Si fra til teamet").click()
        expect(page.get_by_text("Det er ikke lagret ennå")).to_be_visible()
        assert violations(page) == [] and overflow(page) == 0
        page.get_by_text("Klarer mer selv").click()
        page.get_by_label("Hva så du?").fill("Klarte trappa alene.")
        page.get_by_role("button", name="Si fra til teamet").click()
        expect(page.get_by_text("2 ting venter på å bli sendt.")).to_be_visible()

        # The page is drawn when the state line already says how many wait; then what was typed is forgotten.
        until(page, "() => !Object.keys(localStorage).some((key) => key.startsWith('tillit-draft:'))")
        stored = page.evaluate(DUMP)
        for words in ("Olga", "Hansen", "postkassa", "trappa", "penicillin", "Arne", "Kvam"):
            assert words not in stored["things"] + stored["queue"]
        assert "key, extractable false" in stored["things"] and "extractable true" not in stored["things"]
        assert not VisitReport.objects.exists()
        context, told = page.context, page.url
        page.close()  # the tab is killed; what waits is on the disk

        context.set_offline(False)
        again = context.new_page()
        again.goto(told)

        expect(again.get_by_role("heading", name="Arne Kvam")).to_be_visible()
        all_sent(again)
        report = VisitReport.objects.get()
        assert (report.note, report.reported_by) == ("Gikk ned trappa uten støtte.", cast.amir.employee)
        assert FollowUp.objects.get(citizen=cast.arne).words == "Klarte trappa alene."
        visit.refresh_from_db()
        assert visit.state == VisitState.DONE


class TestOnTheWay:
    def test_an_answer_that_is_lost_is_asked_for_again_and_nothing_happens_twice_R12(
        self, house: str, cast: Cast, visit: Visit, open_page: OpenPage
    ) -> None:
        page = with_the_day(open_page, house, cast.amir)
        tried = {"form": 0, "delivery": 0}

        def lose(kind: str) -> Callable[[Route], None]:
            def handle(route: Route) -> None:
                tried[kind] += 1
                if tried[kind] > 1:
                    return route.continue_()
                route.fetch(max_redirects=0)  # the server has it; the phone never hears
                return route.abort("connectionfailed")

            return handle

        page.context.route("**/ferdig/", lose("form"))
        page.context.route("**/levering/", lose("delivery"))
        page.get_by_role("button", name="Ferdig som planlagt").click()

        expect(page.get_by_role("heading", name="Arne Kvam")).to_be_visible()
        all_sent(page)
        assert tried["form"] == 1 and tried["delivery"] >= 1  # each was lost the first time
        assert VisitReport.objects.count() == 1


class TestWhoHasThePhone:
    def test_the_first_ones_words_are_delivered_in_her_name_by_the_next_and_never_read_R12(
        self, house: str, cast: Cast, visit: Visit, open_page: OpenPage
    ) -> None:
        page = with_the_day(open_page, house, cast.amir)
        page.context.set_offline(True)
        page.get_by_role("button", name="Ferdig som planlagt").click()
        expect(page.get_by_text("1 ting venter på å bli sendt.")).to_be_visible()
        page.get_by_role("button", name="Logg ut").click()

        expect(page.get_by_text("Dagen din ligger ikke på telefonen")).to_be_visible()
        assert violations(page) == []
        assert page.evaluate(DUMP)["waiting"] == 1 and not page.evaluate(HAS_PACKET)
        assert '"kept":null' in page.evaluate(DUMP)["queue"]
        page.context.set_offline(False)
        expect(page.get_by_label("Brukernavn")).to_be_visible(timeout=30_000)  # the log-out nobody heard goes first
        assert not VisitReport.objects.exists()
        sign_in(page, house, cast.kari)

        all_sent(page)
        assert VisitReport.objects.get().reported_by == cast.amir.employee


class TestWhenTheTimeIsOver:
    @pytest.mark.parametrize("hours", [10, -1], ids=["the shift is over", "the clock is turned back"])
    def test_the_packet_is_gone_R12(
        self, house: str, cast: Cast, visit: Visit, open_page: OpenPage, hours: int
    ) -> None:
        page = with_the_day(open_page, house, cast.amir)
        page.context.set_offline(True)
        page.clock.set_system_time(datetime.now(UTC) + timedelta(hours=hours))

        page.goto(f"{house}/min-dag/")

        expect(page.get_by_text("Dagen din ligger ikke på telefonen")).to_be_visible()
        assert not page.evaluate(HAS_PACKET)

    def test_it_is_gone_when_somebody_empties_the_phone_R12(
        self, house: str, cast: Cast, visit: Visit, open_page: OpenPage
    ) -> None:
        page = with_the_day(open_page, house, cast.amir)
        Phone.objects.update(wiped_at=clock.now())

        page.goto(f"{house}/min-dag/")

        until(page, f"async () => !(await ({HAS_PACKET})())")
        page.context.set_offline(True)
        page.goto(f"{house}/min-dag/")
        expect(page.get_by_text("Dagen din ligger ikke på telefonen")).to_be_visible()


class TestAPin:
    def test_closes_the_day_on_a_shared_phone_and_five_wrong_tries_empty_it_R12(
        self, house: str, cast: Cast, visit: Visit, open_page: OpenPage
    ) -> None:
        page = with_the_day(open_page, house, cast.amir)
        page.goto(f"{house}/meg/innlogging/pin/?next=/min-dag/")
        page.locator("main [name=pin]").fill("7391")
        page.get_by_role("button", name="Bruk denne PIN-en").click()
        expect(page.get_by_text("PIN-en er valgt.")).to_be_visible()
        page.goto(f"{house}/min-dag/")
        until(page, HAS_PACKET)
        page.context.set_offline(True)
        page.goto(f"{house}/min-dag/besok/{visit.pk}/")
        page.get_by_role("button", name="Lås skjermen").click()

        expect(page.get_by_role("heading", name="Skjermen er låst")).to_be_visible()
        assert violations(page) == []
        assert "key, extractable" not in page.evaluate(DUMP)["things"].replace(SIGNER, "")
        page.get_by_label("PIN").fill("7391")
        page.get_by_role("button", name="Lås opp").click()
        expect(page.get_by_text("penicillin")).to_be_visible()

        page.get_by_role("button", name="Lås skjermen").click()
        for answer in (
            "4 forsøk igjen",
            "3 forsøk igjen",
            "2 forsøk igjen",
            "Ett forsøk igjen",
            "Dagen din ligger ikke",
        ):
            page.get_by_label("PIN").fill("1111")
            page.get_by_role("button", name="Lås opp").click()
            expect(page.get_by_text(answer)).to_be_visible()
        assert not page.evaluate(HAS_PACKET)
