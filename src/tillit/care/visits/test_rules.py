"""The rules of visits: from plan to visits, what a plan change does, who came, how long it takes, who is told when."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tillit.care.careplans.rules.recurrence import PARTS_OF_DAY, PlannedHelp, Recurrence, TimeOfDay
from tillit.care.visits.rules import continuity, learning
from tillit.care.visits.rules.continuity import CarriedOutVisit
from tillit.care.visits.rules.due import due_at
from tillit.care.visits.rules.generation import (
    DraftVisit,
    level_of_help,
    links_on,
    part_named_by,
    shift_kind_of,
    visits_on,
)
from tillit.care.visits.rules.learning import Learned, Observation, learned_minutes
from tillit.care.visits.rules.reconcile import Reconciled, StoredVisit, facts_of, reconcile
from tillit.care.visits.rules.reports import Said, counting, state_after
from tillit.kernel import oslo
from tillit.kernel.periods import Period

DAY = date(2026, 11, 24)
EVERY_DAY = Recurrence(weekdays=frozenset(range(1, 8)), starts_on=date(2026, 1, 1))
MORNING = TimeOfDay("MORNING", time(8), time(9, 30))
LATE_MORNING = TimeOfDay("MORNING", time(9), time(10, 30))
EVENING = TimeOfDay("EVENING", time(19), time(21))


def planned_help(line: int, *times: TimeOfDay, **facts: Any) -> PlannedHelp:
    """One intervention, every day."""
    plain = PlannedHelp(
        intervention_id=line,
        line=line,
        title=f"Tiltak {line}",
        kind="PERSONAL_CARE",
        minutes=20,
        recurrence=EVERY_DAY,
        times=times or (MORNING,),
        rank=line,
    )
    return replace(plain, **facts)


class TestVisitsOn:
    def test_what_happens_in_the_same_part_of_the_day_is_one_visit(self) -> None:
        care = planned_help(1, MORNING, minutes=20, competence="LEGEMIDLER", helpers=2, priority=2)
        wound = planned_help(2, LATE_MORNING, minutes=15, competence="SAR", kind="NURSING", priority=1)

        (visit,) = visits_on(DAY, [care, wound])

        assert visit.slot == "MORNING"
        assert (visit.earliest_at, visit.latest_at) == (oslo.moment(DAY, time(9)), oslo.moment(DAY, time(9, 30)))
        assert visit.minutes == 35
        assert visit.helpers == 2
        assert visit.needs == ("LEGEMIDLER", "SAR")
        assert visit.level == 2
        assert visit.priority == 1
        assert [task.title for task in visit.tasks] == ["Tiltak 1", "Tiltak 2"]

    def test_windows_that_do_not_meet_stay_apart(self) -> None:
        early = planned_help(1, TimeOfDay("MORNING", time(7), time(8)))
        late = planned_help(2, TimeOfDay("MORNING", time(9), time(10)))

        visits = visits_on(DAY, [late, early])

        assert [(visit.slot, visit.title) for visit in visits] == [("MORNING", "Tiltak 1"), ("MORNING:2", "Tiltak 2")]

    def test_what_needs_its_own_visit_stands_alone(self) -> None:
        care, cleaning = planned_help(1), planned_help(2, needs_own_visit=True, kind="CLEANING")

        visits = visits_on(DAY, [care, cleaning])

        assert {visit.slot: visit.level for visit in visits} == {"MORNING": 1, "MORNING:2": 0}

    def test_what_two_units_share_is_in_visits_of_their_own_R04(self) -> None:
        care, wound = planned_help(1), planned_help(2, LATE_MORNING, kind="NURSING", unit_id=8)
        alone = planned_help(3, needs_own_visit=True, unit_id=8)

        visits = visits_on(DAY, [care, wound, alone], beside=frozenset({8}))

        assert {visit.slot: (visit.unit_id, visit.level, visit.minutes) for visit in visits} == {
            "MORNING": (None, 1, 20),
            "MORNING@8": (8, 2, 20),
            "MORNING:3@8": (8, 1, 20),
        }
        assert visits_on(DAY, [care]) == [visits[0]]  # the main unit's visit is the same as without the other

    def test_a_unit_that_does_not_follow_her_that_day_leaves_it_to_the_main_unit_R04(self) -> None:
        care, wound = planned_help(1), planned_help(2, LATE_MORNING, unit_id=8)

        (visit,) = visits_on(DAY, [care, wound], beside=frozenset({9}))

        assert (visit.slot, visit.unit_id) == ("MORNING", None)
        assert [task.line for task in visit.tasks] == [1, 2]

    @pytest.mark.parametrize(
        ("slot", "part"),
        [("MORNING", "MORNING"), ("MORNING@8", "MORNING"), ("MORNING:3", ""), ("MORNING:3@8", ""), ("ADDED:1", "")],
    )
    def test_a_slot_tells_whether_it_gathers_a_part_of_the_day(self, slot: str, part: str) -> None:
        assert part_named_by(slot) == part

    def test_learned_minutes_replace_the_plans_R29(self) -> None:
        (visit,) = visits_on(DAY, [planned_help(1), planned_help(2)], learned={2: 35})

        assert visit.minutes == 55
        assert [task.minutes for task in visit.tasks] == [20, 35]

    def test_the_wish_of_the_most_pressing_counts_when_it_fits(self) -> None:
        eager = planned_help(1, TimeOfDay("MORNING", time(8), time(10), wished=time(9)), priority=2)
        pressing = planned_help(2, TimeOfDay("MORNING", time(8), time(10), wished=time(8, 15)), priority=1)
        elsewhere = planned_help(3, TimeOfDay("MORNING", time(8), time(10), wished=time(11)), priority=1)

        (visit,) = visits_on(DAY, [eager, elsewhere, pressing])

        assert visit.wished_at == oslo.moment(DAY, time(8, 15))

    def test_a_night_belongs_to_the_day_it_begins(self) -> None:
        round_midnight = planned_help(1, TimeOfDay("NIGHT", time(23), time(1)))
        small_hours = planned_help(2, TimeOfDay("NIGHT", time(3), time(4)), needs_own_visit=True)

        first, second = visits_on(DAY, [small_hours, round_midnight])

        next_day = DAY + timedelta(days=1)
        assert (first.earliest_at, first.latest_at) == (oslo.moment(DAY, time(23)), oslo.moment(next_day, time(1)))
        assert second.earliest_at == oslo.moment(next_day, time(3))
        assert {first.shift_kind, second.shift_kind} == {"NIGHT"}
        assert {first.on, second.on} == {DAY}

    def test_the_night_the_clock_skips_an_hour(self) -> None:
        saturday = date(2026, 3, 28)

        (visit,) = visits_on(saturday, [planned_help(1, TimeOfDay("NIGHT", time(1, 30), time(3, 30)))])

        assert visit.earliest_at == datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
        assert visit.latest_at - visit.earliest_at == timedelta(hours=1)  # 02–03 does not exist

    def test_the_night_the_clock_repeats_an_hour(self) -> None:
        saturday = date(2026, 10, 24)

        (visit,) = visits_on(saturday, [planned_help(1, TimeOfDay("NIGHT", time(1, 30), time(3, 30)))])

        assert visit.latest_at - visit.earliest_at == timedelta(hours=3)

    def test_mornings_keep_their_clock_time_across_the_change(self) -> None:
        for sunday in (date(2026, 3, 29), date(2026, 10, 25)):
            (visit,) = visits_on(sunday, [planned_help(1)])
            assert oslo.clock_of(visit.earliest_at) == time(8)

    @given(
        st.lists(
            st.builds(
                planned_help,
                st.integers(1, 30),
                st.builds(
                    lambda part, hour, length: TimeOfDay(part, time(hour), time(min(hour + length, 23))),
                    st.sampled_from(PARTS_OF_DAY),
                    st.integers(0, 22),
                    st.integers(0, 3),
                ),
                needs_own_visit=st.booleans(),
                minutes=st.integers(1, 60),
            ),
            max_size=8,
            unique_by=lambda one: one.line,
        ),
        st.dates(date(2026, 3, 20), date(2026, 11, 30)),
    )
    @settings(max_examples=60, deadline=None)
    def test_every_intervention_is_done_once_and_slots_never_collide(self, helps: list[PlannedHelp], day: date) -> None:
        visits = visits_on(day, helps)

        assert len({visit.slot for visit in visits}) == len(visits)
        assert sorted(task.line for visit in visits for task in visit.tasks) == sorted(one.line for one in helps)
        assert sum(visit.minutes for visit in visits) == sum(one.minutes for one in helps)
        assert all(visit.earliest_at <= visit.latest_at for visit in visits)
        assert visits == visits_on(day, list(reversed(helps)))

    @given(
        st.lists(
            st.builds(
                planned_help,
                st.integers(1, 30),
                st.sampled_from([MORNING, LATE_MORNING, TimeOfDay("MORNING", time(7), time(7, 30)), EVENING]),
                needs_own_visit=st.booleans(),
                unit_id=st.sampled_from([None, 7, 8, 9]),
            ),
            max_size=8,
            unique_by=lambda one: one.line,
        ),
        st.frozensets(st.sampled_from([7, 8, 9])),
    )
    @settings(max_examples=80, deadline=None)
    def test_every_intervention_is_in_exactly_one_visit_of_its_own_unit_R04(
        self, helps: list[PlannedHelp], beside: frozenset[int]
    ) -> None:
        visits = visits_on(DAY, helps, beside=beside)

        assert len({visit.slot for visit in visits}) == len(visits)
        assert sorted(task.line for visit in visits for task in visit.tasks) == sorted(one.line for one in helps)
        asked = {one.line: one.unit_id if one.unit_id in beside else None for one in helps}
        assert all(visit.unit_id == asked[task.line] for visit in visits for task in visit.tasks)
        mine = [one for one in helps if asked[one.line] is None]
        assert [visit for visit in visits if visit.unit_id is None] == visits_on(DAY, mine)

    @pytest.mark.parametrize(
        ("earliest", "latest", "kind"),
        [
            (time(6, 30), time(9), "DAY"),
            (time(14), time(16), "EVENING"),
            (time(21), time(23), "EVENING"),
            (time(22, 30), time(23, 30), "NIGHT"),
            (time(23), time(5), "NIGHT"),
        ],
    )
    def test_the_shift_is_read_in_the_middle_of_the_window(self, earliest: time, latest: time, kind: str) -> None:
        assert shift_kind_of(oslo.span(DAY, earliest, latest)) == kind

    def test_a_nurse_is_asked_for_only_when_nursing_is(self) -> None:
        assert level_of_help("CLEANING", "") == 0
        assert level_of_help("MEDICATION", "LEGEMIDLER") == 1
        assert level_of_help("PERSONAL_CARE", "SYKEPLEIE") == 2
        assert level_of_help("NURSING", "") == 2


class TestLinksOn:
    def test_successive_times_of_one_intervention_are_linked(self) -> None:
        eye_drops = planned_help(1, MORNING, EVENING, TimeOfDay("MIDDAY", time(12), time(13)), least_minutes=180)
        visits = visits_on(DAY, [eye_drops])

        links = links_on(visits, [eye_drops])

        assert [(link.first_slot, link.then_slot) for link in links] == [("MORNING", "MIDDAY"), ("MIDDAY", "EVENING")]
        assert {link.least_minutes for link in links} == {180}

    def test_links_lie_between_the_visits_of_the_unit_that_does_it(self) -> None:
        care = planned_help(1, MORNING, EVENING)
        drops = planned_help(2, MORNING, EVENING, least_minutes=360, unit_id=8)

        (link,) = links_on(visits_on(DAY, [care, drops], beside=frozenset({8})), [care, drops])

        assert (link.first_slot, link.then_slot) == ("MORNING@8", "EVENING@8")

    def test_two_wishes_for_the_same_pair_give_the_tightest_that_is_possible(self) -> None:
        one = planned_help(1, MORNING, EVENING, least_minutes=300, most_minutes=400)
        other = planned_help(2, MORNING, EVENING, least_minutes=420)

        (link,) = links_on(visits_on(DAY, [one, other]), [one, other])

        assert (link.least_minutes, link.most_minutes) == (420, 420)


NOW = oslo.moment(DAY, time(6))


def stored(visit_id: int, draft: DraftVisit, **facts: Any) -> StoredVisit:
    """The visit of a draft as it was stored, made from plan 1."""
    plain = StoredVisit(
        visit_id=visit_id,
        on=draft.on,
        slot=draft.slot,
        state="PLANNED",
        cancelled_by="",
        is_locked=False,
        is_published=False,
        starts_at=None,
        latest_at=draft.latest_at,
        plan_id=1,
        facts=facts_of(draft),
    )
    return replace(plain, **facts)


class TestReconcile:
    draft = visits_on(DAY, [planned_help(1)])[0]
    later = visits_on(DAY, [planned_help(1, LATE_MORNING)])[0]

    def test_makes_what_is_missing_and_only_what_is_to_come(self) -> None:
        assert reconcile([], [self.draft], away=[], plan_id=1, at=NOW).make == (self.draft,)
        assert reconcile([], [self.draft], away=[], plan_id=1, at=self.draft.latest_at).make == ()

    def test_the_same_plan_again_changes_nothing(self) -> None:
        known = stored(7, self.draft, is_published=True, starts_at=self.draft.earliest_at)

        assert reconcile([known], [self.draft], away=[], plan_id=1, at=NOW) == Reconciled((), (), (), ())

    def test_an_agreed_start_is_kept_while_it_fits(self) -> None:
        fits = stored(7, self.draft, is_published=True, starts_at=oslo.moment(DAY, time(9, 15)))
        does_not = stored(7, self.draft, is_published=True, starts_at=oslo.moment(DAY, time(8, 15)))

        (kept,) = reconcile([fits], [self.later], away=[], plan_id=2, at=NOW).keep
        (lost,) = reconcile([does_not], [self.later], away=[], plan_id=2, at=NOW).keep

        assert (kept.differs, kept.loses_start) == (True, False)
        assert (lost.differs, lost.loses_start) == (True, True)

    @pytest.mark.parametrize(
        "facts",
        [
            {"is_locked": True},
            {"state": "DONE"},
            {"state": "CANCELLED", "cancelled_by": "CITIZEN"},
            {"is_published": True, "starts_at": NOW - timedelta(minutes=5)},
            {"latest_at": NOW - timedelta(minutes=5)},
        ],
    )
    def test_locked_done_cancelled_by_people_and_begun_ones_stay(self, facts: dict[str, object]) -> None:
        known = stored(7, self.draft, **facts)

        assert reconcile([known], [], away=[], plan_id=2, at=NOW) == Reconciled((), (), (), ())
        assert reconcile([known], [self.later], away=[], plan_id=2, at=NOW) == Reconciled((), (), (), ())

    def test_what_the_plan_no_longer_has_goes_with_a_trace_when_people_knew_of_it(self) -> None:
        told = stored(7, self.draft, is_published=True, starts_at=self.draft.earliest_at)
        untold = stored(8, self.draft)

        assert reconcile([told], [], away=[], plan_id=2, at=NOW).cancel == ((7, "PLAN"),)
        assert reconcile([untold], [], away=[], plan_id=2, at=NOW).remove == (8,)

    def test_away_cancels_and_home_brings_back(self) -> None:
        key = (self.draft.on, self.draft.slot)
        known = stored(7, self.draft)

        assert reconcile([known], [self.draft], away=[key], plan_id=1, at=NOW).cancel == ((7, "AWAY"),)
        gone = replace(known, state="CANCELLED", cancelled_by="AWAY")
        assert reconcile([gone], [self.draft], away=[key], plan_id=1, at=NOW) == Reconciled((), (), (), ())
        (back,) = reconcile([gone], [self.draft], away=[], plan_id=1, at=NOW).keep
        assert back.returns

    def test_another_main_unit_gets_visits_of_its_own_and_the_old_ones_leave_a_trace_R04(self) -> None:
        told = stored(7, self.draft, is_published=True, starts_at=self.draft.earliest_at, unit_id=3)
        untold, locked = stored(8, self.draft, unit_id=3), stored(9, self.draft, unit_id=3, is_locked=True)
        main = {DAY: 4}

        after_told = reconcile([told], [self.draft], away=[], plan_id=1, at=NOW, main=main)
        after_untold = reconcile([untold], [self.draft], away=[], plan_id=1, at=NOW, main=main)

        assert after_told == Reconciled((self.draft,), (), (), ((7, "PLAN"),), (7,))
        assert after_untold == Reconciled((self.draft,), (), (8,), ())
        assert reconcile([locked], [self.draft], away=[], plan_id=1, at=NOW, main=main) == Reconciled((), (), (), ())
        same = reconcile([untold], [self.draft], away=[], plan_id=1, at=NOW, main={DAY: 3})
        assert same == Reconciled((), (), (), ())

    def test_new_ones_are_on_pause_from_the_start_while_away_R16(self) -> None:
        key = (self.draft.on, self.draft.slot)

        found = reconcile([], [self.draft], away=[key], plan_id=1, at=NOW)

        assert (found.make, found.rest) == ((), (self.draft,))
        assert reconcile([], [self.draft], away=[key], plan_id=1, at=self.draft.latest_at).rest == ()

    def test_a_lock_holds_but_not_while_she_is_away_and_she_gets_the_visit_back_R16(self) -> None:
        key = (self.draft.on, self.draft.slot)
        locked = stored(7, self.draft, is_published=True, starts_at=self.draft.earliest_at, is_locked=True)

        assert reconcile([locked], [self.later], away=[], plan_id=2, at=NOW) == Reconciled((), (), (), ())
        assert reconcile([locked], [self.draft], away=[key], plan_id=1, at=NOW).cancel == ((7, "AWAY"),)
        gone = replace(locked, state="CANCELLED", cancelled_by="AWAY")
        (back,) = reconcile([gone], [self.draft], away=[], plan_id=1, at=NOW).keep
        assert (back.returns, back.loses_start) == (True, False)

    def test_what_is_learned_meanwhile_does_not_change_a_list_in_use_R29(self) -> None:
        learnt = replace(self.draft, minutes=35)
        agreed = stored(7, self.draft, is_published=True, starts_at=self.draft.earliest_at)

        assert reconcile([agreed], [learnt], away=[], plan_id=1, at=NOW).keep == ()
        assert reconcile([stored(8, self.draft)], [learnt], away=[], plan_id=1, at=NOW).keep[0].differs


class TestCounting:
    def test_the_newest_counts_and_undoing_brings_back_the_one_before(self) -> None:
        first, second = Said(1, "AS_PLANNED"), Said(2, "DIFFERENT")
        undo = Said(3, "UNDONE")

        assert counting([]) is None
        assert counting([first, second]) == second
        assert counting([first, second, undo]) == first
        assert counting([first, second, undo, undo]) is None
        assert counting([undo, first]) == first

    def test_the_state_follows(self) -> None:
        assert state_after(None) == "PLANNED"
        assert state_after(Said(1, "DIFFERENT")) == "DONE"
        assert state_after(Said(1, "CANCELLED")) == "CANCELLED"


START = datetime(2026, 11, 2, 7, tzinfo=UTC)
FORTNIGHT = Period(START, START + timedelta(days=14))


def came(sequence: str) -> list[CarriedOutVisit]:
    """One visit a day, by the helper of each letter; "A+B" is one visit by two."""
    parts = sequence.split() if " " in sequence else list(sequence)
    return [
        CarriedOutVisit(START + timedelta(hours=number), frozenset(ord(sign) for sign in part.split("+")))
        for number, part in enumerate(parts)
    ]


visits_by_anybody = st.lists(
    st.builds(
        lambda hours, helpers: CarriedOutVisit(START + timedelta(hours=hours), helpers),
        st.integers(0, 400),
        st.frozensets(st.integers(1, 6), min_size=1, max_size=2),
    ),
    max_size=12,
)


class TestContinuity:
    @pytest.mark.parametrize(
        ("sequence", "different", "largest", "agreement", "in_row"),
        [  # domain/assessment.md § 7
            ("AABAC", 3, Fraction(3, 5), Fraction(3, 10), Fraction(1, 4)),
            ("AAAAAA", 1, Fraction(1), Fraction(1), Fraction(1)),
            ("ABCDEF", 6, Fraction(1, 6), Fraction(0), Fraction(0)),
            ("ABABAB", 2, Fraction(1, 2), Fraction(2, 5), Fraction(0)),
            ("AAABBB", 2, Fraction(1, 2), Fraction(2, 5), Fraction(4, 5)),
            ("A", 1, Fraction(1), None, None),
        ],
    )
    def test_the_vectors_R25(
        self,
        sequence: str,
        different: int,
        largest: Fraction,
        agreement: Fraction | None,
        in_row: Fraction | None,
    ) -> None:
        found = continuity.measure(came(sequence), period=FORTNIGHT)

        assert found.different == different
        assert found.largest_share == largest
        assert found.agreement == agreement
        assert found.sequence == in_row

    def test_two_helpers_at_once_are_both_met_and_count_half_each(self) -> None:
        found = continuity.measure(came("A+B A C"), period=FORTNIGHT, primary_ids=[ord("B")])

        assert found.different == 3
        assert found.largest_share == Fraction(1, 2)  # A: ½ + 1 of three
        assert found.agreement == Fraction(1, 3)  # only the first pair shares somebody
        assert found.sequence == Fraction(1, 2)
        assert found.primary_share == Fraction(1, 3)

    def test_without_visits_nothing_is_said(self) -> None:
        found = continuity.measure([], period=FORTNIGHT, primary_ids=[1])

        assert (found.visits, found.different) == (0, 0)
        assert (found.largest_share, found.agreement, found.sequence, found.primary_share) == (None,) * 4

    def test_known_is_three_visits_in_the_28_days_before(self) -> None:
        visits = came("AAAAB")
        last_two = Period(visits[3].started_at, visits[-1].started_at + timedelta(hours=1))

        assert continuity.known_share(visits, period=last_two) == Fraction(1, 2)
        assert continuity.known_share([], period=last_two) is None

    @given(visits_by_anybody, visits_by_anybody)
    def test_different_helpers_never_falls_when_visits_are_added(
        self, some: list[CarriedOutVisit], more: list[CarriedOutVisit]
    ) -> None:
        assert continuity.different_helpers(some, within=FORTNIGHT) <= continuity.different_helpers(
            some + more, within=FORTNIGHT
        )

    @given(visits_by_anybody)
    def test_shares_lie_between_nothing_and_all(self, visits: list[CarriedOutVisit]) -> None:
        found = continuity.measure(visits, period=FORTNIGHT)

        for share in (found.largest_share, found.agreement, found.sequence):
            assert share is None or 0 <= share <= 1
        assert (
            sum(count for _, count in continuity.visits_by_helper(continuity.within(visits, FORTNIGHT))) >= found.visits
        )


class TestLearnedMinutes:
    def test_few_visits_teach_nothing(self) -> None:
        assert learned_minutes([Observation(60.0)] * 4, 20) == Learned(20, 0)

    def test_the_example_of_the_documentation_R29(self) -> None:
        # docs/how-we-count/learned-minutes.md: twelve visits, planned 20; ten took 30, one 20, one 90
        observations = [Observation(30.0)] * 10 + [Observation(20.0), Observation(90.0)]

        assert learned_minutes(observations, 20) == Learned(25, 12)

    def test_one_wild_visit_moves_almost_nothing(self) -> None:
        calm = [Observation(20.0)] * 20

        assert learned_minutes([*calm, Observation(240.0)], 20) == Learned(20, 21)

    def test_many_visits_win_over_the_plan(self) -> None:
        assert learned_minutes([Observation(40.0)] * 60, 20) == Learned(35, 60)
        assert learned_minutes([Observation(40.0)] * 5, 20) == Learned(25, 5)

    def test_only_the_newest_count(self) -> None:
        new, old = [Observation(20.0)] * learning.MOST_SEEN, [Observation(60.0)] * 200

        assert learned_minutes(new + old, 20) == Learned(20, learning.MOST_SEEN)

    def test_a_task_has_its_share_of_a_visit_that_took_longer(self) -> None:
        assert learning.share_of_visit(10, said_minutes=45, planned_minutes=30) == 15
        with pytest.raises(ValueError):
            learning.share_of_visit(10, said_minutes=45, planned_minutes=0)

    @given(st.lists(st.floats(1, 600), max_size=80), st.integers(5, 240))
    @settings(deadline=None)
    def test_stays_within_half_and_twice_the_plan_in_steps_of_five(self, minutes: list[float], planned: int) -> None:
        found = learned_minutes([Observation(one) for one in minutes], planned)

        assert planned / 2 - 2.5 <= found.minutes <= planned * 2 + 2.5
        assert found.minutes == planned or found.minutes % 5 == 0
        assert found.basis in (0, min(len(minutes), learning.MOST_SEEN))

    @given(st.lists(st.floats(5, 200), min_size=5, max_size=20), st.integers(10, 60))
    @settings(deadline=None)
    def test_longer_visits_never_give_fewer_minutes(self, minutes: list[float], planned: int) -> None:
        shorter = learned_minutes([Observation(one) for one in minutes], planned)
        longer = learned_minutes([Observation(one * 1.5) for one in minutes], planned)

        assert longer.minutes >= shorter.minutes

    def test_an_observation_cannot_say_who_went(self) -> None:
        assert set(Observation.__dataclass_fields__) == {"minutes"}
        assert set(Learned.__dataclass_fields__) == {"minutes", "basis"}


class TestDueAt:
    def test_now_is_within_the_hour_and_today_before_midnight(self) -> None:
        noon, late = oslo.moment(DAY, time(12)), oslo.moment(DAY, time(23, 30))

        assert due_at("NOW", told_at=noon) == noon + timedelta(hours=1)
        assert due_at("TODAY", told_at=noon) == oslo.moment(DAY + timedelta(days=1), time(0))
        assert due_at("TODAY", told_at=late) == late + timedelta(hours=1)

    def test_a_meeting_is_the_next_one_and_a_week_without_one(self) -> None:
        noon, meeting = oslo.moment(DAY, time(12)), oslo.moment(DAY, time(14))

        assert due_at("MEETING", told_at=noon, next_meeting_at=meeting) == meeting
        assert due_at("MEETING", told_at=noon) == noon + timedelta(days=7)
        with pytest.raises(ValueError):
            due_at("SOMETIME", told_at=noon)
