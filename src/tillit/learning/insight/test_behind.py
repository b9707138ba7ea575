"""Whom a number rests on: the same citizens it was counted from, and only those the reader reaches."""

from collections.abc import Callable
from datetime import date, time, timedelta

import polars as pl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import builders, builders_insight, builders_visits
from tests.builders_town import FIRST, LAST_WEEK, WEEKS, Town, a_town
from tests.cast import MONDAY, MONDAY_DATE, Cast, Member
from tillit.care.careplans import facts as plan_facts
from tillit.care.citizens import facts as citizen_facts
from tillit.care.citizens.models import Barrier, Following
from tillit.care.decisions import facts as decision_facts
from tillit.care.evaluations import facts as evaluation_facts
from tillit.care.visits.models import Visit, VisitHelper, VisitState
from tillit.foundation.access.actor import system
from tillit.foundation.access.models import AccessEntry
from tillit.foundation.access.roles import Role
from tillit.foundation.access.sources import actor_for
from tillit.foundation.workforce.models import Profession
from tillit.kernel.errors import NotFound
from tillit.kernel.tables import table
from tillit.learning.insight.actions.counting import count_figures
from tillit.learning.insight.models import Figure
from tillit.learning.insight.queries.behind import MOST, PointBehind, citizens_behind
from tillit.learning.insight.rules import behind
from tillit.learning.insight.rules.behind import Behind
from tillit.learning.insight.rules.facts import Place, Places, PlanFacts, belongs

ClientOf = Callable[[Member], Client]
NIGHT = system("nattjobben")


def address(unit_id: int, code: str = "K-1-28", on: date | str = LAST_WEEK) -> str:
    return reverse("insight:behind", args=[unit_id, code, on])


@pytest.fixture
def town(cast: Cast) -> Town:
    found = a_town(cast)
    count_figures(actor=NIGHT, at=MONDAY)
    return found


def asked(town: Town, code: str, *, reader: Member | None = None) -> PointBehind:
    return citizens_behind(
        actor=actor_for(user_id=reader.user.pk, name=reader.user.name, at=MONDAY) if reader else NIGHT,
        unit_id=town.cast.bekkedal.pk,
        code=code,
        on=LAST_WEEK,
        today=MONDAY_DATE,
    )


@pytest.mark.django_db
class TestCitizensBehind:
    @pytest.mark.parametrize("code", ["K-1-28", "K-2", "K-3"])
    def test_their_mean_is_the_number_R25(self, town: Town, code: str) -> None:
        figure = Figure.objects.get(indicator=code, unit=town.cast.bekkedal, starts_on=LAST_WEEK)
        found = asked(town, code).found

        assert len(found) == figure.n == 5
        assert sum(one.value or 0 for one in found) / len(found) == pytest.approx(figure.value)

    def test_their_visits_are_the_number_R25(self, town: Town) -> None:
        figure = Figure.objects.get(indicator="V-1", unit=town.cast.bekkedal, starts_on=LAST_WEEK)
        found = asked(town, "V-1").found

        assert (sum(one.part for one in found), sum(one.of for one in found)) == (figure.numerator, figure.n)

    def test_the_most_telling_stand_first(self, town: Town) -> None:
        one = town.citizens[3]
        VisitHelper.objects.filter(visit__citizen=one).update(employee=town.helpers[0])
        Visit.objects.filter(citizen=one, on=LAST_WEEK).update(state="CANCELLED", cancelled_by="TEAM")

        assert asked(town, "K-1-28").found[-1] == Behind(one.pk, telling=True, value=1.0, of=24)
        assert asked(town, "K-2").found[-1] == Behind(one.pk, telling=True, value=1.0, of=24)
        assert asked(town, "K-3").found[-1] == Behind(one.pk, telling=True, value=1.0, of=24)
        missed = [each.part for each in asked(town, "V-1").found]
        assert missed == sorted(missed, reverse=True) and missed[0] > missed[-1]

    def test_neither_the_barred_nor_those_others_follow_now_R18(self, town: Town) -> None:
        before = {one.citizen for one in asked(town, "K-1-28", reader=town.cast.marit).found}
        barred, moved = town.citizens[0], town.citizens[1]
        Barrier.objects.create(
            citizen=barred, employee=town.cast.marit.employee, kind="OBJECTION", asked_by="Hun selv",
            valid_from=MONDAY_DATE, made_at=MONDAY,
        )  # fmt: skip
        Following.objects.filter(citizen=moved).update(valid_to=MONDAY_DATE)
        Following.objects.create(citizen=moved, unit=town.cast.fjelldal, valid_from=MONDAY_DATE)

        after = {one.citizen for one in asked(town, "K-1-28", reader=town.cast.marit).found}

        assert before - after == {barred.pk, moved.pk} and len(after) == 3

    def test_a_number_of_too_few_shows_nobody_R39(self, town: Town) -> None:
        Figure.objects.filter(indicator="K-1-28").update(n=4)
        found = asked(town, "K-1-28")

        assert found.found == () and found.point is not None and found.point.hidden

    @pytest.mark.parametrize("code", ["K-5", "T-7", "B-3", "X-9"])
    def test_a_number_without_citizens_behind_is_not_found(self, town: Town, code: str) -> None:
        with pytest.raises(NotFound):
            asked(town, code)

    def test_another_team_is_not_found_R18(self, town: Town) -> None:
        assert asked(town, "V-1", reader=town.cast.marit).found
        with pytest.raises(NotFound):
            asked(town, "V-1", reader=town.cast.nils)

    @pytest.mark.parametrize("code", ["K-1-28", "K-1-14", "V-1", "P-1", "P-2", "P-5"])
    def test_as_many_queries_whoever_there_are(self, town: Town, code: str) -> None:
        if code in ("P-2", "P-5"):
            builders_insight.figures(town.cast.bekkedal, [0.5], code=code)
        Figure.objects.filter(indicator=code, unit=town.cast.bekkedal).update(n=60, value=1.0)
        on = LAST_WEEK if code in behind.WEEKLY else date(2026, 10, 1)

        def queries() -> int:
            with CaptureQueriesContext(connection) as found:
                told = citizens_behind(actor=NIGHT, unit_id=town.cast.bekkedal.pk, code=code, on=on, today=MONDAY_DATE)
            assert told.point is not None and told.point.value is not None
            return len(found)

        few = queries()
        for serial in range(30):
            citizen = builders.citizen(f"Ny{serial}", "Test", town.cast.bekkedal, serial=810 + 3 * serial)
            for day in range(WEEKS * 7):
                builders_visits.visit(
                    citizen, town.cast.bekkedal, FIRST + timedelta(days=day), town.helpers[day % 3], at=time(9),
                    state=VisitState.DONE, tasks=(),
                )  # fmt: skip
        assert queries() == few

    def test_at_most_a_page_of_them(self, town: Town) -> None:
        for serial in range(MOST):
            citizen = builders.citizen(f"Ny{serial}", "Test", town.cast.bekkedal, serial=810 + 3 * serial)
            builders_visits.visit(
                citizen, town.cast.bekkedal, LAST_WEEK, town.helpers[0], at=time(9), state=VisitState.DONE, tasks=()
            )
        found = asked(town, "V-1")

        assert (len(found.found), found.left) == (MOST, 5)


@pytest.mark.usefixtures("on_monday")
class TestPage:
    def test_shows_who_and_why_and_notes_each_reading(self, town: Town, client_of: ClientOf) -> None:
        page = client_of(town.cast.marit).get(address(town.cast.bekkedal.pk)).content.decode()

        assert "Ulike hjelpere på fire uker, uke 47, 2026" in page
        for citizen in town.citizens[:5]:
            assert reverse("citizens:page", args=[citizen.pk]) in page
        assert town.citizens[5].name not in page
        noted = AccessEntry.objects.filter(door="insight:behind").values_list("citizen_id", flat=True)
        assert set(noted) == {citizen.pk for citizen in town.citizens[:5]}

    def test_names_no_helper(self, town: Town, client_of: ClientOf) -> None:
        for code in ("K-1-28", "K-2", "K-3", "V-1"):
            page = client_of(town.cast.marit).get(address(town.cast.bekkedal.pk, code)).content.decode()
            main = page[page.index("<main") : page.index("</main")]
            assert not [helper.name for helper in town.helpers if helper.name in main]

    @pytest.mark.parametrize("on", ["2026-11-24", "0001-01-01", "9999-12-31", "2019-02-28"])
    def test_a_week_nobody_counted_says_so(self, town: Town, client_of: ClientOf, on: str) -> None:
        answer = client_of(town.cast.marit).get(address(town.cast.bekkedal.pk, on=on))

        assert answer.status_code == 200
        assert "Ingen å vise" in answer.content.decode()

    def test_a_day_that_is_none_is_not_found(self, town: Town, client_of: ClientOf) -> None:
        assert client_of(town.cast.marit).get(address(town.cast.bekkedal.pk, on="2026-02-31")).status_code == 404

    def test_is_led_to_from_the_number_by_those_who_may(self, town: Town, client_of: ClientOf) -> None:
        leader = builders.employee("Ragnhild", "Tveitane", Profession.LEADER, town.cast.south)
        builders.role(leader, Role.DISTRICT_LEADER, town.cast.south)
        assert leader.user is not None
        Figure.objects.filter(unit=town.cast.solvik).delete()
        builders_insight.figures(town.cast.solvik, until=MONDAY_DATE - timedelta(days=21))
        above = client_of(Member(leader, leader.user, NIGHT))
        link = "Brukerne bak siste tall"

        for name, args in (("unit", [town.cast.bekkedal.pk]), ("indicator", [town.cast.bekkedal.pk, "K-1-28"])):
            hers = client_of(town.cast.marit).get(reverse(f"insight:{name}", args=args)).content.decode()
            assert link in hers and address(town.cast.bekkedal.pk) in hers
        assert link not in above.get(reverse("insight:unit", args=[town.cast.solvik.pk])).content.decode()
        assert above.get(address(town.cast.bekkedal.pk)).status_code == 403


MAY = date(2026, 5, 1)


def plan_facts_by_hand() -> PlanFacts:
    """Four citizens of one team in May: 1 has goals with dates, 2 a goal without, 3 no plan, 4 left in April."""
    from_at = pl.Series("from_at", [MONDAY.replace(year=2026, month=1)] * 2)
    return PlanFacts(
        places=Places(belongs([Place(7, "7.", "TEAM")]), date(2026, 1, 1)),
        spells=table(
            [(1, 7, date(2026, 1, 1), None), (2, 7, date(2026, 1, 1), None), (3, 7, date(2026, 1, 1), None),
             (4, 7, date(2026, 1, 1), date(2026, 4, 30))], citizen_facts.SPELLS,
        ),
        plans=table([(10, 1, from_at[0], None), (20, 2, from_at[1], None)], plan_facts.PLANS),
        goals=table(
            [(10, 11, date(2026, 5, 3), None), (10, 12, date(2026, 5, 10), None), (10, 13, date(2026, 5, 17), None),
             (20, 21, None, None)], plan_facts.GOALS,
        ),
        evaluations=table(
            [(1, 11, date(2026, 5, 2), None), (1, 12, date(2026, 5, 12), None)], evaluation_facts.EVALUATIONS
        ),
        looked_at=table(
            [(100, 1, date(2026, 1, 5), date(2026, 5, 4), None), (200, 2, date(2026, 1, 5), date(2026, 9, 1), None),
             (300, 3, date(2026, 1, 5), None, None)], decision_facts.LOOKED_AT,
        ),
    )  # fmt: skip


class TestOfMonth:
    def test_those_without_a_goal_or_a_date_stand_first(self) -> None:
        found = behind.of_month("P-1", plan_facts_by_hand(), MAY)

        assert [(one.citizen, one.telling, one.of, one.due) for one in found] == [
            (3, True, 0, None),
            (2, True, 1, None),
            (1, False, 3, date(2026, 5, 3)),
        ]

    def test_dates_not_kept_stand_first_each_by_itself(self) -> None:
        found = behind.of_month("P-2", plan_facts_by_hand(), MAY)

        assert [(one.telling, one.due, one.done) for one in found] == [
            (True, date(2026, 5, 10), date(2026, 5, 12)),
            (True, date(2026, 5, 17), None),
            (False, date(2026, 5, 3), date(2026, 5, 2)),
        ]

    def test_help_past_its_date_stands_first_and_help_without_one_is_left_out(self) -> None:
        assert behind.of_month("P-5", plan_facts_by_hand(), MAY) == [
            Behind(1, telling=True, due=date(2026, 5, 4)),
            Behind(2, telling=False, due=date(2026, 9, 1)),
        ]
