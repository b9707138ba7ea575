"""Several days at once: asked for, reckoned, stored as one proposal a day, and taken into the drafts together."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import builders
from tests import builders_planning as build
from tests.cast import TUESDAY_DATE, Cast, Member
from tillit.care.citizens.models import Citizen
from tillit.foundation.access.models import AccessEntry, AuditEntry
from tillit.foundation.jobs.models import Job, JobState
from tillit.foundation.workforce.models import ShiftKind
from tillit.kernel import clock
from tillit.kernel.errors import NotAllowed, NotFound
from tillit.teamwork.planning import actions, queries
from tillit.teamwork.planning.adapter import weeks as engine
from tillit.teamwork.planning.models import Assignment, DayLists, Notice, Proposal, ProposalState, WeeksProposal
from tillit.teamwork.planning.queries.weeks import meetings_between, newest_weeks, plannable
from tillit.teamwork.planning.rules.weeks import Faces, Meeting, PartState, means, spread, state_of

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

        assert found.parts == tuple((on, "DAY") for on in days_of(TOMORROW, 4)[1:])
        assert found.unstaffed == ((nobody, "DAY"),)

    def test_meetings_are_by_day_and_evening_and_not_those_to_be_planned(self, cast: Cast) -> None:
        found = meetings_between({cast.olga.pk}, first=TUESDAY_DATE - timedelta(days=2), after=TOMORROW)
        without = meetings_between(
            {cast.olga.pk}, first=TUESDAY_DATE - timedelta(days=2), after=TOMORROW,
            besides=[(TUESDAY_DATE - timedelta(days=1), "DAY")],
        )  # fmt: skip

        assert found == [
            Meeting(TUESDAY_DATE - timedelta(days=back), cast.olga.pk, cast.ingrid.employee.pk) for back in (2, 1)
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
        assert faces[str(cast.olga.pk)] == [1, 2, 2]
        assert faces[str(cast.arne.pk)] == [0, 1, 1]

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
        assert "I utkastet" in client.get(self.address(cast)).content.decode()

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
