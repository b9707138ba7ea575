"""Proposals: the day as the engine's problem, its answer kept by the engine's own judge, and people's decisions."""

from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from planengine.check import check_plan
from planengine.parameters import Params, Stop
from planengine.solve import solve_day
from tests import builders
from tests import builders_planning as build
from tests.cast import TUESDAY_DATE, Cast
from tillit.care.citizens.models import HelperWish, WishKind
from tillit.care.visits.models import VisitLink
from tillit.foundation.jobs.models import Job, JobState
from tillit.foundation.organisation.models import TeamMeeting
from tillit.foundation.workforce.models import Profession, ShiftKind
from tillit.kernel import oslo
from tillit.teamwork.planning import actions, queries
from tillit.teamwork.planning.adapter import engine
from tillit.teamwork.planning.adapter.problem import GRID_SECONDS, translate
from tillit.teamwork.planning.models import Assignment, Proposal, ProposalState
from tillit.teamwork.planning.rules import numbers, objections
from tillit.teamwork.planning.rules.day import Day, Row
from tillit.teamwork.planning.rules.presets import Preset

EARLY = build.at(time(6, 30))
MIDNIGHT = build.at(time(0))


@pytest.fixture
def morning(cast: Cast) -> build.Morning:
    return build.morning(cast)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the engine search for so many steps instead of seconds, so that the answer is the same every time."""
    real = engine.propose

    def few_steps(day: Day, **more: Any) -> Any:
        return real(day, **{**more, "seconds": None, "iterations": 4_000, "at": EARLY})

    monkeypatch.setattr(engine, "propose", few_steps)


def day_of(morning: build.Morning) -> Day:
    return queries.team_day(unit=morning.unit, on=morning.on, shift_kind="DAY").day


def where(morning: build.Morning) -> dict[str, Any]:
    return {"unit_id": morning.unit.pk, "on": morning.on, "shift_kind": "DAY"}


class TestTranslation:
    def test_of_a_small_day(self, cast: Cast, morning: build.Morning) -> None:
        TeamMeeting.objects.create(
            unit=cast.bekkedal, name="Teammøte", weekdays="2", starts=time(14), minutes=30,
            valid_from=builders.LONG_AGO,
        )  # fmt: skip
        HelperWish.objects.create(
            citizen=cast.olga, kind=WishKind.MUST_NOT, employee=cast.kari.employee, valid_from=builders.LONG_AGO
        )
        VisitLink.objects.create(first=morning.olga, then=morning.pair, least_minutes=60, most_minutes=120)

        found = translate(day_of(morning), begun_before=MIDNIGHT)
        problem = found.problem
        helper = {employee_id: number for number, employee_id in enumerate(found.helpers)}
        amir, kari, ingrid = (helper[one.employee.pk] for one in (cast.amir, cast.kari, cast.ingrid))

        assert [found.parts.count(visit.pk) for visit in (morning.olga, morning.arne, morning.pair)] == [1, 1, 2]
        olga, arne = problem.visits[found.part_of(morning.olga.pk)], problem.visits[found.part_of(morning.arne.pk)]
        assert (olga.earliest, olga.latest, olga.duration) == (8 * 3600, 10 * 3600, 1800)
        assert (olga.wish_from, olga.wish_to) == (8 * 3600 + 20 * 60, 8 * 3600 + 40 * 60)
        # Only the nurse has what Olga's visit needs.
        able = [one.id for one in problem.helpers if olga.competences <= one.competences]
        assert able == [ingrid]
        assert problem.citizens[olga.citizen].must_not == {kari}
        assert problem.citizens[arne.citizen].primary == amir
        assert problem.citizens[arne.citizen].known == ((amir, 0.75),)  # six visits of the eight that make it full
        period = problem.helpers[amir].periods[0]
        assert (period.start, period.end) == (7.5 * 3600, 15 * 3600)
        assert [(rest.duration, rest.earliest, rest.latest_end) for rest in period.breaks] == [
            (1800, 10.5 * 3600, 13 * 3600)
        ]
        assert [(one.start, one.duration) for one in period.meetings] == [(14 * 3600, 1800)]
        assert [(link.least, link.most, link.together) for link in problem.links] == [(0, 0, True), (3600, 7200, False)]
        assert all((matrix % GRID_SECONDS == 0).all() for matrix in problem.travel)

    def test_knows_nothing_of_names(self, cast: Cast, morning: build.Morning) -> None:
        _answer, asked = engine.propose(
            day_of(morning), at=EARLY, preset=Preset.KNOWN_FACES, keep_present=False, iterations=50
        )

        text = str(asked)
        assert not any(name in text for name in ("Olga", "Hansen", "Amir", "Rahimi", "Strandveien"))

    def test_somebody_away_does_not_exist(self, cast: Cast, morning: build.Morning) -> None:
        builders.absence(cast.amir.employee, morning.on, reported_at=EARLY)

        assert cast.amir.employee.pk not in translate(day_of(morning), begun_before=MIDNIGHT).helpers

    def test_what_is_locked_stays_also_outside_its_window(self, cast: Cast, morning: build.Morning) -> None:
        late = build.at(time(10, 20))
        day = day_of(morning).with_rows((Row(morning.arne.pk, cast.amir.employee.pk, late, is_locked=True),))

        found = translate(day, begun_before=EARLY)

        visit = found.problem.visits[found.part_of(morning.arne.pk)]
        assert visit.helper is not None
        assert (found.helpers[visit.helper], visit.start) == (cast.amir.employee.pk, 10 * 3600 + 20 * 60)

    def test_what_has_begun_is_not_asked_about_and_frees_its_helper_where_it_ends(
        self, cast: Cast, morning: build.Morning
    ) -> None:
        begun = Row(morning.arne.pk, cast.amir.employee.pk, build.at(time(8, 12)))
        day = day_of(morning).with_rows((begun,))

        found = translate(day, begun_before=build.at(time(8, 30)))
        answer, _ = engine.propose(
            day, at=build.at(time(8, 30)), preset=Preset.KNOWN_FACES, keep_present=True, iterations=500
        )

        assert morning.arne.pk not in found.parts
        (period,) = found.problem.helpers[found.helpers.index(cast.amir.employee.pk)].periods
        assert period.start == 8 * 3600 + 45 * 60  # 08.42, and then the next five minutes
        assert period.start_place != period.end_place
        assert begun in answer.rows
        assert all(row.starts_at >= build.at(time(8, 30)) for row in answer.rows if row != begun)

    def test_a_row_that_is_free_is_named_as_the_plan_to_keep(self, cast: Cast, morning: build.Morning) -> None:
        day = day_of(morning).with_rows((Row(morning.arne.pk, cast.kari.employee.pk, build.at(time(9))),))

        found = translate(day, begun_before=EARLY)

        (kept,) = found.problem.reference
        assert (found.parts[kept.visit], found.helpers[kept.helper], kept.start) == (
            morning.arne.pk,
            cast.kari.employee.pk,
            9 * 3600,
        )
        assert found.problem.visits[kept.visit].start is None

    def test_to_change_little_is_to_hold_what_people_have_put_there(self, cast: Cast, morning: build.Morning) -> None:
        outside = build.at(time(10, 20))
        day = day_of(morning).with_rows((Row(morning.arne.pk, cast.amir.employee.pk, outside),))

        free, held = (translate(day, begun_before=EARLY, hold=hold) for hold in (False, True))

        visits = [found.problem.visits[found.part_of(morning.arne.pk)] for found in (free, held)]
        assert [visit.latest for visit in visits] == [10 * 3600, 10 * 3600 + 30 * 60]
        assert [visit.importance for visit in visits] == [30, 45]

    def test_a_night_is_counted_from_its_evening(self, cast: Cast) -> None:
        # The clocks go back in the night to 25 October 2026: 22.00 to 07.00 is ten hours.
        saturday = oslo.day_of(build.at(time(12))).replace(month=10, day=24)
        builders.shift(cast.ingrid.employee, cast.bekkedal, saturday, kind=ShiftKind.NIGHT,
                       starts=time(22), ends=time(7))  # fmt: skip
        day = queries.team_day(unit=cast.bekkedal, on=saturday, shift_kind="NIGHT").day

        (helper,) = translate(day, begun_before=build.at(time(0), saturday)).problem.helpers

        assert (helper.periods[0].start, helper.periods[0].end) == (22 * 3600, 32 * 3600)


class TestAnswer:
    def test_keeps_every_rule_and_puts_known_faces_first_R25(self, cast: Cast) -> None:
        build.town(cast, citizens=30)
        day = queries.team_day(unit=cast.bekkedal, on=TUESDAY_DATE, shift_kind="DAY").day
        translated = translate(day, begun_before=MIDNIGHT)

        result = solve_day(translated.problem, stop=Stop(iterations=20_000), seed=1, params=Params())
        assert check_plan(translated.problem, result.plan) == ()

        with_faces, _ = engine.propose(
            day, at=MIDNIGHT, preset=Preset.KNOWN_FACES, keep_present=False, iterations=60_000
        )
        without, _ = engine.propose(
            day, at=MIDNIGHT, preset=Preset.KNOWN_FACES, keep_present=False, iterations=60_000, continuity=False
        )
        one, other = (numbers.count(day.with_rows(answer.rows)) for answer in (with_faces, without))
        assert one.uncovered == other.uncovered == 0
        assert one.known > other.known
        assert one.with_primary > other.with_primary
        assert one.faces < other.faces
        refused = [
            row
            for row in with_faces.rows
            if objections.refusals(day, visit_id=row.visit_id, employee_id=row.employee_id)
        ]
        assert refused == []
        assert all(row.starts_at.minute % 5 == 0 for row in with_faces.rows)

    @pytest.mark.parametrize("keep", [False, True])
    def test_a_therapist_takes_ordinary_care_as_the_last_way_out_R10(
        self, cast: Cast, morning: build.Morning, keep: bool
    ) -> None:
        """Nobody has Arne's visit. Kari is a stranger to him; the therapist has been there twice a week."""
        therapist = builders.employee("Lars", "Eide", Profession.OCCUPATIONAL_THERAPIST, cast.bekkedal)
        builders.shift(therapist, cast.bekkedal, morning.on)
        build.been_there(therapist, cast.arne, cast.bekkedal, 8, before=morning.on)
        builders.absence(cast.amir.employee, morning.on, reported_at=EARLY)
        training = build.open_visit(cast.arne, cast.bekkedal, morning.on, needs=("ERGO",))
        builders.competence("ERGO", "Ergoterapi", therapist)
        day = day_of(morning)

        def helpers_of(day: Day, visit_id: int) -> list[int]:
            answer, _ = engine.propose(day, at=EARLY, preset=Preset.KNOWN_FACES, keep_present=keep, iterations=4_000)
            return [row.employee_id for row in answer.rows if row.visit_id == visit_id]

        assert helpers_of(day, morning.arne.pk) == [cast.kari.employee.pk]
        assert helpers_of(day, training.pk) == [therapist.pk]
        # With nobody else at work she is the way out, rather than nobody.
        alone = replace(day, workers=tuple(each for each in day.workers if each.employee_id == therapist.pk))
        assert helpers_of(alone, morning.arne.pk) == [therapist.pk]

    def test_a_visit_a_therapist_has_stays_hers_when_little_is_to_change_R10(
        self, cast: Cast, morning: build.Morning
    ) -> None:
        therapist = builders.employee("Lars", "Eide", Profession.OCCUPATIONAL_THERAPIST, cast.bekkedal)
        builders.shift(therapist, cast.bekkedal, morning.on)
        has = Row(morning.arne.pk, therapist.pk, build.at(time(8, 30)))

        answer, _ = engine.propose(
            day_of(morning).with_rows((has,)), at=EARLY, preset=Preset.KNOWN_FACES, keep_present=True, iterations=4_000
        )

        assert has in answer.rows

    def test_uncovered_visits_come_with_reasons_and_ways_out(self, cast: Cast, morning: build.Morning) -> None:
        day = day_of(morning)
        day = replace(day, workers=tuple(w for w in day.workers if w.employee_id != cast.ingrid.employee.pk))

        answer, _ = engine.propose(day, at=MIDNIGHT, preset=Preset.KNOWN_FACES, keep_present=False, iterations=2_000)

        (left,) = answer.uncovered
        assert left["visit"] == morning.olga.pk
        assert [reason["why"] for reason in left["reasons"]] == ["nobody_has_competence"]
        assert left["reasons"][0]["needs"] == ["LEVEL:2"]
        assert left["ways_out"]


@pytest.mark.usefixtures("quick")
class TestProposal:
    def ask(self, cast: Cast, morning: build.Morning, *, keep: bool = False) -> Proposal:
        return actions.ask_for_proposal(
            actor=cast.kari.actor, **where(morning), keep_present=keep, preset="KNOWN_FACES", at=EARLY
        )

    def edition(self, morning: build.Morning) -> int:
        return queries.head_of(**where(morning)).edition

    def test_is_decided_change_by_change(self, cast: Cast, morning: build.Morning) -> None:
        proposal = self.ask(cast, morning)
        assert proposal.state == ProposalState.READY
        assert not Assignment.objects.exists()
        first, *rest = proposal.changes.order_by("rank")
        assert rest

        actions.accept_change(
            actor=cast.kari.actor, proposal_id=proposal.pk, change_id=first.pk, edition=self.edition(morning), at=EARLY
        )
        for change in rest:
            actions.reject_change(actor=cast.kari.actor, proposal_id=proposal.pk, change_id=change.pk, at=EARLY)

        proposal.refresh_from_db()
        assert proposal.state == ProposalState.SETTLED
        assert set(Assignment.objects.values_list("visit_id", flat=True)) == set(first.visits)

    def test_accepting_all_is_one_step_that_one_press_undoes(self, cast: Cast, morning: build.Morning) -> None:
        proposal = self.ask(cast, morning)

        actions.accept_all(actor=cast.kari.actor, proposal_id=proposal.pk, edition=self.edition(morning), at=EARLY)
        assert Assignment.objects.count() == 4  # Olga, Arne, and two at the visit for two
        assert day_of(morning).uncovered == ()

        actions.undo_step(actor=cast.kari.actor, **where(morning), edition=self.edition(morning), at=EARLY)

        assert not Assignment.objects.exists()

    def test_knows_known_faces_and_says_why(self, cast: Cast, morning: build.Morning) -> None:
        proposal = self.ask(cast, morning)

        rows = {row[0]: row[1] for row in proposal.result["rows"]}
        assert rows[morning.arne.pk] == cast.amir.employee.pk
        why = proposal.result["why"][f"{morning.arne.pk}:{cast.amir.employee.pk}"]
        assert why["is_primary"] and why["known"] == 0.75
        assert {other["employee"] for other in why["alternatives"]} <= {
            cast.ingrid.employee.pk,
            cast.kari.employee.pk,
        }

    def test_a_change_the_lists_have_left_behind_is_refused(self, cast: Cast, morning: build.Morning) -> None:
        proposal = self.ask(cast, morning)
        change = next(one for one in proposal.changes.all() if morning.arne.pk in one.visits)
        actions.allocate_visit(
            actor=cast.kari.actor, **where(morning), visit_id=morning.arne.pk, from_employee_id=None,
            to_employee_id=cast.kari.employee.pk, starts_at=None, edition=self.edition(morning), at=EARLY,
        )  # fmt: skip

        with pytest.raises(actions.ChangeOutdated):
            actions.accept_change(
                actor=cast.kari.actor, proposal_id=proposal.pk, change_id=change.pk,
                edition=self.edition(morning), at=EARLY,
            )  # fmt: skip

    def test_after_absence_changes_as_little_as_possible(self, cast: Cast, morning: build.Morning) -> None:
        first = self.ask(cast, morning)
        actions.accept_all(actor=cast.kari.actor, proposal_id=first.pk, edition=self.edition(morning), at=EARLY)
        before = {row.visit_id: row for row in day_of(morning).rows if row.visit_id == morning.olga.pk}
        builders.absence(cast.amir.employee, morning.on, reported_at=EARLY)

        second = self.ask(cast, morning, keep=True)

        touched = {visit for change in second.changes.all() for visit in change.visits}
        assert morning.arne.pk in touched
        assert morning.olga.pk not in touched
        assert before

    def test_is_refused_when_everybody_has_gone_home(self, cast: Cast, morning: build.Morning) -> None:
        with pytest.raises(actions.ShiftOver):
            actions.ask_for_proposal(
                actor=cast.kari.actor, **where(morning), keep_present=False, preset="", at=build.at(time(15))
            )
        assert not Proposal.objects.exists()

    def test_a_new_question_outdates_the_old(self, cast: Cast, morning: build.Morning) -> None:
        first, second = self.ask(cast, morning), self.ask(cast, morning)

        first.refresh_from_db()
        assert (first.state, second.state) == (ProposalState.OUTDATED, ProposalState.READY)

    def test_with_nobody_at_work_settles_at_once(self, cast: Cast) -> None:
        build.open_visit(cast.olga, cast.bekkedal)
        proposal = actions.ask_for_proposal(
            actor=cast.kari.actor, unit_id=cast.bekkedal.pk, on=TUESDAY_DATE, shift_kind="DAY",
            keep_present=False, preset="KNOWN_FACES", at=EARLY,
        )  # fmt: skip

        assert (proposal.state, proposal.changes.count()) == (ProposalState.SETTLED, 0)


class TestStopping:
    def test_uses_the_best_so_far(
        self, cast: Cast, morning: build.Morning, monkeypatch: pytest.MonkeyPatch, settings: Any
    ) -> None:
        """The search asks whether to stop; with a yes it ends long before its thirty seconds, and still answers."""
        monkeypatch.setattr("tillit.foundation.jobs.progress.Progress.should_stop", lambda self: True)
        settings.PLAN_SECONDS = 30.0

        proposal = actions.ask_for_proposal(
            actor=cast.kari.actor, **where(morning), keep_present=False, preset="KNOWN_FACES", at=EARLY
        )

        assert proposal.result["ended"] == "cancelled"
        assert proposal.state == ProposalState.READY

    def test_asks_the_job_to_stop(self, cast: Cast, morning: build.Morning) -> None:
        lists = queries.head_of(**where(morning))
        assert lists.lists_id is None
        actions.allocate_visit(
            actor=cast.kari.actor, **where(morning), visit_id=morning.arne.pk, from_employee_id=None,
            to_employee_id=cast.kari.employee.pk, starts_at=None, edition=0, at=EARLY,
        )  # fmt: skip
        lists_id = queries.head_of(**where(morning)).lists_id
        assert lists_id is not None
        job = Job.objects.create(
            kind="planning.propose", unit_path=cast.bekkedal.path, asked_at=EARLY, state=JobState.RUNNING
        )
        proposal = Proposal.objects.create(lists_id=lists_id, job=job, asked_at=EARLY, based_on_edition=1)

        actions.stop_proposal(actor=cast.kari.actor, proposal_id=proposal.pk, at=EARLY)

        job.refresh_from_db()
        assert job.stop_asked
