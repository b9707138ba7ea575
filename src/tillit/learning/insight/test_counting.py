"""Figures are counted, counted again when something changed under them, and never edited."""

from datetime import date, datetime, time, timedelta
from itertools import count

import polars as pl
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from measures.continuity.indices import continuity_double
from measures.continuity.known import known_carer
from measures.continuity.window import ALLE28, KOLADA14, continuity_window
from measures.operations.delivery import planned_actual
from tests import builders_insight, builders_visits
from tests.builders_town import FIRST, LAST_WEEK, WEEKS, Town, a_town
from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.care.citizens.actions.ending import end_help, resume_help
from tillit.care.citizens.actions.home import hand_over
from tillit.care.citizens.actions.responsible import name_responsible
from tillit.care.citizens.actions.whereabouts import set_away, set_home
from tillit.care.citizens.models import Citizen, Following, Responsible, Whereabouts
from tillit.care.visits.actions import report_visit, undo_report
from tillit.care.visits.models import CancelledBy, Outcome, Visit, VisitState
from tillit.foundation.access.actor import system
from tillit.foundation.workforce.models import Employee
from tillit.kernel import oslo
from tillit.kernel.errors import NotAllowed, TillitError
from tillit.kernel.periods import Days
from tillit.learning.insight.actions import counting
from tillit.learning.insight.actions.counting import count_figures
from tillit.learning.insight.models import CountedSpan, Figure, StaleMark
from tillit.learning.insight.queries.series import series_of
from tillit.learning.insight.rules.indicators import Step
from tillit.learning.insight.rules.own import Recipe, Way

pytestmark = pytest.mark.django_db
OWN = (
    Recipe("visits", Way.COUNT, Step.WEEK, only_column="cancelled_by", only_value="TEAM"),
    Recipe("visits", Way.MEDIAN, Step.MONTH, column="told_min"),
    Recipe("stays_begun", Way.PER_100, Step.WEEK, other="visits"),
    Recipe("stays_ended", Way.MEAN, Step.WEEK, column="days"),
    Recipe("employed", Way.SHARE, Step.MONTH, column="permanent"),
)
"""The municipality's own, counted beside those that are shipped."""
NIGHT = system("nattjobben")
keys = count(1)


@pytest.fixture
def town(cast: Cast) -> Town:
    made = a_town(cast)
    for recipe in OWN:
        builders_insight.own(recipe, owner=cast.marit.employee)
    return made


def current() -> dict[tuple[str, int, date], tuple[object, ...]]:
    """All figures that count and that say something."""
    rows = Figure.objects.filter(replaced_at__isnull=True)
    return {
        (row.indicator, row.unit_id, row.starts_on): tuple(
            None if value is None else round(float(value), 9)
            for value in (row.value, row.n, row.numerator, row.denominator, row.excluded, row.complete, row.held)
        )
        for row in rows
        if row.n or row.value is not None
    }


def from_nothing(at: datetime) -> dict[tuple[str, int, date], tuple[object, ...]]:
    """What a count with an empty store finds."""
    with transaction.atomic():
        Figure.objects.all().delete()
        CountedSpan.objects.all().delete()
        count_figures(actor=NIGHT, at=at)
        found = current()
        transaction.set_rollback(True)
    return found


class TestCounting:
    def test_the_same_again_is_nothing_new(self, town: Town) -> None:
        first = count_figures(actor=NIGHT, at=MONDAY)
        again = count_figures(actor=NIGHT, at=MONDAY)
        whole = count_figures(actor=NIGHT, at=MONDAY, everything=True)
        assert first.new > 100 and (again.new, again.replaced, whole.new, whole.replaced) == (0, 0, 0, 0)
        assert whole.looked_at == first.looked_at

    def test_is_for_those_who_may(self, town: Town) -> None:
        with pytest.raises(NotAllowed):
            count_figures(actor=town.cast.marit.actor, at=MONDAY)
        assert not Figure.objects.exists()
        count_figures(actor=town.cast.admin.actor, at=MONDAY)
        assert Figure.objects.exists()

    def test_a_stop_keeps_what_was_counted_and_the_rest_is_still_due(
        self, town: Town, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(counting, "AT_ONCE", {Step.WEEK: 3, Step.MONTH: 1})
        stopped = count_figures(actor=NIGHT, at=MONDAY, say=lambda done, total: done == 1)
        assert not stopped.whole and stopped.new and not CountedSpan.objects.exists()
        count_figures(actor=NIGHT, at=MONDAY)
        assert current() == from_nothing(MONDAY)

    def test_a_late_report_makes_a_new_revision_and_the_old_one_stays(self, town: Town) -> None:
        count_figures(actor=NIGHT, at=MONDAY)
        of = {"indicator": "V-1", "unit": town.cast.bekkedal, "starts_on": LAST_WEEK}
        before = Figure.objects.get(**of)
        visit = Visit.objects.get(unit=town.cast.bekkedal, on=LAST_WEEK + timedelta(days=1), citizen=town.citizens[3])
        report_visit(
            actor=NIGHT, visit_id=visit.pk, outcome=Outcome.CANCELLED, cancelled_by=CancelledBy.TEAM, at=MONDAY,
            press_key="sent",
        )  # fmt: skip
        assert StaleMark.objects.exists()

        done = count_figures(actor=NIGHT, at=MONDAY + timedelta(hours=1))

        old, new = Figure.objects.filter(**of).order_by("revision")
        assert (old.pk, old.value, old.replaced_at) == (before.pk, before.value, MONDAY + timedelta(hours=1))
        assert (new.revision, new.numerator, new.replaced_at) == (2, (before.numerator or 0) + 1, None)
        assert done.replaced and not StaleMark.objects.exists()
        shown = series_of(
            actor=NIGHT, unit_id=town.cast.bekkedal.pk, codes=["V-1"], within=Days(LAST_WEEK), today=MONDAY_DATE
        )
        assert [(one.value, one.revision) for one in shown[0].points] == [(new.value, 2)]

    def test_a_mark_that_comes_while_it_counts_is_not_lost(self, town: Town) -> None:
        count_figures(actor=NIGHT, at=MONDAY)

        def meanwhile(done: int, total: int) -> bool:
            StaleMark.objects.create(unit=town.cast.bekkedal, first=FIRST, marked_at=MONDAY)
            return False

        count_figures(actor=NIGHT, at=MONDAY, within=Days(FIRST), say=meanwhile)
        assert StaleMark.objects.exists()

    def test_takes_as_many_questions_for_ten_times_the_visits(self, town: Town) -> None:
        def asked() -> int:
            with CaptureQueriesContext(connection) as found, transaction.atomic():
                Figure.objects.all().delete()
                CountedSpan.objects.all().delete()
                count_figures(actor=NIGHT, at=MONDAY)
                transaction.set_rollback(True)
            return len(found)

        few = asked()
        for citizen in town.citizens:
            for day in range(WEEKS * 7):
                builders_visits.visit(
                    citizen, town.cast.bekkedal, FIRST + timedelta(days=day), town.helpers[0], at=time(15),
                    state=VisitState.DONE, tasks=(),
                )  # fmt: skip
        assert asked() == few

    def test_a_week_is_not_over_before_it_is(self, town: Town) -> None:
        sunday_late = oslo.moment(MONDAY_DATE, time(0, 30))
        count_figures(actor=NIGHT, at=sunday_late)
        assert not Figure.objects.filter(starts_on=LAST_WEEK).exists()
        count_figures(actor=NIGHT, at=sunday_late + timedelta(hours=1))
        assert Figure.objects.filter(starts_on=LAST_WEEK).exists()


class TestFiguresAreTheMeasures:
    """Each figure is what the published measure says of the same unit's rows, asked alone."""

    def rows(self, town: Town, days: int) -> pl.DataFrame:
        since = MONDAY_DATE - timedelta(days=days)
        found = Visit.objects.filter(citizen__in=town.citizens[:5], on__gte=since, on__lt=MONDAY_DATE, state="DONE")
        told = [
            (str(visit.pk), str(visit.citizen_id), str(row.employee_id), visit.starts_at, "utfort", visit.minutes)
            for visit in found
            for row in visit.helper_rows.all()
        ]
        return pl.DataFrame(told, schema=["visit", "user", "carer", "start", "status", "minutes"], orient="row")

    def figure(self, town: Town, code: str) -> Figure:
        return Figure.objects.get(indicator=code, unit=town.cast.bekkedal, starts_on=LAST_WEEK, replaced_at=None)

    def test_k_1(self, town: Town) -> None:
        count_figures(actor=NIGHT, at=MONDAY)
        users = pl.DataFrame({"user": [str(one.pk) for one in town.citizens[:5]]})
        for code, rules in (("K-1-28", ALLE28), ("K-1-14", KOLADA14)):
            old = users if code == "K-1-28" else users.head(5)
            told = continuity_window(
                self.rows(town, 35), old, window_start=MONDAY_DATE - timedelta(days=int(str(rules["days"]))),
                days_=int(str(rules["days"])), exclude_types=(), hours=rules["hours"], min_per_day=rules["min_per_day"],  # type: ignore[arg-type]
            )  # fmt: skip
            found = self.figure(town, code)
            assert found.value == pytest.approx(told["mean_distinct"]) and found.n == told["n_users"], code

    def test_k_2_and_k_3(self, town: Town) -> None:
        count_figures(actor=NIGHT, at=MONDAY)
        told = continuity_double(self.rows(town, 28), min_visits=4).values
        for code, name in (("K-2", "upc_visit"), ("K-3", "coc_pairs")):
            mean = sum(one[name] for one in told.values()) / len(told)
            assert self.figure(town, code).value == pytest.approx(mean), code

    def test_k_8(self, town: Town) -> None:
        count_figures(actor=NIGHT, at=MONDAY)
        single = self.rows(town, 40).filter(pl.col("visit").is_unique())
        only = [str(one.pk) for index, one in enumerate(town.citizens[:5]) if index != 2]
        told = known_carer(
            single.filter(pl.col("user").is_in(only)), from_=LAST_WEEK, to=MONDAY_DATE - timedelta(days=1)
        )
        Visit.objects.filter(citizen=town.citizens[2]).update(state=VisitState.CANCELLED)
        count_figures(actor=NIGHT, at=MONDAY, everything=True)
        found = self.figure(town, "K-8")
        assert (found.numerator, found.n) == (told["known"], told["n"])

    def test_t_1(self, town: Town) -> None:
        visit = Visit.objects.filter(unit=town.cast.bekkedal, on=LAST_WEEK, state="DONE").first()
        assert visit is not None
        for minutes, key in ((90, "one"), (50, "two")):
            report_visit(
                actor=NIGHT, visit_id=visit.pk, outcome=Outcome.DIFFERENT, minutes=minutes, at=MONDAY, press_key=key
            )
        undo_report(actor=NIGHT, visit_id=visit.pk, at=MONDAY)
        count_figures(actor=NIGHT, at=MONDAY)
        once = self.rows(town, 7).unique("visit")
        told = planned_actual(
            once.select(
                "visit",
                "status",
                planned_min="minutes",
                actual_min=pl.when(pl.col("visit") == str(visit.pk)).then(90).otherwise(pl.col("minutes")),
            )
        )
        assert self.figure(town, "T-1").value == pytest.approx(told["ratio"])


STEP = st.tuples(
    st.sampled_from(["report", "report", "undo", "move", "away", "home", "primary", "end", "resume", "night", "later"]),
    st.integers(0, 400),
    st.integers(0, 40),
)


class TestWhateverHappens:
    @settings(
        max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
    )
    @given(program=st.lists(STEP, min_size=3, max_size=12))
    def test_what_is_counted_bit_by_bit_is_what_is_counted_from_nothing(
        self, town: Town, program: list[tuple[str, int, int]]
    ) -> None:
        with transaction.atomic():
            count_figures(actor=NIGHT, at=MONDAY)
            at = MONDAY
            for what, which, back in program:
                at = self.play(town, what, which, back, at)
            at += timedelta(hours=2)
            count_figures(actor=NIGHT, at=at)
            found, whole = current(), from_nothing(at)
            assert {key: (found.get(key), whole.get(key)) for key in found.keys() | whole.keys()
                    if found.get(key) != whole.get(key)} == {}  # fmt: skip
            transaction.set_rollback(True)

    def play(self, town: Town, what: str, which: int, back: int, at: datetime) -> datetime:
        citizen = Citizen.objects.get(pk=town.citizens[which % len(town.citizens)].pk)
        day = oslo.day_of(at) - timedelta(days=back)
        helper = town.helpers[which % len(town.helpers)]
        try:
            with transaction.atomic():
                self.act(town, what, which, citizen, helper, day, at)
        except TillitError:
            pass
        return at + (timedelta(days=1 + which % 9) if what == "later" else timedelta(minutes=5))

    def act(
        self, town: Town, what: str, which: int, citizen: Citizen, helper: Employee, day: date, at: datetime
    ) -> None:
        visit_id = town.visits[which % len(town.visits)]
        morning = oslo.moment(day, time(6))
        if what == "report":
            outcome = (Outcome.AS_PLANNED, Outcome.DIFFERENT, Outcome.CANCELLED)[which % 3]
            report_visit(
                actor=NIGHT, visit_id=visit_id, outcome=outcome, at=at, press_key=f"key{next(keys)}",
                cancelled_by=CancelledBy.TEAM if outcome == Outcome.CANCELLED else "",
                minutes=45 if outcome == Outcome.DIFFERENT else None,
                went=[helper.pk] if outcome != Outcome.CANCELLED else None,
            )  # fmt: skip
        elif what == "undo":
            undo_report(actor=NIGHT, visit_id=visit_id, at=at)
        elif what == "move":
            here = set(Following.objects.filter(citizen=citizen, valid_to=None).values_list("unit_id", flat=True))
            unit = town.cast.solvik if town.cast.bekkedal.pk in here else town.cast.bekkedal
            hand_over(actor=NIGHT, citizen_id=citizen.pk, unit_id=unit.pk, valid_from=day, at=at)
        elif what == "away":
            back = morning + timedelta(days=which % 12)
            set_away(
                actor=NIGHT, citizen_id=citizen.pk, kind="HOSPITAL", from_at=morning, at=at,
                to_at=back if which % 2 and back > morning else None,
            )  # fmt: skip
        elif what == "home":
            open_ = Whereabouts.objects.filter(citizen=citizen, to_at=None).first()
            set_home(actor=NIGHT, citizen_id=citizen.pk, to_at=morning if open_ else at, at=at)
        elif what == "primary":
            seen = Responsible.objects.filter(citizen=citizen, kind="PRIMARY_CONTACT", valid_to=None).first()
            name_responsible(
                actor=NIGHT, citizen_id=citizen.pk, kind="PRIMARY_CONTACT", employee_id=helper.pk, valid_from=day,
                seen_id=seen.pk if seen else None, at=at,
            )  # fmt: skip
        elif what == "end":
            end_help(actor=NIGHT, citizen_id=citizen.pk, ends_on=oslo.day_of(at), edition=citizen.edition, at=at)
        elif what == "resume":
            resume_help(
                actor=NIGHT, citizen_id=citizen.pk, unit_id=town.cast.solvik.pk, valid_from=oslo.day_of(at),
                edition=citizen.edition, at=at,
            )  # fmt: skip
        elif what == "night":
            count_figures(actor=NIGHT, at=at)
