"""What is said of visits without coverage arrives once, in order, as its author, and is never lost (R12, R14)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from tests import builders_visits
from tests.builders_delivery import Device, outcomes, post
from tests.cast import MONDAY, MONDAY_DATE, Cast, Member
from tillit.care.citizens.models import Following
from tillit.care.visits.models import FollowUp, Outcome, Visit, VisitReport, VisitState
from tillit.care.visits.queries.editions import editions
from tillit.care.visits.rules.seen import Seen, news, seen_in
from tillit.foundation.access.models import AccessEntry, AuditEntry
from tillit.foundation.delivery.models import Choice, Envelope, Undelivered
from tillit.foundation.workforce.models import RoleHolding
from tillit.kernel import clock

SignIn = Callable[[Member], Client]
pytestmark = pytest.mark.usefixtures("on_monday")
AT = MONDAY + timedelta(minutes=5)


@pytest.fixture
def visit(cast: Cast) -> Visit:
    return builders_visits.visit(cast.olga, cast.bekkedal, MONDAY_DATE, cast.ingrid.employee)


def report_of(visit: Visit, **said: object) -> dict[str, object]:
    return {"visit_id": visit.pk, "outcome": "AS_PLANNED", **said}


def test_a_report_written_without_coverage_is_the_report_of_its_author_R14(
    cast: Cast, client_of: SignIn, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingrid = client_of(cast.ingrid)
    device = Device.enrolled(ingrid)
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(hours=3))
    envelope = device.write(
        "visit.report", report_of(visit, note="Spiste godt", time_step="15"), at=AT, press_key="a", edition="0"
    )

    answer = post(client_of(cast.amir), envelope)  # the phone is lent to Amir, who has coverage

    report = VisitReport.objects.get()
    assert outcomes(answer) == ["APPLIED"]
    assert answer["receipts"][0]["text"] == ""  # not his to read
    assert (report.reported_by, report.reported_at, report.note) == (cast.ingrid.employee, AT, "Spiste godt")
    assert (report.outcome, report.minutes) == (Outcome.DIFFERENT, 45)
    assert AuditEntry.objects.filter(action="visits.report_visit").get().user == cast.ingrid.user
    entry = AccessEntry.objects.get(citizen_id=cast.olga.pk, door="delivery:send")
    assert (entry.user, entry.changed) == (cast.ingrid.user, True)
    assert not AccessEntry.objects.filter(user=cast.amir.user).exists()


def test_the_same_press_with_and_without_coverage_is_one_report_R14(
    cast: Cast, client_of: SignIn, visit: Visit
) -> None:
    ingrid = client_of(cast.ingrid)
    device = Device.enrolled(ingrid)
    ingrid.post(f"/min-dag/besok/{visit.pk}/ferdig/", {"press_key": "samme", "outcome": "AS_PLANNED"})

    answer = post(ingrid, device.write("visit.report", report_of(visit), at=AT, press_key="samme"))

    assert outcomes(answer) == ["ALREADY"]
    assert VisitReport.objects.count() == 1


def test_two_who_both_say_as_planned_do_not_clash_R14(cast: Cast, client_of: SignIn, visit: Visit) -> None:
    device = Device.enrolled(client_of(cast.ingrid))
    builders_visits.report(visit, cast.amir.employee, MONDAY)

    answer = post(client_of(cast.ingrid), device.write("visit.report", report_of(visit), at=AT, press_key="a"))

    assert outcomes(answer) == ["ALREADY"]


def clashing(cast: Cast, sign_in: SignIn, visit: Visit, **said: object) -> Undelivered:
    ingrid = sign_in(cast.ingrid)
    device = Device.enrolled(ingrid)
    edition = editions([visit.pk])[visit.pk]
    sign_in(cast.amir).post(
        f"/min-dag/besok/{visit.pk}/ferdig/", {"press_key": "amir", "outcome": "AS_PLANNED", "note": "Amirs ord"}
    )
    fields = report_of(visit, **({"note": "Ingrids ord"} | said))
    answer = post(ingrid, device.write("visit.report", fields, at=AT, press_key="ingrid", edition=edition))
    assert outcomes(answer) == ["CONFLICT"]
    return Undelivered.objects.get()


def test_a_clash_changes_nothing_and_keeps_both_R14(cast: Cast, client_of: SignIn, visit: Visit) -> None:
    letter = clashing(cast, client_of, visit)

    page = client_of(cast.ingrid).get(f"/ikke-gjennom/{letter.pk}/").content.decode()

    assert [one.note for one in VisitReport.objects.all()] == ["Amirs ord"]
    assert "Amirs ord" in page
    assert "Ingrids ord" in page
    assert "Amir Rahimi" in page
    assert letter.citizen_id == cast.olga.pk
    assert letter.stood["who"] == "Amir Rahimi"


def test_mine_is_used_once_however_often_it_is_pressed_R14(cast: Cast, client_of: SignIn, visit: Visit) -> None:
    letter = clashing(cast, client_of, visit)
    ingrid = client_of(cast.ingrid)
    edition = editions([visit.pk])[visit.pk]

    first = ingrid.post(f"/ikke-gjennom/{letter.pk}/", {"choice": "MINE", "edition": edition})
    second = ingrid.post(f"/ikke-gjennom/{letter.pk}/", {"choice": "MINE", "edition": edition})

    assert (first.status_code, second.status_code) == (302, 409)
    assert [one.note for one in VisitReport.objects.order_by("pk")] == ["Amirs ord", "Ingrids ord"]
    letter.refresh_from_db()
    assert (letter.choice, letter.chosen_by) == (Choice.MINE, cast.ingrid.user)
    assert letter.content["fields"]["note"] == "Ingrids ord"
    kept = ingrid.get(f"/ikke-gjennom/{letter.pk}/").content.decode()
    assert "Amirs ord" in kept  # as it stood then


def test_a_choice_on_a_page_from_before_somebody_said_more_is_not_taken_R06(
    cast: Cast, client_of: SignIn, visit: Visit
) -> None:
    letter = clashing(cast, client_of, visit)
    seen = editions([visit.pk])[visit.pk]
    builders_visits.report(visit, cast.kari.employee, MONDAY, note="Karis ord")

    answer = client_of(cast.ingrid).post(
        f"/ikke-gjennom/{letter.pk}/", {"choice": "ANEW", "edition": seen, "text": "Skrevet om igjen"}
    )

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Karis ord" in page
    assert "Skrevet om igjen" in page
    assert VisitReport.objects.count() == 2


def test_written_anew_and_left_as_it_stands_R14(cast: Cast, client_of: SignIn, visit: Visit) -> None:
    letter = clashing(cast, client_of, visit)
    edition = editions([visit.pk])[visit.pk]

    client_of(cast.ingrid).post(
        f"/ikke-gjennom/{letter.pk}/", {"choice": "ANEW", "edition": edition, "text": "Vi var der begge"}
    )

    assert VisitReport.objects.order_by("pk").last().note == "Vi var der begge"  # type: ignore[union-attr]
    letter.refresh_from_db()
    assert letter.content["fields"]["note"] == "Ingrids ord"


def test_what_stands_can_be_kept_and_mine_is_not_gone_R14(cast: Cast, client_of: SignIn, visit: Visit) -> None:
    letter = clashing(cast, client_of, visit)

    client_of(cast.ingrid).post(f"/ikke-gjennom/{letter.pk}/", {"choice": "STANDS"})

    assert VisitReport.objects.count() == 1
    letter.refresh_from_db()
    assert (letter.choice, letter.content["fields"]["note"]) == (Choice.STANDS, "Ingrids ord")


def test_an_undo_takes_back_her_own_and_nobody_elses_R14(cast: Cast, client_of: SignIn, visit: Visit) -> None:
    ingrid = client_of(cast.ingrid)
    device = Device.enrolled(ingrid)
    told = device.write("visit.report", report_of(visit, note="Feil hus"), at=AT, press_key="a", edition="0")
    undone = device.write("visit.undo", {"visit_id": visit.pk, "undoes": "a"}, at=AT, press_key="undo-a", edition="0")

    assert outcomes(post(ingrid, undone, told)) == ["APPLIED", "APPLIED"]  # in the phone's order, not the post's
    visit.refresh_from_db()
    assert visit.state == VisitState.PLANNED

    builders_visits.report(visit, cast.amir.employee, MONDAY)
    again = device.write(
        "visit.undo", {"visit_id": visit.pk, "undoes": "a"}, at=AT, press_key="undo-b", edition="9999999"
    )
    assert outcomes(post(ingrid, again)) == ["ALREADY"]
    visit.refresh_from_db()
    assert visit.state == VisitState.DONE


def test_a_visit_the_office_has_called_off_meanwhile_is_a_clash_R14(
    cast: Cast, client_of: SignIn, visit: Visit
) -> None:
    ingrid = client_of(cast.ingrid)
    device = Device.enrolled(ingrid)
    edition = editions([visit.pk])[visit.pk]
    Visit.objects.filter(pk=visit.pk).update(state=VisitState.CANCELLED)

    assert outcomes(
        post(ingrid, device.write("visit.report", report_of(visit), at=AT, press_key="a", edition=edition))
    ) == ["CONFLICT"]


def test_a_change_is_told_once_R14(cast: Cast, client_of: SignIn, visit: Visit) -> None:
    ingrid = client_of(cast.ingrid)
    device = Device.enrolled(ingrid)
    fields = {"visit_id": visit.pk, "kind": "WORSE", "words": "Ustø på beina", "urgency": "TODAY"}
    first = device.write("visit.change", fields, at=AT, press_key="a")
    again = device.write("visit.change", fields, at=AT, press_key="a")

    assert outcomes(post(ingrid, first, again)) == ["APPLIED", "ALREADY"]
    assert FollowUp.objects.get().told_at == MONDAY  # not after it arrived, whatever the phone says


def test_the_list_names_whom_it_is_about_to_those_who_reach_her_alone_R14(
    cast: Cast, client_of: SignIn, visit: Visit
) -> None:
    clashing(cast, client_of, visit)
    ingrid = client_of(cast.ingrid)

    assert "Olga Hansen · " in ingrid.get("/ikke-gjennom/").context["page"].mine.rows[0].note
    Following.objects.filter(citizen=cast.olga).update(unit=cast.fjelldal)
    assert "Olga" not in ingrid.get("/ikke-gjennom/").content.decode()


def test_permission_and_reach_are_those_of_the_moment_it_was_said_R18(
    cast: Cast, client_of: SignIn, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingrid = client_of(cast.ingrid)
    device = Device.enrolled(ingrid)
    other = builders_visits.visit(cast.per, cast.fjelldal, MONDAY_DATE, cast.frida.employee)
    said = device.write("visit.report", report_of(visit), at=AT, press_key="a", edition="0")
    elsewhere = device.write("visit.report", report_of(other, note="Ikke min"), at=AT, press_key="b", edition="0")
    RoleHolding.objects.filter(employee=cast.ingrid.employee).update(valid_to=MONDAY_DATE + timedelta(days=1))
    monkeypatch.setattr(clock, "now", lambda: MONDAY + timedelta(days=3))  # her role has ended when it arrives

    answer = post(client_of(cast.amir), said, elsewhere)

    assert outcomes(answer) == ["APPLIED", "REFUSED"]
    letter = Undelivered.objects.get()
    assert client_of(cast.frida).get(f"/ikke-gjennom/{letter.pk}/").status_code == 404
    # Marit leads her team and does not reach Per either: it stands in her list for nobody to open but the author.
    assert client_of(cast.marit).get(f"/ikke-gjennom/{letter.pk}/").status_code == 404


def test_words_of_one_who_has_left_are_kept_for_her_leader_R18(
    cast: Cast, client_of: SignIn, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = Device.enrolled(client_of(cast.ingrid))
    RoleHolding.objects.filter(employee=cast.ingrid.employee).update(valid_to=MONDAY_DATE)
    said = device.write("visit.report", report_of(visit, note="Siste vakt"), at=AT, press_key="a", edition="0")

    assert outcomes(post(client_of(cast.amir), said)) == ["REFUSED"]
    letter = Undelivered.objects.get()
    marit = client_of(cast.marit)
    assert "Ingrid Solheim" in marit.get("/ikke-gjennom/").content.decode()
    page = marit.get(f"/ikke-gjennom/{letter.pk}/").content.decode()
    assert "Siste vakt" in page
    assert "Bruk mitt" not in page
    assert marit.post(f"/ikke-gjennom/{letter.pk}/", {"choice": "MINE"}).status_code == 409
    assert VisitReport.objects.count() == 0  # nothing under another's name
    assert marit.post(f"/ikke-gjennom/{letter.pk}/", {"choice": "STANDS"}).status_code == 302
    assert client_of(cast.amir).get(f"/ikke-gjennom/{letter.pk}/").status_code == 404
    assert AccessEntry.objects.filter(user=cast.marit.user, citizen_id=cast.olga.pk, door="delivery:choose").exists()


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"visit_id": "x"},
        {"visit_id": 10**30},
        {"visit_id": [1]},
        {"visit_id": -1},
        {"visit_id": True},
    ],
)
def test_an_order_nobody_understands_is_kept_R14(cast: Cast, client_of: SignIn, fields: dict[str, object]) -> None:
    ingrid = client_of(cast.ingrid)
    device = Device.enrolled(ingrid)

    for act in ("visit.report", "visit.undo", "visit.change"):
        assert outcomes(
            post(ingrid, device.write(act, {"note": "Ord å ta vare på", **fields}, at=AT, press_key=act))
        ) == ["REFUSED"]
    for letter in Undelivered.objects.all():
        assert ingrid.get(f"/ikke-gjennom/{letter.pk}/").status_code == 200


@pytest.mark.parametrize(
    "said",
    [
        {"outcome": "SOVIET"},
        {"outcome": ["AS_PLANNED"], "note": "a\x00b"},
        {"note": "å" * 5000},
        {"not_done": [99999999]},
        {"time_step": 9999},
        {"cancelled_by": "PLAN"},
        {"goal_trend": "SIDEWAYS"},
        {"note": "\ud83d halv"},
    ],
)
def test_what_the_form_would_refuse_is_refused_and_kept_R14(
    cast: Cast, client_of: SignIn, visit: Visit, said: dict[str, object]
) -> None:
    ingrid = client_of(cast.ingrid)
    device = Device.enrolled(ingrid)

    answer = post(ingrid, device.write("visit.report", report_of(visit, **said), at=AT, press_key="a", edition="0"))

    taken = "APPLIED" if said.get("note") == "\ud83d halv" else "REFUSED"
    assert outcomes(answer) == [taken]
    assert Envelope.objects.get().waiting == ""
    if taken == "REFUSED":
        assert ingrid.get(f"/ikke-gjennom/{Undelivered.objects.get().pk}/").status_code == 200


def test_seen_and_news() -> None:
    assert seen_in("12x") == Seen(12, True)
    assert seen_in("") == seen_in("²") == seen_in("-3") == Seen(0, False)
    assert news([(3, 1), (4, 2)], Seen(3, False), speaker_id=1)
    assert not news([(3, 2), (4, 1)], Seen(3, False), speaker_id=1)
