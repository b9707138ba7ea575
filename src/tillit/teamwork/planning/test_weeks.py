"""Several days at once: asked for, reckoned, stored as one proposal a day, and taken into the drafts together."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import builders
from tests import builders_plan as plans
from tests import builders_planning as build
from tests.cast import TUESDAY_DATE, Cast, Member
from tillit.care.citizens.models import Citizen
from tillit.care.visits.models import VisitHelper
from tillit.foundation.access.models import AccessEntry, AuditEntry
from tillit.foundation.jobs.models import Job, JobState
from tillit.foundation.organisation.models import Unit, UnitKind
from tillit.foundation.organisation.queries import family_of
from tillit.foundation.workforce.models import ShiftKind
from tillit.kernel import clock
from tillit.kernel.errors import NotAllowed, NotFound
from tillit.teamwork.planning import actions, queries
from tillit.teamwork.planning.adapter import weeks as engine
from tillit.teamwork.planning.models import Assignment, DayLists, Notice, Proposal, ProposalState, WeeksProposal
from tillit.teamwork.planning.queries.weeks import meetings_between, newest_weeks, plannable
from tillit.teamwork.planning.rules.weeks import (
    LENGTHS,
    Faces,
    PartState,
    main_window,
    means,
    often,
    spread,
    state_of,
    time_for,
)

SignIn = Callable[[Member], Client]
NOW = build.at(time(14, 0))
TOMORROW = TUESDAY_DATE + timedelta(days=1)


@pytest.fixture(autouse=True)
def _tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tuesday afternoon; the engine searches for so many steps, so that the answer is the same every time."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    real = engine.propose_days

    def few_steps(days: Any, **more: Any) -> Any:
        return real(days, **{**more, "seconds": None, "iterations": 3_000, "cores": 1})

    monkeypatch.setattr(engine, "propose_days", few_steps)


def days_of(first: date, count: int) -> list[date]:
    return [first + timedelta(days=number) for number in range(count)]


@pytest.fixture
def week(cast: Cast) -> None:
    """Four days with a visit each to Olga and Arne. Kari works all four, Ingrid two and Amir two."""
    for number, on in enumerate(days_of(TOMORROW, 4)):
        for person in (cast.kari, cast.ingrid if number < 2 else cast.amir):
            builders.shift(person.employee, cast.bekkedal, on)
        build.open_visit(cast.olga, cast.bekkedal, on)
        build.open_visit(cast.arne, cast.bekkedal, on, earliest=time(11), latest=time(12))
    build.been_there(cast.ingrid.employee, cast.olga, cast.bekkedal, 3)


def ask(cast: Cast, days: int = 7) -> WeeksProposal:
    found = actions.ask_for_weeks(
        actor=cast.kari.actor, unit_id=cast.bekkedal.pk, days=days, preset="KNOWN_FACES", at=NOW
    )
    found.refresh_from_db()
    return found


def seen(weeks: WeeksProposal) -> dict[int, int]:
    found = newest_weeks(weeks.unit_id)
    assert found is not None
    return {line.proposal_id: line.edition for line in found.parts if line.state is PartState.OPEN}


def accept(cast: Cast, weeks: WeeksProposal, editions: dict[int, int]) -> int:
    return actions.accept_weeks(
        actor=cast.kari.actor, unit_id=cast.bekkedal.pk, weeks_id=weeks.pk, editions=editions, at=NOW
    )


class TestRules:
    def test_share_of_what_is_possible_by_hand(self) -> None:
        """docs/how-we-count/weeks.md: six helpers before, four proposed, three at the least: 75 per cent is reached."""
        assert means([Faces(6, 4, 3)]).reached == 0.75
        assert means([]).reached == 0.0

    def test_how_often_the_same_one_comes_by_hand(self) -> None:
        every = [Faces(6, 4, 3, (5, 14), (7, 14), (10, 14))] * 4 + [Faces(2, 1, 1, (2, 4), (4, 4), (4, 4))]

        assert often(every) is not None
        found = often([*every, Faces(1, 1, 1, (1, 3), (3, 3), (3, 3))])  # three visits say nothing: not counted

        assert found is not None and found.citizens == 5
        assert found.before == pytest.approx((4 * 5 / 14 + 2 / 4) / 5)
        assert found.reached == pytest.approx(((4 * 7 / 14 + 1) / 5) / ((4 * 10 / 14 + 1) / 5))
        assert often(every[1:]) is None  # four citizens are too few

    def test_windows_and_time(self) -> None:
        assert [main_window(days) for days in LENGTHS] == [14, 14, 28]
        assert [time_for(visits) for visits in (5, 20, 60)] == [0.25, 1.0, 1.0]

    def test_averages_count_each_citizen_once(self) -> None:
        found = means([Faces(6, 4, 2), Faces(3, 1, 1)])
        assert (found.citizens, found.before, found.planned, found.least) == (2, 4.5, 2.5, 1.5)
        assert means([]).citizens == 0

    def test_spread(self) -> None:
        assert list(spread([3, 1, 3]).items()) == [(1, 1), (3, 2)]

    @pytest.mark.parametrize(
        ("state", "in_use", "touched", "undecided", "accepted", "becomes"),
        [
            ("READY", False, False, 2, 0, PartState.OPEN),
            ("READY", False, True, 2, 0, PartState.CHANGED),
            ("READY", True, True, 2, 0, PartState.IN_USE),
            ("SETTLED", False, True, 0, 2, PartState.DECIDED),
            ("SETTLED", False, False, 0, 0, PartState.NOTHING),
            ("OUTDATED", False, False, 2, 0, PartState.REPLACED),
        ],
    )
    def test_how_a_day_stands(
        self, state: str, in_use: bool, touched: bool, undecided: int, accepted: int, becomes: PartState
    ) -> None:
        assert becomes is state_of(
            proposal_state=state, in_use=in_use, touched_since=touched, undecided=undecided, accepted=accepted
        )


@pytest.mark.usefixtures("week")
class TestQueries:
    def test_plans_parts_with_visits_and_people_whose_lists_are_not_in_use(self, cast: Cast) -> None:
        nobody = TOMORROW + timedelta(days=5)
        build.open_visit(cast.olga, cast.bekkedal, nobody)
        build.open_visit(cast.olga, cast.bekkedal, TOMORROW, kind=ShiftKind.NIGHT)
        builders.shift(cast.amir.employee, cast.bekkedal, TOMORROW, kind=ShiftKind.NIGHT, starts=time(22), ends=time(7))
        DayLists.objects.create(unit=cast.bekkedal, on=TOMORROW, shift_kind="DAY", state="PUBLISHED", changed_at=NOW)

        found = plannable(unit=cast.bekkedal, first=TOMORROW, after=TOMORROW + timedelta(days=7))

        assert found.parts == ((TOMORROW, "NIGHT"), *((on, "DAY") for on in days_of(TOMORROW, 4)[1:]))
        assert found.unstaffed == ((nobody, "DAY"),)

    def test_a_work_groups_evenings_are_planned_with_the_team_and_its_days_for_itself_R02(self, cast: Cast) -> None:
        group = builders.unit("Arbeidslag demens", UnitKind.WORK_GROUP, parent=cast.bekkedal)
        for kind, starts, ends in ((ShiftKind.DAY, time(8), time(15)), (ShiftKind.EVENING, time(15), time(22))):
            build.open_visit(cast.olga, group, TOMORROW, kind=kind)
            builders.shift(cast.amir.employee, group, TOMORROW, kind=kind, starts=starts, ends=ends)

        def parts(unit: Unit) -> tuple[tuple[date, str], ...]:
            return plannable(unit=unit, first=TOMORROW, after=TOMORROW + timedelta(days=1)).parts

        assert parts(group) == ((TOMORROW, "DAY"),)
        assert parts(cast.bekkedal) == ((TOMORROW, "DAY"), (TOMORROW, "EVENING"))

    def test_what_lies_on_another_units_lists_counts_while_ones_own_part_is_planned(self, cast: Cast) -> None:
        group = builders.unit("Arbeidslag demens", UnitKind.WORK_GROUP, parent=cast.bekkedal)
        mine, theirs = (build.open_visit(cast.olga, unit, TOMORROW) for unit in (cast.bekkedal, group))
        for visit, who in ((mine, cast.amir), (theirs, cast.ingrid)):
            VisitHelper.objects.create(visit=visit, employee=who.employee, on=visit.on)

        found = meetings_between(
            {cast.olga.pk}, first=TOMORROW, after=TOMORROW + timedelta(days=1),
            besides=[(TOMORROW, "DAY")], family=family_of(cast.bekkedal.pk),
        )  # fmt: skip

        assert [(each.employee_id, each.visit_id) for each in found] == [(cast.ingrid.employee.pk, theirs.pk)]

    def test_meetings_are_of_all_parts_of_the_day_and_not_those_to_be_planned(self, cast: Cast) -> None:
        found = meetings_between({cast.olga.pk}, first=TUESDAY_DATE - timedelta(days=2), after=TOMORROW)
        without = meetings_between(
            {cast.olga.pk}, first=TUESDAY_DATE - timedelta(days=2), after=TOMORROW,
            besides=[(TUESDAY_DATE - timedelta(days=1), "DAY")],
        )  # fmt: skip

        assert [(each.on, each.citizen_id, each.employee_id) for each in found] == [
            (TUESDAY_DATE - timedelta(days=back), cast.olga.pk, cast.ingrid.employee.pk) for back in (2, 1)
        ]
        assert without == found[:1]


@pytest.mark.usefixtures("week")
class TestAsk:
    def test_ends_in_one_proposal_a_day_and_changes_no_list_R26(self, cast: Cast) -> None:
        weeks = ask(cast)

        assert weeks.state == ProposalState.READY
        lines = newest_weeks(cast.bekkedal.pk)
        assert lines is not None
        assert [(line.on, line.shift_kind, line.uncovered_before, line.uncovered_after) for line in lines.parts] == [
            (on, "DAY", 2, 0) for on in days_of(TOMORROW, 4)
        ]
        assert not Assignment.objects.exists()

    def test_one_helper_comes_all_days_where_one_can_R25(self, cast: Cast) -> None:
        """Olga needs nobody special: Kari is there all four days. Each day alone, Ingrid, who is known, would come."""
        weeks = ask(cast)

        rows = [row for each in weeks.proposals.all() for row in each.result["rows"]]
        assert {row[1] for row in rows} == {cast.kari.employee.pk}
        # Before: Ingrid alone was at Olga's, and nobody at Arne's; the 14 days are 7 behind and 7 ahead.
        faces = weeks.summary["faces"]["14"]
        # The same one: Ingrid at all 3 before; 4 of 7 by Kari now; at the most Ingrid's 3 and the 2 days she is at work.
        assert faces[str(cast.olga.pk)] == [1, 2, 2, [3, 3], [4, 7], [5, 7]]
        assert faces[str(cast.arne.pk)] == [0, 1, 1, [0, 0], [4, 4], [4, 4]]

    def test_the_number_shown_is_counted_again_from_the_proposals_R25(self, cast: Cast) -> None:
        weeks = ask(cast)

        met = meetings_between({cast.olga.pk}, first=weeks.after_on - timedelta(days=14), after=TOMORROW)
        visits = {visit.pk for visit in cast.olga.visits.all()}
        rows = [row for each in weeks.proposals.all() for row in each.result["rows"] if row[0] in visits]
        helpers = {each.employee_id for each in met} | {row[1] for row in rows}
        assert weeks.summary["faces"]["14"][str(cast.olga.pk)][1] == len(helpers)

    def test_is_refused_without_days_to_plan_and_to_those_who_do_not_allocate(self, cast: Cast) -> None:
        ask_as: dict[str, Any] = {"days": 7, "preset": "", "at": NOW}
        with pytest.raises(NotAllowed):
            actions.ask_for_weeks(actor=cast.amir.actor, unit_id=cast.bekkedal.pk, **ask_as)
        with pytest.raises(NotFound):
            actions.ask_for_weeks(actor=cast.nils.actor, unit_id=cast.bekkedal.pk, **ask_as)
        with pytest.raises(actions.NothingToPlan):
            actions.ask_for_weeks(
                actor=cast.kari.actor, unit_id=cast.bekkedal.pk, days=7, preset="", at=NOW + timedelta(days=30)
            )
        assert not WeeksProposal.objects.exists()

    def test_a_day_taken_into_use_meanwhile_gets_none(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        real = engine.propose_days

        def meanwhile(days: Any, **more: Any) -> Any:
            DayLists.objects.create(
                unit=cast.bekkedal, on=TOMORROW, shift_kind="DAY", state="PUBLISHED", edition=3, changed_at=NOW
            )
            return real(days, **more)

        monkeypatch.setattr(engine, "propose_days", meanwhile)

        weeks = ask(cast)

        assert weeks.proposals.count() == 3
        assert weeks.summary["left_out"] == [[TOMORROW.isoformat(), "DAY"]]

    def test_stopped_before_the_first_day_it_proposes_nothing(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("tillit.foundation.jobs.progress.Progress.should_stop", lambda self: True)

        weeks = ask(cast)

        assert (weeks.state, weeks.proposals.count(), weeks.summary["ended"]) == (
            ProposalState.SETTLED, 0, "cancelled",
        )  # fmt: skip

    def test_a_new_question_stops_the_old(self, cast: Cast) -> None:
        job = Job.objects.create(
            kind="planning.propose_weeks", unit_path=cast.bekkedal.path, asked_at=NOW, state=JobState.RUNNING
        )
        old = WeeksProposal.objects.create(
            unit=cast.bekkedal, first_on=TOMORROW, after_on=TOMORROW + timedelta(days=7), asked_at=NOW, job=job
        )

        ask(cast)

        old.refresh_from_db()
        job.refresh_from_db()
        assert (old.state, job.stop_asked) == (ProposalState.OUTDATED, True)

    def test_outdates_what_was_proposed_for_a_day_before(self, cast: Cast) -> None:
        first, second = ask(cast), ask(cast)

        assert {each.state for each in first.proposals.all()} == {ProposalState.OUTDATED}
        assert {each.state for each in second.proposals.all()} == {ProposalState.READY}


class TestWhyTheWeek:
    """Amir is Olga's primary contact, and at work on the first day only; Kari is at work all four."""

    @pytest.fixture
    def asked(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> tuple[WeeksProposal, Any]:
        for number, on in enumerate(days_of(TOMORROW, 4)):
            builders.shift(cast.kari.employee, cast.bekkedal, on)
            if not number:
                builders.shift(cast.amir.employee, cast.bekkedal, on)
            build.open_visit(cast.olga, cast.bekkedal, on)
        build.primary(cast.olga, cast.amir.employee)
        for who in (cast.amir, cast.kari):
            build.been_there(who.employee, cast.olga, cast.bekkedal, 12)
        answered: list[Any] = []
        real = engine.propose_days

        def kept(days: Any, **more: Any) -> Any:
            answered.append(real(days, **more))
            return answered[-1]

        monkeypatch.setattr(engine, "propose_days", kept)
        weeks = ask(cast)
        return weeks, answered[0]

    def test_says_who_would_have_been_better_today_and_which_days_she_comes_R25(
        self, cast: Cast, asked: tuple[WeeksProposal, Any], client_of: SignIn
    ) -> None:
        weeks, _answer = asked
        first = weeks.proposals.get(lists__on=TOMORROW)
        [change] = first.changes.all()
        reason = next(each for each in change.reasons["reasons"] if each["code"] == "FOR_THE_WEEK")

        assert (reason["employee_id"], reason["other_id"]) == (cast.kari.employee.pk, cast.amir.employee.pk)
        assert reason["days"] == [on.isoformat() for on in days_of(TOMORROW, 4)[1:]]
        page = client_of(cast.kari).get(f"/team/{cast.bekkedal.pk}/arbeidslister/{TOMORROW}/DAY/").content.decode()
        assert "Amir hadde passet bedre denne dagen, men Kari kommer til Olga også 3 andre dager i perioden" in page

    def test_the_days_named_are_those_of_the_proposals_and_both_prices_are_the_engines_R25(
        self, cast: Cast, asked: tuple[WeeksProposal, Any]
    ) -> None:
        """The day alone: 6 points for the primary contact. The days: his face, 54 (known: 60 per cent of 90), less 6."""
        weeks, answer = asked
        [given] = answer.answers[0].given_up

        comes = {
            each.lists.on
            for each in weeks.proposals.exclude(lists__on=TOMORROW).select_related("lists")
            if any(row[1] == given.employee_id for row in each.result["rows"])
        }
        assert set(given.days) == comes
        assert (given.today, given.weeks) == (6.0, 48.0)
        stored = weeks.proposals.get(lists__on=TOMORROW).changes.get().reasons["given_up"]
        assert [(each["today"], each["weeks"]) for each in stored] == [(6.0, 48.0)]

    def test_says_nothing_of_giving_up_on_days_when_nobody_else_could(self, asked: tuple[WeeksProposal, Any]) -> None:
        weeks, answer = asked
        assert [len(part.given_up) for part in answer.answers] == [1, 0, 0, 0]
        for proposal in weeks.proposals.exclude(lists__on=TOMORROW):
            codes = {each["code"] for change in proposal.changes.all() for each in change.reasons["reasons"]}
            assert "FOR_THE_WEEK" not in codes and "WEEK_ROUND" in codes


@pytest.mark.usefixtures("week")
class TestFourWeeks:
    def test_makes_the_visits_beyond_those_made_and_plans_them(self, cast: Cast) -> None:
        plan = plans.plan(cast.olga)
        plans.intervention(plan, "Morgenstell")
        late = TOMORROW + timedelta(days=20)
        builders.shift(cast.kari.employee, cast.bekkedal, late)

        weeks = ask(cast, days=28)

        assert (weeks.after_on - weeks.first_on).days == 28
        assert cast.olga.visits.filter(on=late).exists()
        found = newest_weeks(cast.bekkedal.pk)
        assert found is not None
        assert (late, "DAY", 0) in {(line.on, line.shift_kind, line.uncovered_after) for line in found.parts}

    def test_lists_drawn_up_closer_than_the_engines_grid_are_possible_all_the_same(self, cast: Cast) -> None:
        """Two visits of half an hour at 09.00 and 09.28, Kari alone: people plan so, the engine's grid does not."""
        on = days_of(TOMORROW, 6)[-1]
        builders.shift(cast.kari.employee, cast.bekkedal, on)
        for number, clock_time in enumerate((time(9), time(9, 28))):
            visit = build.open_visit(_citizen(cast, number), cast.bekkedal, on, earliest=clock_time, latest=clock_time)
            edition = queries.head_of(unit_id=cast.bekkedal.pk, on=on, shift_kind="DAY").edition
            actions.allocate_visit(
                actor=cast.kari.actor, unit_id=cast.bekkedal.pk, on=on, shift_kind="DAY", visit_id=visit.pk,
                from_employee_id=None, to_employee_id=cast.kari.employee.pk,
                starts_at=build.at(clock_time, on), edition=edition, at=NOW,
            )  # fmt: skip

        ask(cast)

        found = newest_weeks(cast.bekkedal.pk)
        assert found is not None
        assert [(line.uncovered_before, line.uncovered_after) for line in found.parts if line.on == on] == [(0, 0)]

    def test_without_visits_or_people_it_says_so_at_once(self, cast: Cast) -> None:
        with pytest.raises(actions.NothingToPlan):
            actions.ask_for_weeks(
                actor=cast.kari.actor, unit_id=cast.bekkedal.pk, days=28, preset="", at=NOW + timedelta(days=40)
            )


@pytest.mark.usefixtures("week")
class TestAccept:
    def test_takes_every_day_into_its_draft_and_publishes_nothing(self, cast: Cast) -> None:
        weeks = ask(cast)

        assert accept(cast, weeks, seen(weeks)) == 4

        assert Assignment.objects.count() == 8
        assert set(DayLists.objects.values_list("state", flat=True)) == {"DRAFT"}
        assert not Notice.objects.exists()
        entry = AuditEntry.objects.get(subject=f"weeks:{weeks.pk}", change__what="ACCEPT")
        assert entry.change["proposals"] == list(weeks.proposals.order_by("lists__on").values_list("pk", flat=True))
        found = newest_weeks(cast.bekkedal.pk)
        assert found is not None
        assert {line.state for line in found.parts} == {PartState.DECIDED}

    def test_is_all_or_none_when_somebody_has_been_there(self, cast: Cast) -> None:
        weeks = ask(cast)
        editions = seen(weeks)
        on = days_of(TOMORROW, 4)[-1]
        visit = cast.olga.visits.get(on=on)
        actions.allocate_visit(
            actor=cast.kari.actor, unit_id=cast.bekkedal.pk, on=on, shift_kind="DAY", visit_id=visit.pk,
            from_employee_id=None, to_employee_id=cast.amir.employee.pk, starts_at=None, edition=0, at=NOW,
        )  # fmt: skip

        with pytest.raises(actions.ListsChangedMeanwhile):
            accept(cast, weeks, editions)

        assert Assignment.objects.count() == 1
        found = newest_weeks(cast.bekkedal.pk)
        assert found is not None
        assert [line.state for line in found.parts] == [PartState.OPEN] * 3 + [PartState.CHANGED]
        assert accept(cast, weeks, seen(weeks)) == 3  # what is still as it was

    def test_lists_in_use_are_never_touched(self, cast: Cast) -> None:
        weeks = ask(cast)
        editions = seen(weeks)
        DayLists.objects.filter(on=TOMORROW).update(state="PUBLISHED")

        with pytest.raises(actions.ListsChangedMeanwhile):
            accept(cast, weeks, editions)

        assert not Assignment.objects.exists()

    def test_only_this_teams_own(self, cast: Cast) -> None:
        weeks = ask(cast)
        with pytest.raises(NotFound):
            actions.accept_weeks(
                actor=cast.nils.actor, unit_id=cast.bekkedal.pk, weeks_id=weeks.pk, editions=seen(weeks), at=NOW
            )
        with pytest.raises(NotAllowed):
            actions.accept_weeks(
                actor=cast.amir.actor, unit_id=cast.bekkedal.pk, weeks_id=weeks.pk, editions=seen(weeks), at=NOW
            )
        other = Proposal.objects.create(
            lists=DayLists.objects.create(unit=cast.bekkedal, on=TUESDAY_DATE, shift_kind="DAY", changed_at=NOW),
            asked_at=NOW, based_on_edition=0, state=ProposalState.READY,
        )  # fmt: skip
        assert accept(cast, weeks, {other.pk: 0}) == 0  # a proposal of another question is not among them


@pytest.mark.usefixtures("week")
class TestPages:
    def address(self, cast: Cast, more: str = "") -> str:
        return f"/team/{cast.bekkedal.pk}/arbeidslister/flere-dager/{more}"

    def test_asks_shows_and_takes_in(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.kari)
        assert "Be om forslag" in client.get(self.address(cast)).content.decode()

        client.post(self.address(cast, "be-om/"), {"days": "14", "preset": "KNOWN_FACES"})
        page = client.get(self.address(cast)).content.decode()

        assert "møter hver bruker i snitt 1,5 ulike hjelpere på 14 dager" not in page  # 14 ahead: Kari alone
        assert "møter hver bruker i snitt 1,0 ulike hjelpere på 14 dager" in page
        assert "2 → 0" in page
        assert "Olga" in page
        weeks = WeeksProposal.objects.get()
        answer = client.post(
            self.address(cast, f"{weeks.pk}/godta/"),
            {"seen": [f"{one}-{edition}" for one, edition in seen(weeks).items()]},
        )
        assert answer.status_code == 302
        page = client.get(self.address(cast)).content.decode()
        assert "Alt er i utkastet." in page
        assert "Listene gir hver bruker i snitt 1,0 ulike hjelpere på 14 dager" in page and "Listene nå" in page

    def test_says_no_and_shows_the_page_when_the_lists_have_changed(self, cast: Cast, client_of: SignIn) -> None:
        weeks = ask(cast)
        proposal = next(iter(seen(weeks)))

        answer = client_of(cast.kari).post(self.address(cast, f"{weeks.pk}/godta/"), {"seen": [f"{proposal}-7"]})

        assert answer.status_code == 409
        assert "Noen andre har endret listene" in answer.content.decode()

    def test_a_form_nobody_made_is_refused(self, cast: Cast, client_of: SignIn) -> None:
        weeks = ask(cast)
        client = client_of(cast.kari)
        assert client.post(self.address(cast, f"{weeks.pk}/godta/"), {"seen": ["x-1"]}).status_code == 409
        assert client.post(self.address(cast, "be-om/"), {"days": "mange"}).status_code == 409

    def test_says_honestly_what_is_left_of_a_search_called_off(self, cast: Cast, client_of: SignIn) -> None:
        weeks = ask(cast)
        left_out = {"left_out": [[on.isoformat(), "NIGHT"] for on in days_of(TOMORROW, 4)], "ended": "cancelled"}
        WeeksProposal.objects.update(summary={**weeks.summary, **left_out, "parts": [8, 4]})
        client = client_of(cast.kari)

        page = client.get(self.address(cast)).content.decode()
        assert "4 av 8 lister fikk forslag. De andre er som før" in page
        assert "Uten forslag: natt (4 dager)." in page
        WeeksProposal.objects.update(summary={**weeks.summary, "ended": "cancelled", "parts": [4, 4]})
        assert "Alle listene fikk forslag. Med mer tid" in client.get(self.address(cast)).content.decode()

    def test_shows_progress_while_it_works(self, cast: Cast, client_of: SignIn) -> None:
        job = Job.objects.create(
            kind="planning.propose_weeks", unit_path=cast.bekkedal.path, asked_at=NOW, state=JobState.RUNNING,
            done=40, total=100, said="Onsdag 25. november, dag",
        )  # fmt: skip
        weeks = WeeksProposal.objects.create(
            unit=cast.bekkedal, first_on=TOMORROW, after_on=TOMORROW + timedelta(days=14), asked_at=NOW, job=job
        )
        client = client_of(cast.kari)

        page = client.get(self.address(cast)).content.decode()
        assert "regner på 14 dager" in page and "Onsdag 25. november, dag." in page and "40" in page
        part = client.get(self.address(cast, f"{weeks.pk}/")).content.decode()
        assert "Stopp og bruk det beste" in part
        client.post(self.address(cast, f"{weeks.pk}/stopp/"))
        job.refresh_from_db()
        assert job.stop_asked
        Job.objects.filter(pk=job.pk).update(state=JobState.FAILED)
        assert client.get(self.address(cast, f"{weeks.pk}/"))["HX-Refresh"] == "true"
        assert "stanset av en feil" in client.get(self.address(cast)).content.decode()

    def test_is_not_found_by_the_next_team_and_seen_but_not_used_by_others(self, cast: Cast, client_of: SignIn) -> None:
        weeks = ask(cast)
        for more in ("", f"{weeks.pk}/"):
            assert client_of(cast.nils).get(self.address(cast, more)).status_code == 404
        for more in ("be-om/", f"{weeks.pk}/godta/", f"{weeks.pk}/stopp/"):
            assert client_of(cast.nils).post(self.address(cast, more), {"days": "7"}).status_code == 404
            assert client_of(cast.amir).post(self.address(cast, more), {"days": "7"}).status_code == 403
        page = client_of(cast.amir).get(self.address(cast)).content.decode()
        assert "godta/" not in page and "be-om/" not in page
        assert client_of(cast.kari).get(self.address(cast, "9999/")).status_code == 404

    def test_notes_whose_names_were_read(self, cast: Cast, client_of: SignIn) -> None:
        ask(cast)

        client_of(cast.kari).get(self.address(cast))

        read = set(AccessEntry.objects.filter(door="planning:weeks").values_list("citizen_id", flat=True))
        assert read == {cast.olga.pk, cast.arne.pk}

    def test_asks_the_database_as_often_for_more_days_and_citizens(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.kari)
        ask(cast)
        client.get(self.address(cast))
        with CaptureQueriesContext(connection) as few:
            client.get(self.address(cast))
        on = days_of(TOMORROW, 6)[-1]
        for day in (on, on + timedelta(days=1)):
            builders.shift(cast.ingrid.employee, cast.bekkedal, day)
            for number in range(6):
                build.open_visit(_citizen(cast, number), cast.bekkedal, day, earliest=time(8), latest=time(14))
        ask(cast, days=14)

        with CaptureQueriesContext(connection) as many:
            page = client.get(self.address(cast)).content.decode()

        assert "Navnesen5" in page
        assert len(many) == len(few)

    def test_the_lists_lead_here(self, cast: Cast, client_of: SignIn) -> None:
        board = client_of(cast.kari).get(f"/team/{cast.bekkedal.pk}/arbeidslister/{TOMORROW}/DAY/").content.decode()
        assert self.address(cast) in board

    def test_the_days_own_page_shows_its_proposal(self, cast: Cast, client_of: SignIn) -> None:
        ask(cast)
        proposal = queries.newest_proposal(
            queries.head_of(unit_id=cast.bekkedal.pk, on=TOMORROW, shift_kind="DAY").lists_id
        )
        assert proposal is not None and proposal.is_open
        board = client_of(cast.kari).get(f"/team/{cast.bekkedal.pk}/arbeidslister/{TOMORROW}/DAY/").content.decode()
        assert "Forslag: " in board and "Godta" in board


def _citizen(cast: Cast, number: int) -> Citizen:
    found = Citizen.objects.filter(family_name=f"Navnesen{number}").first()
    return found or builders.citizen("Ny", f"Navnesen{number}", cast.bekkedal, serial=100 + number * 5)
