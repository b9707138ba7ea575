"""Who has looked, what I have looked at, and the review: as pages."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders
from tests.cast import MONDAY, TUESDAY, TUESDAY_DATE, Cast, Member
from tillit.care.citizens.models import EmergencyAccess
from tillit.foundation.access import reading
from tillit.foundation.access.actor import Actor, system
from tillit.foundation.access.grounds import Ground, Reason
from tillit.foundation.access.models import AccessEntry, AuditEntry, LookupReview, RefusedEntry
from tillit.kernel import clock

SignIn = Callable[[Member], Client]


@pytest.fixture(autouse=True)
def _tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: TUESDAY)


def look(
    actor: Actor, *citizen_ids: int, door: str = "citizens:page", changed: bool = False, hours: float = -1
) -> None:
    watch = reading.Watch(dict.fromkeys(citizen_ids, changed))
    reading.write(watch, actor=actor, door=door, at=TUESDAY + timedelta(hours=hours))


def page(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


class TestWhoHasLooked:
    def test_says_who_role_unit_why_and_what_folded_for_the_day_R18(self, cast: Cast, client_of: SignIn) -> None:
        look(cast.amir.actor, cast.olga.pk)
        look(cast.amir.actor, cast.olga.pk, door="myday:visit", changed=True, hours=-0.5)
        look(cast.kari.actor, cast.olga.pk, cast.arne.pk, door="teamboard:board")
        look(system("nattjobben"), cast.olga.pk, door="tillit nightly", hours=-6)

        html = page(client_of(cast.ingrid), "oversight:citizen", cast.olga.pk)

        assert html.count("Amir Rahimi") == 1
        assert "Medarbeider i teamet, Team Bekkedal" in html
        assert "Så på: oversikten på brukerens side" in html
        assert "Skrev eller endret: besøk og det som er skrevet om dem" in html
        assert "Hvorfor: Arbeider i teamet som gir hjelpen" in html
        assert "1 person så navnet ditt i lister" in html
        assert "Systemet arbeidet også selv med" in html
        assert "har 1 person åpnet noe i journalen din" in html

    def test_an_emergency_is_told_with_what_was_written(self, cast: Cast, client_of: SignIn) -> None:
        opened = EmergencyAccess.objects.create(
            citizen=cast.olga, employee=cast.nils.employee, unit=cast.solvik, reason="FOUND", words="Lå på trappa.",
            opened_at=TUESDAY - timedelta(hours=2), ends_at=TUESDAY + timedelta(hours=2),
        )  # fmt: skip
        watch = reading.Watch(
            {cast.olga.pk: False}, {cast.olga.pk: Reason(Ground.EMERGENCY, f"opening:{opened.pk}:FOUND")}
        )
        reading.write(watch, actor=cast.nils.actor, door="citizens:page", at=TUESDAY - timedelta(hours=1))

        html = page(client_of(cast.ingrid), "oversight:citizen", cast.olga.pk)

        assert "Hvorfor: Brukte nødtilgang («Jeg har møtt personen, som trenger hjelp nå: Lå på trappa.»)" in html

    def test_showing_it_is_a_look_too(self, cast: Cast, client_of: SignIn) -> None:
        page(client_of(cast.ingrid), "oversight:citizen", cast.olga.pk)

        entry = AccessEntry.objects.get(citizen_id=cast.olga.pk)
        assert (entry.door, entry.ground, entry.user_id) == ("oversight:citizen", "FOLLOWS", cast.ingrid.user.pk)

    def test_is_for_those_who_may_show_it_and_reach_her(self, cast: Cast, client_of: SignIn) -> None:
        there = reverse("oversight:citizen", args=[cast.olga.pk])

        assert client_of(cast.amir).get(there).status_code == 403
        assert client_of(cast.frida).get(there).status_code == 404
        assert client_of(cast.marit).get(there).status_code == 200

    def test_asks_as_many_queries_for_many_looks_as_for_few(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.ingrid)
        look(cast.amir.actor, cast.olga.pk)
        page(client, "oversight:citizen", cast.olga.pk)
        with CaptureQueriesContext(connection) as few:
            page(client, "oversight:citizen", cast.olga.pk)
        for member in (cast.amir, cast.kari, cast.marit):
            for day in range(10):
                look(member.actor, cast.olga.pk, hours=-24 * day - 1)
        with CaptureQueriesContext(connection) as many:
            page(client, "oversight:citizen", cast.olga.pk)

        assert len(many) == len(few)


class TestMyLookups:
    def test_are_mine_alone_with_what_others_said_of_them(self, cast: Cast, client_of: SignIn) -> None:
        look(cast.amir.actor, cast.olga.pk)
        look(cast.amir.actor, cast.arne.pk, door="teamboard:board")
        look(cast.kari.actor, cast.arne.pk)
        LookupReview.objects.create(
            finding="NIGHT:1:1:", rule="NIGHT", about=cast.amir.user, unit_path=cast.bekkedal.path, on=TUESDAY_DATE,
            outcome="EXPLAINED", words="Byttet vakt.", reviewer=cast.marit.user, reviewer_name="Marit Aune", at=MONDAY,
        )  # fmt: skip

        html = page(client_of(cast.amir), "oversight:mine")

        assert "Olga Hansen" in html
        assert "Arne Kvam" not in html
        assert "I lister så du navnet til 1 bruker til" in html
        assert "«Byttet vakt.» Marit Aune" in html
        assert "Byttet vakt" not in page(client_of(cast.kari), "oversight:mine")

    def test_names_nobody_who_is_out_of_reach_now(self, cast: Cast, client_of: SignIn) -> None:
        look(cast.amir.actor, cast.per.pk)

        html = page(client_of(cast.amir), "oversight:mine")

        assert "Per Fjell" not in html
        assert "En bruker du ikke når nå" in html


class TestRefusedTries:
    def test_are_kept_alike_whether_she_exists_or_not(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.amir)
        for citizen_id in (cast.per.pk, 987_654):
            assert client.get(reverse("citizens:page", args=[citizen_id])).status_code == 404

        kept = RefusedEntry.objects.order_by("pk").values_list("asked_for", "status", "door", "user_id")
        assert list(kept) == [
            (f"citizen_id:{cast.per.pk}", 404, "citizens:page", cast.amir.user.pk),
            ("citizen_id:987654", 404, "citizens:page", cast.amir.user.pk),
        ]
        assert not AccessEntry.objects.exists()


class TestReview:
    def test_points_out_what_stands_out_with_its_basis(self, cast: Cast, client_of: SignIn) -> None:
        look(cast.amir.actor, cast.olga.pk)  # no visit, no shift near

        html = page(client_of(cast.marit), "oversight:review")

        assert "Ingen besøk eller vakt i nærheten" in html
        assert "Amir Rahimi" in html
        assert "Åpnet journalen til Olga Hansen tirsdag 24. november kl. 07.00" in html

    def test_ordinary_looks_are_drawn_by_lot(self, cast: Cast, client_of: SignIn) -> None:
        builders.shift(cast.amir.employee, cast.bekkedal, TUESDAY_DATE)
        look(cast.amir.actor, cast.olga.pk)

        html = page(client_of(cast.marit), "oversight:review")

        assert "Ingen oppslag skiller seg ut" in html
        assert "Ingenting uvanlig" in html

    def test_an_answer_is_kept_told_to_her_and_audited_without_its_words(self, cast: Cast, client_of: SignIn) -> None:
        look(cast.amir.actor, cast.olga.pk)
        key = f"NO_VISIT_NEAR:{cast.amir.user.pk}:{TUESDAY_DATE.isoformat()}:x1"
        press = {"finding": key, "words": "Ringte pårørende for meg.", "outcome": "EXPLAINED"}

        answer = client_of(cast.marit).post(reverse("oversight:answer"), press)

        assert answer.status_code == 302
        stored = LookupReview.objects.get()
        assert (stored.finding, stored.about, stored.reviewer) == (key, cast.amir.user, cast.marit.user)
        assert "Ringte" not in str(AuditEntry.objects.get(subject=f"lookup-review:{stored.pk}").change)
        assert "Ringte pårørende" in page(client_of(cast.amir), "oversight:mine")
        assert "Ingen oppslag skiller seg ut" in page(client_of(cast.marit), "oversight:review")

    def test_without_words_nothing_is_stored_and_the_page_says_so(self, cast: Cast, client_of: SignIn) -> None:
        look(cast.amir.actor, cast.olga.pk)
        key = f"NO_VISIT_NEAR:{cast.amir.user.pk}:{TUESDAY_DATE.isoformat()}:x1"

        answer = client_of(cast.marit).post(reverse("oversight:answer"), {"finding": key, "words": " "})

        assert answer.status_code == 422
        assert "Skriv med noen ord" in answer.content.decode()
        assert not LookupReview.objects.exists()

    def test_what_the_rules_do_not_name_in_her_units_cannot_be_answered(self, cast: Cast, client_of: SignIn) -> None:
        look(cast.frida.actor, cast.per.pk)  # in the other district
        look(cast.marit.actor, cast.olga.pk, hours=-10)  # her own
        press = {"words": "Greit.", "outcome": "EXPLAINED"}
        for member in (cast.frida, cast.marit):
            key = f"NO_VISIT_NEAR:{member.user.pk}:{TUESDAY_DATE.isoformat()}:x1"
            answer = client_of(cast.marit).post(reverse("oversight:answer"), {**press, "finding": key})
            assert answer.status_code == 404

        assert "Frida" not in page(client_of(cast.marit), "oversight:review")
        assert not LookupReview.objects.exists()

    def test_is_for_leaders(self, cast: Cast, client_of: SignIn) -> None:
        assert client_of(cast.ingrid).get(reverse("oversight:review")).status_code == 403
        assert client_of(cast.admin).get(reverse("oversight:review")).status_code == 403

    def test_asks_as_many_queries_for_a_busy_week_as_for_a_quiet_one(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.marit)
        look(cast.amir.actor, cast.olga.pk)
        page(client, "oversight:review")
        with CaptureQueriesContext(connection) as quiet:
            page(client, "oversight:review")
        for member in (cast.amir, cast.kari, cast.ingrid):
            for day in range(6):
                look(member.actor, cast.olga.pk, cast.arne.pk, hours=-24 * day - 1)
        with CaptureQueriesContext(connection) as busy:
            page(client, "oversight:review")

        assert len(busy) == len(quiet)
