"""Random histories of a case through the actions: whoever presses whatever on any day, the law holds (R19, R21, R23).

What must hold is told again here from what is stored, not asked of the rules that the actions ask. Letters are not
rendered: what they hold is tested beside.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests import builders_authority
from tests import builders_decisions as made
from tests.builders_decisions import MODEL_1, Office
from tests.cast import MONDAY, Cast
from tillit.care.citizens.models import Responsible, ResponsibleKind
from tillit.care.decisions import actions, queries, sources
from tillit.care.decisions.actions import advance_notice, deciding, notifying, pausing, reassessing, starting
from tillit.care.decisions.contexts import case as case_context
from tillit.care.decisions.contexts.queue import queue_page
from tillit.care.decisions.models import (
    AdvanceNotice,
    Assessment,
    Case,
    CaseEvent,
    CaseNote,
    Decision,
    DecisionLine,
    Disqualification,
    FunctionScore,
    Holding,
    Line,
    NoticeWay,
    OutsideFact,
)
from tillit.care.decisions.queries.file import case_file
from tillit.care.decisions.queries.placing import next_placing
from tillit.care.decisions.queries.queue import Phase
from tillit.care.decisions.rules.frame import PlanFacts
from tillit.care.decisions.rules.states import CLOSED, Outcome, State
from tillit.care.letters.models import SentLetter
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.models import AuditEntry
from tillit.foundation.access.roles import Role
from tillit.kernel import oslo
from tillit.kernel.errors import TillitError

pytestmark = pytest.mark.django_db

#: Nora and Marit twice as often as the others: most of what is pressed is pressed by those whose work it is.
PEOPLE = ("nora", "marit", "nora", "marit", "ingrid", "amir", "olav", "liv", "frida", "admin")
GIVES = (Outcome.GRANTED, Outcome.PARTLY, Outcome.REDUCED)


def case_page(*, actor: Actor, case: Case, at: datetime) -> None:
    """Make the page of a case."""
    on = oslo.day_of(at)
    found = case_file(case, on=on)
    to = next_placing(case, on=on, followers=found.followers)
    case_context.case_page(actor=actor, found=found, to=to, on=on)


class AnyCase(RuleBasedStateMachine):
    """People press what they like; what is refused changes nothing, and what is done was lawful."""

    cast: Cast
    office: Office
    plan_in_use = False
    reached: Counter[str] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.saved = transaction.atomic()
        self.saved.__enter__()
        self.at = MONDAY
        type(self).plan_in_use = False
        self.decided: dict[int, tuple[Any, ...]] = {}
        self.case: Case | None = None

    def teardown(self) -> None:
        try:
            self.every_page_can_be_shown()
        finally:
            transaction.set_rollback(True)
            self.saved.__exit__(None, None, None)

    def every_page_can_be_shown(self) -> None:
        if self.case is not None:
            case_page(actor=self.who("nora"), case=Case.objects.get(pk=self.case.pk), at=self.at)
            for phase in Phase:
                queue_page(actor=self.who("nora"), on=self.today(), whose=None, phase=phase, unit_id=None, page=1)

    @initialize(codes=st.sampled_from([("HOME_NURSING",), ("HOME_NURSING", "MEALS"), ()]), is_application=st.booleans())
    def it_comes(self, codes: tuple[str, ...], is_application: bool) -> None:
        self.case = made.received(
            self.who("ingrid"), self.cast.olga, said=made.asked(*codes, is_application=is_application)
        )

    # What people press

    @rule(outcome=st.sampled_from(["GRANTED", "GRANTED", "PARTLY", "REFUSED"]), span=st.sampled_from([None, 20]))
    def it_goes_on(self, outcome: str, span: int | None) -> None:
        """Those whose work it is take the next step, so that histories grow long."""
        assert self.case is not None
        case = Case.objects.get(pk=self.case.pk)
        match State(case.state):
            case State.CONTACT:
                self.apply("nora")
            case State.RECEIVED:
                self.start_assessment("nora")
            case State.ASSESSMENT | State.REASSESSMENT if not self.is_assessed(case):
                self.she_sees_it("nora")
                self.start_assessment("nora")
                self.finish_assessment("nora", "Vil klare seg selv.", 0, 4)
            case State.ASSESSMENT | State.REASSESSMENT:
                held = any(line.was_id for line in self.lines(case))
                self.propose("nora", "REDUCED" if held and outcome != "GRANTED" else outcome, True, span, "Derfor.")
            case State.PROPOSED:
                self.decide("marit")
            case State.DECIDED:
                self.notify("nora")
            case State.NOTIFIED:
                self.around_her(True, True)
                self.start("ingrid")
            case State.ACTIVE:
                self.reassess("nora", outcome == "GRANTED")

    @rule(steps=st.integers(2, 6), span=st.sampled_from([None, 20]))
    def it_goes_on_for_a_while(self, steps: int, span: int | None) -> None:
        for _step in range(steps):
            self.it_goes_on("GRANTED" if span is None else "PARTLY", span)

    @rule(days=st.integers(1, 25))
    def time_passes(self, days: int) -> None:
        self.at += timedelta(days=days)

    @rule(who=st.sampled_from(PEOPLE))
    def apply(self, who: str) -> None:
        self.press(actions.make_application, who, received_on=self.today())

    @rule(who=st.sampled_from(PEOPLE))
    def start_assessment(self, who: str) -> None:
        self.press(actions.start_assessment, who, held_on=self.today(), edition=None)

    @rule(who=st.sampled_from(PEOPLE), own_view=st.sampled_from(["Vil klare seg selv.", "Vil klare seg selv.", ""]),
          days=st.sampled_from([0, 0, 0, -30, 1]), level=st.sampled_from([1, 3, 5, 9]))  # fmt: skip
    def finish_assessment(self, who: str, own_view: str, days: int, level: int) -> None:
        draft = Assessment.objects.filter(case=self.case, done_at__isnull=True).first()
        if draft is None:
            return
        written = made.written(
            self.office.nora.employee, held_on=self.today() + timedelta(days=days), levels={7: level}
        )
        self.press(
            actions.finish_assessment,
            who,
            assessment_id=draft.pk,
            edition=draft.edition,
            written=replace(written, own_view=own_view),
            case_id=None,
        )

    @rule(who=st.sampled_from(PEOPLE))
    def somebody_tells(self, who: str) -> None:
        self.press(actions.add_fact, who, source="GP", text="Har falt.", received_on=self.today(), edition=None)

    @rule(who=st.sampled_from(PEOPLE))
    def she_sees_it(self, who: str) -> None:
        fact = OutsideFact.objects.filter(case=self.case, shown_on__isnull=True).first()
        if fact is not None:
            self.press(
                actions.show_fact, who, fact_id=fact.pk, shown_on=self.today(), answer="", edition=None, case_id=None
            )

    @rule(who=st.sampled_from(PEOPLE), outcome=st.sampled_from(["GRANTED", "GRANTED", "PARTLY", "REFUSED", "DISMISSED",
                                                                "REDUCED", "ENDED", ""]),
          whole=st.sampled_from([True, True, True, False]), span=st.sampled_from([None, 20]),
          reasons=st.sampled_from(["Derfor.", "Derfor.", ""]))  # fmt: skip
    def propose(self, who: str, outcome: str, whole: bool, span: int | None, reasons: str) -> None:
        assert self.case is not None
        draft = made.proposal(self.case, outcome=outcome, at=self.at, span=span)
        lines = [one if whole else replace(one, content="", extent=None) for one in draft.lines]
        if not lines:
            lines = [actions.LineDraft(service_code="HOME_NURSING", outcome=outcome)]
        evaluate_on = self.today() + timedelta(days=60)
        said = replace(draft, lines=lines, reasons=reasons, evaluate_on=evaluate_on if whole else None)
        self.press(actions.send_proposal, who, draft=said)

    @rule(who=st.sampled_from(PEOPLE))
    def decide(self, who: str) -> None:
        self.press(deciding.decide_case, who, decided_on=self.today())

    @rule(who=st.sampled_from(PEOPLE))
    def send_back(self, who: str) -> None:
        self.press(deciding.send_back, who, why="Si mer om hvorfor.")

    @rule(who=st.sampled_from(PEOPLE))
    def notify(self, who: str) -> None:
        self.press(notifying.notify_decision, who, way=NoticeWay.DIGITAL, sent_on=self.today())

    @rule(who=st.sampled_from(PEOPLE))
    def start(self, who: str) -> None:
        self.press(starting.start_help, who, on=self.today())

    @rule(who=st.sampled_from(PEOPLE), away=st.booleans())
    def pause(self, who: str, away: bool) -> None:
        self.press(pausing.pause_help if away else pausing.resume_help, who, on=self.today())

    @rule(who=st.sampled_from(PEOPLE), by_citizen=st.booleans())
    def reassess(self, who: str, by_citizen: bool) -> None:
        self.press(
            reassessing.open_reassessment, who, why="Målet er nådd.", by_citizen=by_citizen, opened_by="TEAM",
            on=self.today(),
        )  # fmt: skip

    @rule(who=st.sampled_from(PEOPLE))
    def warn(self, who: str) -> None:
        self.press(advance_notice.send_advance_notice, who, considered="Mindre hjelp om morgenen.")

    @rule(who=st.sampled_from(PEOPLE))
    def she_replies(self, who: str) -> None:
        self.press(advance_notice.record_reply, who, reply="Det er greit.", replied_on=self.today())

    @rule(who=st.sampled_from(PEOPLE))
    def keep(self, who: str) -> None:
        self.press(reassessing.keep_unchanged, who, evaluate_on=self.today() + timedelta(days=90))

    @rule(who=st.sampled_from(PEOPLE), by_party=st.booleans())
    def withdraw(self, who: str, by_party: bool) -> None:
        self.press(actions.withdraw_case, who, withdrawn_on=self.today(), words="Ringte.", by_party=by_party)

    @rule(who=st.sampled_from(PEOPLE))
    def begin_at_once(self, who: str) -> None:
        self.press(actions.start_urgently, who, starts_on=self.today(), reason="Falt i natt.", edition=None)

    @rule(who=st.sampled_from(PEOPLE), to_office=st.booleans())
    def offer(self, who: str, to_office: bool) -> None:
        unit = self.office.unit if to_office else self.cast.bekkedal
        self.press(actions.offer_case, who, unit_id=unit.pk, must_know="Ringer best på dagen.")

    @rule(who=st.sampled_from(PEOPLE), answer=st.sampled_from(["accept", "no", "take back"]))
    def answer(self, who: str, answer: str) -> None:
        offer = Holding.objects.filter(case=self.case, answer="").first()
        if offer is None:
            return
        told: dict[str, Any] = {"holding_id": offer.pk, "edition": None, "case_id": None}
        match answer:
            case "accept":
                self.press(actions.accept_case, who, **told)
            case "no":
                self.press(actions.send_back_case, who, **told, words="Hører til hos dere.")
            case _:
                self.press(actions.take_back_offer, who, **told)

    @rule(barred=st.booleans())
    def marit_is_barred(self, barred: bool) -> None:
        Disqualification.objects.all().delete()
        if barred:
            Disqualification.objects.create(
                employee=self.cast.marit.employee, citizen=self.cast.olga, reason="Søster",
                valid_from=oslo.day_of(MONDAY), recorded_at=self.at,
            )  # fmt: skip

    @rule(somebody=st.booleans(), plan=st.booleans())
    def around_her(self, somebody: bool, plan: bool) -> None:
        type(self).plan_in_use = plan
        Responsible.objects.filter(citizen=self.cast.olga).delete()
        if somebody:
            Responsible.objects.create(
                citizen=self.cast.olga, employee=self.cast.ingrid.employee,
                kind=ResponsibleKind.SERVICE_RESPONSIBLE, valid_from=oslo.day_of(MONDAY),
            )  # fmt: skip

    # How it is pressed, and what is looked at afterwards

    def press(self, action: Callable[..., Any], who: str, **told: Any) -> None:
        """Do it, or nothing at all."""
        assert self.case is not None
        was = Case.objects.get(pk=self.case.pk)
        before, last = self.stored(), CaseEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        given = {"case_id": was.pk, "edition": was.edition, **told}
        given = {
            name: value for name, value in given.items() if value is not None or name not in ("case_id", "edition")
        }
        try:
            with transaction.atomic():
                action(actor=self.who(who), at=self.at, **given)
        except TillitError:
            assert self.stored() == before
            return
        assert who != "frida"  # another team's nurse reaches nothing of it
        for event in CaseEvent.objects.filter(pk__gt=last, case=was).order_by("pk"):
            type(self).reached[event.step] += 1
            self.look(event, was, who, told)

    def look(self, event: CaseEvent, was: Case, who: str, told: dict[str, Any]) -> None:
        """What has just been done was lawful."""
        match event.step:
            case "DECIDE":
                self.look_at_decision(was, who)
            case "NOTIFY":
                assert self.newest().letter_id is not None
            case "START":
                assert Responsible.objects.filter(citizen=self.cast.olga).exists()
                assert self.plan_in_use or not self.newest().is_frame
            case "WITHDRAW":
                assert told["by_party"] and CaseNote.objects.filter(case=was).exists()
            case "PROPOSE" | "KEEP":
                only_dismissed = {line.outcome for line in self.lines(was)} == {"DISMISSED"}
                assert (event.step == "PROPOSE" and only_dismissed) or self.is_assessed(was)

    def look_at_decision(self, was: Case, who: str) -> None:
        decision = self.newest()
        lines = list(decision.lines.all())
        assert (who, was.unit) in (("marit", self.cast.bekkedal), ("liv", self.office.unit))
        assert lines and all(line.authority_id for line in lines)
        assert not (who == "marit" and Disqualification.objects.exists())
        outcomes = {Outcome(line.outcome) for line in lines}
        assert outcomes == {Outcome.DISMISSED} or self.is_assessed(was)
        for line in lines:
            if Outcome(line.outcome) in GIVES:
                assert line.content and line.extent is not None and line.starts_on
                assert line.ends_on or decision.evaluate_on
            if line.outcome != Outcome.GRANTED:
                assert decision.reasons or line.reasons
        if not was.by_citizen and outcomes & {Outcome.REDUCED, Outcome.ENDED}:
            assert was.reassessed_from is not None
            notice = AdvanceNotice.objects.filter(case=was, sent_on__gte=was.reassessed_from).latest("sent_at")
            assert notice.replied_on is not None or self.today() > notice.reply_by

    def is_assessed(self, was: Case) -> bool:
        """Somebody has talked with her in this round, her own view is written, and she knows what others have told."""
        done = Assessment.objects.filter(case=was, done_at__isnull=False).exclude(own_view="")
        if was.reassessed_from is not None:
            done = done.filter(held_on__gte=was.reassessed_from)
        unseen = OutsideFact.objects.filter(case=was, shown_on__isnull=True, not_shown="").exists()
        return done.exists() and not unseen

    @invariant()
    def somebody_always_has_it(self) -> None:
        for case in Case.objects.all():
            offers = Holding.objects.filter(case=case, answer="")
            assert offers.count() <= 1
            assert not (State(case.state) in CLOSED and offers.exists())
            for offer in offers:
                assert offer.from_unit_id == case.unit_id != offer.unit_id

    @invariant()
    def its_story_hangs_together(self) -> None:
        for case in Case.objects.all():
            state = ""
            for event in CaseEvent.objects.filter(case=case).order_by("pk"):
                assert state in ("", event.was)
                state = event.became
            assert state in ("", case.state)
            assert (case.closed_on is not None) == (State(case.state) in CLOSED)

    @invariant()
    def decisions_stand_as_they_were_made(self) -> None:
        for decision in Decision.objects.all():
            now = (
                decision.outcome, decision.decided_on, decision.decided_by_id, decision.reasons, decision.evaluate_on,
                tuple(decision.lines.order_by("pk").values_list("pk", "outcome", "content", "extent", "starts_on")),
            )  # fmt: skip
            assert self.decided.setdefault(decision.pk, now) == now

    @invariant()
    def levels_are_history(self) -> None:
        rows = FunctionScore.objects.filter(citizen=self.cast.olga, variable=7).order_by("valid_from", "pk")
        ends = [row.valid_to for row in rows]
        starts = [row.valid_from for row in rows]
        assert ends[:-1] == starts[1:]
        assert not ends or ends[-1] is None

    def who(self, name: str) -> Actor:
        member = {
            "nora": self.office.nora, "olav": self.office.olav, "liv": self.office.leader, "marit": self.cast.marit,
            "ingrid": self.cast.ingrid, "amir": self.cast.amir, "frida": self.cast.frida, "admin": self.cast.admin,
        }[name]  # fmt: skip
        return member.actor

    def today(self) -> Any:
        return oslo.day_of(self.at)

    def newest(self) -> Decision:
        return Decision.objects.filter(case=self.case).latest("decided_at", "pk")

    def lines(self, case: Case) -> list[Line]:
        return list(Line.objects.filter(case=case, state="OPEN"))

    def stored(self) -> tuple[Any, ...]:
        return (
            tuple(Case.objects.order_by("pk").values_list()),
            tuple(Line.objects.order_by("pk").values_list()),
            tuple(Holding.objects.order_by("pk").values_list()),
            DecisionLine.objects.count(),
            CaseEvent.objects.count(),
            AuditEntry.objects.count(),
            SentLetter.objects.count(),
            FunctionScore.objects.count(),
        )


@pytest.fixture
def _letters(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def keep(*, actor: Actor, citizen_id: int, content: Any, at: Any, **_rest: Any) -> SentLetter:
        return SentLetter.objects.create(
            citizen_id=citizen_id, kind=content.kind, language="nb", case_reference="1", title="t", content={},
            html="", pdf=b"", sha256="", ways=[], made_at=at, sent_at=at,
        )  # fmt: skip

    for module in (deciding, advance_notice, notifying):
        monkeypatch.setattr(module, "keep_letter", keep)
    monkeypatch.setattr(
        sources, "plan_facts", lambda ids, *, on: {one: PlanFacts(in_use=AnyCase.plan_in_use) for one in ids}
    )
    yield


@pytest.mark.usefixtures("_letters")
def test_any_history_keeps_the_law_R23(cast: Cast) -> None:
    AnyCase.cast, AnyCase.office = cast, made.office(cast)
    made.follows_model(cast.bekkedal, MODEL_1)
    cast.bekkedal.phone, cast.bekkedal.base_street = "555 00 100", "Bekkeveien 1"
    cast.bekkedal.save()
    for code in ("HOME_NURSING", "MEALS"):
        builders_authority.authority(AnyCase.office.services[code], Role.TEAM_LEADER)
    assert queries.count_waiting(actor=AnyCase.office.nora.actor, on=oslo.day_of(MONDAY)) == 0
    run_state_machine_as_test(
        AnyCase,
        settings=settings(
            max_examples=20, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
    # Histories that never came far would prove nothing.
    assert {"DECIDE", "NOTIFY", "START", "REASSESS", "WITHDRAW"} <= AnyCase.reached.keys(), AnyCase.reached
