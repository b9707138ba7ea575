"""The page where a leader decides when a work group shares its team's lists (R02)."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests import builders_groups
from tests.cast import MONDAY_DATE, Cast, Member
from tillit.foundation.organisation.models import JoinedLists, Unit
from tillit.foundation.organisation.rules import Joining
from tillit.foundation.responsibility.contexts.joining_page import when_shared

pytestmark = pytest.mark.usefixtures("on_monday")

SignIn = Callable[[Member], Client]


@pytest.fixture
def group(cast: Cast) -> builders_groups.Group:
    return builders_groups.dementia_group(cast)


def unit_page(client: Client, unit: Unit) -> str:
    return client.get(reverse("organisation:unit", args=[unit.pk])).content.decode()


def save(client: Client, group: builders_groups.Group, **more: object) -> tuple[int, str]:
    data = {"edition": "1", "shared": ["NIGHT", "WEEKEND"], "valid_from": "24.11.2026", **more}
    answer = client.post(reverse("organisation:join-lists", args=[group.unit.pk]), data)
    return answer.status_code, answer.content.decode()


class TestJoinedListsPage:
    def test_the_units_page_says_when_in_plain_words_R02(
        self, cast: Cast, group: builders_groups.Group, client_of: SignIn
    ) -> None:
        page = unit_page(client_of(group.solveig), group.unit)

        assert "Felles lister med teamet" in page
        assert "Kveld, natt, helg og helligdag" in page
        assert "Endre når listene er felles" not in page
        assert "Endre når listene er felles" in unit_page(client_of(cast.marit), group.unit)
        assert "Felles lister med teamet" not in unit_page(client_of(cast.marit), cast.bekkedal)

    def test_the_leader_changes_it_from_a_day(
        self, cast: Cast, group: builders_groups.Group, client_of: SignIn
    ) -> None:
        client = client_of(cast.marit)
        form = client.get(reverse("organisation:join-lists", args=[group.unit.pk])).content.decode()
        assert form.count("checked") == 3

        assert save(client, group)[0] == 302

        row = JoinedLists.objects.get()
        assert (row.evening, row.night, row.weekend) == (False, True, True)
        assert "Kveld, natt, helg og helligdag. Fra 24.11.2026: natt, helg og helligdag" in unit_page(
            client, group.unit
        )

    def test_says_what_is_wrong_and_keeps_what_was_typed(
        self, cast: Cast, group: builders_groups.Group, client_of: SignIn
    ) -> None:
        client = client_of(cast.marit)

        status, page = save(client, group, valid_from="22.11.2026")
        assert status == 422
        assert "Velg i dag eller en dag som kommer." in page
        assert page.count("checked") == 2

        save(client, group)
        status, page = save(client, group, shared=[])
        assert status == 409
        assert "Noen andre endret dette" in page
        assert save(client, group, shared=[], edition="2")[0] == 302

    def test_is_for_leaders_and_for_work_groups(
        self, cast: Cast, group: builders_groups.Group, client_of: SignIn
    ) -> None:
        assert save(client_of(cast.ingrid), group)[0] == 403
        team = reverse("organisation:join-lists", args=[cast.bekkedal.pk])
        assert client_of(cast.marit).get(team).status_code == 404
        assert not JoinedLists.objects.exists()

    def test_words(self) -> None:
        assert when_shared(Joining(evening=False, night=False, weekend=False)) == "Aldri"
        assert when_shared(Joining(night=False, weekend=False)) == "Kveld"
        assert Joining().days.contains(MONDAY_DATE)
