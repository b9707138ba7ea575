"""Two people open the same page; both save. The second is told who and when, sees both, and loses nothing (R06)."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders
from tests.cast import MONDAY, MONDAY_DATE, Cast, Member
from tillit.care.citizens.models import Home
from tillit.foundation.access.roles import Role
from tillit.foundation.responsibility.models import Duty
from tillit.foundation.workforce.models import Absence
from tillit.teamwork.planning.models import WhatCounts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_monday")]
SignIn = Callable[[Member], Client]


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def opened(client: Client, address: str) -> dict[str, Any]:
    """Return the form of a page as it would be sent untouched."""
    form = client.get(address).context["form"]
    values = {bound.html_name: bound.value() for bound in form}
    return {
        name: value.strftime("%d.%m.%Y") if isinstance(value, date) else value
        for name, value in values.items()
        if value not in (None, "", False)
    }


@pytest.fixture
def duty(cast: Cast) -> Duty:
    return Duty.objects.create(
        unit=cast.bekkedal,
        kind="OTHER",
        name="Nøkler",
        what="Teller nøklene.",
        weekdays="12345",
        valid_from=MONDAY_DATE,
    )


class TestADuty:
    def both(self, cast: Cast, client_of: SignIn, duty: Duty) -> tuple[Client, str, dict[str, Any], Any]:
        """Ingrid and Marit open it; Ingrid saves; then Marit does."""
        address = reverse("responsibility:arrange-duty", args=[duty.pk])
        first, second = client_of(cast.ingrid), client_of(cast.marit)
        hers, mine = opened(first, address), opened(second, address)
        assert first.post(address, {**hers, "what": "Teller alle nøklene.", "weekdays": ["1"]}).status_code == 302
        mine = {**mine, "what": "Teller nøklene kl. 14."}
        return second, address, mine, second.post(address, mine)

    def test_the_second_is_told_who_and_when_and_sees_both(self, cast: Cast, client_of: SignIn, duty: Duty) -> None:
        _client, _address, _mine, told = self.both(cast, client_of, duty)

        assert told.status_code == 409
        page = text_of(told)
        assert f"{cast.ingrid.employee.name} endret dette i dag kl. 08.00, mens du skrev." in page
        assert "Står nå Teller alle nøklene." in page and "Du skrev Teller nøklene kl. 14." in page
        assert "Hvilke dager? Står nå mandag" in page.replace("Mandag", "mandag")
        assert "Hva kaller dere vakta? Står nå" not in page  # where they agree, nothing is said
        assert "Teller nøklene kl. 14.</textarea>" in told.content.decode()
        duty.refresh_from_db()
        assert duty.what == "Teller alle nøklene."

    def test_one_press_keeps_mine(self, cast: Cast, client_of: SignIn, duty: Duty) -> None:
        client, address, mine, told = self.both(cast, client_of, duty)
        edition = told.context["form"]["edition"].value()

        assert client.post(address, {**mine, "edition": edition}).status_code == 302
        duty.refresh_from_db()
        assert (duty.what, duty.weekdays) == ("Teller nøklene kl. 14.", "12345")

    def test_one_press_keeps_both_texts(self, cast: Cast, client_of: SignIn, duty: Duty) -> None:
        client, address, mine, told = self.both(cast, client_of, duty)
        edition = told.context["form"]["edition"].value()
        assert 'name="behold_begge"' in told.content.decode()

        assert client.post(address, {**mine, "edition": edition, "behold_begge": "what"}).status_code == 302
        duty.refresh_from_db()
        assert duty.what == "Teller alle nøklene.\nTeller nøklene kl. 14."

    def test_theirs_stands_on_the_page_one_press_away(self, cast: Cast, client_of: SignIn, duty: Duty) -> None:
        client, address, _mine, told = self.both(cast, client_of, duty)
        assert 'href="?"' in told.content.decode()
        assert "Teller alle nøklene.</textarea>" in client.get(f"{address}?").content.decode()

    def test_a_third_in_between_is_told_of_too(self, cast: Cast, client_of: SignIn, duty: Duty) -> None:
        client, address, mine, told = self.both(cast, client_of, duty)
        edition = told.context["form"]["edition"].value()
        other = client_of(cast.ingrid)
        other.post(address, {**opened(other, address), "what": "Teller to ganger."})

        again = client.post(address, {**mine, "edition": edition})
        assert again.status_code == 409 and "Teller to ganger." in text_of(again)

    def test_the_same_answer_twice_is_told_without_lines(self, cast: Cast, client_of: SignIn, duty: Duty) -> None:
        address = reverse("responsibility:arrange-duty", args=[duty.pk])
        client = client_of(cast.ingrid)
        typed = {**opened(client, address), "what": "Nytt."}
        assert client.post(address, typed).status_code == 302
        assert "Du skrev" not in text_of(client.post(address, typed)).replace("Det du skrev", "")


def test_the_end_of_an_absence(cast: Cast, client_of: SignIn) -> None:
    absence = builders.absence(cast.ingrid.employee, MONDAY_DATE, reported_at=MONDAY)
    address = reverse("workforce:extend-absence", args=[cast.bekkedal.pk, absence.pk])
    leader, herself = client_of(cast.marit), client_of(cast.ingrid)
    seen = opened(leader, address)
    assert herself.post(address, {**opened(herself, address), "last": "27.11.2026"}).status_code == 302

    told = leader.post(address, {**seen, "last": "25.11.2026"})

    assert told.status_code == 409 and "Står nå 27.11.2026 Du skrev 25.11.2026" in text_of(told)
    assert Absence.objects.get().valid_to == date(2026, 11, 28)


def test_the_way_in(cast: Cast, client_of: SignIn) -> None:
    address = reverse("citizens:way_in", args=[cast.olga.pk])
    first, second = client_of(cast.ingrid), client_of(cast.marit)
    seen = opened(second, address)
    assert first.post(address, {**opened(first, address), "practical": "Hund i gangen."}).status_code == 302

    told = second.post(address, {**seen, "practical": "Bratt trapp.", "door_code": "4711"})

    assert told.status_code == 409
    page = text_of(told)
    assert "Hund i gangen." in page and "Bratt trapp." in page and cast.ingrid.employee.name in page
    both = {**seen, "practical": "Bratt trapp.", "seen": told.context["form"]["seen"].value()}
    assert second.post(address, both).status_code == 302
    assert Home.objects.get(citizen=cast.olga, valid_to__isnull=True).practical == "Bratt trapp."


def test_what_counts_in_proposals(cast: Cast, client_of: SignIn) -> None:
    builders.competence("FORDELER", "Fordeler", cast.ingrid.employee)
    shown = reverse("planning:counting", args=[cast.bekkedal.pk])
    save = reverse("planning:save-counting", args=[cast.bekkedal.pk])
    first, second = client_of(cast.kari), client_of(cast.ingrid)
    edition = first.get(shown).context["page"].edition
    assert first.post(save, {"TRAVEL": "MUCH", "edition": edition}).status_code == 302

    told = second.post(save, {"FACES": "MUCH", "edition": edition})

    assert told.status_code == 409
    assert [(line.theirs, line.mine) for line in told.context["page"].clash.lines] == [
        ("Som vanlig", "Mye"), ("Mye", "Som vanlig"),
    ]  # fmt: skip
    assert WhatCounts.objects.get().steps["FACES"] == "USUAL"
    now = told.context["page"].edition
    assert second.post(save, {"FACES": "MUCH", "TRAVEL": "MUCH", "edition": now}).status_code == 302


def test_the_terms_of_access(cast: Cast, client_of: SignIn) -> None:
    builders.role(cast.marit.employee, Role.ADMINISTRATOR, cast.municipality)
    address = reverse("protection:terms")
    first, second = client_of(cast.marit), client_of(cast.admin)
    seen = opened(second, address)
    assert first.post(address, {**opened(first, address), "emergency_hours": "6"}).status_code == 302

    told = second.post(address, {**seen, "emergency_hours": "2"})

    assert told.status_code == 409 and "Står nå 6 Du skrev 2" in text_of(told)
