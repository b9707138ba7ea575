"""A visit moved or called off without coverage: once, as its author, and never over what somebody else has agreed (R12)."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client

from tests import builders_visits
from tests.builders_delivery import Device, outcomes, post
from tests.cast import MONDAY, MONDAY_DATE, TUESDAY_DATE, Cast, Member
from tillit.care.visits import actions
from tillit.care.visits.models import Visit, VisitReport, VisitState
from tillit.care.visits.rules.moving import is_over, moment_of, offered, seen_start
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.delivery.models import Undelivered
from tillit.kernel import clock, oslo
from tillit.kernel.periods import Period

SignIn = Callable[[Member], Client]
pytestmark = pytest.mark.usefixtures("on_monday")
AT = MONDAY


def at_clock(hour: int, minute: int = 0) -> datetime:
    return oslo.moment(MONDAY_DATE, time(hour, minute))


@pytest.fixture
def visit(cast: Cast) -> Visit:
    return builders_visits.visit(cast.olga, cast.bekkedal, MONDAY_DATE, cast.amir.employee, at=time(11))


@pytest.fixture
def amir(cast: Cast, client_of: SignIn) -> Client:
    return client_of(cast.amir)


@pytest.fixture
def device(amir: Client) -> Device:
    return Device.enrolled(amir)


def moved(device: Device, visit: Visit, key: str = "a", *, edition: str | None = None, **said: Any) -> dict[str, Any]:
    seen = seen_start(visit.starts_at) if edition is None else edition
    fields = {"visit_id": visit.pk, "to": "12:30", **said}
    return device.write("visit.move", fields, at=AT, press_key=key, edition=seen)


class TestMoving:
    def test_it_is_then_as_its_author_said_R12(self, cast: Cast, amir: Client, device: Device, visit: Visit) -> None:
        assert outcomes(post(amir, moved(device, visit))) == ["APPLIED"]

        visit.refresh_from_db()
        assert (visit.starts_at, visit.is_locked) == (at_clock(12, 30), True)
        assert AuditEntry.objects.get(action="visits.plan_visits").user == cast.amir.user

    def test_the_same_with_and_without_coverage_is_once_R14(self, amir: Client, device: Device, visit: Visit) -> None:
        page = amir.get(f"/min-dag/besok/{visit.pk}/flytt/").context["page"]
        sent = {"press_key": "a", "edition": page.edition, "to": "12:30"}
        assert amir.post(page.move_href, sent).status_code == 302

        assert outcomes(post(amir, moved(device, visit))) == ["ALREADY"]
        assert AuditEntry.objects.filter(action="visits.plan_visits").count() == 1

    def test_what_somebody_else_has_agreed_stands_and_she_chooses_R14(
        self, cast: Cast, amir: Client, device: Device, visit: Visit
    ) -> None:
        envelope = moved(device, visit, start="12:30", to="")
        actions.move_visit(actor=cast.kari.actor, visit_id=visit.pk, starts_at=at_clock(14), at=MONDAY)

        assert outcomes(post(amir, envelope)) == ["CONFLICT"]
        visit.refresh_from_db()
        assert visit.starts_at == at_clock(14)
        letter = Undelivered.objects.get()
        answer = amir.get(f"/ikke-gjennom/{letter.pk}/")
        page = answer.content.decode()
        assert "12.30" in page and "14.00" in page

        edition = answer.context["page"].edition
        assert amir.post(f"/ikke-gjennom/{letter.pk}/", {"choice": "MINE", "edition": edition}).status_code == 302
        visit.refresh_from_db()
        assert visit.starts_at == at_clock(12, 30)

    def test_twice_on_the_same_phone_she_does_not_meet_herself_R12(
        self, cast: Cast, amir: Client, device: Device, visit: Visit
    ) -> None:
        seen = seen_start(visit.starts_at)
        first, second = moved(device, visit), moved(device, visit, "b", to="13:00", edition=f"{seen}>12:30")

        assert outcomes(post(amir, first, second)) == ["APPLIED", "APPLIED"]
        third = moved(device, visit, "c", to="15:00", edition=f"{seen}>13:00")
        actions.move_visit(actor=cast.kari.actor, visit_id=visit.pk, starts_at=at_clock(14), at=MONDAY)
        assert outcomes(post(amir, third)) == ["CONFLICT"]
        visit.refresh_from_db()
        assert visit.starts_at == at_clock(14)

    @pytest.mark.parametrize("to", ["", "25:00", "tolv", None, "12", "-1:30", "٣:00"])
    def test_a_time_nobody_understands_is_refused_and_kept_R06(
        self, amir: Client, device: Device, visit: Visit, to: object
    ) -> None:
        assert outcomes(post(amir, moved(device, visit, to=to))) == ["REFUSED"]
        assert Undelivered.objects.get().content["fields"]["to"] == to

    def test_out_of_reach_it_is_not_found_R18(self, cast: Cast, amir: Client, device: Device) -> None:
        theirs = builders_visits.visit(cast.per, cast.fjelldal, MONDAY_DATE, cast.nils.employee, at=time(11))

        assert outcomes(post(amir, moved(device, theirs))) == ["REFUSED"]
        assert amir.get(f"/min-dag/besok/{theirs.pk}/flytt/").status_code == 404


class TestCallingOff:
    def test_it_is_off_with_the_reason_and_can_be_taken_back_in_order_R12(
        self, cast: Cast, amir: Client, device: Device, visit: Visit
    ) -> None:
        fields = {"visit_id": visit.pk, "cancelled_by": "RELATIVE", "words": "Dattera er der"}
        off = device.write("visit.cancel", fields, at=AT, press_key="a")
        back = device.write("visit.undo", {"visit_id": visit.pk, "undoes": "a"}, at=AT, press_key="undo-a")

        assert outcomes(post(amir, back)) == ["WAITING"]
        assert outcomes(post(amir, off, off)) == ["APPLIED"]

        visit.refresh_from_db()
        assert visit.state == VisitState.PLANNED
        said = [(one.outcome, one.cancelled_by, one.note) for one in VisitReport.objects.order_by("pk")]
        assert said == [("CANCELLED", "RELATIVE", "Dattera er der"), ("UNDONE", "", "")]

    def test_the_same_with_and_without_coverage_is_once_R14(self, amir: Client, device: Device, visit: Visit) -> None:
        sent = {"press_key": "samme", "cancelled_by": "CITIZEN", "words": ""}
        assert amir.post(f"/min-dag/besok/{visit.pk}/avlys/", sent).status_code == 302
        assert amir.post(f"/min-dag/besok/{visit.pk}/avlys/", sent).status_code == 302

        fields = {"visit_id": visit.pk, "cancelled_by": "CITIZEN"}
        assert outcomes(post(amir, device.write("visit.cancel", fields, at=AT, press_key="samme"))) == ["ALREADY"]
        assert VisitReport.objects.count() == 1

    def test_one_that_is_done_is_not_called_off_and_the_words_are_kept_R14(
        self, cast: Cast, amir: Client, device: Device, visit: Visit
    ) -> None:
        fields = {"visit_id": visit.pk, "cancelled_by": "CITIZEN", "words": "Sa nei"}
        envelope = device.write("visit.cancel", fields, at=AT, press_key="a")
        actions.report_visit(
            actor=cast.kari.actor, visit_id=visit.pk, outcome="AS_PLANNED", at=MONDAY, press_key="kari"
        )

        assert outcomes(post(amir, envelope)) == ["REFUSED"]
        visit.refresh_from_db()
        assert visit.state == VisitState.DONE
        page = amir.get(f"/ikke-gjennom/{Undelivered.objects.get().pk}/").content.decode()
        assert "Sa nei" in page and "Besøket er gjennomført." in page


class TestThePage:
    def test_says_when_it_can_be_and_keeps_what_was_typed_R06(
        self, amir: Client, visit: Visit, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        address = f"/min-dag/besok/{visit.pk}/flytt/"
        page = amir.get(address).context["page"]
        assert [one.label for one in page.times] == ["11.30", "12.00", "13.00"]

        refused = amir.post(address, {"press_key": "k", "edition": page.edition, "start": "kl ti"})
        assert (refused.status_code, refused.context["page"].press_key) == (422, "k")
        assert 'value="kl ti"' in refused.content.decode()
        empty = amir.post(address, {"press_key": "k", "edition": page.edition})
        assert "Velg når besøket skal være." in empty.content.decode()
        wordy = amir.post(f"/min-dag/besok/{visit.pk}/avlys/", {"press_key": "k", "words": "Dattera kommer"})
        assert wordy.status_code == 422 and "Dattera kommer" in wordy.content.decode()
        assert amir.post(address, {"press_key": "k", "edition": "1", "to": "12:30"}).status_code == 409
        assert amir.post(address, {"press_key": "k", "edition": page.edition, "to": "06:30"}).status_code == 409

        monkeypatch.setattr(clock, "now", lambda: at_clock(12))
        assert address not in amir.get(f"/min-dag/besok/{visit.pk}/").content.decode()  # its time is over
        visit.refresh_from_db()
        assert visit.starts_at == at_clock(11)

    def test_asks_as_little_as_the_change_page(
        self, amir: Client, visit: Visit, django_assert_max_num_queries: Any
    ) -> None:
        amir.get(f"/min-dag/besok/{visit.pk}/flytt/")
        with django_assert_max_num_queries(40):
            amir.get(f"/min-dag/besok/{visit.pk}/flytt/")


class TestTheRules:
    def test_a_nights_visit_after_midnight_is_on_the_next_day(self) -> None:
        night = Period(oslo.moment(MONDAY_DATE, time(23)), oslo.moment(TUESDAY_DATE, time(6)))

        def meant(clock: time) -> datetime:
            return moment_of(clock, on=MONDAY_DATE, window=night)

        assert meant(time(1)) == oslo.moment(TUESDAY_DATE, time(1))
        assert meant(time(23, 30)) == oslo.moment(MONDAY_DATE, time(23, 30))
        assert meant(time(22)) == oslo.moment(MONDAY_DATE, time(22))
        assert meant(time(7)) == oslo.moment(TUESDAY_DATE, time(7))

    def test_times_are_later_the_same_day_and_to_come(self) -> None:
        assert offered(at_clock(11), at=at_clock(11, 45)) == (time(12), time(13))
        assert offered(at_clock(22, 45), at=at_clock(8)) == (time(23, 15), time(23, 45))

    def test_it_is_over_when_its_minutes_are(self) -> None:
        nine = at_clock(9)
        assert not is_over(nine, minutes=30, at=nine + timedelta(minutes=29))
        assert is_over(nine, minutes=30, at=nine + timedelta(minutes=30))
        assert not is_over(None, minutes=30, at=nine)
