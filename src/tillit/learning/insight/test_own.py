"""A municipality's own indicators: counted by hand, hidden as all others, made and changed without code."""

from collections.abc import Callable
from datetime import date, timedelta

import polars as pl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders, builders_insight
from tests.builders_town import a_town
from tests.cast import MONDAY, Cast, Member
from tillit.foundation.access.actor import system
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.access.roles import Role
from tillit.foundation.jobs import progress
from tillit.foundation.jobs.models import Job, JobState
from tillit.foundation.workforce.models import Profession
from tillit.kernel.tables import Columns, table
from tillit.learning.insight.actions import count_job
from tillit.learning.insight.actions.counting import count_figures
from tillit.learning.insight.models import Figure, OwnIndicator
from tillit.learning.insight.queries import own_facts
from tillit.learning.insight.rules import hiding
from tillit.learning.insight.rules.facts import Place, Places, belongs
from tillit.learning.insight.rules.families.own import ROW, count
from tillit.learning.insight.rules.indicators import Better, Step
from tillit.learning.insight.rules.own import FACTS, LEAST, Recipe, Way, is_whole, least_of
from tillit.learning.insight.words import own as words

ClientOf = Callable[[Member], Client]
WEEK = date(2026, 11, 9)
TEAM, OTHER, DISTRICT = 2, 3, 1
PLACES = Places(
    belongs([Place(DISTRICT, "1.", "DISTRICT"), Place(TEAM, "1.2.", "TEAM"), Place(OTHER, "1.3.", "TEAM")]), WEEK
)
SPELLS = table(
    [(1, TEAM, date(2026, 1, 1), None), (1, OTHER, date(2026, 1, 1), None)],
    {"citizen": pl.Int64, "unit": pl.Int64, "first": pl.Date, "after": pl.Date},
)
VISITS: Columns = dict(ROW) | {
    "done": pl.Boolean, "cancelled": pl.Boolean, "told": pl.Boolean, "planned_min": pl.Float64, "told_min": pl.Float64,
    "state": pl.String, "cancelled_by": pl.String,
}  # fmt: skip


def visit(row: int, *, unit: int = TEAM, by: str = "", told: float | None = None) -> tuple[object, ...]:
    """One visit on the Tuesday. by: who called it off; empty: it was done."""
    state = "CANCELLED" if by else "DONE"
    return (row, unit, WEEK + timedelta(days=1), True, not by, bool(by), told is not None, 30.0, told, state, by)


def reckoned(
    recipe: Recipe, *rows: tuple[object, ...], other: pl.DataFrame | None = None
) -> dict[int, dict[str, object]]:
    """What the week gives, by unit."""
    tables = {"visits": table(rows, VISITS)} | ({} if other is None else {"stays_begun": other})
    found = count(
        [("E-1", recipe, 5)], tables, spells=SPELLS, places=PLACES, step=Step.WEEK, starts=[WEEK]
    )  # fmt: skip
    return {row["unit"]: row for row in found.iter_rows(named=True)}


FORTY = [visit(number, by="TEAM" if number < 6 else "") for number in range(40)]
"""The team's week on the page: 40 visits, of which 6 were called off because the team did not manage."""


class TestByHand:
    """The examples of docs/how-we-count/own-indicators.md."""

    def test_a_count(self) -> None:
        found = reckoned(Recipe("visits", Way.COUNT, Step.WEEK, only_column="cancelled_by", only_value="TEAM"), *FORTY)
        assert (found[TEAM]["value"], found[TEAM]["n"]) == (6, 6)
        assert (found[DISTRICT]["value"], found[OTHER]["value"], found[OTHER]["n"]) == (6, 0, 0)

    def test_a_share(self) -> None:
        found = reckoned(Recipe("visits", Way.SHARE, Step.WEEK, column="done"), *FORTY)
        assert (found[TEAM]["numerator"], found[TEAM]["denominator"], found[TEAM]["value"]) == (34, 40, 0.85)

    def test_a_median_and_a_mean(self) -> None:
        rows = [visit(number, told=told) for number, told in enumerate([20, 25, 30, 40, 85, None])]
        median = reckoned(Recipe("visits", Way.MEDIAN, Step.WEEK, column="told_min"), *rows)[TEAM]
        mean = reckoned(Recipe("visits", Way.MEAN, Step.WEEK, column="told_min"), *rows)[TEAM]
        assert (median["value"], median["n"], median["excluded"], mean["value"]) == (30, 5, 1, 40)

    def test_per_hundred_of_another_rests_on_the_smaller(self) -> None:
        stays = table(
            [(number, TEAM, WEEK, True, False, "HOSPITAL") for number in range(8)],
            dict(ROW) | {"ready": pl.Boolean, "kind": pl.String},
        )
        found = reckoned(Recipe("stays_begun", Way.PER_100, Step.WEEK, other="visits"), *FORTY, other=stays)
        assert (found[TEAM]["value"], found[TEAM]["n"]) == (20, 8)

    def test_what_two_teams_have_together_counts_once_above_them(self) -> None:
        both = [visit(1), visit(1, unit=OTHER), visit(2)]
        found = reckoned(Recipe("visits", Way.COUNT, Step.WEEK), *both)
        assert (found[TEAM]["n"], found[OTHER]["n"], found[DISTRICT]["n"]) == (2, 1, 2)


class TestSmallNumbers:
    def test_one_value_alone_is_held_where_it_would_tell_another(self) -> None:
        recipe = Recipe("visits", Way.COUNT, Step.WEEK, only_column="cancelled_by", only_value="TEAM")
        alone = [*FORTY, visit(50, by="CITIZEN")]
        assert reckoned(recipe, *FORTY)[TEAM]["held"] is False
        assert reckoned(recipe, *alone)[TEAM]["held"] is True
        assert reckoned(Recipe("visits", Way.COUNT, Step.WEEK), *alone)[TEAM]["held"] is False

    @pytest.mark.parametrize(
        ("parts", "hidden"),
        [
            ({"A": 20, "B": 10}, set()),
            ({"A": 20, "B": 10, "C": 2}, {"B", "C"}),
            ({"A": 20, "B": 1, "C": 2}, {"A", "B", "C"}),
            ({"A": 20, "B": 2, "C": 3}, {"B", "C"}),
        ],
    )
    def test_hides_until_what_is_hidden_is_enough(self, parts: dict[str, int], hidden: set[str]) -> None:
        assert {one for one in parts if hiding.gives_away(parts, one, least=5)} == hidden

    def test_a_held_team_takes_the_next_smallest_with_it(self) -> None:
        cells = [hiding.Cell(1, None, 60), hiding.Cell(2, 1, 30, held=True), hiding.Cell(3, 1, 30)]
        assert hiding.withheld(cells, least=5) == {2, 3}

    def test_nothing_is_shown_for_fewer_than_the_house_shows(self) -> None:
        for fact in FACTS.values():
            for recipe in recipes(fact.code):
                assert least_of(recipe) >= LEAST
        assert least_of(Recipe("employed", Way.COUNT, Step.MONTH)) == 10
        assert least_of(Recipe("visits", Way.SHARE, Step.WEEK, column="done")) == 30


def recipes(fact: str) -> list[Recipe]:
    """Every way on the form to count a fact."""
    found = []
    for said, _name in words.ways(fact):
        way, _colon, named = said.partition(":")
        column, other = ("", named) if way == "PER_100" else (named, "")
        step = next(one for one in FACTS[fact].steps if not other or one in FACTS[other].steps)
        found += [
            Recipe(fact, Way(way), step, column=column, other=other, only_column=key, only_value=value)
            for key, _equals, value in (only.partition("=") for only, _words in words.filters(fact))
        ]
    return found


class TestChoices:
    def test_every_choice_on_the_form_can_be_counted_and_said(self) -> None:
        for fact in FACTS:
            for recipe in recipes(fact):
                assert is_whole(recipe), recipe
                assert words.counted(recipe).count("%") == 0 and words.source(recipe)
        assert words.question("Avlyste besøk", Better.DOWN) == "Minker tallet for avlyste besøk?"

    @pytest.mark.parametrize(
        "recipe",
        [
            Recipe("visits", Way.SHARE, Step.WEEK, column="carer"),
            Recipe("visits", Way.COUNT, Step.WEEK, only_column="citizen", only_value="7"),
            Recipe("visits", Way.COUNT, Step.WEEK, only_column="state", only_value="' OR 1"),
            Recipe("visits", Way.PER_100, Step.WEEK, other="deviations"),
            Recipe("visits", Way.PER_100, Step.WEEK, other="visits"),
            Recipe("deviations", Way.COUNT, Step.WEEK),
            Recipe("people", Way.COUNT, Step.MONTH),
        ],
    )
    def test_what_is_not_a_choice_cannot_be_counted(self, recipe: Recipe) -> None:
        assert not is_whole(recipe)

    @pytest.mark.django_db
    def test_no_fact_carries_a_person_R39(self) -> None:
        spells = table((), {"citizen": pl.Int64, "unit": pl.Int64, "first": pl.Date, "after": pl.Date})
        found = own_facts.tables(
            FACTS, first=WEEK, after=WEEK + timedelta(days=60), step=Step.MONTH, starts=[date(2026, 11, 1)], spells=spells
        )  # fmt: skip
        for code, fact in FACTS.items():
            allowed = {*ROW, *fact.flags, *fact.numbers, *fact.choices}
            assert set(found[code].columns) == allowed
            assert not {"citizen", "carer", "employee", "visit", "case", "line"} & allowed


@pytest.mark.usefixtures("on_monday")
class TestPages:
    @pytest.fixture
    def leader(self, cast: Cast) -> Member:
        """Leads the project in the whole municipality."""
        employee = builders.employee("Jørn", "Lillebo", Profession.LEADER, cast.municipality)
        builders.role(employee, Role.PROJECT_LEADER, cast.municipality)
        assert employee.user is not None
        return Member(employee, employee.user, system("tests"))

    def said(self, leader: Member, **more: str) -> dict[str, str]:
        return {
            "name": "Avlyste besøk", "way": "COUNT", "only": "cancelled_by=TEAM", "step": "WEEK", "better": "DOWN",
            "why": "Vi vil rekke alle.", "target": "Under ti", "least": "5", "owner": str(leader.employee.pk),
            "press_key": "et-trykk", **more,
        }  # fmt: skip

    def test_one_is_previewed_made_counted_shown_changed_and_retired_R38(
        self, cast: Cast, leader: Member, client_of: ClientOf
    ) -> None:
        a_town(cast)
        client, new = client_of(leader), reverse("insight:own-new", args=["visits"])

        looked = client.post(new, self.said(leader, se="1")).content.decode()
        assert "Antall besøk i uka. Bare de med «Vi rakk det ikke» som svar på hvorfor det ble avlyst." in looked
        assert "De siste tallene for Fjordvik kommune" in looked and "uke 45" in looked
        assert not OwnIndicator.objects.exists()

        for _twice in range(2):
            assert client.post(new, self.said(leader)).status_code == 302
        own = OwnIndicator.objects.get()
        assert "Avlyste besøk" in client.get(reverse("insight:counting")).content.decode()
        rows = Figure.objects.filter(unit=cast.bekkedal)
        assert {row.indicator for row in rows} == {f"E-{own.pk}"} and rows.count() >= 8
        assert AuditEntry.objects.filter(action="insight.define_figures").count() == 1

        page = reverse("insight:indicator", args=[cast.bekkedal.pk, f"E-{own.pk}"])
        shown = client_of(cast.marit).get(page).content.decode()
        assert "Minker tallet for avlyste besøk?" in shown and "Hva vi vil nå" in shown and "Under ti" in shown
        assert "Prosjektleder" in shown and "Lillebo" not in shown and "/bak/" not in shown
        listed = client_of(cast.marit).get(reverse("insight:unit", args=[cast.bekkedal.pk])).content.decode()
        assert "Minker tallet for avlyste besøk?" in listed
        file = client_of(cast.marit).get(reverse("insight:file", args=[cast.bekkedal.pk, "csv"])).content.decode()
        assert f"E-{own.pk}" in file

        change = reverse("insight:own-change", args=[own.pk])
        assert client.post(change, self.said(leader, step="MONTH", edition="7")).status_code == 409
        assert client.post(change, self.said(leader, step="MONTH", edition="1")).status_code == 302
        assert client.post(change, self.said(leader, step="MONTH", edition="2")).status_code == 302
        assert own.versions.count() == 2
        count_figures(actor=system("natt"), at=MONDAY)
        assert set(rows.filter(indicator=f"E-{own.pk}", version=2).values_list("step", flat=True)) == {"MONTH"}

        assert client.post(reverse("insight:own-retire", args=[own.pk])).status_code == 302
        assert "Telles ikke lenger" in client_of(cast.marit).get(page).content.decode()
        gone = client_of(cast.marit).get(reverse("insight:unit", args=[cast.bekkedal.pk])).content.decode()
        assert (
            "Minker tallet for avlyste besøk?" not in gone and Figure.objects.filter(indicator=f"E-{own.pk}").exists()
        )

    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            ({"name": ""}, "Fyll ut «Hva heter tallet?»"),
            ({"way": "SHARE:carer"}, "Velg en av dem"),
            ({"only": "citizen=1"}, "Velg en av dem"),
            ({"least": "4"}, "kan ikke være under 5"),
            ({"way": "SHARE:done", "least": "5"}, "kan ikke være under 30"),
            ({"way": "PER_100:deviations"}, "Dette kan ikke telles så ofte"),
            ({"owner": "1234567"}, "Velg en av dem"),
        ],
    )
    def test_says_what_is_wrong_and_keeps_what_was_typed(
        self, leader: Member, client_of: ClientOf, wrong: dict[str, str], told: str
    ) -> None:
        answer = client_of(leader).post(reverse("insight:own-new", args=["visits"]), self.said(leader, **wrong))
        page = answer.content.decode()
        assert answer.status_code == 422 and "Vi vil rekke alle." in page and not OwnIndicator.objects.exists()
        assert told in page

    def test_is_for_those_who_hold_the_role_in_the_municipality_itself(self, cast: Cast, client_of: ClientOf) -> None:
        assert client_of(cast.marit).get(reverse("insight:own")).status_code == 403
        builders.role(cast.marit.employee, Role.PROJECT_LEADER, cast.bekkedal)
        assert client_of(cast.marit).get(reverse("insight:own")).status_code == 403

    def test_as_many_queries_however_many_there_are(self, cast: Cast, leader: Member, client_of: ClientOf) -> None:
        def asked(address: str) -> int:
            client = client_of(cast.marit)
            client.get(address)
            with CaptureQueriesContext(connection) as found:
                client.get(address)
            return len(found)

        unit = reverse("insight:unit", args=[cast.bekkedal.pk])
        builders_insight.own(Recipe("visits", Way.COUNT, Step.WEEK), owner=leader.employee)
        one = asked(unit)
        for _more in range(4):
            builders_insight.own(Recipe("deviations", Way.COUNT, Step.MONTH), owner=leader.employee)
        assert asked(unit) == one


@pytest.mark.usefixtures("on_monday")
class TestCountingInTheBackground:
    def test_is_asked_for_followed_and_told_of(
        self, cast: Cast, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        a_town(cast)
        client, page = client_of(cast.admin), reverse("insight:counting")
        assert "Ingen har bedt om en telling ennå" in client.get(page).content.decode()

        with monkeypatch.context() as held:  # the worker is busy
            held.setattr(progress, "perform", lambda job_id: None)
            for _twice in range(2):
                assert client.post(reverse("insight:counting-start"), {"what": "due"}).status_code == 302
        job = Job.objects.get(kind="insight.count")
        Job.objects.filter(pk=job.pk).update(done=2, total=4, said="Del 3 av 4")
        shown = client.get(page).content.decode()
        assert "Teller: det som er nytt eller endret" in shown and "Del 3 av 4" in shown and "Stopp tellingen" in shown
        assert "Del 3 av 4" in client.get(reverse("insight:counting-progress")).content.decode()

        progress.perform(job.pk)

        told = client.get(page).content.decode()
        job.refresh_from_db()
        assert (
            job.state == JobState.DONE and job.outcome["new"] == Figure.objects.count() > 100 and job.outcome["whole"]
        )
        assert "tall sett på" in told and client.get(reverse("insight:counting-progress"))["HX-Refresh"] == "true"

        with monkeypatch.context() as held:
            held.setattr(progress, "perform", lambda job_id: None)
            client.post(reverse("insight:counting-start"), {"what": "everything"})
        assert client.post(reverse("insight:counting-stop")).status_code == 302
        stopped = Job.objects.latest("pk")
        progress.perform(stopped.pk)
        stopped.refresh_from_db()
        assert stopped.outcome == {"looked_at": 0, "new": 0, "replaced": 0, "whole": False}
        assert "Stoppet underveis" in client.get(page).content.decode()

    def test_an_error_is_told_in_plain_words_with_its_number(
        self, cast: Cast, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(**_said: object) -> None:
            raise ZeroDivisionError("Olga")

        monkeypatch.setattr(count_job, "count_figures", broken)
        client = client_of(cast.admin)
        client.raise_request_exception = False
        client.post(reverse("insight:counting-start"), {"what": "due"})
        told = client.get(reverse("insight:counting")).content.decode()
        assert "Stanset av en feil" in told and Job.objects.get().reference in told and "Olga" not in told
        assert client_of(cast.marit).get(reverse("insight:counting")).status_code == 403
