"""Nobody can join a person to an answer with the database in hand: the whole of it is read, before and after (R40).

What is left is written in docs/threat-model.md, and pinned by the last test, so that nobody believes more than it holds.
"""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests.builders_surveys import alike, answered, by_cards, closed, launched, people
from tests.cast import MONDAY, Cast
from tillit.foundation.keeping import sealed
from tillit.learning.surveys import queries
from tillit.learning.surveys.actions import cast_card
from tillit.learning.surveys.models import Answer, Campaign, Urn
from tillit.learning.surveys.rules import urn as urns

pytestmark = pytest.mark.django_db
Dump = dict[str, list[dict[str, Any]]]


def dumped() -> Dump:
    """Every row of every table, as they stand in the database: sealed columns are sealed."""
    found: Dump = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            names = [column[0] for column in cursor.description]
            found[table] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return found


def changed(before: Dump, after: Dump) -> dict[str, set[str]]:
    """Table → columns whose values are others, «+» or «−» for rows that came or went."""
    found: dict[str, set[str]] = {}
    for table in before.keys() | after.keys():
        old = {str(row.get("id", row)): row for row in before.get(table, [])}
        new = {str(row.get("id", row)): row for row in after.get(table, [])}
        names = {
            name
            for key in old.keys() & new.keys()
            for name in old[key]
            if bytes_of(old[key][name]) != bytes_of(new[key][name])
        }
        names |= {"+"} if new.keys() - old.keys() else set()
        names |= {"-"} if old.keys() - new.keys() else set()
        if names:
            found[table] = names
    return found


def bytes_of(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def text_of(dump: Dump) -> str:
    return json.dumps(
        dump, default=lambda value: bytes_of(value).hex() if isinstance(bytes_of(value), bytes) else str(value)
    )


class TestWhileItIsOpen:
    def test_an_answer_changes_the_urn_and_nothing_else_in_the_database_R40(self, cast: Cast) -> None:
        people(cast.bekkedal, 3, family="Berg")
        campaign = launched(cast)
        answered(campaign, [cast.amir.employee], [alike("team", 2)])
        before = dumped()

        answered(campaign, [cast.ingrid.employee], [alike("team", 5)])

        after = dumped()
        assert changed(before, after) == {"surveys_urn": {"content", "ballots"}}
        one, other = (bytes_of(dump["surveys_urn"][0]["content"]) for dump in (before, after))
        assert len(one) == len(other)  # nor does its size say what was answered

    def test_by_the_page_too_and_the_way_through_leaves_no_trace_R40(self, cast: Cast, client: Client) -> None:
        people(cast.bekkedal, 3, family="Berg")
        campaign = launched(cast)
        client.force_login(cast.ingrid.user)
        address = f"/undersokelser/{campaign.pk}/svar/"
        client.get(address)
        before = dumped()

        looked = client.post(address, {"at": "A1", "A1": "4", "go": "next"})
        assert changed(before, dumped()) == {}
        sent = client.post(address, {**alike("team", 4), "at": "", "go": "send"})

        assert looked.status_code == sent.status_code == 200
        assert "ligger i urna" in sent.content.decode()
        assert changed(before, dumped()) == {"surveys_urn": {"content", "ballots"}}
        assert not sent.cookies.get("sessionid")

    def test_answers_and_people_are_nowhere_to_be_read_without_the_key_R40(self, cast: Cast) -> None:
        campaign = by_cards(cast, instrument="relatives")
        codes = queries.cards_of(campaign, campaign.groups.get())
        for number, code in enumerate(codes[:6]):
            cast_card(card=code, said={"P1": "3", "P8": f"ETT SVAR NUMMER {number}"}, at=MONDAY)
        everything = text_of(dumped())
        assert "ETT SVAR" not in everything and b"ETT SVAR".hex() not in everything
        for code in codes:
            assert code not in everything
            assert urns.code_of(campaign.key, f"card:{code}") not in everything
        assert campaign.key not in everything


class TestWhenItIsClosed:
    def test_with_every_key_and_the_whole_database_nothing_joins_an_answer_to_a_person_R40(self, cast: Cast) -> None:
        everybody = people(cast.bekkedal, 12, family="Berg")
        campaign = launched(cast)
        key = campaign.key
        said = [{"A1": str(1 + number % 5), "A2": str(1 + number // 5)} for number in range(12)]
        answered(campaign, everybody, said)
        closed(campaign)

        after = dumped()
        # An answer has an id by chance, its group and itself: no column that could hold a person, a time or an order.
        assert {name for row in after["surveys_answer"] for name in row} == {"id", "group_id", "given"}
        opened = [json.loads(sealed.unseal(row["given"], "survey-answer")) for row in after["surveys_answer"]]
        assert {code for one in opened for code in one} == {"A1", "A2"}
        assert sorted(map(str, opened)) == sorted(str({"A1": int(one["A1"]), "A2": int(one["A2"])}) for one in said)
        # What the codes were made of is gone, and so are the codes: nothing can be made again and compared.
        assert Campaign.objects.get().key == "" and after["surveys_urn"] == []
        everything = text_of(after)
        assert key not in everything
        assert all(urns.code_of(key, f"employee:{one.pk}") not in everything for one in everybody)
        # No row anywhere names both the survey and somebody who answered it.
        mine = {f"campaign:{campaign.pk}", f"group:{campaign.groups.get().pk}"}
        logged = [row for row in after["access_auditentry"] if row["subject"] in mine]
        assert {row["user_id"] for row in logged} == {None}  # the keeper launched and closed it

    def test_the_order_they_are_stored_in_is_not_the_order_they_came_in_R40(self, cast: Cast) -> None:
        everybody = people(cast.bekkedal, 12, family="Berg")
        campaign = launched(cast)
        answered(campaign, everybody, [{"A1": str(1 + number % 5), "A2": str(1 + number // 5)} for number in range(12)])
        closed(campaign)

        def order(by: str) -> list[int]:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT given FROM surveys_answer ORDER BY {by}")
                rows = [json.loads(sealed.unseal(row[0], "survey-answer")) for row in cursor.fetchall()]
            return [row["A1"] - 1 + 5 * (row["A2"] - 1) for row in rows]

        inserted = "ctid" if connection.vendor == "postgresql" else "rowid"
        for found in (order("id"), order(inserted)):
            assert sorted(found) == list(range(12)) and found != list(range(12))  # by chance once in 479 001 600


class TestWhatIsLeft:
    def test_one_who_holds_the_key_and_copies_around_a_lone_answer_can_tell_before_it_is_closed_R40(
        self, cast: Cast
    ) -> None:
        """The threat model says so: what it takes is the key's file and two copies of the database minutes apart."""
        everybody = people(cast.bekkedal, 6, family="Berg")
        campaign = launched(cast)
        answered(campaign, everybody[:3], [alike("team", 3)] * 3)
        before = urns.unpacked(bytes(Urn.objects.get().content))
        answered(campaign, [everybody[3]], [alike("team", 1)])
        after = urns.unpacked(bytes(Urn.objects.get().content))

        new_code = set(after.spent) - set(before.spent)
        assert new_code == {urns.code_of(campaign.key, f"employee:{everybody[3].pk}")}
        assert sum(one["A1"] == 1 for one in after.ballots) - sum(one["A1"] == 1 for one in before.ballots) == 1

        closed(campaign, at=MONDAY)
        assert not Answer.objects.exists()  # four: deleted unseen
