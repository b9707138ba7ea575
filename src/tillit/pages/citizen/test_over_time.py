"""The help, the goals and the faces over time: counted as the documents say, and shown to those who read them."""

from collections.abc import Callable
from datetime import time, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders
from tests.cast import Cast, Member
from tillit.care.careplans.models import CarePlan, Goal
from tillit.care.careplans.queries import goals_over_time
from tillit.care.citizens.models import Citizen, Whereabouts
from tillit.care.evaluations.models import Evaluation
from tillit.care.visits.rules.given import monday_of
from tillit.foundation.access.roles import Role
from tillit.kernel import clock, oslo
from tillit.pages.citizen.contexts.over_time import OverTimePage
from tillit.pages.citizen.test_views import days_of_help

SignIn = Callable[[Member], Client]


def page_of(client: Client, citizen: Citizen, **query: str) -> OverTimePage:
    page: OverTimePage = client.get(reverse("citizens:over_time", args=[citizen.pk]), query).context["page"]
    return page


def some_time(cast: Cast, citizen: Citizen, *, goals: int, days: int = 10) -> None:
    """Two versions of a plan, its goals evaluated once, and days of help."""
    at = clock.now()
    first, second = at - timedelta(days=60), at - timedelta(days=20)
    old = CarePlan.objects.create(citizen=citizen, made_at=first, changed_at=first, valid_from=first, valid_to=second)
    new = CarePlan.objects.create(citizen=citizen, made_at=second, changed_at=second, valid_from=second)
    for number in range(goals):
        begun = Goal.objects.create(plan=old, words=f"Mål {number}")
        Goal.objects.filter(pk=begun.pk).update(line=begun.pk)
        kept = Goal.objects.create(
            plan=new, words=f"Mål {number} nå", line=begun.pk, state="REACHED", state_on=oslo.day_of(at)
        )
        Evaluation.objects.create(
            goal=kept, line=begun.pk, own_words="Det går.", level=1, outcome="REACHED", evaluated_at=second
        )
    gone = Goal.objects.create(plan=old, words="Tatt ut")
    Goal.objects.filter(pk=gone.pk).update(line=gone.pk)
    days_of_help(cast, citizen, days=days)


class TestGoalsOverTime:
    def test_a_goal_is_one_through_versions_of_the_plan_R13(self, cast: Cast) -> None:
        some_time(cast, cast.olga, goals=1)

        spans = {span.words: span for span in goals_over_time(cast.olga.pk)}

        assert set(spans) == {"Mål 0 nå", "Tatt ut"}
        assert spans["Mål 0 nå"].set_at == CarePlan.objects.earliest("pk").valid_from
        assert spans["Mål 0 nå"].is_reached and spans["Mål 0 nå"].taken_out_at is None
        assert spans["Tatt ut"].taken_out_at == CarePlan.objects.latest("pk").valid_from


class TestPage:
    def test_shows_hours_goals_with_scores_and_who_came(self, cast: Cast, client_of: SignIn) -> None:
        some_time(cast, cast.olga, goals=1, days=20)
        answer = client_of(cast.ingrid).get(reverse("citizens:over_time", args=[cast.olga.pk]), {"uker": "12"})
        page: OverTimePage = answer.context["page"]

        assert page.help is not None and page.help.chart.weeks == 12
        whole = page.help.table.rows[0]
        assert whole.cells[1] == "2,3 t"  # a whole week: 7 visits of 20 minutes
        assert page.goals is not None
        html = answer.content.decode()
        assert "Målet er nådd (+1)" in html and "Tatt ut" in html
        assert page.who_table is not None
        shares = {str(row.cells[0]): row.cells[1] for row in page.who_table.rows}
        assert shares["Noen fast i teamet kom på"] == "14 av 14"

    def test_a_week_she_was_away_does_not_count(self, cast: Cast, client_of: SignIn) -> None:
        days_of_help(cast, cast.olga, days=20)
        monday = monday_of(oslo.day_of(clock.now())) - timedelta(weeks=1)
        noon = oslo.moment(monday, time(12))
        Whereabouts.objects.create(citizen=cast.olga, kind="HOSPITAL", from_at=noon, to_at=noon + timedelta(hours=3))

        page = page_of(client_of(cast.ingrid), cast.olga)

        assert page.help is not None
        assert page.help.chart.rows[0].values[-1] is None and page.help.chart.rows[0].values[-2] is not None
        assert "(borte)" in str(page.help.table.rows[0].cells[0])

    def test_plans_are_for_those_who_read_them_R06(self, cast: Cast, client_of: SignIn) -> None:
        some_time(cast, cast.olga, goals=1)
        builders.role(cast.nils.employee, Role.DISTRICT_LEADER, cast.south)

        page = page_of(client_of(cast.nils), cast.olga)

        assert page.goals is None and not page.reads_plan and page.help is not None
        assert client_of(cast.frida).get(reverse("citizens:over_time", args=[cast.olga.pk])).status_code == 404

    def test_says_so_when_there_is_nothing(self, cast: Cast, client_of: SignIn) -> None:
        page = client_of(cast.ingrid).get(reverse("citizens:over_time", args=[cast.olga.pk])).content.decode()

        assert "Ingen besøk ble gjennomført i disse ukene." in page and "Ingen mål sto i planen" in page

    def test_asks_as_often_for_much_as_for_little(self, cast: Cast, client_of: SignIn) -> None:
        some_time(cast, cast.olga, goals=1)
        some_time(cast, cast.arne, goals=5, days=100)
        client, counts = client_of(cast.ingrid), []
        for citizen in (cast.olga, cast.olga, cast.arne):
            with CaptureQueriesContext(connection) as asked:
                page_of(client, citizen)
            counts.append(len(asked))

        assert counts[1] == counts[2] <= 50
