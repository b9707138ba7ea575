"""What phones ask and send, at the addresses: refusals, gaps, foreign phones, keys that change, wiping (R14, R18)."""

import json
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client

from tests import builders, builders_visits
from tests.builders_delivery import Device, jwk, outcomes, post
from tests.cast import MONDAY, MONDAY_DATE, Cast, Member
from tillit.care.visits.models import Visit, VisitReport
from tillit.foundation.access.actor import system
from tillit.foundation.delivery import actions, sealing
from tillit.foundation.delivery.actions import settling
from tillit.foundation.delivery.models import Envelope, Phone, Press, Undelivered
from tillit.foundation.delivery.queries import needs_key, undecided_of
from tillit.foundation.delivery.retention import DELIVERIES
from tillit.foundation.keeping import keys, retention
from tillit.foundation.login.models import LoginSession
from tillit.foundation.login.rules.limits import Bound, Door
from tillit.foundation.workforce.models import RoleHolding
from tillit.kernel import clock

SignIn = Callable[[Member], Client]
pytestmark = pytest.mark.usefixtures("on_monday")
AT = MONDAY


@pytest.fixture
def visit(cast: Cast) -> Visit:
    return builders_visits.visit(cast.olga, cast.bekkedal, MONDAY_DATE, cast.ingrid.employee)


@pytest.fixture
def ingrid(cast: Cast, client_of: SignIn) -> Client:
    return client_of(cast.ingrid)


@pytest.fixture
def device(ingrid: Client) -> Device:
    return Device.enrolled(ingrid)


def said(device: Device, visit: Visit, key: str, **more: Any) -> dict[str, Any]:
    fields = {"visit_id": visit.pk, "outcome": "AS_PLANNED", "note": f"Ord {key}"}
    return device.write("visit.report", fields, at=AT, press_key=key, edition="0", **more)


def sent_raw(client: Client, body: str | bytes, content_type: str = "application/json") -> Any:
    return client.post("/levering/", body, content_type=content_type)


def test_a_script_that_is_not_logged_in_is_told_so_R18(device: Device, visit: Visit) -> None:
    stranger = Client()

    assert sent_raw(stranger, "{}").status_code == 401
    assert stranger.get(f"/levering/telefon/{device.code}/").status_code == 401
    assert stranger.post("/levering/telefon/", "{}", content_type="application/json").status_code == 401


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ('{"envelopes": [{"v": 1, "pho', 400),
        ("[]", 400),
        ("{}", 400),
        ('{"envelopes": {}}', 400),
        ("[" * 100_000, 400),
        (b"\xff\xfe", 400),
        (json.dumps({"envelopes": [{}] * 51}), 413),
        ('{"envelopes": []}', 200),
    ],
)
def test_what_is_broken_is_refused_in_json_R14(ingrid: Client, body: str | bytes, status: int) -> None:
    answer = sent_raw(ingrid, body)

    assert answer.status_code == status
    assert answer["Content-Type"] == "application/json"
    assert sent_raw(ingrid, body, "text/plain").status_code == 400


def test_too_large_is_refused_and_three_megabytes_are_not_R14(ingrid: Client, device: Device, visit: Visit) -> None:
    with patch("tillit.foundation.delivery.views.scripted.LARGEST_POST", 5_000):
        assert sent_raw(ingrid, json.dumps({"envelopes": ["x" * 6_000]})).status_code == 413
    envelope = device.sealed(b'{"act": "x.y", "fields": {}, "press_key": "k", "more": "%s"}' % (b"x" * 3_000_000), 1)

    assert outcomes(post(ingrid, envelope)) == ["REFUSED"]  # nobody knows the act; kept


def test_a_key_off_the_curve_is_no_phone_R18(ingrid: Client) -> None:
    good = jwk(ec.generate_private_key(ec.SECP256R1()).public_key())
    for bad in ({}, {"sign_key": {**good, "x": good["y"]}}, {"sign_key": {**good, "crv": "P-384"}}, {"sign_key": "x"}):
        answer = ingrid.post("/levering/telefon/", bad, content_type="application/json")
        assert answer.status_code == 400
    assert Phone.objects.count() == 0


def test_foreign_phones_and_wrong_signatures_are_left_and_told_nothing_R18(
    cast: Cast, client_of: SignIn, ingrid: Client, device: Device, visit: Visit, caplog: pytest.LogCaptureFixture
) -> None:
    mine = said(device, visit, "a")
    unknown = {**said(device, visit, "b"), "phone": str(uuid4())}
    other = Device.enrolled(client_of(cast.amir))
    as_amir = {**said(device, visit, "c"), "phone": other.code}  # Ingrid's key, Amir's phone
    tampered = {**said(device, visit, "d"), "number": 1}
    with caplog.at_level(logging.WARNING):
        answer = post(ingrid, unknown, as_amir, tampered, mine, {"v": 2})

    assert answer["left"] == [0, 1, 2, 4]
    assert outcomes(answer) == ["APPLIED"]
    assert Envelope.objects.count() == 1
    assert "Ord" not in caplog.text


def test_numbers_that_jump_wait_and_far_jumps_are_left_with_the_phone_R14(
    ingrid: Client, device: Device, visit: Visit
) -> None:
    first, second, third = (said(device, visit, key) for key in "abc")
    far = said(device, visit, "x", number=5_000)

    answer = post(ingrid, third, far, second)

    assert (outcomes(answer), answer["left"]) == (["WAITING", "WAITING"], [1])
    assert VisitReport.objects.count() == 0
    assert ingrid.get(f"/levering/telefon/{device.code}/").json()["next"] == 1
    assert outcomes(post(ingrid, third)) == ["WAITING"]
    assert outcomes(post(ingrid, first)) == ["APPLIED"]
    assert [one.note for one in VisitReport.objects.order_by("pk")] == ["Ord a", "Ord b", "Ord c"]
    assert ingrid.get(f"/levering/telefon/{device.code}/").json()["next"] == 4
    assert outcomes(post(ingrid, first, third)) == ["ALREADY", "ALREADY"]
    assert Envelope.objects.exclude(waiting="").count() == 0


def test_what_a_phone_numbers_twice_by_mistake_is_not_lost_R14(ingrid: Client, device: Device, visit: Visit) -> None:
    one, two = said(device, visit, "a", number=1), said(device, visit, "b", number=1)

    post(ingrid, one)
    post(ingrid, two)

    assert [row.note for row in VisitReport.objects.order_by("pk")] == ["Ord a", "Ord b"]


def test_a_number_that_never_comes_is_given_up_and_taken_when_it_does_R14(
    cast: Cast, ingrid: Client, device: Device, visit: Visit
) -> None:
    first, second = said(device, visit, "a"), said(device, visit, "b")
    post(ingrid, second)

    assert actions.go_on(at=AT + timedelta(days=1)) == 0
    assert actions.go_on(at=AT + timedelta(days=3)) == 1
    assert "kom aldri fram" in ingrid.get("/ikke-gjennom/").content.decode()
    assert outcomes(post(ingrid, first)) == ["APPLIED"]
    assert VisitReport.objects.count() == 2
    assert "kom aldri fram" not in ingrid.get("/ikke-gjennom/").content.decode()


def test_the_receipt_is_for_what_is_stored_also_when_the_server_stops_there_R14(
    ingrid: Client, device: Device, visit: Visit
) -> None:
    ingrid.raise_request_exception = False
    envelope = said(device, visit, "a")
    with patch("tillit.foundation.delivery.actions.receiving.settle_all", side_effect=RuntimeError):
        assert ingrid.post("/levering/", {"envelopes": [envelope]}, content_type="application/json").status_code == 500

    assert Envelope.objects.get().outcome == "WAITING"
    assert actions.go_on(at=AT) == 1
    assert VisitReport.objects.get().note == "Ord a"
    assert outcomes(post(ingrid, envelope)) == ["ALREADY"]


def test_what_breaks_on_our_side_is_tried_again_and_then_shown_and_holds_nothing_up_R14(
    cast: Cast, ingrid: Client, device: Device, visit: Visit, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = said(device, visit, "a"), said(device, visit, "b")
    real = settling._carry_out

    def broken(row: Any, phone: Any, act: Any, content: Any, **more: Any) -> None:
        if content.press_key == "a":
            raise ValueError("Ord a")
        real(row, phone, act, content, **more)

    with patch.object(settling, "_carry_out", broken):
        assert outcomes(post(ingrid, first, second)) == ["WAITING", "WAITING"]
        for _minute in range(settling.MOST_TRIES):
            actions.go_on(at=AT)

    letter = Undelivered.objects.get()
    assert (letter.envelope.reason, letter.content["fields"]["note"]) == ("BROKEN", "Ord a")
    assert [row.note for row in VisitReport.objects.all()] == ["Ord b"]
    assert "Ord a" not in caplog.text
    assert undecided_of(cast.ingrid.user.pk) == 1
    ingrid.post(f"/ikke-gjennom/{letter.pk}/", {"choice": "MINE", "edition": "999999"})
    assert VisitReport.objects.count() == 2


def test_an_old_seal_key_opens_as_long_as_it_is_there_and_is_not_dropped_under_phones_R14(
    ingrid: Client, device: Device, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = keys.data_keys().by_kind
    both = {**before, keys.SEAL: {**before[keys.SEAL], "new": b"another-key-for-tests-of-rotation"[:32]}}
    envelope = said(device, visit, "a")
    monkeypatch.setattr(keys, "data_keys", lambda: keys.DataKeys(both))
    later = Device.enrolled(ingrid)

    assert later.seal_key_id == "new" != device.seal_key_id
    assert outcomes(post(ingrid, envelope)) == ["APPLIED"]
    assert needs_key(keys.SEAL, device.seal_key_id)
    assert not needs_key(keys.SEAL, "never")


def test_what_cannot_be_opened_is_kept_as_it_came_R14(ingrid: Client, device: Device, visit: Visit) -> None:
    device.seal_key_id = "gone"
    assert outcomes(post(ingrid, said(device, visit, "a"))) == ["REFUSED"]
    row = Envelope.objects.get()
    assert (row.reason, bool(row.waiting)) == ("NOT_OPENED", True)
    page = ingrid.get(f"/ikke-gjennom/{row.undelivered.pk}/")
    assert page.status_code == 200
    assert "Bruk mitt" not in page.content.decode()


def test_nothing_of_what_is_kept_is_read_from_the_database_R14(ingrid: Client, device: Device, visit: Visit) -> None:
    from django.db import connection

    post(
        ingrid,
        device.write("visit.report", {"visit_id": visit.pk, "outcome": "X", "note": "Hemmelig"}, at=AT, press_key="a"),
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT content, stood, refusal FROM delivery_undelivered")
        assert "Hemmelig" not in str(cursor.fetchall())
    assert Undelivered.objects.get().content["fields"]["note"] == "Hemmelig"


def test_the_phone_empties_itself_when_it_is_asked_and_what_lies_on_it_still_arrives_R18(
    cast: Cast, ingrid: Client, device: Device, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = said(device, visit, "a"), None
    phone = Phone.objects.get()
    assert "Tøm telefonen" in ingrid.get("/meg/innlogging/telefoner/").content.decode()
    assert ingrid.post(f"/meg/innlogging/telefoner/{phone.pk}/tom/").status_code == 302
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(hours=2))
    device.contact_at = MONDAY + timedelta(hours=1)
    after = said(device, visit, "b")

    assert ingrid.get(f"/levering/telefon/{device.code}/").json()["wipe"] is True
    phone.refresh_from_db()
    assert phone.emptied_at == MONDAY + timedelta(hours=2)
    assert outcomes(post(ingrid, before, after)) == ["APPLIED", "REFUSED"]  # the second is for her to look over
    assert Undelivered.objects.get().envelope.reason == "AFTER_WIPE"


def test_anothers_phone_is_not_found_and_a_log_in_that_is_over_is_gone_R18(
    cast: Cast, client_of: SignIn, ingrid: Client, device: Device
) -> None:
    amir = client_of(cast.amir)
    phone = Phone.objects.get()

    assert amir.get(f"/levering/telefon/{device.code}/").status_code == 404
    assert amir.post(f"/meg/innlogging/telefoner/{phone.pk}/tom/").status_code == 404
    session = LoginSession.objects.create(
        user=cast.ingrid.user, mark="m", door="password", browser="Chrome, Android", kind="OWN_PHONE",
        began_at=MONDAY, used_at=MONDAY, proved_at=MONDAY, ended_at=MONDAY,
    )  # fmt: skip
    Phone.objects.update(session=session)
    assert ingrid.get(f"/levering/telefon/{device.code}/").status_code == 410


def test_the_leader_empties_her_peoples_phones_and_nobody_elses_R18(
    cast: Cast, client_of: SignIn, device: Device
) -> None:
    employee = cast.ingrid.employee.pk
    assert client_of(cast.amir).post(f"/medarbeidere/{employee}/telefoner/tom/").status_code == 403
    marit = client_of(cast.marit)
    assert marit.post(f"/medarbeidere/{cast.frida.employee.pk}/telefoner/tom/").status_code == 404
    assert "Tøm telefonene" in marit.get(f"/medarbeidere/{employee}/telefoner/").content.decode()
    assert Phone.objects.get().wiped_at is None
    assert marit.post(f"/medarbeidere/{employee}/telefoner/tom/").status_code == 302
    phone = Phone.objects.get()
    assert (phone.wiped_at, phone.wiped_by) == (MONDAY, cast.marit.user)


def test_until_is_an_hour_after_the_shift_R18(cast: Cast, ingrid: Client) -> None:
    shift = builders.shift(cast.ingrid.employee, cast.bekkedal, MONDAY_DATE)

    Device.enrolled(ingrid)

    assert Phone.objects.get().until == shift.ends_at + timedelta(hours=1)


def test_the_door_is_counted_R18(ingrid: Client, settings: Any) -> None:
    settings.LIMITS = {**settings.LIMITS, Door.DELIVERY: Bound(1, timedelta(minutes=1))}

    assert sent_raw(ingrid, '{"envelopes": []}').status_code == 200
    held = sent_raw(ingrid, '{"envelopes": []}')
    assert (held.status_code, held["Content-Type"]) == (429, "application/json")
    assert int(held["Retry-After"]) > 0


def test_receipts_leave_with_their_time_and_what_nobody_chose_about_stays_R14(
    cast: Cast, client_of: SignIn, ingrid: Client, device: Device, visit: Visit
) -> None:
    post(ingrid, said(device, visit, "a"))
    lying = Device.enrolled(client_of(cast.amir))
    post(ingrid, lying.write("x.y", {"note": "Noen ord"}, at=AT, press_key="b"))

    removed = retention._remove(system("nattjobben"), DELIVERIES, at=AT + timedelta(days=400))

    assert removed == 3
    assert (Phone.objects.count(), Press.objects.count(), Undelivered.objects.count()) == (1, 1, 1)
    assert post(ingrid, device.unsent[1])["left"] == [0]  # a stranger's now: not taken, not done again
    assert VisitReport.objects.count() == 1


def test_what_is_left_lying_for_a_week_the_leader_sees_too_R31(
    cast: Cast, client_of: SignIn, ingrid: Client, device: Device, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(ingrid, device.write("visit.report", {"visit_id": visit.pk, "outcome": "X"}, at=AT, press_key="a"))
    letter = Undelivered.objects.get()
    marit = client_of(cast.marit)

    assert marit.get(f"/ikke-gjennom/{letter.pk}/").status_code == 404
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(days=8))
    assert marit.get(f"/ikke-gjennom/{letter.pk}/").status_code == 200


def test_pages_ask_as_often_whatever_there_is_R14(
    cast: Cast, ingrid: Client, device: Device, visit: Visit, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        post(ingrid, device.write("visit.report", {"visit_id": visit.pk, "outcome": "X"}, at=AT, press_key=str(number)))
    RoleHolding.objects.exists()

    with django_assert_max_num_queries(22):
        assert ingrid.get("/ikke-gjennom/").status_code == 200


def test_the_key_is_made_of_the_data_key_and_is_not_it() -> None:
    key_id, point = sealing.seal_key()
    secret = keys.data_keys().by_kind[keys.SEAL][key_id]

    assert sealing.seal_key() == (key_id, point)
    assert point != sealing.point_of(sealing._private(b"x" * 32).public_key())
    assert sealing._private(secret).private_numbers().private_value != int.from_bytes(secret, "big")
