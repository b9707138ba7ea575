"""«Hva om …?»: what is asked, who may ask, that both sides are reckoned alike, that no list is written, and the page."""

from collections.abc import Callable
from datetime import date, time
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import builders
from tests import builders_planning as build
from tests.cast import TUESDAY_DATE, Cast, Member
from tillit.care.citizens.models import Citizen, HelperWish, Home
from tillit.care.visits.models import Visit
from tillit.foundation.access.models import AccessEntry, AuditEntry
from tillit.foundation.access.roles import Role
from tillit.foundation.jobs.models import Job, JobState
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.actors import actor_of
from tillit.kernel import clock
from tillit.kernel.errors import NotAllowed, NotFound
from tillit.teamwork.planning import actions, queries
from tillit.teamwork.planning.adapter import engine, whatif
from tillit.teamwork.planning.models import Assignment, DayLists, Proposal, WhatIf
from tillit.teamwork.planning.rules.day import Call, Day, Worker
from tillit.teamwork.planning.rules.presets import Preset
from tillit.teamwork.planning.rules.whatif import (
    Half,
    Kind,
    Lack,
    Question,
    deal,
    from_json,
    half_of,
    homes_by_street,
    lacks,
)

SignIn = Callable[[Member], Client]
NOW = build.at(time(7, 0))
EIGHT, TWO = time(8), time(14)


@pytest.fixture(autouse=True)
def _few_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tuesday morning; the engine searches for so many steps, so that the answer is the same every time."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    real = whatif.reckon

    def few_steps(days: Any, question: Any, **more: Any) -> Any:
        return real(days, question, **{**more, "seconds": None, "iterations": 200, "cores": 1})

    monkeypatch.setattr(whatif, "reckon", few_steps)


@pytest.fixture
def two_teams(cast: Cast) -> Cast:
    """Bekkedal's small day, and Solvik's: Nils with one citizen. Marit leads both and allocates in both."""
    build.morning(cast)
    builders.competence("FORDELER", "Fordeler", cast.marit.employee)
    builders.shift(cast.nils.employee, cast.solvik, TUESDAY_DATE)
    eva = builders.citizen("Eva", "Strand", cast.solvik, serial=520)
    build.open_visit(eva, cast.solvik, wished=time(9))
    return cast


def ask(cast: Cast, question: Question, *, who: Member | None = None, other: Unit | None = None) -> WhatIf:
    found = actions.ask_what_if(
        actor=(who or cast.marit).actor, unit_id=cast.bekkedal.pk, on=TUESDAY_DATE, shift_kind="DAY", question=question,
        other_id=other.pk if other else None, at=NOW,
    )  # fmt: skip
    found.refresh_from_db()
    return found


def day_of(unit: Unit, on: date = TUESDAY_DATE) -> Day:
    return queries.team_day(unit=unit, on=on, shift_kind="DAY").day


class TestRules:
    def worker(self, number: int, level: int = 0, **more: Any) -> Worker:
        return Worker(number, f"N{number}", f"N{number}", "N", NOW, build.at(time(15)), level=level, **more)

    def call(self, number: int, citizen: int, minutes: int = 30, place: tuple[float, float] | None = None) -> Call:
        return Call(number, citizen, minutes, NOW, NOW, place=place)

    def day(self, **more: Any) -> Day:
        return Day(TUESDAY_DATE, "DAY", **more)

    def test_a_half_of_the_map_holds_half_the_minutes_as_near_as_homes_allow(self) -> None:
        calls = tuple(
            self.call(number, citizen, minutes, (60.0 + citizen / 10, 10.0 - citizen / 10))
            for number, (citizen, minutes) in enumerate(((1, 60), (2, 20), (3, 20), (4, 20)))
        )
        day = self.day(calls=calls)

        assert half_of(day, Half.NORTH) == half_of(day, Half.WEST) == {4, 3, 2}
        assert half_of(day, Half.SOUTH) == half_of(day, Half.EAST) == {1}
        assert half_of(self.day(calls=(self.call(1, 1),)), Half.NORTH) == frozenset()

    def test_streets_are_addresses_without_their_numbers(self) -> None:
        homes = [(1, "Strandveien 14 B"), (2, "Strandveien 2"), (3, "Øvre Bakkegate 5"), (4, ""), (5, "Tunet")]
        assert homes_by_street(homes) == {
            "Strandveien": frozenset({1, 2}),
            "Tunet": frozenset({5}),
            "Øvre Bakkegate": frozenset({3}),
        }

    def test_helpers_are_dealt_by_training_and_by_whom_they_know(self) -> None:
        """Half the minutes: four of seven people rounded from 3,5, nurses on both sides, those who know them first."""
        workers = tuple(self.worker(number, 2 if number <= 2 else 1) for number in range(1, 8))
        day = self.day(
            workers=workers,
            calls=(self.call(1, 10, 60), self.call(2, 20, 60)),
            known={(1, 20): 5, (2, 10): 1, (3, 10): 4, (4, 10): 2, (5, 20): 9, (6, 10): 3, (7, 10): 1, (7, 20): 4},
        )
        assert deal(day, {10}) == {2, 3, 6, 4}

    def test_nobody_is_left_out_and_each_side_gets_somebody(self) -> None:
        day = self.day(
            workers=(self.worker(1, 2), self.worker(2, 1)), calls=(self.call(1, 10, 60), self.call(2, 20, 5))
        )
        assert len(deal(day, {10})) == len(deal(day, {20})) == 1

    @pytest.mark.parametrize(
        ("question", "lack"),
        [
            (Question(Kind.REMOVE, employee_id=9), Lack.WHO),
            (Question(Kind.SHIFT, employee_id=1), Lack.HOURS),
            (Question(Kind.SHIFT, employee_id=1, starts=time(8), ends=time(8)), Lack.HOURS),
            (Question(Kind.ADD, profession="KING", starts=time(8), ends=time(9)), Lack.WHO),
            (Question(Kind.ADD, profession="NURSE", starts=time(8), ends=time(9)), None),
            (Question(Kind.SPLIT), Lack.CITIZENS),
            (Question(Kind.SPLIT, citizen_ids=frozenset({10})), Lack.ALL_CITIZENS),
            (Question(Kind.MOVE, citizen_ids=frozenset({10})), Lack.TEAM),
            (Question(Kind.JOIN), Lack.TEAM),
        ],
    )
    def test_what_a_question_lacks(self, question: Question, lack: Lack | None) -> None:
        day = self.day(workers=(self.worker(1), self.worker(2)), calls=(self.call(1, 10),))
        assert lacks(question, day, None, professions=("NURSE",)) is lack

    def test_it_takes_two_to_be_two_teams_and_something_to_plan(self) -> None:
        two = (self.call(1, 10), self.call(2, 20))
        half = Question(Kind.SPLIT, citizen_ids=frozenset({10}))
        assert lacks(half, self.day(workers=(self.worker(1),), calls=two), None, professions=()) is Lack.TWO_PEOPLE
        assert lacks(half, self.day(calls=two), None, professions=()) is Lack.PEOPLE
        assert lacks(Question(Kind.REMOVE), self.day(), None, professions=()) is Lack.VISITS
        other = self.day(calls=two)
        assert lacks(Question(Kind.JOIN), self.day(), other, professions=()) is None

    def test_a_question_is_stored_as_ids_and_clock_times(self) -> None:
        asked = Question(Kind.SHIFT, 4, "", time(8), time(15, 30), frozenset({2, 1}), frozenset({7}))
        assert from_json(asked.as_json()) == asked
        assert asked.as_json()["citizens"] == [1, 2]


@pytest.mark.usefixtures("two_teams")
class TestSides:
    """What the engine is asked: the same on both sides but for the one thing."""

    def posed(self, cast: Cast, question: Question, *, both: bool = False) -> whatif.Posed:
        days = [day_of(cast.bekkedal), *([day_of(cast.solvik)] if both else [])]
        return whatif.pose(days, question)

    def test_nobody_has_a_visit_beforehand_but_what_is_locked(self, cast: Cast) -> None:
        visit = cast.arne.visits.get(on=TUESDAY_DATE)
        lists = DayLists.objects.create(unit=cast.bekkedal, on=TUESDAY_DATE, shift_kind="DAY", changed_at=NOW)
        row = Assignment.objects.create(
            lists=lists, visit=visit, employee=cast.kari.employee, starts_at=build.at(time(8, 30)), is_locked=True
        )
        free = cast.olga.visits.filter(on=TUESDAY_DATE, helpers=1).get()
        Assignment.objects.create(
            lists=lists, visit=free, employee=cast.ingrid.employee, starts_at=build.at(time(8, 30))
        )

        posed = self.posed(cast, Question(Kind.REMOVE, employee_id=cast.kari.employee.pk))

        held = {posed.visit_of(posed.before[0].visits[v.id]): v for v in posed.before[0].problem.visits if v.locked}
        assert set(held) == {visit.pk} and held[visit.pk].helper is not None
        assert posed.before[0].problem.reference == ()
        assert [posed.visit_of(posed.after[0].visits[each]) for each in posed.after[0].freed] == [row.visit_id]
        assert cast.kari.employee.pk not in {posed.employee_of(each) for each in posed.after[0].helpers}

    def test_one_more_as_her_profession_comes_or_like_somebody(self, cast: Cast) -> None:
        nurse = self.posed(cast, Question(Kind.ADD, profession="NURSE", starts=EIGHT, ends=TWO))
        alike = self.posed(cast, Question(Kind.ADD, employee_id=cast.ingrid.employee.pk, starts=EIGHT, ends=TWO))
        helper = self.posed(cast, Question(Kind.ADD, profession="HOME_HELPER", starts=EIGHT, ends=TWO))

        for posed in (nurse, alike):
            new = posed.after[0].problem.helpers[-1]
            assert posed.after[0].helpers[-1] is None
            ingrid = next(
                each
                for each in posed.before[0].problem.helpers
                if posed.employee_of(posed.before[0].helpers[each.id]) == cast.ingrid.employee.pk
            )
            assert new.competences == ingrid.competences and new.level == 2
            assert (new.periods[0].end - new.periods[0].start) == 6 * 3600
            assert new.periods[0].start_place == ingrid.periods[0].start_place
            assert len(new.periods[0].breaks) == 1  # six hours: the lists' own rule gives her a break
        assert not helper.after[0].problem.helpers[-1].competences

    def test_other_hours_follow_the_lists_own_rule_about_breaks(self, cast: Cast) -> None:
        amir = cast.amir.employee.pk
        short = self.posed(cast, Question(Kind.SHIFT, employee_id=amir, starts=time(8), ends=time(11)))
        number = [short.employee_of(each) for each in short.after[0].helpers].index(amir)
        assert short.before[0].problem.helpers[number].periods[0].breaks
        assert short.after[0].problem.helpers[number].periods[0].breaks == ()

    def test_a_wish_holds_against_the_other_team_as_well(self, cast: Cast) -> None:
        HelperWish.objects.create(citizen=cast.olga, kind="MUST_NOT", gender="M", valid_from=builders.LONG_AGO)
        builders_gender(cast.nils, "M")
        posed = self.posed(cast, Question(Kind.JOIN), both=True)
        joined = posed.after[0]
        nils = [posed.employee_of(each) for each in joined.helpers].index(cast.nils.employee.pk)
        olga = next(each for each in joined.problem.citizens if each.ref == f"c{cast.olga.pk}")
        assert nils in olga.must_not

    def test_competences_mean_the_same_in_both_teams(self, cast: Cast) -> None:
        posed = self.posed(cast, Question(Kind.JOIN), both=True)
        joined = posed.after[0].problem
        nurse_visit = next(
            each for each in joined.visits if posed.visit_of(posed.after[0].visits[each.id]) == _nurse_visit(cast).pk
        )
        able = {
            posed.employee_of(posed.after[0].helpers[each.id])
            for each in joined.helpers
            if nurse_visit.competences <= each.competences
        }
        assert able == {cast.ingrid.employee.pk}

    @pytest.mark.parametrize("kind", list(Kind))
    def test_nobodys_visit_is_lost_on_the_way(self, cast: Cast, kind: Kind) -> None:
        question = Question(
            kind, employee_id=cast.amir.employee.pk, starts=EIGHT, ends=TWO, citizen_ids=frozenset({cast.arne.pk})
        )
        posed = self.posed(cast, question, both=kind in {Kind.MOVE, Kind.JOIN})

        sides = [
            sorted((posed.visit_of(each), each) for scenario in side for each in scenario.visits)
            for side in (posed.before, posed.after)
        ]
        assert sides[0] == sides[1]
        weights = [
            sum(each.importance for scenario in side for each in scenario.problem.visits)
            for side in (posed.before, posed.after)
        ]
        assert weights[0] == weights[1]


def _nurse_visit(cast: Cast) -> Visit:
    return cast.olga.visits.get(on=TUESDAY_DATE, level=2)


def builders_gender(member: Member, gender: str) -> None:
    member.employee.gender = gender
    member.employee.save(update_fields=["gender"])


@pytest.mark.usefixtures("two_teams")
class TestAsk:
    def test_is_answered_with_both_sides_and_writes_no_list(self, cast: Cast) -> None:
        found = ask(cast, Question(Kind.REMOVE, employee_id=cast.ingrid.employee.pk))

        assert found.job is not None and found.job.state == JobState.DONE
        answer = found.answer
        assert (answer["runs"], answer["asked"], answer["stopped"]) == (4, 4, False)
        assert answer["numbers"]["uncovered"] == [[0] * 4, [1] * 4]  # only Ingrid may make the nurse's visit
        assert answer["verdicts"]["uncovered"] == "more"
        assert answer["after"]["uncovered"][0][:2] == [_nurse_visit(cast).pk, cast.olga.pk]
        assert not DayLists.objects.exists() and not Assignment.objects.exists() and not Proposal.objects.exists()
        entry = AuditEntry.objects.get(subject=f"whatif:{found.pk}")
        assert entry.change["what"] == "ASK"

    def test_no_names_are_stored(self, cast: Cast) -> None:
        found = ask(cast, Question(Kind.MOVE, citizen_ids=frozenset({cast.arne.pk})), other=cast.solvik)
        stored = f"{found.question}{found.answer}{found.job and (found.job.order, found.job.outcome, found.job.said)}"
        for word in ("Arne", "Kvam", "Olga", "Nils", "Solvik", "Bekkedal"):
            assert word not in stored

    def test_whose_data_was_read_is_in_the_log_for_both_teams(self, cast: Cast) -> None:
        ask(cast, Question(Kind.JOIN), other=cast.solvik)
        read = set(AccessEntry.objects.filter(door="planning.what_if").values_list("citizen_id", flat=True))
        eva = Citizen.objects.get(family_name="Strand")
        assert read == {cast.olga.pk, cast.arne.pk, eva.pk}

    def test_a_moved_citizen_is_made_by_the_other_team(self, cast: Cast) -> None:
        found = ask(cast, Question(Kind.MOVE, citizen_ids=frozenset({cast.arne.pk})), other=cast.solvik)
        here, there = found.answer["after"]["teams"]
        assert (here["visits"], there["visits"]) == (2, 2)
        assert there["employees"] == [cast.nils.employee.pk]
        assert [each["visits"] for each in found.answer["before"]["teams"]] == [3, 1]

    def test_streets_and_halves_name_citizens(self, cast: Cast) -> None:
        Home.objects.filter(citizen=cast.arne).update(street="Fjellveien 3")
        Home.objects.filter(citizen=cast.olga).update(street="Strandveien 8")
        found = actions.ask_what_if(
            actor=cast.marit.actor, unit_id=cast.bekkedal.pk, on=TUESDAY_DATE, shift_kind="DAY",
            question=Question(Kind.SPLIT), other_id=None, streets=["Fjellveien", "Ingensteds"], at=NOW,
        )  # fmt: skip
        assert found.question["citizens"] == [cast.arne.pk]

    def test_a_question_that_lacks_something_is_refused_in_words(self, cast: Cast) -> None:
        with pytest.raises(actions.CannotAsk) as refused:
            ask(cast, Question(Kind.SPLIT))
        assert refused.value.lack is Lack.CITIZENS
        with pytest.raises(actions.CannotAsk):
            ask(cast, Question(Kind.JOIN), other=cast.bekkedal)
        assert not WhatIf.objects.exists()

    def test_only_planners_and_only_teams_in_reach(self, cast: Cast) -> None:
        question = Question(Kind.REMOVE, employee_id=cast.ingrid.employee.pk)
        with pytest.raises(NotFound):
            ask(cast, question, who=cast.nils)
        with pytest.raises(NotAllowed):
            ask(cast, question, who=cast.amir)
        with pytest.raises(NotFound):  # Kari plans in Bekkedal and reaches no other team
            ask(cast, Question(Kind.JOIN), who=cast.kari, other=cast.solvik)
        with pytest.raises(NotFound):
            ask(cast, Question(Kind.JOIN), other=cast.fjelldal)
        assert ask(cast, question, who=cast.kari).answer["runs"] == 4

    def test_a_newer_question_stops_the_one_under_way(self, cast: Cast) -> None:
        job = Job.objects.create(
            kind="planning.what_if", unit_path=cast.bekkedal.path, asked_at=NOW, state=JobState.RUNNING
        )
        WhatIf.objects.create(
            unit=cast.bekkedal, on=TUESDAY_DATE, shift_kind="DAY", question=Question(Kind.JOIN).as_json(), job=job,
            asked_at=NOW,
        )  # fmt: skip
        ask(cast, Question(Kind.REMOVE, employee_id=cast.ingrid.employee.pk))
        job.refresh_from_db()
        assert job.stop_asked

    def test_both_sides_get_the_same_time_and_the_same_seeds(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[Any] = []
        real = whatif.__dict__["compare_scenarios"]

        def listening(before: Any, after: Any, **more: Any) -> Any:
            asked.append(more)
            return real(before, after, **more)

        monkeypatch.setattr(whatif, "compare_scenarios", listening)
        ask(cast, Question(Kind.JOIN), other=cast.solvik)
        (more,) = asked
        assert more["seeds"] == (1, 2, 3, 4)
        assert (more["stop"].seconds, more["stop"].iterations) == (None, 200)
        assert more["params"].weights == engine.weights_of(Preset.KNOWN_FACES, keep_present=False)

    def test_two_teams_as_one_leave_out_no_more_than_the_two_in_any_run_R27(self, cast: Cast) -> None:
        """They begin with what the two do; the search of the joined day alone may miss it in few steps."""
        found = ask(cast, Question(Kind.JOIN), other=cast.solvik)

        before, after = found.answer["numbers"]["importance"]
        assert len(before) == len(after) == 4
        assert all(one >= joined for one, joined in zip(before, after, strict=True))

    def test_only_two_teams_as_one_begin_with_what_was_done_before(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Elsewhere what is done before may not be possible after, and both sides are planned from nothing alone."""
        carried: list[bool] = []
        real = whatif.__dict__["compare_scenarios"]

        def listening(before: Any, after: Any, **more: Any) -> Any:
            carried.append(more["carry"] is not None)
            return real(before, after, **more)

        monkeypatch.setattr(whatif, "compare_scenarios", listening)
        ask(cast, Question(Kind.JOIN), other=cast.solvik)
        ask(cast, Question(Kind.REMOVE, employee_id=cast.ingrid.employee.pk))
        assert carried == [True, False]


@pytest.mark.usefixtures("two_teams")
class TestPage:
    def address(self, cast: Cast, more: str = "", on: date = TUESDAY_DATE) -> str:
        return f"/team/{cast.bekkedal.pk}/arbeidslister/{on}/DAY/hva-om/{more}"

    def test_asks_and_shows_both_sides(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.marit)
        assert "Én til på jobb" in client.get(self.address(cast)).content.decode()

        sent = client.post(
            self.address(cast, "spor/"), {"kind": "REMOVE", "who": str(cast.ingrid.employee.pk)}, follow=True
        )
        page = sent.content.decode()

        assert "Uten Ingrid" in page
        assert "Flere blir stående uten utfører: 1 besøk, mot 0 nå" in page
        assert "Olga" in page and "Uten</span>" in page and "Får besøk" in page
        assert "regnet 4 ganger" in page and "1 av 35" in page
        assert page.count('<svg class="ti-chart"') == 3
        assert "Dette er bare tenkt: ingen lister er endret." in page

    @pytest.mark.parametrize(
        ("slug", "kind", "form", "says"),
        [
            ("en-til", "ADD", {"who": "p:NURSE", "starts": "08:00", "ends": "14:00"}, "Én til på jobb, sykepleier"),
            ("vakt", "SHIFT", {"starts": "10.00", "ends": "17:30"}, "på jobb 10.00–17.30"),
            ("grense", "MOVE", {}, "1 bruker til Team Solvik"),
            ("del", "SPLIT", {}, "Delt i to, 1 bruker for seg"),
            ("sammen", "JOIN", {}, "Ett team sammen med Team Solvik"),
        ],
    )
    def test_every_question_is_asked_from_its_own_form(
        self, cast: Cast, client_of: SignIn, slug: str, kind: str, form: dict[str, str], says: str
    ) -> None:
        client = client_of(cast.marit)
        page = client.get(self.address(cast, f"?sporsmal={slug}")).content.decode()
        assert f'name="kind" value="{kind}"' in page
        sent = client.post(
            self.address(cast, "spor/"),
            {"who": str(cast.amir.employee.pk), "citizen": str(cast.arne.pk), "team": str(cast.solvik.pk),
             "kind": kind, **form},
            follow=True,
        )  # fmt: skip
        shown = sent.content.decode()
        assert says in shown
        assert ("Team for team" in shown) == (kind in {"MOVE", "SPLIT", "JOIN"})

    def test_what_a_question_lacks_stands_on_top_and_nothing_typed_is_lost(self, cast: Cast, client_of: SignIn) -> None:
        answer = client_of(cast.marit).post(
            self.address(cast, "spor/"), {"kind": "SHIFT", "who": str(cast.amir.employee.pk), "starts": "09:15"}
        )
        page = answer.content.decode()
        assert answer.status_code == 422
        assert "Skriv når vakta begynner og slutter." in page
        assert 'value="09:15"' in page
        assert f'<option value="{cast.amir.employee.pk}" selected>' in page

    def test_shows_progress_stops_and_says_when_it_failed(self, cast: Cast, client_of: SignIn) -> None:
        job = Job.objects.create(
            kind="planning.what_if", unit_path=cast.bekkedal.path, asked_at=NOW, state=JobState.RUNNING, done=40,
            total=100, said="Planlegger dagen om igjen på begge måter",
        )  # fmt: skip
        found = WhatIf.objects.create(
            unit=cast.bekkedal, on=TUESDAY_DATE, shift_kind="DAY", job=job, asked_at=NOW,
            question=Question(Kind.REMOVE, employee_id=cast.amir.employee.pk).as_json(),
        )  # fmt: skip
        client = client_of(cast.marit)
        assert "regner på begge sider" in client.get(self.address(cast)).content.decode()
        assert "Stopp" in client.get(self.address(cast, f"{found.pk}/")).content.decode()
        client.post(self.address(cast, f"{found.pk}/stopp/"))
        job.refresh_from_db()
        assert job.stop_asked
        Job.objects.filter(pk=job.pk).update(state=JobState.CANCELLED)
        assert client.get(self.address(cast, f"{found.pk}/"))["HX-Refresh"] == "true"
        assert "Utregningen ble stoppet" in client.get(self.address(cast)).content.decode()
        Job.objects.filter(pk=job.pk).update(state=JobState.FAILED)
        assert "Utregningen stanset av en feil" in client.get(self.address(cast)).content.decode()

    def test_is_the_planners_and_not_found_out_of_reach(self, cast: Cast, client_of: SignIn) -> None:
        found = ask(cast, Question(Kind.REMOVE, employee_id=cast.ingrid.employee.pk))
        for more in ("", f"{found.pk}/"):
            assert client_of(cast.nils).get(self.address(cast, more)).status_code == 404
            assert client_of(cast.amir).get(self.address(cast, more)).status_code == 403
        for more in ("spor/", f"{found.pk}/stopp/"):
            assert client_of(cast.nils).post(self.address(cast, more), {"kind": "JOIN"}).status_code == 404
            assert client_of(cast.amir).post(self.address(cast, more), {"kind": "JOIN"}).status_code == 403
        client = client_of(cast.marit)
        assert client.get(self.address(cast, "9999/")).status_code == 404
        assert client.post(self.address(cast, "9999/stopp/")).status_code == 404
        sent = client.post(self.address(cast, "spor/"), {"kind": "JOIN", "team": str(cast.fjelldal.pk)})
        assert sent.status_code == 404

    def test_an_answer_about_a_team_out_of_reach_is_not_shown(self, cast: Cast, client_of: SignIn) -> None:
        ask(cast, Question(Kind.JOIN), other=cast.solvik)
        assert "Ett team sammen med Team Solvik" in client_of(cast.marit).get(self.address(cast)).content.decode()
        assert "Team Solvik" not in client_of(cast.kari).get(self.address(cast)).content.decode()

    def test_reading_is_in_the_access_log(self, cast: Cast, client_of: SignIn) -> None:
        client_of(cast.marit).get(self.address(cast))
        read = set(AccessEntry.objects.filter(door="planning:what-if").values_list("citizen_id", flat=True))
        assert read == {cast.olga.pk, cast.arne.pk}

    def test_earlier_questions_can_be_opened_again(self, cast: Cast, client_of: SignIn) -> None:
        first = ask(cast, Question(Kind.REMOVE, employee_id=cast.ingrid.employee.pk))
        ask(cast, Question(Kind.REMOVE, employee_id=cast.amir.employee.pk))
        client = client_of(cast.marit)
        assert "Spurt før om denne dagen" in client.get(self.address(cast)).content.decode()
        page = client.get(self.address(cast, f"?svar={first.pk}")).content.decode()
        assert '<b aria-current="true">Uten Ingrid</b>' in page

    def test_an_empty_day_says_so_and_asks_nothing(self, cast: Cast, client_of: SignIn) -> None:
        page = client_of(cast.marit).get(self.address(cast, on=date(2027, 3, 1))).content.decode()
        assert "Ingen besøk og ingen på vakt" in page
        assert "spor/" not in page

    def test_the_lists_lead_here_for_those_who_plan(self, cast: Cast, client_of: SignIn) -> None:
        board = f"/team/{cast.bekkedal.pk}/arbeidslister/{TUESDAY_DATE}/DAY/"
        assert self.address(cast) in client_of(cast.marit).get(board).content.decode()
        assert self.address(cast) not in client_of(cast.amir).get(board).content.decode()

    def test_asks_the_database_as_often_for_more_citizens(self, cast: Cast, client_of: SignIn) -> None:
        client = client_of(cast.marit)
        ask(cast, Question(Kind.REMOVE, employee_id=cast.ingrid.employee.pk))
        client.get(self.address(cast))
        with CaptureQueriesContext(connection) as few:
            client.get(self.address(cast, "?sporsmal=del"))
        for number in range(6):
            someone = builders.citizen("Ny", f"Navnesen{number}", cast.bekkedal, serial=100 + number * 5)
            build.open_visit(someone, cast.bekkedal, level=2)
        ask(cast, Question(Kind.REMOVE, employee_id=cast.ingrid.employee.pk))
        with CaptureQueriesContext(connection) as many:
            page = client.get(self.address(cast, "?sporsmal=del")).content.decode()
        assert "Navnesen5" in page
        assert len(many) == len(few)

    def test_goes_to_the_day_of_the_picker(self, cast: Cast, client_of: SignIn) -> None:
        base = f"/team/{cast.bekkedal.pk}/arbeidslister/hva-om/DAY/"
        assert client_of(cast.marit).get(f"{base}?day=2026-12-01")["Location"].endswith("2026-12-01/DAY/hva-om/")
        assert client_of(cast.marit).get(f"{base}?day=tull").status_code == 302
        assert client_of(cast.nils).get(base).status_code == 404


def test_a_district_leader_may_ask_about_her_teams(two_teams: Cast) -> None:
    cast = two_teams
    builders.role(cast.frida.employee, Role.DISTRICT_LEADER, cast.south)
    actor = actor_of(user_id=cast.frida.user.pk, name=cast.frida.user.name, at=NOW)
    found = actions.ask_what_if(
        actor=actor, unit_id=cast.bekkedal.pk, on=TUESDAY_DATE, shift_kind="DAY", question=Question(Kind.JOIN),
        other_id=cast.solvik.pk, at=NOW,
    )  # fmt: skip
    assert found.other_id == cast.solvik.pk
