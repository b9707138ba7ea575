"""What people wrote: kept apart, read by one outside the teams, shown when all is read (R40)."""

from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import builders, builders_surveys
from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.access.roles import Role
from tillit.kernel import clock
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile, NotAllowed, NotFound
from tillit.learning.surveys import actions, queries
from tillit.learning.surveys.contexts.own_words import words_above
from tillit.learning.surveys.models import Answer, Campaign, Screening, Words
from tillit.learning.surveys.rules import wording

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(cast: Cast) -> Any:
    """The union's representative, who works in another team."""
    one = builders_surveys.people(cast.fjelldal, 1, family="Fjell")[0]
    builders.role(one, Role.REPRESENTATIVE, cast.municipality)
    return one


def written(cast: Cast, count: int = 12, at: Any = MONDAY) -> Campaign:
    """A closed survey of relatives in which `count` wrote something."""
    campaign = builders_surveys.by_cards(cast, instrument="relatives", cards=20, at=at)
    for number, card in enumerate(queries.cards_of(campaign, campaign.groups.get())[:count]):
        said = {"P1": str(1 + number % 5), "P8": f"Tekst {number}. Takk til Olga Hansen."}
        actions.cast_card(card=card, said=said, at=at)
    return builders_surveys.closed(campaign, at=at + timedelta(minutes=1))


def named(cast: Cast, campaign: Campaign, reader: Any) -> Any:
    """Let the leader name the reader. Returns her as one who acts."""
    screening = Screening.objects.filter(campaign=campaign).first()
    actions.name_screener(
        actor=builders_surveys.KEEPER, campaign_id=campaign.pk, employee_id=reader.pk,
        edition=screening.edition if screening else 0, at=MONDAY,
    )  # fmt: skip
    return builders_surveys.actor(reader)


class TestKept:
    def test_apart_from_the_answers_and_in_an_order_of_its_own_R40(self, cast: Cast) -> None:
        campaign = written(cast)
        assert {code for one in Answer.objects.all() for code in one.given} == {"P1"}
        columns = {field.attname for field in Words._meta.concrete_fields}
        assert columns == {"id", "group_id", "question", "words", "verdict", "why", "places", "edition"}
        by_id = [row.words for row in Words.objects.order_by("pk")]
        assert len(by_id) == 12 and by_id != sorted(by_id, key=lambda text: int(text.split()[1][:-1]))
        with connection.cursor() as cursor:
            cursor.execute("SELECT words FROM surveys_words")
            assert all("Tekst" not in str(row[0]) for row in cursor.fetchall())
        assert campaign.screening.screener is None

    def test_with_nine_answers_nothing_is_R40(self, cast: Cast) -> None:
        written(cast, 9)
        assert not Words.objects.exists() and not Screening.objects.exists()
        assert {code for one in Answer.objects.all() for code in one.given} == {"P1"}


class TestBefore:
    def test_what_was_written_beside_the_answers_is_laid_apart_once_R40(self, cast: Cast) -> None:
        campaign = written(cast)
        Words.objects.all().delete()
        Screening.objects.all().delete()
        for number, one in enumerate(Answer.objects.all()):
            one.given = {**one.given, "P2": "NA", "P8": f"Tekst {number}"}
            one.save()
        move = import_module("tillit.learning.surveys.migrations.0003_words").move
        for _again in range(2):
            move(apps, None)
        assert {code for one in Answer.objects.all() for code in one.given} == {"P1", "P2"}
        assert {row.words for row in Words.objects.all()} == {f"Tekst {number}" for number in range(12)}
        assert Screening.objects.get().campaign == campaign


class TestNaming:
    def test_takes_one_outside_the_teams_and_the_line_above_them_R40(self, cast: Cast, reader: Any) -> None:
        campaign = written(cast)
        builders.role(cast.ingrid.employee, Role.REPRESENTATIVE, cast.municipality)  # of the team
        both = builders_surveys.people(cast.solvik, 1, family="Sol")[0]
        builders.role(both, Role.REPRESENTATIVE, cast.municipality)
        builders.role(both, Role.DISTRICT_LEADER, cast.municipality)  # leads the line
        assert [pk for pk, _name in queries.screeners_for(campaign, on=MONDAY_DATE)] == [reader.pk]
        for refused in (cast.ingrid.employee, both, cast.nils.employee):
            with pytest.raises(ActionRefused):
                named(cast, campaign, refused)
        with pytest.raises((NotAllowed, NotFound)):
            actions.name_screener(
                actor=cast.ingrid.actor, campaign_id=campaign.pk, employee_id=reader.pk, edition=1, at=MONDAY
            )
        named(cast, campaign, reader)
        with pytest.raises(ChangedMeanwhile):
            actions.name_screener(
                actor=builders_surveys.KEEPER, campaign_id=campaign.pk, employee_id=reader.pk, edition=1, at=MONDAY
            )


class TestReading:
    def test_is_hers_alone_who_is_named_and_opening_it_is_in_the_log_R40(self, cast: Cast, reader: Any) -> None:
        campaign = written(cast)
        other = builders_surveys.people(cast.solvik, 1, family="Sol")[0]
        builders.role(other, Role.REPRESENTATIVE, cast.municipality)
        actor = named(cast, campaign, reader)
        with pytest.raises(queries.NotNamed):
            actions.open_words(actor=builders_surveys.actor(other), campaign_id=campaign.pk, at=MONDAY)
        for _again in range(2):
            actions.open_words(actor=actor, campaign_id=campaign.pk, at=MONDAY)
        subject = str(Screening.objects.get())
        opened = [one for one in AuditEntry.objects.filter(subject=subject) if one.change == {"words": "opened"}]
        assert [one.user_id for one in opened] == [reader.user.pk]
        builders.role(reader, Role.CARE_WORKER, cast.bekkedal)  # now of the team
        with pytest.raises(NotAllowed):
            actions.open_words(actor=builders_surveys.actor(reader), campaign_id=campaign.pk, at=MONDAY)

    def test_shows_nothing_before_all_is_read_and_then_no_more_than_was_let_through_R40(
        self, cast: Cast, reader: Any
    ) -> None:
        campaign = written(cast)
        actor, group = named(cast, campaign, reader), campaign.groups.get()
        rows = list(Words.objects.order_by("pk"))
        judge = {"actor": actor, "campaign_id": campaign.pk, "at": MONDAY}
        with pytest.raises(actions.NoReason):
            actions.judge_words(words_id=rows[0].pk, places=(), held=True, edition=1, **judge)
        actions.judge_words(words_id=rows[0].pk, places=(), held=True, why="WHO", edition=1, **judge)
        with pytest.raises(ChangedMeanwhile):
            actions.judge_words(words_id=rows[0].pk, places=(), held=False, edition=1, **judge)
        for row in rows[1:-1]:
            actions.judge_words(words_id=row.pk, places=(4, 5, 99), held=False, edition=1, **judge)
        with pytest.raises(actions.Unread) as left:
            actions.finish_words(edition=2, **judge)
        assert left.value.left == 1 and queries.said_by([group.pk]) == []
        assert queries.reading_of(Screening.objects.get()).read == 11
        actions.judge_words(words_id=rows[-1].pk, places=(), held=False, edition=1, **judge)

        actions.finish_words(edition=2, **judge)

        (said,) = queries.said_by([group.pk])
        assert said.held == 1 and len(said.texts) == 11
        assert sum("Takk til […]." in text for text in said.texts) == 10
        assert sum("Olga Hansen" in row.words for row in Words.objects.all()) == 1  # what was covered is nowhere
        assert Words.objects.get(pk=rows[0].pk).words == ""
        assert said.texts == queries.said_by([group.pk])[0].texts  # the same order each time
        with pytest.raises(actions.NothingRead):
            actions.judge_words(words_id=rows[1].pk, places=(), held=False, edition=2, **judge)


class TestPages:
    def test_from_the_naming_to_what_the_team_sees_R40(self, cast: Cast, reader: Any, client: Client) -> None:
        campaign = written(cast, at=clock.now() - timedelta(hours=1))
        results, words = f"/undersokelser/{campaign.pk}/", f"/undersokelser/{campaign.pk}/ord/"
        leader, hers = Client(), Client()
        leader.force_login(cast.marit.employee.user)  # type: ignore[arg-type]
        hers.force_login(reader.user)
        assert "Ingen er valgt" in leader.get(results).content.decode()
        naming = f"/undersokelser/{campaign.pk}/leser/"
        assert reader.name in leader.get(naming).content.decode()
        assert leader.post(naming, {"edition": "1"}).status_code == 422
        assert leader.post(naming, {"edition": "1", "employee": str(reader.pk)}).status_code == 302
        assert leader.get(words).status_code == 403
        assert "0 av 12 lest" in hers.get("/undersokelser/").content.decode()
        above = words_above(cast.marit.actor, campaign)
        assert above.reader_href == naming and f"{reader.name} leser gjennom først. 0 av 12" in above.note
        assert words_above(builders_surveys.actor(reader), campaign).reader_href == ""

        assert "Tekst" not in hers.get(words).content.decode().replace("Tekstene", "")  # not before it is opened
        hers.post(words, {"go": "open"})
        first = Words.objects.order_by("pk").first()
        assert first is not None
        shown = hers.get(words).content.decode()
        assert all(f"<span>{word}</span>" in shown for word in wording.words_of(first.words))
        assert 'data-look><input class="ds-sr-only" type="checkbox" name="cover" value="4"' in shown
        said = {"words": str(first.pk), "edition": "1", "nr": "1", "cover": ["4", "5"]}
        without = hers.post(words, {**said, "go": "hold"})
        assert without.status_code == 422 and 'value="5" checked' in without.content.decode()
        with CaptureQueriesContext(connection) as asked:
            hers.get(words)
        few = len(asked)
        for row in Words.objects.order_by("pk"):
            hers.post(words, {"go": "through", "words": str(row.pk), "edition": "1", "cover": ["4", "5"]})
        with CaptureQueriesContext(connection) as asked:
            hers.get(f"{words}?nr=7")
        assert len(asked) == few
        assert "Vis for teamene" in hers.get(words).content.decode()
        assert "12 av 12 er lest" in leader.get(results).content.decode()
        screening = Screening.objects.get()
        assert hers.post(words, {"go": "finish", "edition": str(screening.edition)}).status_code == 302

        page = leader.get(results).content.decode()
        assert page.count("Takk til […].") == 12 and "Olga Hansen" not in page
        assert "Alt er lest" in hers.get(words).content.decode()
        client.force_login(reader.user)
        for address in (results, f"{results}mote/"):  # her role is above: no words, no numbers of a team
            answer = client.get(address)
            assert answer.status_code == 200 and "aldri ett team for seg" in answer.content.decode()
            assert "[…]" not in answer.content.decode()
        assert "bare teamet ser tallene" in client.get("/undersokelser/").content.decode()
