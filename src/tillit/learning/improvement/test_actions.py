"""Pilots, their gate in the actions and in the database, frozen figures and the log."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tests.builders_pilots import HELPERS, Told, a_pilot, measured, months
from tests.cast import MONDAY, MONDAY_DATE, Cast
from tillit.foundation.access.models import AuditEntry
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile, NotAllowed, NotFound
from tillit.kernel.periods import Days
from tillit.learning.improvement import actions
from tillit.learning.improvement.models import Baseline, BaselineValue, LogEntry, Pilot, PilotTeam
from tillit.learning.improvement.queries import figures, frozen_of, get_pilot, log_of
from tillit.learning.improvement.rules.goals import USUAL, Goal
from tillit.learning.improvement.rules.windows import Timing
from tillit.learning.insight.models import Figure
from tillit.learning.insight.queries.series import series_of_units

pytestmark = pytest.mark.django_db
#: Six months before November, of which the first is May.
MAY = date(2026, 5, 1)
WEEK = timedelta(days=7)
REASON = "Teamet begynte før kommunen tok Tillit i bruk."


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Told:
    """Figures that the test decides."""
    return Told().answering(monkeypatch)


@pytest.fixture
def pilot(cast: Cast, told: Told) -> Pilot:
    """A pilot of Bekkedal that begins today, measured, with six months of figures. Not frozen."""
    told.say(cast.bekkedal, MAY, {"K-1-28": [14, 15, 13, 14, 16, 12], "T-3": [7, 7, 7, 7, 7, 7]})
    made = a_pilot(cast.marit.actor, cast.bekkedal, cast.bekkedal, at=MONDAY, joined_on=MONDAY_DATE)
    return measured(cast.marit.actor, made, at=MONDAY)


def freeze(cast: Cast, pilot: Pilot, *, months: int = 6) -> Pilot:
    return actions.freeze_baseline(actor=cast.marit.actor, pilot_id=pilot.pk, edition=None, months=months, at=MONDAY)


def start(cast: Cast, pilot: Pilot) -> Pilot:
    return actions.start_pilot(actor=cast.marit.actor, pilot_id=pilot.pk, edition=None, at=MONDAY)


class TestTheGate:
    def test_is_shut_without_a_baseline_and_nothing_is_stored_R46(self, cast: Cast, pilot: Pilot) -> None:
        before = AuditEntry.objects.count()

        with pytest.raises(actions.NotReady) as refused:
            start(cast, pilot)

        assert "mangler nullpunkt" in refused.value.text
        assert AuditEntry.objects.count() == before and Pilot.objects.get().started_on is None

    def test_opens_when_it_is_frozen_R46(self, cast: Cast, pilot: Pilot) -> None:
        freeze(cast, pilot)

        begun = start(cast, pilot)

        assert (begun.phase, begun.started_on) == ("RUNNING", MONDAY_DATE)
        assert PilotTeam.objects.get().began_on == MONDAY_DATE

    def test_opens_for_a_written_reason_which_stays_R46(self, cast: Cast, pilot: Pilot) -> None:
        with pytest.raises(ActionRefused):
            actions.say_without_baseline(
                actor=cast.marit.actor, pilot_id=pilot.pk, edition=None, reason="nei", at=MONDAY
            )
        actions.say_without_baseline(actor=cast.marit.actor, pilot_id=pilot.pk, edition=None, reason=REASON, at=MONDAY)

        begun = start(cast, pilot)

        assert begun.without_reason == REASON and not Baseline.objects.exists()

    def test_holds_in_the_database_for_the_pilot_and_for_each_team_R46(self, cast: Cast, pilot: Pilot) -> None:
        for rows, change in (
            (Pilot.objects, {"started_on": MONDAY_DATE}),
            (Pilot.objects, {"phase": "RUNNING"}),
            (PilotTeam.objects, {"began_on": MONDAY_DATE}),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                rows.update(**change)

    def test_a_team_that_joins_later_passes_the_same_gate_R46(self, cast: Cast, told: Told, pilot: Pilot) -> None:
        freeze(cast, pilot)
        start(cast, pilot)
        district = Pilot.objects.get()
        Pilot.objects.update(unit=cast.south)
        leader = replace(cast.marit.actor, grants=tuple(
            replace(grant, path=cast.south.path) for grant in cast.marit.actor.grants
        ))  # fmt: skip
        actions.add_team(
            actor=leader, pilot_id=district.pk, edition=None, unit_id=cast.solvik.pk, variant="MODEL_2", own_words="",
            joined_on=MONDAY_DATE, at=MONDAY,
        )  # fmt: skip
        team = PilotTeam.objects.get(unit=cast.solvik)

        with pytest.raises(actions.NotReady):
            actions.begin_team(actor=leader, pilot_id=district.pk, team_id=team.pk, edition=None, at=MONDAY)
        told.say(cast.solvik, MAY, {"K-1-28": [10] * 6, "T-3": [5] * 6})
        actions.freeze_baseline(actor=leader, pilot_id=district.pk, edition=None, months=6, at=MONDAY)
        actions.begin_team(actor=leader, pilot_id=district.pk, team_id=team.pk, edition=None, at=MONDAY)

        assert PilotTeam.objects.get(pk=team.pk).began_on == MONDAY_DATE


class TestFreezing:
    def test_copies_the_figures_as_they_stand_with_what_they_rest_on_R38(
        self, cast: Cast, told: Told, pilot: Pilot
    ) -> None:
        freeze(cast, pilot)
        assert told.for_all  # hidden as from those above the teams, who read it
        told.say(cast.bekkedal, MAY, {"K-1-28": [1] * 6, "T-3": [1] * 6})  # counted again since

        frozen = next(iter(frozen_of(pilot).values()))

        assert [one.value for one in frozen.points("K-1-28")] == [14, 15, 13, 14, 16, 12]
        assert (frozen.version("K-1-28"), frozen.points("K-1-28")[0].n) == (1, 60)
        assert (frozen.window.first, frozen.window.after) == (MAY, date(2026, 11, 1))
        assert frozen.timing is Timing.AHEAD and frozen.signed_by_name == "Marit Aune"

    def test_refuses_too_few_months_and_says_where_R38(self, cast: Cast, told: Told, pilot: Pilot) -> None:
        told.say(cast.bekkedal, MAY, {"K-1-28": [None, None, None, None, 14, 15]})

        with pytest.raises(actions.NotEnough) as refused:
            freeze(cast, pilot)

        assert [(one.have, one.need) for one in refused.value.short] == [(2, 3)]
        assert "Team Bekkedal har 2" in refused.value.text and not Baseline.objects.exists()

    def test_a_value_that_may_not_be_shown_is_not_copied(self, cast: Cast, told: Told, pilot: Pilot) -> None:
        shown = months(MAY, [14, 15, 13, 14])
        told.points[cast.bekkedal.pk, "K-1-28"] = (*shown, *months(date(2026, 9, 1), [3.0], hidden=True))

        freeze(cast, pilot)

        hidden = BaselineValue.objects.get(hidden=True)
        assert (hidden.value, hidden.n) == (None, 0)

    def test_after_the_day_it_is_marked_retrospective_and_the_reason_stays_R38(self, cast: Cast, told: Told) -> None:
        told.say(cast.bekkedal, date(2026, 1, 1), {"K-1-28": [14] * 6, "T-3": [7] * 6})
        made = a_pilot(cast.marit.actor, cast.bekkedal, cast.bekkedal, at=MONDAY, joined_on=date(2026, 7, 1))
        pilot = measured(cast.marit.actor, made, at=MONDAY)
        actions.say_without_baseline(actor=cast.marit.actor, pilot_id=pilot.pk, edition=None, reason=REASON, at=MONDAY)
        start(cast, pilot)

        frozen = freeze(cast, pilot)

        assert Baseline.objects.get().timing == "RETROSPECTIVE" and Baseline.objects.get().after_on == date(2026, 7, 1)
        assert frozen.without_reason == REASON and PilotTeam.objects.get().without_reason == REASON

    def test_with_figures_that_were_brought_in_needs_a_caveat_that_stays_R38(
        self, cast: Cast, told: Told, pilot: Pilot
    ) -> None:
        counted = months(date(2026, 8, 1), [14, 16, 12])
        told.points[cast.bekkedal.pk, "K-1-28"] = (*months(MAY, [14, 15, 13], imported=True), *counted)
        common = {"actor": cast.marit.actor, "pilot_id": pilot.pk, "edition": None, "months": 6, "at": MONDAY}
        for caveat in ("", "  jo  "):
            with pytest.raises(actions.CaveatLacking, match="Team Bekkedal"):
                actions.freeze_baseline(**common, caveat=caveat)  # type: ignore[arg-type]
        assert not Baseline.objects.exists()

        actions.freeze_baseline(**common, caveat="Talt på samme måte av økonomi.")  # type: ignore[arg-type]

        frozen = next(iter(frozen_of(pilot).values()))
        assert frozen.caveat == "Talt på samme måte av økonomi."
        assert [one.imported for one in frozen.points("K-1-28")] == [True] * 3 + [False] * 3

    def test_with_what_is_brought_in_before_and_after_alike_needs_none_R43(
        self, cast: Cast, told: Told, pilot: Pilot
    ) -> None:
        from_the_accounts = months(MAY, [14, 15, 13, 14, 16, 12], imported=True)
        told.points[cast.bekkedal.pk, "K-1-28"] = from_the_accounts
        told.known = tuple(replace(one, brought=one.code == "K-1-28") for one in told.known)

        frozen = freeze(cast, pilot)

        assert next(iter(frozen_of(frozen).values())).caveat == ""

    def test_what_is_measured_stays_once_it_is_frozen_R38(self, cast: Cast, pilot: Pilot) -> None:
        freeze(cast, pilot)

        with pytest.raises(actions.AlreadyFrozen):
            actions.choose_indicators(
                actor=cast.marit.actor, pilot_id=pilot.pk, edition=None, chosen={Goal.ABSENCE: ("B-1",)}, at=MONDAY
            )

    def test_can_be_opened_again_until_the_team_begins(self, cast: Cast, pilot: Pilot) -> None:
        freeze(cast, pilot)
        opened = actions.open_baseline_again(actor=cast.marit.actor, pilot_id=pilot.pk, edition=None, at=MONDAY)
        assert (opened.phase, opened.baseline_at) == ("PREPARING", None) and not BaselineValue.objects.exists()

        freeze(cast, pilot)
        start(cast, pilot)

        with pytest.raises(ActionRefused):
            actions.open_baseline_again(actor=cast.marit.actor, pilot_id=pilot.pk, edition=None, at=MONDAY)

    def test_one_primary_indicator_for_each_goal_and_none_twice(self, cast: Cast, pilot: Pilot) -> None:
        for chosen in ({Goal.CITIZENS: ("K-1-28",), Goal.PRIDE: ("K-1-28",)}, {Goal.CITIZENS: ("X-1",)}):
            with pytest.raises(ActionRefused):
                actions.choose_indicators(
                    actor=cast.marit.actor, pilot_id=pilot.pk, edition=None, chosen=chosen, at=MONDAY
                )
        assert set(pilot.indicators.values_list("code", "is_primary")) == {("K-1-28", True), ("T-3", False)}


class TestInsight:
    def test_draws_the_frozen_months_on_the_teams_own_series_R38(self, cast: Cast, pilot: Pilot) -> None:
        freeze(cast, pilot)
        within = Days(date(2026, 3, 2), MONDAY_DATE)
        units = [cast.bekkedal.pk, cast.south.pk]

        found = series_of_units(actor=cast.marit.actor, unit_ids=units, codes=["K-1-28", "K-8"], within=within)

        measured, other = found[cast.bekkedal.pk]
        assert (measured.baseline_starts_on, measured.baseline_ends_on) == (
            Baseline.objects.get().first_on,
            Baseline.objects.get().after_on,
        )
        assert (other.baseline_starts_on, other.baseline_ends_on) == (None, None)


class TestFrozenRows:
    def test_are_never_changed_nor_deleted_while_the_team_is_under_way_R38(self, cast: Cast, pilot: Pilot) -> None:
        freeze(cast, pilot)
        start(cast, pilot)

        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            BaselineValue.objects.update(value=1.0)
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            Baseline.objects.update(first_on=MAY)
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            BaselineValue.objects.all().delete()

        assert BaselineValue.objects.filter(code="K-1-28").count() == 6


class TestAPilot:
    def test_is_made_by_whoever_leads_the_unit_and_by_nobody_else(self, cast: Cast, told: Told) -> None:
        for actor, refusal in ((cast.ingrid.actor, NotAllowed), (cast.nils.actor, NotFound)):
            with pytest.raises(refusal):
                a_pilot(actor, cast.bekkedal, cast.bekkedal, at=MONDAY, joined_on=MONDAY_DATE)
        with pytest.raises(ActionRefused):
            a_pilot(cast.marit.actor, cast.bekkedal, cast.solvik, at=MONDAY, joined_on=MONDAY_DATE)
        assert not Pilot.objects.exists()

    def test_is_seen_by_the_team_in_it_and_not_by_another(self, cast: Cast, pilot: Pilot) -> None:
        assert get_pilot(actor=cast.ingrid.actor, pilot_id=pilot.pk) == pilot
        for other in (cast.nils, cast.frida):
            with pytest.raises(NotFound):
                get_pilot(actor=other.actor, pilot_id=pilot.pk)

    def test_the_second_of_two_is_told_R06(self, cast: Cast, pilot: Pilot) -> None:
        with pytest.raises(ChangedMeanwhile):
            actions.change_pilot(
                actor=cast.marit.actor, pilot_id=pilot.pk, edition=1, name="Ny", tries="Nytt", is_order_drawn=False,
                at=MONDAY,
            )  # fmt: skip

    def test_goes_on_after_an_evaluation_and_ends_with_words_R46(self, cast: Cast, pilot: Pilot) -> None:
        freeze(cast, pilot)
        start(cast, pilot)
        common = {"actor": cast.marit.actor, "pilot_id": pilot.pk, "edition": None, "at": MONDAY}
        actions.evaluate_pilot(**common)  # type: ignore[arg-type]
        assert actions.go_on(**common).phase == "RUNNING"  # type: ignore[arg-type]
        with pytest.raises(ActionRefused):
            actions.end_pilot(**common, outcome="CONTINUED", words="Virker")  # type: ignore[arg-type]
        actions.evaluate_pilot(**common)  # type: ignore[arg-type]
        with pytest.raises(ActionRefused):
            actions.end_pilot(**common, outcome="CONTINUED", words=" ")  # type: ignore[arg-type]

        ended = actions.end_pilot(**common, outcome="CONTINUED", words="Går over i drift.")  # type: ignore[arg-type]

        assert (ended.phase, ended.ended_on, ended.outcome) == ("ENDED", MONDAY_DATE, "CONTINUED")

    def test_one_that_never_began_can_only_be_stopped(self, cast: Cast, pilot: Pilot) -> None:
        common = {"actor": cast.marit.actor, "pilot_id": pilot.pk, "edition": None, "words": "Ble ikke noe av.",
                  "at": MONDAY}  # fmt: skip
        with pytest.raises(ActionRefused):
            actions.end_pilot(**common, outcome="CONTINUED")  # type: ignore[arg-type]
        assert actions.end_pilot(**common, outcome="STOPPED").ended_on == MONDAY_DATE  # type: ignore[arg-type]

    def test_a_team_that_has_begun_leaves_and_one_that_has_not_was_never_in_it(self, cast: Cast, pilot: Pilot) -> None:
        team = PilotTeam.objects.get()
        common = {"actor": cast.marit.actor, "pilot_id": pilot.pk, "edition": None, "at": MONDAY}
        with pytest.raises(ActionRefused):
            _change(cast, team, "OWN", MONDAY_DATE)
        freeze(cast, pilot)
        with pytest.raises(ActionRefused, match="fryst"):
            _change(cast, team, "HELTOM", MONDAY_DATE + timedelta(days=1))
        start(cast, pilot)
        actions.remove_team(**common, team_id=team.pk)  # type: ignore[arg-type]
        assert PilotTeam.objects.get().left_on == MONDAY_DATE


def _change(cast: Cast, team: PilotTeam, variant: str, on: date) -> None:
    actions.change_team(
        actor=cast.marit.actor, pilot_id=team.pilot_id, team_id=team.pk, edition=None, variant=variant, own_words="",
        joined_on=on, at=MONDAY,
    )  # fmt: skip


class TestTheLog:
    def test_takes_what_disturbs_from_anybody_in_the_team_R41(self, cast: Cast, pilot: Pilot) -> None:
        team = PilotTeam.objects.get()
        common = {"pilot_id": pilot.pk, "happened_on": MONDAY_DATE, "at": MONDAY}
        actions.write_in_log(
            actor=cast.amir.actor, kind="DISTURBED", disturbance="STAFFING", team_id=team.pk, words="Ett årsverk til.",
            **common,  # type: ignore[arg-type]
        )  # fmt: skip
        for kind, disturbance, words in (("DISTURBED", "", "x"), ("LEARNED", "", " "), ("DISTURBED", "OTHER", "")):
            with pytest.raises(ActionRefused):
                actions.write_in_log(
                    actor=cast.amir.actor, kind=kind, disturbance=disturbance, team_id=None, words=words,
                    **common,  # type: ignore[arg-type]
                )  # fmt: skip
        with pytest.raises(NotFound):
            actions.write_in_log(
                actor=cast.nils.actor,
                kind="LEARNED",
                disturbance="",
                team_id=None,
                words="Nytt",
                **common,  # type: ignore[arg-type]
            )

        assert [(one.disturbance, one.is_own) for one in log_of(actor=cast.amir.actor, pilot=pilot)] == [
            ("STAFFING", True)
        ]

    def test_one_takes_back_ones_own_line_alone(self, cast: Cast, pilot: Pilot) -> None:
        line = actions.write_in_log(
            actor=cast.amir.actor, pilot_id=pilot.pk, kind="LEARNED", disturbance="", team_id=None,
            happened_on=MONDAY_DATE, words="Fordeleren trenger tid.", at=MONDAY,
        )  # fmt: skip
        with pytest.raises(NotAllowed):
            actions.take_back_from_log(actor=cast.ingrid.actor, pilot_id=pilot.pk, entry_id=line.pk, at=MONDAY)

        actions.take_back_from_log(actor=cast.amir.actor, pilot_id=pilot.pk, entry_id=line.pk, at=MONDAY)

        assert log_of(actor=cast.amir.actor, pilot=pilot) == () and LogEntry.objects.count() == 1


def test_a_definition_that_has_changed_is_said_R38(cast: Cast, told: Told, pilot: Pilot) -> None:
    from tillit.learning.improvement.contexts.baseline import baseline_page

    freeze(cast, pilot)
    assert baseline_page(actor=cast.marit.actor, pilot_id=pilot.pk, now=MONDAY).drifted == ()

    told.known = (replace(HELPERS, version=2), *told.known[1:])

    (said,) = baseline_page(actor=cast.marit.actor, pilot_id=pilot.pk, now=MONDAY).drifted
    assert "versjon 1, nå 2" in said


class TestTheFiguresOfInsight:
    """What is counted for the teams is what a pilot is frozen on: the same value, n and version."""

    def test_are_what_is_frozen_and_stay_when_the_figure_is_counted_again_R38(self, cast: Cast) -> None:
        stored = [
            Figure.objects.create(
                indicator="V-2", version=1, unit=cast.bekkedal, step="WEEK", starts_on=date(2026, 8, 3) + number * WEEK,
                value=0.2, n=200, numerator=40, denominator=200, counted_at=MONDAY,
            )
            for number in range(12)
        ]  # fmt: skip
        pilot = a_pilot(cast.marit.actor, cast.bekkedal, cast.bekkedal, at=MONDAY, joined_on=MONDAY_DATE)
        actions.choose_indicators(
            actor=cast.marit.actor, pilot_id=pilot.pk, edition=None, chosen={Goal.RESOURCES: ("V-2",)}, at=MONDAY
        )
        freeze(cast, pilot, months=3)
        Figure.objects.filter(pk=stored[0].pk).update(value=0.9)

        values = BaselineValue.objects.exclude(value=None)
        assert {(one.value, one.n, one.version) for one in values} == {(0.2, 200, 1)} and values.count() == 12

    def test_all_usual_indicators_are_in_the_catalogue(self) -> None:
        known = {one.code for one in figures.indicators()}

        assert {code for codes in USUAL.values() for code in codes} <= known
