"""Opplysninger, dødsfall, avslutning og sammenslåing on the screen: who sees what, and what is kept when refused."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders
from tests import builders_plan as build
from tests.cast import Cast, Member
from tillit.care.citizens import actions as citizens
from tillit.care.citizens import queries
from tillit.care.citizens.models import Alert, Citizen, EndKind, EndOfHelp, Following, Identifier, Merge
from tillit.care.needs.models import Conversation, ConversationTemplate
from tillit.foundation.access.models import AccessEntry
from tillit.kernel import clock, oslo

SignIn = Callable[[Member], Client]
TENOR = "10915596784"


def url(name: str, citizen: Citizen, *more: int) -> str:
    return reverse(f"citizens:{name}", args=[citizen.pk, *more])


def text(answer: Any) -> str:
    return str(answer.content.decode())


def facts(citizen: Citizen, **other: str | int) -> dict[str, str | int]:
    """What the form posts, as it stands."""
    now = queries.facts_now(citizen.pk)
    return {
        "form": "facts",
        "given_name": now.facts.given_name,
        "family_name": now.facts.family_name,
        "born_on": now.facts.born_on.isoformat() if now.facts.born_on else "",
        "phone": now.facts.phone,
        "lives_alone": "true",
        "reason": "CHANGED",
        "edition": now.edition,
        **other,
    }


def unknown(cast: Cast) -> Citizen:
    found = builders.citizen("Ukjent", "Kvinne", cast.bekkedal, serial=700)
    Identifier.objects.filter(citizen=found).update(kind="UNKNOWN", value="")
    return found


class TestFacts:
    def test_a_care_worker_corrects_the_phone_and_reads_what_it_was(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.amir)

        answer = client.post(url("facts", cast.olga), facts(cast.olga, phone="911 11 111"))

        assert answer.headers["Location"] == url("facts", cast.olga)
        page = text(client.get(url("facts", cast.olga)))
        assert 'value="911 11 111"' in page and "900 00 000" in page and "Har endret seg · Amir Rahimi" in page

    def test_the_number_is_shown_and_corrected_only_by_those_who_may(self, cast: Cast, client_of: SignIn) -> None:
        number = Identifier.objects.get(citizen=cast.olga).value
        shown = f"{number[:6]} {number[6:]}"

        assert shown not in text(client_of(cast.amir).get(url("facts", cast.olga)))
        ingrid = client_of(cast.ingrid)
        assert shown in text(ingrid.get(url("facts", cast.olga)))
        press = {"form": "number", "number": TENOR, "reason": "KNOWN", "edition": 1}
        assert client_of(cast.amir).post(url("facts", cast.olga), press).status_code == 403
        assert ingrid.post(url("facts", cast.olga), press).status_code == 302
        assert shown in text(ingrid.get(url("facts", cast.olga)))  # under Tidligere opplysninger
        assert shown not in text(client_of(cast.amir).get(url("facts", cast.olga)))

    def test_the_second_writer_keeps_what_she_typed_and_may_press_again(self, cast: Cast, client_of: SignIn) -> None:
        first, second = facts(cast.olga, phone="911 11 111"), facts(cast.olga, phone="922 22 222")
        client_of(cast.amir).post(url("facts", cast.olga), first)
        client = client_of(cast.ingrid)

        answer = client.post(url("facts", cast.olga), second)

        page = text(answer)
        assert answer.status_code == 409
        assert 'value="922 22 222"' in page and "911 11 111" in page and 'name="edition" value="2"' in page
        assert client.post(url("facts", cast.olga), {**second, "edition": 2}).status_code == 302
        assert queries.facts_now(cast.olga.pk).facts.phone == "922 22 222"

    def test_a_taken_number_leads_a_leader_to_the_merge_and_tells_others_whom_to_ask(
        self, cast: Cast, client_of: SignIn
    ) -> None:
        wrong = unknown(cast)
        press = {"form": "number", "reason": "KNOWN", "edition": 1}
        near = {**press, "number": Identifier.objects.get(citizen=cast.olga).value}
        far = {**press, "number": Identifier.objects.get(citizen=cast.per).value}
        there = url("merge", wrong, cast.olga.pk)

        leader = client_of(cast.marit).post(url("facts", wrong), near)
        assert leader.status_code == 422 and f'href="{there}"' in text(leader)
        nurse = client_of(cast.ingrid).post(url("facts", wrong), near)
        assert "Nummeret finnes fra før hos oss." in text(nurse) and "sla-sammen" not in text(nurse)
        hidden = client_of(cast.marit).post(url("facts", wrong), far)
        assert "Nummeret finnes fra før hos oss." in text(hidden)
        assert f"/sla-sammen/{cast.per.pk}/" not in text(hidden) and "Per Fjell" not in text(hidden)

    def test_the_reading_is_logged_and_queries_do_not_grow_with_the_history(
        self, cast: Cast, client_of: SignIn
    ) -> None:
        client = client_of(cast.ingrid)
        client.get(url("facts", cast.olga))
        assert AccessEntry.objects.filter(citizen_id=cast.olga.pk).exists()

        def asked() -> int:
            with CaptureQueriesContext(connection) as caught:
                client.get(url("facts", cast.olga))
            return len(caught)

        few = asked()
        for number in range(6):
            client.post(url("facts", cast.olga), facts(cast.olga, phone=f"900 00 00{number}", call_name=f"O{number}"))
        client.get(url("facts", cast.olga))  # reads the toasts
        assert asked() == few


class TestDeath:
    def register(self, cast: Cast, client_of: SignIn, *, on: date | None = None) -> Client:
        client = client_of(cast.ingrid)
        day = on or oslo.day_of(clock.now())
        answer = client.post(url("death", cast.olga), {"died_on": day.isoformat(), "edition": 1})
        assert answer.headers["Location"] == url("page", cast.olga)
        return client

    def test_says_what_happens_before_it_is_done(self, cast: Cast, client_of: SignIn) -> None:
        page = text(client_of(cast.ingrid).get(url("death", cast.olga)))

        assert "Kommende besøk avlyses." in page and "Pårørende og nettverk blir stående" in page
        assert client_of(cast.amir).get(url("death", cast.olga)).status_code == 403

    def test_the_page_is_marked_and_offers_nothing_to_plan(self, cast: Cast, client_of: SignIn) -> None:
        client = self.register(cast, client_of)
        day = oslo.day_of(clock.now()).strftime("%d.%m.%Y")

        page = text(client.get(url("page", cast.olga)))

        assert f"Død {day}" in page
        for offered in ("Ny samtale", "Start samtalen", "Lag en plan", "Skriv det første målet", "Avslutt all hjelp"):
            assert offered not in page
        assert f"Død {day}" in text(client_of(cast.amir).get(url("page", cast.olga)))

    def test_lists_of_today_leave_her_out_and_a_search_marks_her(self, cast: Cast, client_of: SignIn) -> None:
        client = self.register(cast, client_of)

        assert "Olga Hansen" not in text(client.get(reverse("citizens:list")))
        former = text(client.get(reverse("citizens:list") + "?vis=tidligere"))
        assert "Olga Hansen" in former and "Død " in former and "Arne Kvam" not in former
        found = text(client.post(reverse("citizens:search"), {"q": "olga"}))
        assert "Olga Hansen" in found and "Død " in found

    def test_a_mistake_is_taken_back(self, cast: Cast, client_of: SignIn) -> None:
        client = self.register(cast, client_of)

        answer = client.post(url("death", cast.olga), {"mistake": "1", "edition": 2})

        assert answer.headers["Location"] == url("page", cast.olga)
        assert Citizen.objects.get(pk=cast.olga.pk).died_on is None
        assert "Olga Hansen" in text(client.get(reverse("citizens:list")))

    def test_a_day_ahead_is_refused_beside_the_form(self, cast: Cast, client_of: SignIn) -> None:
        ahead = oslo.day_of(clock.now()) + timedelta(days=1)

        answer = client_of(cast.ingrid).post(url("death", cast.olga), {"died_on": ahead.isoformat(), "edition": 1})

        assert answer.status_code == 422 and "Dødsdatoen kan ikke være etter i dag." in text(answer)


class TestEndOfHelp:
    def test_is_ended_from_the_page_and_taken_up_again(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.ingrid)
        today = oslo.day_of(clock.now())
        page = text(client.get(url("page", cast.olga)))
        assert f'href="{url("end_help", cast.olga)}"' in page
        assert f'href="{url("end_help", cast.olga)}"' not in text(client_of(cast.amir).get(url("page", cast.olga)))
        yesterday = (today - timedelta(days=1)).isoformat()

        answer = client.post(url("end_help", cast.olga), {"last_day": yesterday, "edition": 1})

        assert answer.headers["Location"] == url("page", cast.olga)
        page = text(client.get(url("page", cast.olga)))
        assert "Hjelpen er avsluttet" in page and f'href="{url("resume_help", cast.olga)}"' in page
        assert client_of(cast.amir).get(url("page", cast.olga)).status_code == 404
        press = {"unit": cast.bekkedal.pk, "valid_from": today.isoformat(), "edition": 2}
        assert client.post(url("resume_help", cast.olga), press).status_code == 302
        assert "Olga Hansen" in text(client.get(reverse("citizens:list")))

    def test_because_she_moves_is_kept_R19(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.ingrid)
        assert "Flytter til en annen kommune" in text(client.get(url("end_help", cast.olga)))
        today = oslo.day_of(clock.now()).isoformat()

        client.post(url("end_help", cast.olga), {"kind": "MOVED", "last_day": today, "edition": 1})

        assert EndOfHelp.objects.get().kind == EndKind.MOVED
        again = client.post(url("end_help", cast.olga), {"kind": "ENDED", "last_day": today, "edition": 2})
        assert again.status_code == 422 and EndOfHelp.objects.count() == 1

    def test_until_the_day_it_can_go_on(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.ingrid)
        last = oslo.day_of(clock.now()) + timedelta(days=5)
        client.post(url("end_help", cast.olga), {"last_day": last.isoformat(), "edition": 1})
        assert "La hjelpen fortsette" in text(client.get(url("page", cast.olga)))
        assert "Olga Hansen" in text(client.get(reverse("citizens:list")))

        client.post(url("resume_help", cast.olga), {"edition": 2})

        assert Following.objects.get(citizen=cast.olga).valid_to is None
        assert EndOfHelp.objects.get().taken_back_at is not None

    def test_plan_and_conversations_of_a_former_citizen_stay_readable_and_are_not_changed(
        self, cast: Cast, client_of: SignIn
    ) -> None:
        template = ConversationTemplate.objects.create(
            code="x", version=1, name="Mal", questions=[], in_use_from=builders.LONG_AGO
        )
        now = clock.now()
        talk = Conversation.objects.create(
            citizen=cast.olga,
            template=template,
            state="DONE",
            held_on=builders.LONG_AGO,
            started_at=now,
            saved_at=now,
            done_at=now,
        )
        draft = build.plan(cast.olga, in_use_from=None)
        citizens.end_help(actor=cast.ingrid.actor, citizen_id=cast.olga.pk, ends_on=oslo.day_of(now), edition=1, at=now)
        client = client_of(cast.ingrid)

        assert client.get(reverse("needs:read", args=[cast.olga.pk, talk.pk])).status_code == 200
        assert client.get(reverse("careplans:plan_edit", args=[cast.olga.pk])).status_code == 200
        assert client.post(reverse("needs:start", args=[cast.olga.pk])).status_code == 403
        assert client_of(cast.amir).get(reverse("careplans:plan_edit", args=[cast.olga.pk])).status_code == 404
        draft.refresh_from_db()
        assert draft.is_draft


class TestMerge:
    def test_side_by_side_then_together_and_the_old_address_leads_on(self, cast: Cast, client_of: SignIn) -> None:
        wrong = unknown(cast)
        client = client_of(cast.marit)
        page = text(client.get(url("merge", wrong, cast.olga.pk)))
        assert "Ukjent Kvinne" in page and "Olga Hansen" in page and "Ingenting slettes." in page

        answer = client.post(url("merge", wrong, cast.olga.pk), {"wrong_edition": 1, "right_edition": 1})

        assert answer.headers["Location"] == url("page", cast.olga)
        assert client.get(url("page", wrong)).headers["Location"] == url("page", cast.olga)
        assert client_of(cast.frida).get(url("page", wrong)).status_code == 404
        assert "Ukjent Kvinne" in text(client.get(url("facts", cast.olga)))

    def test_two_national_numbers_are_told_before_anything_is_pressed(self, cast: Cast, client_of: SignIn) -> None:
        page = text(client_of(cast.marit).get(url("merge", cast.arne, cast.olga.pk)))

        assert "Da er det to personer." in page and 'name="wrong_edition"' not in page

    def test_the_other_one_is_found_by_a_search_that_stays_in_reach(self, cast: Cast, client_of: SignIn) -> None:
        wrong = unknown(cast)
        client = client_of(cast.marit)

        found = text(client.post(url("merge_search", wrong), {"q": "strandveien"}))

        assert url("merge", wrong, cast.olga.pk) in found
        assert url("merge", wrong, cast.per.pk) not in found and url("merge", wrong, wrong.pk) not in found

    def test_what_changed_meanwhile_is_told(self, cast: Cast, client_of: SignIn) -> None:
        wrong = unknown(cast)

        answer = client_of(cast.marit).post(url("merge", wrong, cast.olga.pk), {"wrong_edition": 1, "right_edition": 9})

        assert answer.status_code == 409 and not Citizen.objects.filter(merged_into__isnull=False).exists()


class TestUndoingAMerge:
    def merged(self, cast: Cast, client: Client) -> Citizen:
        wrong = unknown(cast)
        client.post(url("merge", wrong, cast.olga.pk), {"wrong_edition": 1, "right_edition": 1})
        return wrong

    def test_is_offered_foreseen_done_and_told(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.marit)
        wrong = self.merged(cast, client)
        there = url("undo_merge", cast.olga, wrong.pk)
        assert f'href="{there}"' in text(client.get(url("facts", cast.olga)))
        assert there not in text(client_of(cast.ingrid).get(url("facts", cast.olga)))
        page = text(client.get(there))
        assert "Ukjent Kvinne ble slått sammen med Olga Hansen" in page and "Dette settes tilbake" in page
        assert Citizen.objects.get(pk=wrong.pk).merged_into_id == cast.olga.pk, "looking undoes nothing"

        answer = client.post(there, {"edition": 2})

        assert answer.headers["Location"] == there
        page = text(client.get(there))
        assert "Sammenslåingen er angret" in page and url("page", wrong) in page and 'name="edition"' not in page
        assert client.get(url("page", wrong)).status_code == 200
        told = text(client.get(url("facts", cast.olga)))
        assert "Det var to personer" in told and "Ukjent Kvinne" not in told, "she is somebody else now"

    def test_what_cannot_be_put_back_is_said_before_and_after(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.marit)
        wrong = unknown(cast)
        alert = Alert.objects.create(citizen=wrong, kind="FALL", text="Går ustøtt", valid_from=builders.LONG_AGO)
        client.post(url("merge", wrong, cast.olga.pk), {"wrong_edition": 1, "right_edition": 1})
        Alert.objects.filter(pk=alert.pk).update(text="Går støtt")
        there = url("undo_merge", cast.olga, wrong.pk)
        said = "1 er endret etter sammenslåingen, og blir stående hos Olga Hansen."

        assert said in text(client.get(there))
        client.post(there, {"edition": 2})
        assert said in text(client.get(there))

    def test_one_from_before_says_plainly_that_there_is_no_button(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.marit)
        wrong = self.merged(cast, client)
        Merge.objects.all().delete()
        there = url("undo_merge", cast.olga, wrong.pk)

        facts_page = text(client.get(url("facts", cast.olga)))
        assert there not in facts_page and "Kan ikke angres med en knapp" in facts_page
        page = text(client.get(there))
        assert "kan ikke angres med en knapp" in page and 'name="edition"' not in page
        assert client.post(there, {"edition": 2}).status_code == 409

    def test_what_changed_meanwhile_is_told_and_nothing_is_done(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.marit)
        wrong = self.merged(cast, client)

        answer = client.post(url("undo_merge", cast.olga, wrong.pk), {"edition": 1})

        assert answer.status_code == 409 and "Sammenslåingen ble ikke angret" in text(answer)
        assert Citizen.objects.get(pk=wrong.pk).merged_into_id == cast.olga.pk

    def test_both_must_be_in_reach_and_both_readings_are_logged(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.marit)
        wrong = self.merged(cast, client)
        there = url("undo_merge", cast.olga, wrong.pk)
        assert client_of(cast.ingrid).get(there).status_code == 403
        Merge.objects.update(units=[cast.fjelldal.pk])
        assert client.get(there).status_code == 404 and client.post(there, {"edition": 2}).status_code == 404
        assert there not in text(client.get(url("facts", cast.olga)))
        Merge.objects.update(units=[cast.bekkedal.pk])

        before = AccessEntry.objects.filter(citizen_id=wrong.pk).count()
        client.get(there)
        seen = AccessEntry.objects.filter(citizen_id=wrong.pk).order_by("pk")
        assert seen.count() == before + 1 and not seen.last().changed  # type: ignore[union-attr]
        client.post(there, {"edition": 2})
        assert seen.last().changed  # type: ignore[union-attr]


class TestDoors:
    @pytest.mark.parametrize("name", ["facts", "death", "end_help", "resume_help", "merge_search"])
    def test_out_of_reach_is_not_found(self, cast: Cast, client_of: SignIn, name: str) -> None:
        builders.role(cast.frida.employee, "TEAM_LEADER", cast.fjelldal)  # type: ignore[arg-type]
        client = client_of(cast.frida)

        assert client.get(url(name, cast.olga)).status_code == 404
        assert client.post(url(name, cast.olga), {"edition": 1}).status_code == 404

    def test_a_merge_needs_reach_to_both(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.marit)

        assert client.get(url("merge", cast.olga, cast.per.pk)).status_code == 404
        assert client.post(url("merge", cast.per, cast.olga.pk)).status_code == 404
        assert client_of(cast.ingrid).get(url("merge", cast.olga, cast.arne.pk)).status_code == 403
