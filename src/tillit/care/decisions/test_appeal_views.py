"""The pages about appeals, targets, rates and numbers, seen as people see them (R23)."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders, builders_appeals, builders_authority
from tests.cast import MONDAY, MONDAY_DATE, Cast, Member
from tillit.care.decisions.models import Appeal, CasePractice, ChargeRate
from tillit.care.decisions.rules.appeals import AppealState
from tillit.foundation.access.models import AccessEntry, AuditEntry
from tillit.foundation.access.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_monday")]
SignIn = Callable[[Member], Client]


def page(client: Client, name: str, *args: int, query: str = "") -> str:
    answer = client.get(reverse(f"decisions:{name}", args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def where(cast: Cast) -> None:
    cast.bekkedal.phone, cast.bekkedal.base_street = "555 00 100", "Bekkeveien 1"
    cast.bekkedal.save()


class TestNewAppeal:
    def test_is_told_by_mouth_and_written_down_R23(self, cast: Cast, client_of: SignIn) -> None:
        decision = builders_appeals.decision(cast)
        client = client_of(cast.amir)
        shown = page(client, "new_appeal", decision.pk)
        assert "vi skriver den ned" in shown

        answer = client.post(
            reverse("decisions:new_appeal", args=[decision.pk]),
            {"press_key": "k", "who": "0", "channel": "PHONE", "received_on": "23.11.2026", "words": "Jeg er uenig."},
        )

        appeal = Appeal.objects.get()
        assert answer.headers["Location"] == reverse("decisions:appeal", args=[appeal.pk])
        assert appeal.helped_to_write and appeal.posted_on == MONDAY_DATE
        assert AccessEntry.objects.filter(citizen_id=cast.olga.pk, changed=True).exists()

    def test_what_is_wrong_is_said_and_nothing_typed_is_lost(self, cast: Cast, client_of: SignIn) -> None:
        decision = builders_appeals.decision(cast)

        answer = client_of(cast.amir).post(
            reverse("decisions:new_appeal", args=[decision.pk]),
            {"press_key": "k", "who": "0", "channel": "PAPER", "received_on": "31.12.2026", "words": "Jeg er uenig."},
        )

        assert answer.status_code == 422
        assert "Jeg er uenig." in answer.content.decode()
        assert not Appeal.objects.exists()

    def test_from_the_citizen_one_chooses_the_decision(self, cast: Cast, client_of: SignIn) -> None:
        decision = builders_appeals.decision(cast)

        shown = page(client_of(cast.amir), "appeal_of_citizen", cast.olga.pk)

        assert reverse("decisions:new_appeal", args=[decision.pk]) in shown

    def test_others_do_not_find_it(self, cast: Cast, client_of: SignIn) -> None:
        decision = builders_appeals.decision(cast)
        appeal = builders_appeals.appeal(cast, decision)
        client = client_of(cast.frida)

        assert client.get(reverse("decisions:new_appeal", args=[decision.pk])).status_code == 404
        assert client.get(reverse("decisions:appeal", args=[appeal.pk])).status_code == 404


class TestAppeal:
    def test_has_one_next_press_all_the_way_to_the_governor_R23(self, cast: Cast, client_of: SignIn) -> None:
        where(cast)
        appeal = builders_appeals.appeal(cast)
        client = client_of(cast.marit)
        shown = page(client, "appeal", appeal.pk)
        assert "Ta opp klagen" in shown and "I tide" in shown

        client.post(reverse("decisions:take_up_appeal", args=[appeal.pk]), {"edition": "1"})
        assert "Hva kom dere til?" in page(client, "appeal", appeal.pk)

        answer = client.post(
            reverse("decisions:review_appeal", args=[appeal.pk]),
            {"edition": "2", "words": "Vi mener det samme.", "result": "FORWARD"},
        )
        assert answer.headers["Location"] == reverse("decisions:forward_appeal", args=[appeal.pk])
        assert "Vi mener det samme." in page(client, "forward_appeal", appeal.pk)

        client.post(
            reverse("decisions:forward_appeal", args=[appeal.pk]),
            {"edition": "3", "day": "07.12.2026", "ways": ["PAPER"]},
        )
        appeal.refresh_from_db()
        assert appeal.state == AppealState.FORWARDED
        assert "Skriv inn svaret" in page(client, "appeal", appeal.pk)

        client.post(
            reverse("decisions:answer_appeal", args=[appeal.pk]),
            {"edition": "4", "step": "GOVERNOR_RETURNS", "answered_on": "23.11.2026", "words": "Se på nattbesøk."},
        )
        shown = page(client, "appeal", appeal.pk)
        assert "Et nytt vedtak gjenstår" in shown and "Se på nattbesøk." in shown

    def test_what_stops_it_is_said_on_the_page(self, cast: Cast, client_of: SignIn) -> None:
        decision = builders_appeals.decision(cast, decided_on=date(2026, 10, 20), known_on=date(2026, 10, 20))
        appeal = builders_appeals.appeal(cast, decision)

        answer = client_of(cast.marit).post(
            reverse("decisions:take_up_appeal", args=[appeal.pk]), {"edition": "1", "late_reason": ""}
        )

        assert answer.status_code == 409
        assert "Klagen kom etter fristen" in answer.content.decode()

    def test_a_late_one_says_when_it_may_still_be_taken_up_R23(self, cast: Cast, client_of: SignIn) -> None:
        decision = builders_appeals.decision(cast, decided_on=date(2026, 10, 20), known_on=date(2026, 10, 20))

        shown = page(client_of(cast.marit), "appeal", builders_appeals.appeal(cast, decision).pk)

        assert "Siste dag var 17.11.2026, sendt 23.11.2026." in shown
        assert "Hvorfor behandles den likevel?" in shown

    def test_who_may_dismiss_is_said_R23(self, cast: Cast, client_of: SignIn) -> None:
        builders.role(cast.ingrid.employee, Role.CASE_WORKER, cast.bekkedal)
        appeal = builders_appeals.appeal(cast)

        assert "Du kan avvise klagen" in page(client_of(cast.marit), "appeal", appeal.pk)
        shown = page(client_of(cast.ingrid), "appeal", appeal.pk)
        assert "Du kan ikke avvise klagen" in shown and "Avvis klagen og send brevet" not in shown

    def test_two_writers_meet_and_nothing_typed_is_lost(self, cast: Cast, client_of: SignIn) -> None:
        appeal = builders_appeals.appeal(cast)
        client = client_of(cast.marit)
        client.post(reverse("decisions:take_up_appeal", args=[appeal.pk]), {"edition": "1"})

        answer = client.post(
            reverse("decisions:review_appeal", args=[appeal.pk]), {"edition": "1", "words": "Lang tekst.", "result": ""}
        )

        assert answer.status_code == 409
        assert "Lang tekst." in answer.content.decode()

    def test_a_care_worker_sees_and_takes_in_but_does_not_decide(self, cast: Cast, client_of: SignIn) -> None:
        appeal = builders_appeals.appeal(cast)
        client = client_of(cast.amir)

        assert "Ta opp klagen" not in page(client, "appeal", appeal.pk)
        assert client.post(reverse("decisions:take_up_appeal", args=[appeal.pk]), {"edition": "1"}).status_code == 403


class TestList:
    def test_shows_open_ones_by_deadline_and_keeps_its_queries_R23(self, cast: Cast, client_of: SignIn) -> None:
        builders_appeals.appeal(cast)
        client = client_of(cast.marit)
        page(client, "appeals")
        with CaptureQueriesContext(connection) as few:
            page(client, "appeals")
        for number in range(5):
            citizen = builders.citizen("Ny", f"Bruker{number}", cast.bekkedal, serial=100 + 20 * number)
            builders_appeals.appeal(cast, builders_appeals.decision(cast, citizen=citizen))
        with CaptureQueriesContext(connection) as many:
            shown = page(client, "appeals")

        assert "6 åpne klager" in shown and "Ny Bruker4" in shown
        assert len(many) == len(few)
        assert "Ingen klager er avsluttet ennå." in page(client, "appeals", query="?vis=avsluttet")


class TestPractice:
    def test_new_targets_hold_from_a_day_and_the_old_stay(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.admin)
        assert "Tillits egne forslag" in page(client, "practice")
        posted = {
            "valid_from": "01.12.2026", "notify_days": "2", "review_days": "21", "stay_days": "2", "reasons_days": "7",
            "handover_days": "2", "renew_days": "28", "evaluate_after_days": "180", "advance_notice_weeks": "3",
            "post_days": "3", "span_percent": "15", "provider_choice": "on",
        }  # fmt: skip
        assert client.post(reverse("decisions:new_practice"), posted).status_code == 302

        stored = CasePractice.objects.get()
        assert (stored.valid_from, stored.review_days) == (date(2026, 12, 1), 21)
        assert AuditEntry.objects.filter(subject=f"practice:{stored.pk}").exists()
        again = client.post(reverse("decisions:new_practice"), posted)
        assert again.status_code == 422 and "Det er alt satt frister" in again.content.decode()
        past = client.post(reverse("decisions:new_practice"), {**posted, "valid_from": "01.11.2026"})
        assert past.status_code == 422 and CasePractice.objects.count() == 1

    def test_a_new_rate_ends_the_old_one(self, cast: Cast, client_of: SignIn) -> None:
        service = builders_authority.services(MONDAY)["PRACTICAL_ASSISTANCE"]
        before = ChargeRate.objects.create(service=service, words="210 kroner", valid_from=date(2026, 1, 1))

        answer = client_of(cast.admin).post(
            reverse("decisions:new_rate", args=[service.pk]), {"words": "241 kroner", "valid_from": "01.01.2027"}
        )

        assert answer.status_code == 302
        before.refresh_from_db()
        assert before.valid_to == date(2027, 1, 1)
        assert "Fra 01.01.2027: 241 kroner" in page(client_of(cast.admin), "practice")

    def test_what_is_free_by_law_has_no_rate(self, cast: Cast, client_of: SignIn) -> None:
        service = builders_authority.services(MONDAY)["HOME_NURSING"]

        assert client_of(cast.admin).get(reverse("decisions:new_rate", args=[service.pk])).status_code == 404

    def test_is_for_leaders(self, cast: Cast, client_of: SignIn) -> None:
        assert client_of(cast.marit).get(reverse("decisions:practice")).status_code == 403


class TestNumbers:
    def test_tells_nothing_of_few_and_the_same_of_many_in_as_many_queries(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.marit)
        assert "Ingen vedtak er fattet i perioden." in page(client, "numbers", cast.bekkedal.pk)
        for number in range(4):
            builders_appeals.decision(cast, decided_on=date(2026, 11, 2) + timedelta(days=number))
        assert "færre enn 5 vedtak" in page(client, "numbers", cast.bekkedal.pk)

        builders_appeals.decision(cast)
        with CaptureQueriesContext(connection) as few:
            shown = page(client, "numbers", cast.bekkedal.pk)
        for _number in range(5):
            builders_appeals.decision(cast)
        with CaptureQueriesContext(connection) as many:
            page(client, "numbers", cast.bekkedal.pk)

        assert "5 av 5 vedtak ble fattet i tide." in shown
        assert len(many) == len(few)

    def test_another_team_is_out_of_reach(self, cast: Cast, client_of: SignIn) -> None:
        assert client_of(cast.marit).get(reverse("decisions:numbers", args=[cast.fjelldal.pk])).status_code in (
            403,
            404,
        )
