"""All about one person, taken out on a page: asked for with a reason, read through, held back by law, fetched, gone."""

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.care.citizens.models import Alert, Identifier, NetworkMember
from tillit.exchange.person import actions, queries, rules, work
from tillit.exchange.person.models import Handout, HandoutFile, HandoutState, HeldBack
from tillit.exchange.person.parts_employee import EMPLOYEE_LEFT_OUT, EMPLOYEE_PARTS
from tillit.foundation.access import reading
from tillit.foundation.access.models import AccessEntry, AuditEntry, User
from tillit.foundation.jobs.models import Job
from tillit.foundation.jobs.progress import perform
from tillit.foundation.keeping import retention
from tillit.foundation.workforce.models import Employee
from tillit.kernel import clock
from tillit.kernel.errors import NotAllowed, NotFound

pytestmark = pytest.mark.django_db


@pytest.fixture
def monday(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    for number, text in enumerate(("Hund i huset", "Datteren Liv kommer hver kveld", "Går med stokk")):
        Alert.objects.create(
            citizen=cast.olga, kind="OTHER", text=text, valid_from=MONDAY_DATE + timedelta(days=number)
        )
    Alert.objects.create(citizen=cast.arne, kind="OTHER", text="Arnes katt", valid_from=MONDAY_DATE)
    NetworkMember.objects.create(citizen=cast.olga, kind="RELATIVE", name="Liv Hansen", valid_from=MONDAY_DATE)
    return cast


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


class Later:
    """A queue whose workers have not come yet."""

    def enqueue(self, _job_id: int) -> None: ...


def asked(client: Client, cast: Cast, **posted: str) -> Handout:
    data = {"asker": "SELF", "why": "Bad om innsyn i møte"} | posted
    answer = client.post(reverse("person:citizen", args=[cast.olga.pk]), data)
    made = Handout.objects.latest("pk")
    assert answer["Location"] == reverse("person:handout", args=[made.pk])
    return made


def unpacked(content: bytes) -> tuple[dict[str, Any], str, list[str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return (
            json.loads(archive.read("opplysninger.json")),
            archive.read("opplysninger.html").decode(),
            archive.namelist(),
        )


class TestACitizensFile:
    def test_is_gathered_read_through_and_fetched_and_everything_is_written_down(self, monday: Cast) -> None:
        client = signed_in(monday.marit.user)
        handout = asked(client, monday)
        there = reverse("person:handout", args=[handout.pk])

        page = client.get(there).content.decode()
        assert "Les gjennom før den gis ut" in page and "1 nevner kanskje andre" in page

        texts = reverse("person:texts", args=[handout.pk])
        shown = client.get(texts, {"del": "citizens.Alert"}).content.decode()
        assert shown.index("Datteren Liv") < shown.index("Hund i huset")
        row = Alert.objects.get(text__startswith="Datteren").pk
        held = client.post(
            texts, {"del": "citizens.Alert", "rad": str(row), "exemption": "ANOTHER", "words": "Om Livs arbeid"}
        )
        assert held.status_code == 302
        client.post(reverse("person:finish", args=[handout.pk]))
        assert "Fila er klar" in client.get(there).content.decode()

        answer = client.post(reverse("person:fetch", args=[handout.pk]))
        said, html, _names = unpacked(answer.content)
        assert answer["Content-Disposition"].startswith("attachment")
        alerts = said["tabeller"]["citizens.Alert"]
        assert {one["text"] for one in alerts["rader"]} == {"Hund i huset", "Går med stokk"}
        assert alerts["rader_holdt_tilbake"] == 1 and "art. 15 nr. 4" in alerts["hjemmel"]
        assert "Statsforvalteren" in html and "Datteren" not in html and "Om Livs arbeid" not in html + json.dumps(said)
        assert 'href="#citizens"' in html and "Arnes katt" not in json.dumps(said)
        acts = [one.change["act"] for one in AuditEntry.objects.filter(subject=f"handout:{handout.pk}").order_by("pk")]
        assert acts == ["ASK", "HOLD_BACK", "REVIEWED", "FETCH"]
        doors = set(AccessEntry.objects.filter(citizen_id=monday.olga.pk).values_list("door", flat=True))
        assert {"person:citizen", "person.handout", "person:texts", "person:fetch"} <= doors

    def test_lies_sealed_and_only_the_one_who_made_it_reaches_it(self, monday: Cast) -> None:
        from django.db import connection

        handout = asked(signed_in(monday.marit.user), monday)
        with connection.cursor() as cursor:
            cursor.execute("SELECT content FROM person_handoutfile")
            stored = bytes(cursor.fetchone()[0])
        assert stored.startswith(b"1.") and b"samlet.json" not in stored and b"PK" not in stored[:20]
        builders.role(monday.kari.employee, "TEAM_LEADER", monday.bekkedal)  # type: ignore[arg-type]
        other = signed_in(monday.kari.user)
        for name in ("handout", "progress", "texts"):
            assert other.get(reverse(f"person:{name}", args=[handout.pk])).status_code == 404
        for name in ("take-along", "finish", "stop", "fetch", "delete"):
            assert other.post(reverse(f"person:{name}", args=[handout.pk]), {"rad": "1"}).status_code == 404

    def test_is_out_of_reach_for_the_one_who_made_it_when_she_is(self, monday: Cast) -> None:
        handout = asked(signed_in(monday.marit.user), monday)
        barred = monday.marit.actor.__class__(monday.marit.user.pk, "Marit", grants=())
        with pytest.raises(NotFound):
            queries.get_handout(actor=barred, handout_id=handout.pk, at=MONDAY)

    def test_is_for_those_who_may_and_reach_her(self, monday: Cast) -> None:
        for member, status in ((monday.kari, 403), (monday.frida, 403), (monday.admin, 403)):
            client = signed_in(member.user)
            assert client.get(reverse("person:citizen", args=[monday.olga.pk])).status_code == status
        assert signed_in(monday.marit.user).get(reverse("person:citizen", args=[monday.per.pk])).status_code == 404

    def test_wants_a_reason_and_keeps_what_was_typed(self, monday: Cast) -> None:
        client = signed_in(monday.marit.user)
        answer = client.post(reverse("person:citizen", args=[monday.olga.pk]), {"asker": "REPRESENTATIVE", "why": " "})

        assert answer.status_code == 422 and not Handout.objects.exists()
        assert "Fyll ut «Hvorfor?»" in answer.content.decode()
        handout = asked(client, monday)
        texts = reverse("person:texts", args=[handout.pk])
        row = Alert.objects.filter(citizen=monday.olga).earliest("pk").pk
        answer = client.post(texts, {"del": "citizens.Alert", "rad": str(row), "words": "Fordi"})
        page = answer.content.decode()
        assert answer.status_code == 422 and 'value="Fordi"' in page and f'id="rad-{row}" checked' in page
        assert not HeldBack.objects.exists()

    def test_what_was_held_back_can_be_taken_along_and_others_rows_cannot_be_held(self, monday: Cast) -> None:
        client = signed_in(monday.marit.user)
        handout = asked(client, monday)
        mine, another = Alert.objects.filter(citizen=monday.olga).earliest("pk"), Alert.objects.get(citizen=monday.arne)
        law = {"del": "citizens.Alert", "exemption": "HARM", "words": "Fare"}
        texts = reverse("person:texts", args=[handout.pk])
        assert client.post(texts, law | {"rad": str(another.pk)}).status_code == 422
        client.post(texts, law | {"rad": str(mine.pk)})
        assert HeldBack.objects.count() == 1
        client.post(reverse("person:take-along", args=[handout.pk]), {"del": "citizens.Alert", "rad": str(mine.pk)})
        assert not HeldBack.objects.exists()

    def test_avbryt_deletes_what_was_gathered_and_the_work_that_comes_late_leaves_nothing(
        self, monday: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("tillit.foundation.jobs.progress.run", Later())
        client = signed_in(monday.marit.user)
        handout = asked(client, monday)
        assert "Avbryt" in client.get(reverse("person:handout", args=[handout.pk])).content.decode()
        client.post(reverse("person:stop", args=[handout.pk]))

        class Told:
            job_id, order, asked_by_id = 0, {"handout": handout.pk}, monday.marit.user.pk

            def say(self, *_far: object) -> None: ...

            def should_stop(self) -> bool:
                return False

        with reading.door("person.handout", actor=monday.marit.actor):
            assert work.work(Told()) == {}  # type: ignore[arg-type]
        handout.refresh_from_db()
        assert handout.state == HandoutState.STOPPED and not HandoutFile.objects.exists()

    def test_is_deleted_after_its_day_and_the_trace_stays(self, monday: Cast) -> None:
        client = signed_in(monday.marit.user)
        handout = asked(client, monday)
        client.post(reverse("person:finish", args=[handout.pk]))
        exports = retention.kind_of("EXPORTS")
        assert retention.count_due(exports, at=MONDAY + timedelta(days=14)) == 0
        assert retention.count_due(exports, at=MONDAY + timedelta(days=15)) == 1
        from tillit.foundation.access.actor import system

        retention.remove_due(actor=system("nattjobben"), at=MONDAY + timedelta(days=15))
        handout.refresh_from_db()
        assert (handout.state, handout.why) == (HandoutState.DELETED, "Bad om innsyn i møte")
        assert not HandoutFile.objects.exists()
        assert client.post(reverse("person:fetch", args=[handout.pk])).status_code == 409


class TestAnEmployeesFile:
    def test_every_table_that_names_her_is_in_it_or_left_out_with_a_reason(self) -> None:
        ours = set()
        for model in apps.get_models():
            if model.__module__.startswith("tillit.") and any(
                one.related_model in (Employee, User) for one in model._meta.concrete_fields
            ):
                ours.add(model._meta.label)
        left = {one for one in ours if one in EMPLOYEE_LEFT_OUT or one.partition(".")[0] in EMPLOYEE_LEFT_OUT}

        assert ours - left - {*EMPLOYEE_PARTS} == set()
        assert all(EMPLOYEE_LEFT_OUT.values())

    def test_is_her_own_to_fetch_without_anybody_else_and_names_no_citizen(self, monday: Cast) -> None:
        with reading.door("citizens:page", actor=monday.kari.actor):
            reading.note(monday.olga.pk)
        client = signed_in(monday.kari.user)
        client.post(reverse("person:mine"))
        handout = Handout.objects.get()
        assert handout.state == HandoutState.READY
        said, html, _names = unpacked(client.post(reverse("person:fetch", args=[handout.pk])).content)
        everything = json.dumps(said, ensure_ascii=False) + html

        assert said["tabeller"]["workforce.Employee"]["rader"][0]["given_name"] == "Kari"
        assert "citizens:page" in {row["door"] for row in said["tabeller"]["access.AccessEntry"]["rader"]}
        assert "Olga" not in everything and Identifier.objects.get(citizen=monday.olga).value not in everything
        assert not any("citizen_id" in row for table in said["tabeller"].values() for row in table["rader"])
        assert "Ingrid" not in everything, "nobody else's rows"
        for secret in ("password", "pin_hash", "sealed_secret", "credential"):
            assert f'"{secret}":' not in json.dumps([table["rader"] for table in said["tabeller"].values()])

    def test_stopped_before_it_began_nothing_is_made(self, monday: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("tillit.foundation.jobs.progress.run", Later())
        client = signed_in(monday.kari.user)
        client.post(reverse("person:mine"))
        handout = Handout.objects.get()
        client.post(reverse("person:stop", args=[handout.pk]))
        assert handout.job_id is not None
        Job.objects.update(stop_asked=False)
        perform(handout.job_id)

        handout.refresh_from_db()
        assert handout.state == HandoutState.STOPPED and not HandoutFile.objects.exists()

    def test_is_her_leaders_to_take_out_where_she_works_and_nobody_elses(self, monday: Cast) -> None:
        address = reverse("person:employee", args=[monday.kari.employee.pk])
        assert signed_in(monday.marit.user).get(address).status_code == 200
        assert signed_in(monday.ingrid.user).get(address).status_code == 403
        there = reverse("person:employee", args=[monday.frida.employee.pk])
        assert signed_in(monday.marit.user).get(there).status_code == 404

    def test_the_system_takes_out_nothing_here(self, monday: Cast) -> None:
        from tillit.foundation.access.actor import system

        whom = queries.about_employee(actor=monday.kari.actor, employee_id=monday.kari.employee.pk, at=MONDAY)
        with pytest.raises(NotAllowed):
            actions.ask_handout(actor=system("x"), whom=whom, asker="SELF", why="x", at=MONDAY)


class TestMentions:
    OTHERS = rules.words_of(["Liv Hansen", "Per-Åge"]) - rules.words_of(["Olga Hansen"])

    @pytest.mark.parametrize(
        "text", ["Ringte Liv.", "LIV kommer", "Naboen så det", "Snakket med datteren", "Åge bor her"]
    )
    def test_a_name_around_her_or_a_word_for_kin_is_found(self, text: str) -> None:
        assert rules.mentions(text, self.OTHERS)

    @pytest.mark.parametrize("text", ["Olga Hansen gikk tur", "Livlig i dag", "Fint vær", ""])
    def test_her_own_name_and_other_words_are_not(self, text: str) -> None:
        assert not rules.mentions(text, self.OTHERS)
