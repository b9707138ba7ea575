"""The pages: the quick check and what it asks for, what is followed, what is usual."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders_plan
from tests.cast import MONDAY, MONDAY_DATE, Cast, Member
from tillit.care.journal.queries import journal_of
from tillit.care.observations import actions
from tillit.care.observations.models import Observation, Usual, Watch
from tillit.care.observations.rules.news2 import Measured

pytestmark = pytest.mark.usefixtures("on_monday")
SignIn = Callable[[Member], Client]
ILL = {
    "press_key": "p1", "words": "Slapp og varm.", "respiration": "22", "saturation": "93", "oxygen": "OXYGEN",
    "systolic": "108", "pulse": "96", "consciousness": "A", "temperature": "38,4",
}  # fmt: skip


def check(cast: Cast, count: int = 1) -> int:
    for number in range(count):
        found = actions.check(
            actor=cast.amir.actor, citizen_id=cast.olga.pk,
            measured=Measured(22, 93, True, 108, 96, "A", Decimal("38.4")), words="Slapp.",
            seen_at=MONDAY - timedelta(hours=number), press_key=f"k{number}", at=MONDAY,
        )  # fmt: skip
    assert found.watch_id is not None
    return found.watch_id


def test_the_check_from_the_visit_ends_in_what_to_do_R18(cast: Cast, client_of: SignIn) -> None:
    client = client_of(cast.amir)
    visit = builders_plan.visit(cast.olga, cast.bekkedal, cast.amir.employee, on=MONDAY_DATE)
    door = reverse("observations:check", args=[cast.olga.pk])
    shown = client.get(reverse("myday:visit", args=[visit.pk])).content.decode()
    assert f"{door}?besok={visit.pk}" in shown

    page = client.get(f"{door}?besok={visit.pk}").content.decode()
    assert f'name="visit" value="{visit.pk}"' in page and "Ring 113" in page
    answer = client.post(door, ILL | {"visit": str(visit.pk)}, follow=True)

    told = answer.content.decode()
    assert Observation.objects.get().visit_id == visit.pk
    assert "Ring 113 nå" in told and "NEWS2: 9 poeng." in told and 'href="tel:113"' in told
    assert "Ikke som vanlig nå" in client.get(reverse("myday:visit", args=[visit.pk])).content.decode()


def test_a_part_says_what_is_missing_and_that_it_is_the_least_R18(cast: Cast, client_of: SignIn) -> None:
    sent = {"press_key": "p1", "respiration": "22", "pulse": "96"}
    told = client_of(cast.amir).post(reverse("observations:check", args=[cast.olga.pk]), sent, follow=True)

    text = told.content.decode()
    assert "NEWS2: minst 3 poeng." in text
    assert "Mangler oksygenmetning, luft eller oksygen, blodtrykk, bevissthet og temperatur." in text
    assert "Ikke målt" in text and "Ring legevakta, 116 117" in text


@pytest.mark.parametrize("wrong", [{"pulse": "mange"}, {"pulse": "9000"}, {"temperature": "38,44"}])
def test_what_was_typed_comes_back_with_the_fault_R18(cast: Cast, client_of: SignIn, wrong: dict[str, str]) -> None:
    answer = client_of(cast.amir).post(reverse("observations:check", args=[cast.olga.pk]), ILL | wrong)

    text = answer.content.decode()
    assert answer.status_code == 422 and "Slapp og varm." in text and next(iter(wrong.values())) in text
    assert not Observation.objects.exists()


def test_an_empty_check_is_refused_R18(cast: Cast, client_of: SignIn) -> None:
    answer = client_of(cast.amir).post(reverse("observations:check", args=[cast.olga.pk]), {"press_key": "p"})

    assert answer.status_code == 422 and "Mål noe" in answer.content.decode()


def test_is_followed_and_closed_by_a_nurse_R18(cast: Cast, client_of: SignIn) -> None:
    client, door = client_of(cast.ingrid), reverse("observations:watch", args=[check(cast)])
    went_on = {"press_key": "s1", "step": "GO_ON", "hours": "2", "words": "Ringte legevakta."}
    client.post(door, went_on)
    assert Watch.objects.get().check_by == MONDAY + timedelta(hours=2)

    client.post(door, {"press_key": "s2", "step": "BETTER", "words": "Fin nå."})

    text = client.get(door).content.decode()
    assert "Avsluttet" in text and "Fin nå." in text and "Ringte legevakta." in text
    late = client.post(door, {"press_key": "s3", "step": "BETTER", "words": "Skrev dette også."})
    assert late.status_code == 409 and "Skrev dette også." in late.content.decode()


def test_a_care_worker_is_not_offered_what_a_nurse_decides_R18(cast: Cast, client_of: SignIn) -> None:
    door = reverse("observations:watch", args=[check(cast)])
    text = client_of(cast.amir).get(door).content.decode()

    assert 'value="HOSPITAL"' in text and 'value="BETTER"' not in text
    forced = {"press_key": "x", "step": "BETTER", "words": "Fin."}
    assert client_of(cast.amir).post(door, forced).status_code == 422
    assert Watch.objects.get().closed_at is None


def test_others_do_not_see_it_R06(cast: Cast, client_of: SignIn) -> None:
    watch_id = check(cast)
    for door in (
        reverse("observations:watch", args=[watch_id]),
        reverse("observations:citizen", args=[cast.olga.pk]),
        reverse("observations:check", args=[cast.olga.pk]),
        reverse("observations:usual", args=[cast.olga.pk]),
    ):
        assert client_of(cast.nils).get(door).status_code == 404


def test_the_history_asks_the_same_however_long_it_is_R22(cast: Cast, client_of: SignIn) -> None:
    client, door = client_of(cast.amir), reverse("observations:citizen", args=[cast.olga.pk])
    check(cast, 2)
    client.get(door)

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            text = client.get(door).content.decode()
        assert "Fra 9 til 9 poeng" in text and "Ikke som vanlig nå" in text
        return len(seen)

    few = asked()
    check(cast, 9)
    assert asked() == few


def test_what_is_usual_is_shown_where_one_measures_R18(cast: Cast, client_of: SignIn) -> None:
    door = reverse("observations:usual", args=[cast.olga.pk])
    nurse = client_of(cast.ingrid)
    said = {"edition": "0", "words": "Tungpust i trappa.", "saturation": "90", "scale": "2", "scale_by": "Lege Moe"}
    assert nurse.post(door, said | {"scale_by": ""}).status_code == 409
    assert nurse.post(door, said).status_code == 302

    text = client_of(cast.amir).get(reverse("observations:check", args=[cast.olga.pk])).content.decode()
    assert "Tungpust i trappa." in text and "bestemt av Lege Moe" in text
    helper = client_of(cast.amir)
    assert 'name="scale"' not in helper.get(door).content.decode()
    assert helper.post(door, {"edition": str(Usual.objects.get().pk), "words": "Bedre."}).status_code == 302
    assert Usual.objects.order_by("-pk")[0].scale == 2
    behind = helper.post(door, {"edition": "0", "words": "Et helt annet ord."})
    assert behind.status_code == 409 and "Et helt annet ord." in behind.content.decode()


def test_stands_in_the_journal_in_words_R14(cast: Cast, client_of: SignIn) -> None:
    check(cast)
    text = client_of(cast.amir).get(reverse("journal:record", args=[cast.olga.pk])).content.decode()

    for words in ("Ikke som vanlig: hurtigsjekk", "Slapp.", "Puls: 96 i minuttet.", "NEWS2: 9 poeng."):
        assert words in text
    assert journal_of(cast.olga.pk, before=None, everything=False)


def test_a_weight_and_words_from_the_page_R18(cast: Cast, client_of: SignIn) -> None:
    client, door = client_of(cast.amir), reverse("observations:observe", args=[cast.olga.pk])
    sent: dict[str, Any] = {"press_key": "w", "weight": "62,4", "about": "FLUID", "words": "Spiser lite."}
    assert client.post(door, {"press_key": "w"}).status_code == 422
    text = client.post(door, sent, follow=True).content.decode()

    assert "62,4 kg" in text and Observation.objects.get().weight == Decimal("62.4")
