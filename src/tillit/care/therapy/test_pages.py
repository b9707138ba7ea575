"""What therapists, teams and leaders see, and the whole way from a referral to its end."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders
from tests import builders_plan as build
from tests.builders_therapy import group, taken, therapist, waiting
from tests.cast import MONDAY_DATE, TUESDAY_DATE, Cast, Member
from tillit.care.therapy.models import JointVisit, TherapyCase
from tillit.foundation.access.models import AccessEntry
from tillit.foundation.access.roles import Role

pytestmark = pytest.mark.usefixtures("on_monday")


@pytest.fixture
def lars(cast: Cast) -> Member:
    return therapist("Lars", "Eide", cast.solvik)


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member.user)
    return client


def text_of(client: Client, name: str, *args: int, **how: object) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_case_from_the_referral_to_the_end_R01(cast: Cast, lars: Member) -> None:
    found = group(cast.south)
    visit = build.visit(cast.olga, cast.bekkedal, cast.amir.employee, on=TUESDAY_DATE)
    team, hers = signed_in(cast.amir), signed_in(lars)
    refer = reverse("therapy:refer", args=[cast.olga.pk])
    refused = team.post(refer, {"own_words": "Jeg vil dusje selv", "source": "TEAM"})
    assert (refused.status_code, "Jeg vil dusje selv" in refused.content.decode()) == (422, True)
    team.post(
        refer,
        {
            "group_id": found.pk,
            "own_words": "Jeg vil dusje selv",
            "reason": "Redd i dusjen",
            "priority": "2",
            "source": "TEAM",
        },
    )
    case = TherapyCase.objects.get()
    assert "Olga Hansen" in text_of(hers, "therapy:waiting", found.pk)

    assert hers.get(reverse("citizens:page", args=[cast.olga.pk])).status_code == 404
    hers.post(reverse("therapy:take", args=[case.pk]))
    assert hers.get(reverse("citizens:page", args=[cast.olga.pk])).status_code == 200
    assert AccessEntry.objects.filter(citizen_id=cast.olga.pk, door="citizens:page").latest("pk").ground == "THERAPY"
    mine = text_of(hers, "therapy:mine")
    assert "«Jeg vil dusje selv»" in mine
    assert "Ikke avtalt" in mine
    write = reverse("therapy:write", args=[case.pk])
    hers.post(write, {"edition": "2", "words": "Så på badet", "next_step": "Øve i dusjen", "next_on": "24.11.2026"})
    hers.post(reverse("therapy:join", args=[case.pk]), {"visit": visit.pk, "why": "Øve i dusjen"})
    assert "Lars Eide er med: Øve i dusjen" in signed_in(cast.amir).get("/min-dag/2026-11-24/").content.decode()
    assert "Sammen med Team Bekkedal: Øve i dusjen" in hers.get("/min-dag/2026-11-24/").content.decode()
    assert "Lars Eide" in text_of(team, "myday:visit", visit.pk)
    told = text_of(team, "therapy:referred", cast.bekkedal.pk)
    assert "Lars Eide har saken" in told
    assert "Øve i dusjen" in told

    close = reverse("therapy:close", args=[case.pk])
    stale = hers.post(close, {"edition": "2", "result": "REACHED", "words": "Dusjer selv"})
    assert (stale.status_code, "Dusjer selv" in stale.content.decode()) == (409, True)
    hers.post(close, {"edition": "3", "result": "REACHED", "words": "Dusjer selv"})
    assert hers.get(reverse("citizens:page", args=[cast.olga.pk])).status_code == 404
    assert "kom dit brukeren ville" in text_of(team, "citizens:page", cast.olga.pk)
    assert JointVisit.objects.get().ended_at is not None


def test_who_is_over_the_deadline_is_said_and_nobody_else_sees_the_list_R43(cast: Cast, lars: Member) -> None:
    case = waiting(cast, cast.olga, referred_on=TUESDAY_DATE.replace(day=1))
    page = text_of(signed_in(lars), "therapy:waiting", case.group_id)

    assert "1 er over fristen." in page
    assert signed_in(cast.amir).get(reverse("therapy:waiting", args=[case.group_id])).status_code == 403
    assert signed_in(cast.marit).get(reverse("therapy:waiting", args=[case.group_id])).status_code == 404


def test_the_leader_opens_a_list_and_sees_numbers_of_the_group_alone_R43(cast: Cast, lars: Member) -> None:
    builders.role(cast.marit.employee, Role.DISTRICT_LEADER, cast.south)
    client = signed_in(cast.marit)
    client.post(reverse("therapy:groups"), {"profession": "OCCUPATIONAL_THERAPIST", "unit_id": cast.south.pk})
    found = group(cast.south)
    for citizen in (cast.olga, cast.arne) * 3:
        case = taken(cast, citizen, lars, found)
        TherapyCase.objects.filter(pk=case.pk).update(taken_on=MONDAY_DATE.replace(day=20))

    page = text_of(client, "therapy:numbers", found.pk)

    assert "Lars" not in page
    assert "100 %" in page.replace("\xa0", " ")
    assert text_of(client, "therapy:terms", found.pk)


def test_the_pages_ask_as_often_for_many_as_for_few(cast: Cast, lars: Member) -> None:
    client = signed_in(lars)
    found = group(cast.south)

    def asked() -> list[int]:
        counts = []
        for address in (reverse("therapy:mine"), reverse("therapy:waiting", args=[found.pk])):
            with CaptureQueriesContext(connection) as seen:
                assert client.get(address).status_code == 200
            counts.append(len(seen))
        return counts

    taken(cast, cast.olga, lars, found)
    waiting(cast, cast.olga, found)
    asked()
    few = asked()
    for number in range(4):
        citizen = builders.citizen(f"Liv {number}", "Dahl", cast.bekkedal, serial=700 + number)
        taken(cast, citizen, lars, found)
        waiting(cast, citizen, found)

    assert asked() == few


@pytest.mark.parametrize("name", ["give_back", "close", "join", "write"])
def test_no_form_is_shown_that_could_only_be_refused_R16(cast: Cast, lars: Member, name: str) -> None:
    build.visit(cast.olga, cast.bekkedal, cast.amir.employee, on=TUESDAY_DATE)
    other = signed_in(therapist("Tor", "Vik", cast.bekkedal))
    hers, team = signed_in(lars), signed_in(cast.amir)
    case = waiting(cast, cast.olga, group(cast.south))
    signed_in(lars).post(reverse("therapy:take", args=[case.pk]))
    address = reverse(f"therapy:{name}", args=[case.pk])

    assert 'data-autosave="terapi' in hers.get(address).content.decode()
    if name != "join":  # the team may ask whoever has it
        answer = other.get(address)
        page = answer.content.decode()
        assert (answer.status_code, "Lars Eide har saken" in page, 'data-autosave="terapi' in page) == (
            409,
            True,
            False,
        )
        assert f'href="{reverse("therapy:case", args=[case.pk])}"' in page
    TherapyCase.objects.filter(pk=case.pk).update(
        state="WAITING", holder=None, taken_on=None, opening=None, next_step="", next_on=None
    )
    if name in ("give_back", "join"):  # whoever works the list may write in one that waits, and end it
        answer = (team if name == "join" else other).get(address)
        assert (answer.status_code, "Ingen har saken nå" in answer.content.decode()) == (409, True)
    TherapyCase.objects.filter(pk=case.pk).update(
        state="CLOSED", holder=lars.employee, taken_on=MONDAY_DATE, closed_on=MONDAY_DATE, result="REACHED"
    )
    answer = (team if name == "join" else other).get(address)
    page = answer.content.decode()
    assert (answer.status_code, "Saken er avsluttet" in page, 'data-autosave="terapi' in page) == (409, True, False)
    assert "kom dit brukeren ville" in page.lower()


def test_words_typed_in_a_case_another_got_meanwhile_are_kept(cast: Cast, lars: Member) -> None:
    case = waiting(cast, cast.olga, group(cast.south))
    signed_in(lars).post(reverse("therapy:take", args=[case.pk]))
    case.refresh_from_db()
    other = signed_in(therapist("Tor", "Vik", cast.bekkedal))

    answer = other.post(
        reverse("therapy:give_back", args=[case.pk]), {"edition": str(case.edition), "why": "Skal i permisjon"}
    )

    assert (answer.status_code, "Skal i permisjon" in answer.content.decode()) == (422, True)
