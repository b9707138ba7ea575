"""What must hold of the case work of Fjordvik: no history that the law forbids, nobody with help nobody decided."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from tillit.care.careplans.models import CarePlan, Goal, Intervention
from tillit.care.citizens.models import Citizen, Following, Responsible
from tillit.care.decisions.models import (
    AdvanceNotice,
    Appeal,
    Assessment,
    Case,
    CaseEvent,
    CaseSeries,
    Decision,
    DecisionLine,
    Holding,
    Line,
    Notice,
    OutsideFact,
    TemporaryStop,
)
from tillit.care.decisions.queries import dates_of, practice_on, targets
from tillit.care.decisions.queries.frame import frame_of_lines
from tillit.care.decisions.rules.appeals import LEADS, OPEN, AppealState, AppealStep
from tillit.care.decisions.rules.due import Urgency, dues
from tillit.care.decisions.rules.states import CLOSED, FROM, CaseFacts, Outcome, State, Step, after
from tillit.demo.generate import Summary, generate
from tillit.foundation.access.actor import Actor
from tillit.foundation.authority.queries import Asked, acting_leaders, may_decide_many, services_without_authority
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Employee

TUESDAY = date(2026, 11, 24)
GIVES = ("GRANTED", "PARTLY", "REDUCED")


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: Any) -> Iterator[Summary]:
    """Fjordvik in small, as on a Tuesday: made once, read by every test here, then rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield generate(anchor=TUESDAY, seed=3, scale=0.15, history_days=35)
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _in_town(town: Summary, db: None) -> None:
    """Every test here reads the same town."""


def unit(name: str) -> Unit:
    return Unit.objects.get(name=name)


def actor(employee: Employee) -> Actor:
    return Actor(user_id=employee.user_id, name=employee.name, employee_id=employee.pk, grants=(), home_path="")


def foss() -> Case:
    return Case.objects.get(number="2026/1432")


class TestHistories:
    def test_every_history_is_one_the_machine_allows_R19(self) -> None:
        events: dict[int, list[CaseEvent]] = defaultdict(list)
        for event in CaseEvent.objects.order_by("pk"):
            events[event.case_id].append(event)
        outcomes: dict[int, list[Outcome]] = defaultdict(list)
        for case_id, outcome in Decision.objects.order_by("pk").values_list("case_id", "outcome"):
            outcomes[case_id].append(Outcome(outcome))

        for case in Case.objects.all():
            state, decided, reassessed = State.CONTACT, 0, None
            for event in events[case.pk]:
                assert event.was == state.value, case.number
                if event.step != "NOTED":
                    step = Step(event.step)
                    assert state in FROM[step], (case.number, step)
                    decided += step is Step.DECIDE
                    reassessed = event.on if step is Step.REASSESS else reassessed
                    said = outcomes[case.pk][decided - 1] if decided else None
                    state = after(CaseFacts(state=state, decided=said, reassessed_from=reassessed), step)
                assert event.became == state.value, case.number
            assert case.state == state.value, case.number
            assert decided == len(outcomes[case.pk])
            assert (case.closed_on is not None) == (state in CLOSED)
            assert case.reassessed_from == reassessed
        assert CaseEvent.objects.count() > 500

    def test_time_goes_forward_and_nothing_is_from_tomorrow(self) -> None:
        last: dict[int, Any] = {}
        for event in CaseEvent.objects.order_by("pk"):
            assert last.get(event.case_id, event.at) <= event.at, event.case_id
            last[event.case_id] = event.at
        assert CaseEvent.objects.latest("on").on <= TUESDAY
        for model, field in (
            (Decision, "decided_on"),
            (Notice, "sent_on"),
            (Assessment, "held_on"),
            (Appeal, "received_on"),
        ):
            assert not model.objects.filter(**{f"{field}__gt": TUESDAY}).exists()

    def test_no_case_is_in_a_state_without_what_the_state_demands_R19(self) -> None:
        in_use = set(
            CarePlan.objects.filter(valid_from__isnull=False, valid_to=None).values_list("citizen_id", flat=True)
        )
        answers_for = set(
            Responsible.objects.filter(kind="SERVICE_RESPONSIBLE", is_deputy=False, valid_to=None).values_list(
                "citizen_id", flat=True
            )
        )
        for case in Case.objects.exclude(state="CONTACT"):
            state = State(case.state)
            if state in {State.PROPOSED, State.DECIDED, State.NOTIFIED, State.ACTIVE, State.PAUSED, State.REFUSED}:
                done = case.assessments.filter(done_at__isnull=False).exclude(own_view="").order_by("-held_on").first()
                assert done is not None, case.number
                assert case.reassessed_from is None or done.held_on >= case.reassessed_from
                assert not case.outside_facts.filter(shown_on=None, not_shown="").exists()
            if state is State.PROPOSED:
                assert case.proposed_by_id, case.number
                assert case.lines.filter(state="OPEN").exclude(outcome="").exists()
            if state in {State.DECIDED, State.NOTIFIED, State.ACTIVE, State.PAUSED, State.REASSESSMENT, State.REFUSED}:
                newest = case.decisions.latest("decided_at")
                assert newest.lines.exists()
                assert newest.notices.exists() == (state is not State.DECIDED), case.number
            if state in {State.ACTIVE, State.PAUSED, State.REASSESSMENT}:
                assert case.citizen_id in answers_for, case.number
                assert not newest.is_frame or case.citizen_id in in_use, case.number
            assert TemporaryStop.objects.filter(case=case, to_on=None).exists() == (state is State.PAUSED)
            assert case.received_on is not None

    def test_what_waits_to_be_told_has_its_letter_R22(self) -> None:
        waiting = list(Decision.objects.filter(case__state__in=["DECIDED", "NOTIFIED"]).select_related("letter"))

        assert waiting
        for decision in waiting:
            assert decision.letter is not None, decision.pk
            assert decision.letter.sent_at == decision.decided_at
            assert bytes(decision.letter.pdf).startswith(b"%PDF")

    def test_less_help_on_our_initiative_was_warned_of_R14(self) -> None:
        for line in Line.objects.filter(state="OPEN", outcome__in=["REDUCED", "ENDED"], case__by_citizen=False):
            notice = AdvanceNotice.objects.get(case=line.case)
            assert line.was_id
            assert line.extent is not None
            assert line.was is not None
            assert line.was.extent is not None
            assert line.extent < line.was.extent
            assert line.case.reassessed_from is not None
            assert notice.reply_by > notice.sent_on >= line.case.reassessed_from
        assert AdvanceNotice.objects.filter(reply_by__gt=TUESDAY, replied_on=None).exists()
        assert AdvanceNotice.objects.filter(replied_on__isnull=False).exclude(reply="").exists()

    def test_appeals_follow_their_machine_R19(self) -> None:
        for appeal in Appeal.objects.all():
            state = AppealState.RECEIVED
            for event in appeal.events.order_by("pk"):
                assert event.was == state.value
                state = LEADS[state, AppealStep(event.step)]
            assert appeal.state == state.value
            assert appeal.received_on <= TUESDAY
            assert appeal.decision.known_on is not None
        states = {AppealState(state) for state in Appeal.objects.values_list("state", flat=True)}
        assert states & OPEN
        assert states - OPEN

    def test_whoever_said_yes_last_holds_the_case_R07(self) -> None:
        holder: dict[int, int] = {}
        for row in Holding.objects.order_by("pk"):
            if row.from_unit_id is not None:
                assert row.from_unit_id == holder[row.case_id]
            if row.answer == "YES":
                holder[row.case_id] = row.unit_id
        assert holder == dict(Case.objects.values_list("pk", "unit_id"))
        assert Holding.objects.filter(answer="").exists()

    def test_the_next_number_is_free(self) -> None:
        for series in CaseSeries.objects.all():
            numbers = [
                int(one.split("/")[1])
                for one in Case.objects.filter(number__startswith=f"{series.year}/").values_list("number", flat=True)
            ]
            assert max(numbers) == series.last


class TestAuthority:
    def test_nobody_decided_what_she_had_no_authority_for_R06(self) -> None:
        decisions = list(Decision.objects.select_related("decided_by").order_by("pk"))
        for decision in decisions[:: max(1, len(decisions) // 80)]:
            lines = list(decision.lines.order_by("rank", "pk"))
            answers = may_decide_many(
                actor=actor(decision.decided_by),
                asked=[
                    Asked(line.service_id, line.extent, _days(line))
                    if line.outcome in GIVES
                    else Asked(line.service_id, Decimal(0), 0)  # what gives nothing meets no limit
                    for line in lines
                ],
                unit_id=_held_by(decision).pk,
                on=decision.decided_on,
                prepared_by_id=decision.prepared_by_id,
            )
            assert all(answer.may for answer in answers), (decision.pk, [answer.why for answer in answers])
            for line in lines:
                assert line.authority.delegation.valid_from <= decision.decided_on
                ends = line.authority.delegation.valid_to
                assert ends is None or decision.decided_on < ends

    def test_some_services_have_nobody_and_the_page_can_show_it_R06(self) -> None:
        def lacking(name: str) -> set[str]:
            return {one.service.code for one in services_without_authority(unit(name), TUESDAY)}

        assert "THERAPY_AT_HOME" in lacking("Team Neset omsorg")
        assert "THERAPY_AT_HOME" not in lacking("Team Solvik")
        assert "TT_TRANSPORT" in lacking("Team Solvik")

    def test_somebody_stands_in_next_week_R06(self) -> None:
        monday = TUESDAY + timedelta(days=6)

        assert [(one.employee_name, one.valid_from) for one in acting_leaders(TUESDAY)] == [("Ingrid Solheim", monday)]


def _days(line: DecisionLine) -> int | None:
    return (line.ends_on - line.starts_on).days + 1 if line.ends_on and line.starts_on else None


def _held_by(decision: Decision) -> Unit:
    """The unit that had the case when it was decided."""
    rows = Holding.objects.filter(case=decision.case, answer="YES", answered_at__lte=decision.decided_at)
    return rows.order_by("pk").last().unit  # type: ignore[union-attr]


class TestEverybodyHasADecision:
    def test_what_the_plan_gives_has_been_decided_R20(self) -> None:
        holding: dict[int, set[str]] = defaultdict(set)
        lines = DecisionLine.objects.filter(outcome__in=GIVES, stopped_on=None, starts_on__lte=TUESDAY)
        for line in lines.select_related("service", "decision__case"):
            if line.ends_on is None or line.ends_on >= TUESDAY:
                holding[line.decision.case.citizen_id].add(line.service.code)
        urgent = set(Case.objects.filter(urgent_from__isnull=False).values_list("citizen_id", flat=True))
        followed = set(Following.objects.filter(part="", valid_to=None).values_list("citizen_id", flat=True))
        rows = Intervention.objects.filter(plan__valid_from__isnull=False, plan__valid_to=None)
        wanted = {
            (citizen_id, "PRACTICAL_ASSISTANCE" if kind in {"CLEANING", "ERRAND", "SOCIAL"} else "HOME_NURSING")
            for citizen_id, kind in rows.exclude(kind="TRAINING").values_list("plan__citizen_id", "kind")
            if citizen_id in followed
        }

        assert len(wanted) > 60
        assert not {(one, code) for one, code in wanted if one not in urgent and code not in holding[one]}

    def test_evaluations_are_ahead_near_and_a_few_late(self) -> None:
        found = Counter(
            due.urgency
            for dates in dates_of(Case.objects.all()).values()
            for due in dues(dates, on=TUESDAY, practice=targets(practice_on(TUESDAY)))
        )
        assert found[Urgency.AHEAD] > found[Urgency.SOON] > 0
        assert 0 < found[Urgency.LATE] < found[Urgency.AHEAD] / 3


class TestJourneys:
    def test_the_same_application_lies_elsewhere_in_another_model_R04(self) -> None:
        def units(team: str) -> set[str]:
            new = Case.objects.filter(is_new=True, citizen__followings__unit=unit(team), citizen__followings__part="")
            lately = new.filter(received_on__gt=TUESDAY - timedelta(days=40)).exclude(state__in=["ACTIVE", "PAUSED"])
            return set(lately.values_list("unit__name", flat=True))

        assert units("Team Solvik") == {"Team Solvik"}
        assert units("Team Lia") <= {"Vurderingsteamet", "Tjenestekontoret"}
        assert units("Team Lia")

    def test_what_the_office_holds_of_an_application_to_a_team_is_a_case_of_its_own_R22(self) -> None:
        for case in Case.objects.filter(split_from__isnull=False):
            assert case.split_from is not None
            assert case.split_from.unit_id != case.unit_id
            assert (case.citizen_id, case.received_on) == (case.split_from.citizen_id, case.split_from.received_on)
        for case in Case.objects.filter(is_new=True, state="PROPOSED").exclude(number=foss().number):
            held = {line.service.responsibility_code == "LONG_STAY" for line in case.lines.all()}
            assert case.unit.kind == "OFFICE" or held == {False}

    def test_facts_from_others_wait_to_be_shown(self) -> None:
        assert OutsideFact.objects.filter(shown_on=None, not_shown="").exists()
        assert OutsideFact.objects.filter(shown_on__isnull=False).exclude(answer="").exists()


class TestPerIngeFoss:
    def test_he_waits_for_marit_as_on_the_picture(self) -> None:
        case = foss()
        dates = dates_of([case])[case.pk]

        assert (case.citizen.family_name, case.state, case.unit.name) == ("Foss", "PROPOSED", "Team Solvik")
        assert (case.received_on, case.urgent_from) == (date(2026, 11, 9), date(2026, 11, 12))
        assert case.proposed_by is not None
        assert case.proposed_by.name == "Nora Bakke"
        assessors = case.assessments.get().assessors.values_list("employee__given_name", flat=True)
        assert set(assessors) == {"Ingrid", "Silje"}
        assert [line.service.code for line in case.lines.order_by("rank")] == [
            "HOME_NURSING",
            "REABLEMENT",
            "SAFETY_ALARM",
        ]
        assert {due.urgency for due in dues(dates, on=TUESDAY, practice=targets(practice_on(TUESDAY)))} >= {
            Urgency.SOON
        }

    def test_she_decides_two_of_three_services_and_the_office_the_alarm_R06(self) -> None:
        case = foss()
        marit = Employee.objects.get(given_name="Marit", family_name="Aune")
        asked = [Asked(line.service_id, line.extent) for line in case.lines.order_by("rank")]
        answers = may_decide_many(
            actor=actor(marit), asked=asked, unit_id=case.unit_id, on=TUESDAY, prepared_by_id=case.proposed_by_id
        )

        assert [answer.may for answer in answers] == [True, True, False]
        assert answers[0].basis is not None
        assert (answers[0].basis.reference, answers[0].basis.max_extent) == ("2026-04", Decimal(35))
        assert [one.people for one in answers[2].deciders] == [("Torunn Eikeland",)]

    def test_frame_and_plan_hang_together_but_for_a_missing_day_R20(self) -> None:
        citizen = Citizen.objects.get(given_name="Per Inge", family_name="Foss")
        plan = CarePlan.objects.get(citizen=citizen, valid_to=None)
        minutes = sum(
            one.minutes * len(one.weekdays) * one.times.count() // one.every_weeks
            for one in Intervention.objects.filter(plan=plan)
        )
        frame = frame_of_lines(foss().lines.select_related("service"))

        assert frame is not None
        assert (frame.hours, minutes) == (Decimal("9.5"), 550)
        assert list(Goal.objects.filter(plan=plan).order_by("rank").values_list("evaluate_on", flat=True))[1] is None
