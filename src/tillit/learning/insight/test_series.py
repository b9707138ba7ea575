"""Who sees which points of a series, and what is hidden in it."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.foundation.access.actor import Actor, Grant
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.access.roles import Role
from tillit.foundation.organisation.models import Unit
from tillit.kernel.errors import ActionRefused, NotAllowed, NotFound
from tillit.kernel.periods import Days
from tillit.learning.insight.actions.marks import add_mark, withdraw_mark
from tillit.learning.insight.catalogue import shipped
from tillit.learning.insight.models import Figure, TimeMark
from tillit.learning.insight.queries.definitions import indicator
from tillit.learning.insight.queries.series import series_of, series_of_units
from tillit.learning.insight.rules.indicators import CHARTS
from tillit.learning.insight.rules.series import Mark, Series

pytestmark = pytest.mark.django_db
LAST = MONDAY_DATE - timedelta(weeks=1)
FOUR = Days(MONDAY_DATE - timedelta(weeks=4), MONDAY_DATE)


def figure(unit: Unit, starts_on: date, *, n: int = 20, value: float = 7.5, code: str = "K-1-28") -> Figure:
    return Figure.objects.create(
        indicator=code, version=1, unit=unit, step="WEEK", starts_on=starts_on, value=value, n=n, numerator=value * n,
        denominator=n, counted_at=MONDAY,
    )  # fmt: skip


def role(held: Role, unit: Unit) -> Actor:
    return Actor(900, "Noen", grants=(Grant(held, unit.path),))


def one(actor: Actor, unit: Unit, *, within: Days = FOUR) -> Series:
    return series_of(actor=actor, unit_id=unit.pk, codes=["K-1-28"], within=within, today=MONDAY_DATE)[0]


class TestWhoSees:
    def test_the_team_sees_its_week_when_it_is_over_and_those_above_14_days_later(self, cast: Cast) -> None:
        for weeks in range(1, 5):
            figure(cast.bekkedal, MONDAY_DATE - timedelta(weeks=weeks), n=20 + weeks)
        for mine in (cast.amir.actor, cast.marit.actor):
            assert [point.n for point in one(mine, cast.bekkedal).points] == [24, 23, 22, 21]
        above = (
            role(Role.DISTRICT_LEADER, cast.south), role(Role.RESEARCHER, cast.municipality),
            role(Role.REPRESENTATIVE, cast.south), role(Role.PROJECT_LEADER, cast.municipality),
            role(Role.NURSE, cast.south), role(Role.RESEARCHER, cast.bekkedal),
        )  # fmt: skip
        for other in above:
            assert [point.n for point in one(other, cast.bekkedal).points] == [24, 23], other.grants

    def test_out_of_reach_is_not_found_and_so_is_what_nobody_has_defined(self, cast: Cast) -> None:
        figure(cast.bekkedal, LAST)
        for actor in (cast.nils.actor, role(Role.PRIVACY_REVIEWER, cast.municipality), cast.admin.actor):
            with pytest.raises(NotFound):
                one(actor, cast.bekkedal)
        with pytest.raises(NotFound):
            series_of(actor=cast.amir.actor, unit_id=cast.bekkedal.pk, codes=["X-9"], within=FOUR)
        found = series_of_units(
            actor=cast.marit.actor, unit_ids=[cast.bekkedal.pk, cast.solvik.pk, cast.fjelldal.pk], codes=["K-1-28"],
            within=FOUR,
        )  # fmt: skip
        assert set(found) == {cast.bekkedal.pk, cast.solvik.pk}

    def test_a_week_without_data_is_a_point_without_value(self, cast: Cast) -> None:
        figure(cast.bekkedal, LAST)
        points = one(cast.amir.actor, cast.bekkedal).points
        assert [point.starts_on for point in points] == [MONDAY_DATE - timedelta(weeks=back) for back in (4, 3, 2, 1)]
        assert [point.value for point in points] == [None, None, None, 7.5] and not any(p.hidden for p in points)


class TestWhatIsHidden:
    def test_few_are_hidden_from_everybody(self, cast: Cast) -> None:
        figure(cast.bekkedal, LAST, n=4)
        (point,) = one(cast.amir.actor, cast.bekkedal, within=Days(LAST, MONDAY_DATE)).points
        assert (point.value, point.n, point.numerator, point.hidden) == (None, 0, None, True)

    def test_the_neighbour_is_hidden_for_those_who_could_subtract_and_not_for_the_team_itself(self, cast: Cast) -> None:
        week = MONDAY_DATE - timedelta(weeks=4)
        for unit, n in ((cast.bekkedal, 3), (cast.solvik, 12), (cast.south, 15), (cast.municipality, 15)):
            figure(unit, week, n=n)
        leader = role(Role.DISTRICT_LEADER, cast.south)
        seen = {unit: one(leader, unit).points[0].hidden for unit in (cast.bekkedal, cast.solvik, cast.south)}
        assert list(seen.values()) == [True, True, False]
        assert one(cast.nils.actor, cast.solvik).points[0].n == 12
        (kept,) = series_of_units(
            actor=cast.nils.actor, unit_ids=[cast.solvik.pk], codes=["K-1-28"], within=FOUR, for_all=True
        )[cast.solvik.pk]  # what is kept is read by those above too, as in a pilot's baseline
        assert kept.points[0].hidden and kept.points[0].n == 0

    def test_old_definitions_and_replaced_figures_are_not_shown(self, cast: Cast) -> None:
        old = figure(cast.bekkedal, LAST, value=3)
        Figure.objects.filter(pk=old.pk).update(replaced_at=MONDAY)
        Figure.objects.filter(pk=figure(cast.bekkedal, LAST - timedelta(weeks=1), value=4).pk).update(version=99)
        assert [point.value for point in one(cast.amir.actor, cast.bekkedal).points] == [None] * 4


def test_asks_as_many_questions_for_a_year_of_all_indicators_in_all_teams(cast: Cast) -> None:
    leader = role(Role.DISTRICT_LEADER, cast.municipality)
    codes = [each.code for each in shipped()]

    def asked(weeks: int, units: list[Unit], wanted: list[str]) -> int:
        within = Days(MONDAY_DATE - timedelta(weeks=weeks), MONDAY_DATE)
        with CaptureQueriesContext(connection) as found:
            series_of_units(actor=leader, unit_ids=[unit.pk for unit in units], codes=wanted, within=within)
        return len(found)

    for unit in (cast.bekkedal, cast.solvik, cast.fjelldal, cast.south):
        for weeks in range(3, 53):
            figure(unit, MONDAY_DATE - timedelta(weeks=weeks), n=3)
    few = asked(8, [cast.bekkedal], ["K-1-28"])
    assert asked(52, [cast.bekkedal, cast.solvik, cast.fjelldal, cast.south], codes) == few == 6


class TestMarks:
    def test_stand_on_the_unit_and_on_those_below_until_they_are_withdrawn(self, cast: Cast) -> None:
        leader = Actor(cast.marit.user.pk, "Marit", grants=(Grant(Role.DISTRICT_LEADER, cast.south.path),))
        mark = add_mark(actor=leader, unit_id=cast.south.pk, on=LAST, kind="MODEL", text=" HELTOM ", at=MONDAY)
        assert one(cast.amir.actor, cast.bekkedal).marks == (Mark(LAST, "HELTOM", "MODEL"),)
        assert one(cast.frida.actor, cast.fjelldal).marks == ()
        assert AuditEntry.objects.filter(action="insight.add_mark").count() == 1

        withdraw_mark(actor=leader, mark_id=mark.pk, at=MONDAY)
        withdraw_mark(actor=leader, mark_id=mark.pk, at=MONDAY)
        assert one(cast.amir.actor, cast.bekkedal).marks == () and TimeMark.objects.count() == 2

    def test_are_for_leaders_and_say_what_happened_and_when(self, cast: Cast) -> None:
        def add(actor: Actor, **other: object) -> TimeMark:
            said = {"unit_id": cast.bekkedal.pk, "on": LAST, "kind": "LEADER", "text": "Ny leder"} | other
            return add_mark(actor=actor, at=MONDAY, press_key="one", **said)  # type: ignore[arg-type]

        with pytest.raises(NotAllowed):
            add(cast.amir.actor)
        with pytest.raises(NotFound):
            add(cast.marit.actor, unit_id=cast.fjelldal.pk)
        for wrong in ({"text": " "}, {"text": "x" * 121}, {"kind": "WHY"}, {"on": MONDAY_DATE + timedelta(days=1)}):
            with pytest.raises(ActionRefused):
                add(cast.marit.actor, **wrong)
        assert not TimeMark.objects.exists()
        assert add(cast.marit.actor) == add(cast.marit.actor)


class TestCatalogue:
    def test_every_definition_is_whole_and_has_its_page(self) -> None:
        pages = Path("docs/how-we-count")
        known = {each.code for each in shipped()}
        for each in shipped():
            assert all((each.name, each.question.endswith("?"), each.why, each.counted, each.source, each.owner))
            assert each.least >= 5 and set(each.balanced_by) <= known and each.chart in CHARTS, each.code
            assert f"## {each.code}" in (pages / f"{each.page}.md").read_text(encoding="utf-8"), each.code
        assert len(known) == len(shipped()) and indicator("K-1-28").code == "K-1-28"
