"""What was said at gatherings: how many were there, never who; themes counted; corrections add (R40)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests import builders_surveys
from tests.builders_surveys import alike, answered, closed, launched, people
from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.kernel import clock, oslo
from tillit.kernel.errors import ActionRefused, NotAllowed, NotFound
from tillit.learning.surveys import actions, queries
from tillit.learning.surveys.models import Gathering, Statement
from tillit.learning.surveys.rules import themes
from tillit.learning.surveys.rules.shipped import shipped


class TestThemes:
    def test_each_counts_once_in_a_statement_and_by_gatherings_too(self) -> None:
        said = [(1, ["Autonomi"]), (1, ["Autonomi", "Tid", "autonomi"]), (2, ["tid"])]
        assert themes.counted(said) == (themes.Theme("Tid", 2, 2), themes.Theme("Autonomi", 2, 1))
        assert themes.counted(reversed(said)) == themes.counted(said) and themes.counted([]) == ()

    def test_are_suggested_from_the_scales_and_stored_alike(self) -> None:
        assert themes.suggested_themes(shipped("team"), "nb") == ("Styrke", "Autonomi", "Virkning", "Mening")
        assert themes.suggested_themes(None, "nb") == ()
        assert themes.themes_of([" tid  til hjemme", "", "Tid til HJEMME"]) == ("Tid til hjemme",)


@pytest.mark.django_db
class TestWriting:
    def test_is_hers_who_held_it_and_the_team_sees_it_from_five(self, cast: Cast) -> None:
        held = actions.hold_gathering(
            actor=cast.ingrid.actor,
            unit_id=cast.bekkedal.pk,
            held_on=MONDAY_DATE,
            people=5,
            campaign_id=None,
            at=MONDAY,
        )
        said: dict[str, Any] = {
            "gathering_id": held.pk,
            "words": "Vi får bestemme mer nå.",
            "themes": ["autonomi"],
            "at": MONDAY,
        }
        actions.write_statement(actor=cast.ingrid.actor, **said)
        with pytest.raises(NotAllowed):
            actions.write_statement(actor=cast.amir.actor, **said)
        assert [one.themes for one in queries.statements_of([held])] == [["Autonomi"]]
        assert queries.list_gatherings(actor=cast.amir.actor) == [held]
        with pytest.raises(NotFound):
            queries.get_gathering(actor=cast.nils.actor, gathering_id=held.pk)

        Gathering.objects.update(people=4)
        assert queries.list_gatherings(actor=cast.amir.actor) == []
        assert queries.get_gathering(actor=cast.ingrid.actor, gathering_id=held.pk) == held
        with pytest.raises(queries.NotForHer):
            queries.get_gathering(actor=cast.amir.actor, gathering_id=held.pk)

    def test_words_that_may_be_names_are_asked_about_once(self, cast: Cast) -> None:
        held = builders_surveys.a_gathering(cast.bekkedal, cast.ingrid.employee)
        said: dict[str, Any] = {"actor": cast.ingrid.actor, "gathering_id": held.pk, "themes": ["Tid"], "at": MONDAY}
        with pytest.raises(actions.MayBeNames) as asked:
            actions.write_statement(words="Det gikk bra da amir ringte 912 34 567.", **said)
        assert asked.value.words == ("amir", "912", "34", "567")
        assert not Statement.objects.exists()
        actions.write_statement(words="Huset i Storgata er kaldt.", is_sure=True, **said)
        for words, about in (("", ["Tid"]), ("x" * 301, ["Tid"]), ("Noe", []), ("Noe", ["a", "b", "c", "d"])):
            with pytest.raises(ActionRefused):
                actions.write_statement(**{**said, "words": words, "themes": about})
        for day, people_there, about_survey in ((1, 6, None), (0, 0, None), (0, 201, None)):
            with pytest.raises(ActionRefused):
                actions.hold_gathering(
                    actor=cast.ingrid.actor, unit_id=cast.bekkedal.pk, held_on=MONDAY_DATE + timedelta(days=day),
                    people=people_there, campaign_id=about_survey, at=MONDAY,
                )  # fmt: skip

    def test_corrections_add_and_what_is_taken_back_is_nowhere(self, cast: Cast) -> None:
        held = builders_surveys.a_gathering(cast.bekkedal, cast.ingrid.employee)
        said: dict[str, Any] = {"actor": cast.ingrid.actor, "gathering_id": held.pk, "at": MONDAY}
        first = actions.write_statement(words="Vi får bestemme.", themes=["Tid"], **said)
        second = actions.write_statement(words="Vi får bestemme mer.", themes=["Autonomi"], corrects=first.pk, **said)
        assert queries.statements_of([held]) == [second] and Statement.objects.count() == 2
        with pytest.raises(ActionRefused):
            actions.write_statement(words="En gang til.", themes=["Tid"], corrects=first.pk, **said)
        actions.take_back_statement(statement_id=second.pk, **said)
        assert queries.statements_of([held]) == []
        assert {one.words for one in Statement.objects.all()} == {""} and Statement.objects.count() == 3


@pytest.mark.django_db
def test_what_was_said_stands_beside_the_teams_numbers(cast: Cast, client: Client) -> None:
    now = clock.now() - timedelta(hours=1)
    those = people(cast.bekkedal, 6, family="Berg")
    campaign = launched(cast, at=now)
    answered(campaign, those, [alike("team", 4)] * 6, now)
    closed(campaign, at=now + timedelta(minutes=1))
    client.force_login(cast.ingrid.employee.user)  # type: ignore[arg-type]
    day = oslo.day_of(now).strftime("%d.%m.%Y")
    team = {"unit": str(cast.bekkedal.pk), "held_on": day, "campaign": str(campaign.pk)}
    assert client.post("/undersokelser/samlinger/ny/", {**team, "people": "0"}).status_code == 422
    made = client.post("/undersokelser/samlinger/ny/", {**team, "people": "7"})
    page = made.headers["Location"]
    named = client.post(page, {"words": "Spør Amir.", "themes": ["Autonomi"]})
    assert named.status_code == 422 and "«Amir»" in named.content.decode() and "Spør Amir." in named.content.decode()
    assert client.post(page, {"words": "Vi får det til.", "themes": ["Styrke"], "own_theme": "tid"}).status_code == 302
    (one,) = Statement.objects.all()
    assert 'value="Styrke" id="id_themes_0" checked' in client.get(f"{page}?rett={one.pk}").content.decode()

    beside = client.get(f"/undersokelser/{campaign.pk}/").content.decode()
    assert "Det dere sa" in beside and "Tid" in beside and "7 var der" in beside
    assert client.post(page, {"back": str(one.pk)}).status_code == 302
    assert "Vi får det til." not in client.get(page).content.decode()
    assert "Samlinger" in client.get("/undersokelser/").content.decode()
