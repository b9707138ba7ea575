from collections.abc import Callable
from datetime import time

import pytest
from django.test import Client

from tests import builders, builders_visits
from tests.cast import MONDAY, MONDAY_DATE, Cast, Member
from tillit.care.citizens.models import Responsible, ResponsibleKind
from tillit.care.citizens.queries import briefs
from tillit.care.visits import actions as visits
from tillit.care.visits.models import FollowUp, Visit
from tillit.foundation.organisation.models import TeamMeeting
from tillit.foundation.workforce.models import Employee
from tillit.pages.myday.contexts.change import ChangePage, destination

SignIn = Callable[[Member], Client]


@pytest.fixture
def visit(cast: Cast) -> Visit:
    """Amir goes to Olga at 08.40 on Monday."""
    return builders_visits.visit(cast.olga, cast.bekkedal, MONDAY_DATE, cast.amir.employee)


@pytest.fixture
def amir(cast: Cast, client_of: SignIn) -> Client:
    """Amir's phone."""
    return client_of(cast.amir)


def answers(cast: Cast, employee: Employee, kind: ResponsibleKind, *, deputy: bool = False) -> None:
    Responsible.objects.create(
        citizen=cast.olga, employee=employee, kind=kind, is_deputy=deputy, valid_from=builders.LONG_AGO
    )


def shown(client: Client, visit: Visit) -> ChangePage:
    found: ChangePage = client.get(f"/min-dag/besok/{visit.pk}/endret/").context["page"]
    return found


SAID = {"press_key": "one", "kind": "BETTER", "words": "Kler på seg overkroppen selv.", "urgency": "TODAY"}


class TestTellingAChange:
    def test_goes_to_the_one_who_answers_for_her_and_says_so_first(
        self, cast: Cast, amir: Client, visit: Visit
    ) -> None:
        answers(cast, cast.ingrid.employee, ResponsibleKind.SERVICE_RESPONSIBLE)

        page = shown(amir, visit)
        answer = amir.post(f"/min-dag/besok/{visit.pk}/endret/", SAID, follow=True)

        assert page.send_label == "Si fra til Ingrid"
        assert page.goes_to is not None and page.goes_to.mark.name == "Ingrid Solheim"
        told = FollowUp.objects.get()
        assert (told.owner, told.visit, told.kind, told.words) == (
            cast.ingrid.employee, visit, "BETTER", "Kler på seg overkroppen selv.",
        )  # fmt: skip
        assert "Det er sagt fra om endringen hos Olga Hansen." in answer.content.decode()

    def test_has_eight_choices_and_each_moment_is_a_button_that_sends(self, amir: Client, visit: Visit) -> None:
        page = shown(amir, visit)

        assert len(page.kinds.options) == 8 and not any(option.checked for option in page.kinds.options)
        assert [option.value for option in page.other_times] == ["NOW", "MEETING"]
        text = amir.get(f"/min-dag/besok/{visit.pk}/endret/").content.decode()
        for moment in ("NOW", "TODAY", "MEETING"):
            assert text.count(f'name="urgency" value="{moment}"') == 1
        buttons = text.split('id="endring"')[1].split("<button")[1:]
        assert "disabled" in buttons[0].split(">")[0], "the keyboard's Enter must not send as urgent"

    def test_the_same_press_twice_is_told_once(self, amir: Client, visit: Visit) -> None:
        for _press in range(2):
            assert amir.post(f"/min-dag/besok/{visit.pk}/endret/", SAID).status_code == 302

        assert FollowUp.objects.count() == 1

    def test_keeps_what_was_typed_when_something_is_missing(self, amir: Client, visit: Visit) -> None:
        answer = amir.post(f"/min-dag/besok/{visit.pk}/endret/", {**SAID, "kind": ""})

        text = answer.content.decode()
        assert answer.status_code == 422 and not FollowUp.objects.exists()
        assert "Velg hva som har endret seg." in text
        assert "Kler på seg overkroppen selv." in text and 'name="press_key" value="one"' in text

    def test_names_the_next_meeting(self, cast: Cast, amir: Client, visit: Visit) -> None:
        TeamMeeting.objects.create(
            unit=cast.bekkedal,
            name="Brukermøte",
            weekdays="3",
            starts=time(13),
            minutes=60,
            valid_from=builders.LONG_AGO,
        )

        labels = [option.label.replace("\u00a0", " ") for option in shown(amir, visit).other_times]

        assert labels[-1] == "På neste møte, onsdag 25.11. kl. 13.00"

    def test_gives_the_phone_for_what_cannot_wait(self, cast: Cast, amir: Client, visit: Visit) -> None:
        cast.ingrid.employee.phone = "922 22 222"
        cast.ingrid.employee.save()
        answers(cast, cast.ingrid.employee, ResponsibleKind.SERVICE_RESPONSIBLE)

        page = shown(amir, visit)

        assert page.call_href == "tel:92222222"
        assert 'href="tel:113"' in amir.get(f"/min-dag/besok/{visit.pk}/endret/").content.decode()

    def test_to_oneself_and_to_nobody_in_particular(self, cast: Cast, amir: Client, visit: Visit) -> None:
        nobody = shown(amir, visit)
        answers(cast, cast.amir.employee, ResponsibleKind.PRIMARY_CONTACT)
        oneself = shown(amir, visit)

        assert nobody.send_label == "Si fra til teamet" and "teamtavla" in nobody.goes_to_text
        assert oneself.send_label == "Lagre endringen" and "Min dag" in oneself.goes_to_text


class TestDestination:
    """What the page promises is what the action does."""

    @pytest.mark.parametrize("away", [(), ("ingrid",), ("ingrid", "kari"), ("ingrid", "kari", "amir")])
    @pytest.mark.parametrize("meeting", ["", "Brukermøte", "Teammøte"])
    def test_is_where_the_action_sends_it(self, cast: Cast, away: tuple[str, ...], meeting: str) -> None:
        answers(cast, cast.ingrid.employee, ResponsibleKind.SERVICE_RESPONSIBLE)
        answers(cast, cast.kari.employee, ResponsibleKind.SERVICE_RESPONSIBLE, deputy=True)
        answers(cast, cast.amir.employee, ResponsibleKind.PRIMARY_CONTACT)
        for name in away:
            builders.absence(getattr(cast, name).employee, MONDAY_DATE, reported_at=MONDAY)
        for weekdays, start in (("2", time(13)), ("1", time(7))):
            if meeting:
                TeamMeeting.objects.create(
                    unit=cast.bekkedal,
                    name=meeting,
                    weekdays=weekdays,
                    starts=start,
                    minutes=60,
                    valid_from=builders.LONG_AGO,
                )
        promised = destination(briefs([cast.olga.pk], on=MONDAY_DATE, at=MONDAY)[cast.olga.pk], at=MONDAY)

        told = visits.tell_change(
            actor=cast.amir.actor,
            citizen_id=cast.olga.pk,
            kind="WORSE",
            words="Slapp i dag.",
            urgency="MEETING",
            press_key="",
            at=MONDAY,
        )

        assert promised.owner_id == told.owner_id
        assert promised.next_meeting_at is None or promised.next_meeting_at == told.due_at
        assert (promised.next_meeting_at is None) == (not meeting)
