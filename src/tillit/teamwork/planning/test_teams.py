"""Every team's draft asked for in one go: by the action, and by `tillit plan teams`."""

import json
from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests import builders_groups, builders_planning
from tests.builders_planning import at, open_visit
from tests.cast import TUESDAY_DATE, Cast
from tillit.care.visits.models import VisitState
from tillit.foundation.access.actor import system
from tillit.foundation.access.models import AccessEntry
from tillit.foundation.jobs.models import Job, JobState
from tillit.foundation.workforce.models import ShiftKind
from tillit.kernel import clock
from tillit.teamwork.planning import actions, queries
from tillit.teamwork.planning.actions import AskedTeams, PassedOver
from tillit.teamwork.planning.adapter import engine
from tillit.teamwork.planning.adapter.phases import Phase, Phases
from tillit.teamwork.planning.cli import plan
from tillit.teamwork.planning.models import DayLists, ListState, Proposal, ProposalState
from tillit.teamwork.planning.rules.day import Day

EARLY = at(time(6, 30))
SYSTEM = system("tillit plan teams")
asked_of: list[dict[str, Any]] = []


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the engine take so many steps instead of seconds, and keep what it was asked for."""
    real = engine.propose
    asked_of.clear()

    def few_steps(day: Day, **more: Any) -> Any:
        asked_of.append(more)
        return real(day, **{**more, "seconds": None, "iterations": 500, "at": EARLY})

    monkeypatch.setattr(engine, "propose", few_steps)


@pytest.fixture
def two_teams(cast: Cast) -> builders_planning.Morning:
    """Bekkedal's Tuesday; and Solvik, which has one visit and nobody at work."""
    morning = builders_planning.morning(cast)
    open_visit(cast.per, cast.solvik)
    return morning


def ask(**more: Any) -> AskedTeams:
    return actions.ask_for_teams(actor=SYSTEM, on=TUESDAY_DATE, at=EARLY, **more)


class TestAskForTeams:
    def test_each_team_with_visits_gets_a_proposal(self, cast: Cast, two_teams: builders_planning.Morning) -> None:
        asked = ask(seconds=3.0)

        assert asked.proposals.keys() == {(cast.bekkedal.pk, "DAY"), (cast.solvik.pk, "DAY")}
        states = {
            proposal.lists.unit_id: proposal.state
            for proposal in Proposal.objects.filter(pk__in=asked.proposals.values())
        }
        assert states == {cast.bekkedal.pk: ProposalState.READY, cast.solvik.pk: ProposalState.SETTLED}
        assert [(each["seconds"], each["cores"]) for each in asked_of] == [(3.0, 1)]

    def test_asking_twice_is_asking_once(self, two_teams: builders_planning.Morning) -> None:
        first = ask()

        again = ask()

        assert again.proposals == {}
        assert again.passed == dict.fromkeys(first.proposals, PassedOver.HAS_PROPOSAL)
        assert len(ask(again=True).proposals) == 2

    def test_a_proposal_that_failed_or_was_overtaken_is_asked_for_again(
        self, cast: Cast, two_teams: builders_planning.Morning
    ) -> None:
        here, there = (cast.bekkedal.pk, "DAY"), (cast.solvik.pk, "DAY")
        first = ask()
        Proposal.objects.filter(pk=first.proposals[there]).update(state=ProposalState.ASKED)
        Job.objects.filter(proposal=first.proposals[there]).update(state=JobState.FAILED)
        change = Proposal.objects.get(pk=first.proposals[here]).changes.get(rank=1)
        actions.accept_change(
            actor=cast.kari.actor, proposal_id=first.proposals[here], change_id=change.pk, edition=0, at=EARLY
        )

        again = ask()

        assert again.proposals.keys() == {here, there}
        # Somebody has begun on Bekkedal's lists: what stands there is to change as little as possible.
        kept = dict(Proposal.objects.filter(pk__in=again.proposals.values()).values_list("lists__unit", "keep_present"))
        assert kept == {cast.bekkedal.pk: True, cast.solvik.pk: False}

    @pytest.mark.parametrize("state", [ListState.PUBLISHED, ListState.CHANGED])
    def test_lists_in_use_are_left_alone(
        self, cast: Cast, two_teams: builders_planning.Morning, state: ListState
    ) -> None:
        DayLists.objects.create(
            unit=cast.bekkedal, on=TUESDAY_DATE, shift_kind="DAY", state=state, edition=4, changed_at=EARLY
        )

        asked = ask()

        assert asked.passed == {(cast.bekkedal.pk, "DAY"): PassedOver.IN_USE}
        assert asked.proposals.keys() == {(cast.solvik.pk, "DAY")}

    def test_a_shift_that_is_over_is_passed_over(self, cast: Cast, two_teams: builders_planning.Morning) -> None:
        asked = actions.ask_for_teams(actor=SYSTEM, on=TUESDAY_DATE, at=at(time(20)))

        assert asked.passed == {(cast.bekkedal.pk, "DAY"): PassedOver.SHIFT_OVER}

    def test_only_the_parts_and_units_wanted(self, cast: Cast, two_teams: builders_planning.Morning) -> None:
        open_visit(cast.olga, cast.bekkedal, kind=ShiftKind.EVENING)

        assert ask(kinds=["EVENING"]).proposals.keys() == {(cast.bekkedal.pk, "EVENING")}
        assert ask(unit_ids=[cast.solvik.pk]).proposals.keys() == {(cast.solvik.pk, "DAY")}

    def test_a_person_asks_only_where_she_may(self, cast: Cast, two_teams: builders_planning.Morning) -> None:
        asked = actions.ask_for_teams(actor=cast.kari.actor, on=TUESDAY_DATE, at=EARLY)

        assert asked.proposals.keys() == {(cast.bekkedal.pk, "DAY")}
        assert asked.passed == {}

    def test_what_a_work_group_shares_is_its_teams_R02(self, cast: Cast) -> None:
        group = builders_groups.dementia_group(cast)
        builders_groups.part(cast, group, ShiftKind.EVENING)

        parts = queries.parts_to_plan(actor=SYSTEM, on=TUESDAY_DATE, kinds=["EVENING"])

        assert [(part.unit_id, part.visits) for part in parts] == [(cast.bekkedal.pk, 2)]

    def test_a_cancelled_visit_is_nothing_to_plan(self, cast: Cast) -> None:
        visit = open_visit(cast.per, cast.solvik)
        visit.state = VisitState.CANCELLED
        visit.save()

        assert ask() == AskedTeams({}, (), {})

    def test_the_queries_do_not_grow_with_the_teams(
        self, cast: Cast, two_teams: builders_planning.Morning, django_assert_num_queries: Any
    ) -> None:
        def look() -> None:
            queries.parts_to_plan(actor=SYSTEM, on=TUESDAY_DATE, kinds=queries.KINDS)

        with django_assert_num_queries(4):
            look()
        open_visit(cast.arne, cast.bekkedal, kind=ShiftKind.NIGHT)
        ask()
        with django_assert_num_queries(4):
            look()

    def test_the_job_says_what_its_time_went_to(self, cast: Cast, two_teams: builders_planning.Morning) -> None:
        asked = ask()

        outcome = Job.objects.get(proposal=asked.proposals[cast.bekkedal.pk, "DAY"]).outcome
        assert outcome["phases"].keys() == {phase.value for phase in Phase}
        assert outcome["visits"] == 3
        assert outcome["search_seconds"] >= 0


class TestPhases:
    def test_a_phase_inside_another_takes_its_time_from_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        now = [100.0]
        for name in ("perf_counter", "process_time"):
            monkeypatch.setattr(f"tillit.teamwork.planning.adapter.phases.{name}", lambda: now[0])
        phases = Phases()
        with phases.of(Phase.BUILD):
            now[0] += 2
            with phases.of(Phase.TRAVEL):
                now[0] += 5
            now[0] += 1
        now[0] += 50
        with phases.of(Phase.SEARCH):
            now[0] += 8
            phases.mark()
            now[0] += 3
            phases.since_last_mark(Phase.EXPLAIN)

        assert phases.as_json() == {"travel": [5, 5], "build": [3, 3], "search": [8, 8], "explain": [3, 3]}


class TestCommand:
    @pytest.fixture
    def run(self, monkeypatch: pytest.MonkeyPatch, two_teams: builders_planning.Morning) -> Callable[..., Result]:
        monkeypatch.setattr(clock, "now", lambda: EARLY)

        def invoke(*words: str) -> Result:
            return CliRunner().invoke(plan, ["teams", "--on", TUESDAY_DATE.isoformat(), *words])

        return invoke

    def test_asks_follows_and_tells_as_json(self, run: Callable[..., Result]) -> None:
        result = run("--json")

        assert result.exit_code == 0, result.output
        told = json.loads(result.stdout)
        assert told["on"] == TUESDAY_DATE.isoformat()
        assert (told["asked"], told["done"], told["failed"], told["waiting"]) == (2, 2, 0, 0)
        assert (told["visits"], told["uncovered"], told["passed"]) == (3, 0, {})
        assert json.loads(run("--json").stdout)["passed"] == {"has_proposal": 2}

    def test_tells_in_lines_for_a_person(self, run: Callable[..., Result]) -> None:
        assert "asked: 2" in run().stdout

    def test_only_a_unit_and_those_below_it(self, run: Callable[..., Result], cast: Cast) -> None:
        cast.solvik.code = "SOLVIK"
        cast.solvik.save()

        assert json.loads(run("--json", "--unit", "SOLVIK").stdout)["asked"] == 1
        refused = run("--unit", "NOWHERE")
        assert (refused.exit_code, "NOWHERE" in refused.output) == (1, True)

    def test_who_was_looked_at_stands_in_the_log(self, run: Callable[..., Result], cast: Cast) -> None:
        run("--json")

        seen = set(AccessEntry.objects.filter(door="tillit plan teams").values_list("citizen_id", flat=True))
        assert seen == {cast.olga.pk, cast.arne.pk, cast.per.pk}

    def test_a_failed_job_makes_the_command_fail(
        self, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_: Any, **__: Any) -> Any:
            raise RuntimeError

        monkeypatch.setattr(engine, "propose", broken)

        result = run("--json")

        assert (result.exit_code, json.loads(result.stdout)["failed"]) == (1, 1)

    def test_says_when_no_worker_takes_the_work(
        self, run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from tillit.foundation.jobs import progress

        moments = iter(range(0, 100_000, 10))
        monkeypatch.setattr(progress, "run", type("Nobody", (), {"enqueue": staticmethod(lambda _job: None)}))
        monkeypatch.setattr("tillit.teamwork.planning.cli.time.sleep", lambda _seconds: None)
        monkeypatch.setattr("tillit.teamwork.planning.cli.time.monotonic", lambda: next(moments))

        result = run("--json")

        assert "No worker" in result.stderr
        assert (result.exit_code, json.loads(result.stdout)["waiting"]) == (1, 2)

    def test_without_waiting_it_only_asks(self, run: Callable[..., Result]) -> None:
        assert json.loads(run("--json", "--no-wait").stdout).keys() == {"on", "asked", "passed"}

    def test_tomorrow_when_no_day_is_given(self, monkeypatch: pytest.MonkeyPatch, cast: Cast) -> None:
        builders_planning.morning(cast)
        monkeypatch.setattr(clock, "now", lambda: EARLY - timedelta(days=1))

        result = CliRunner().invoke(plan, ["teams", "--json"])

        assert (json.loads(result.stdout)["on"], json.loads(result.stdout)["asked"]) == (TUESDAY_DATE.isoformat(), 1)
