"""To decide (fatte vedtak). The only door to a decision: authority is asked of the register each time, line by line
(R06).
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.decisions.actions.refusals import CaseRefused, StepBlocked
from tillit.care.decisions.actions.splitting import send_on
from tillit.care.decisions.actions.steps import note_change, open_case, take_step
from tillit.care.decisions.events import DecisionMade
from tillit.care.decisions.models import Case, Decision, DecisionLine, Holding, Line
from tillit.care.decisions.permissions import DECIDE_CASE
from tillit.care.decisions.queries.authority import Asking, ask_authority
from tillit.care.decisions.queries.decision_letters import charges_of, decision_letter
from tillit.care.decisions.queries.facts import facts_of, newest_assessment
from tillit.care.decisions.queries.letter_fields import language_of
from tillit.care.decisions.rules.deadlines import is_individual_decision
from tillit.care.decisions.rules.letter_words import WORDS
from tillit.care.decisions.rules.states import FROM, GIVES, GIVING, Block, Outcome, State, Step, blocks, overall
from tillit.care.letters.actions import keep_letter
from tillit.care.letters.rules import Language, Way
from tillit.foundation.access.actor import Actor
from tillit.foundation.authority.models import ServiceGroup
from tillit.foundation.authority.queries import legal_references
from tillit.foundation.authority.rules.resolving import Why
from tillit.foundation.authority.words import place_in_words
from tillit.foundation.workforce.models import Employee
from tillit.kernel import events, oslo

_STOPS_WHAT_WAS = GIVES | {Outcome.ENDED}
_BLOCK_OF = {
    Why.DISQUALIFIED: Block.DISQUALIFIED,
    Why.LEADER_DISQUALIFIED: Block.LEADER_DISQUALIFIED,
    Why.FOUR_EYES: Block.FOUR_EYES,
}


@transaction.atomic
def decide_case(*, actor: Actor, case_id: int, edition: int, decided_on: date, at: datetime) -> Decision:
    """Make the decision on what the actor has authority to decide; the rest goes on to those who have (`send_on`).

    decided_on: the Oslo day of `at`; a decision is dated neither back nor ahead, so that nobody decides with authority
    that is over or has not begun. One press does all of it or nothing: the lines are copied, what they replace stops
    the day they begin, and the letter is put together, checked and kept.
    Raises NotFound, NotAllowed, ChangedMeanwhile, CaseRefused, and StepBlocked with all that stops it: nothing is
    decided by one who may decide none of it, be it the system, an administrator, an import or a job. Publishes
    CaseMoved and DecisionMade.
    """
    case, scope = open_case(actor=actor, case_id=case_id, permission=DECIDE_CASE, at=at, edition=edition)
    if decided_on != oslo.day_of(at):
        raise CaseRefused(_("Et vedtak får datoen det blir fattet."))
    if State(case.state) not in FROM[Step.DECIDE]:
        raise StepBlocked((Block.NOT_FROM_HERE,))
    asking = ask_authority(actor=actor, case=case, on=decided_on)
    employee = _decider(actor, asking)
    _take_over(actor, case, at)
    sent_on = send_on(actor=actor, case=case, others=asking.others, on=decided_on, at=at) if asking.others else ()
    if found := blocks(facts_of(case, on=decided_on, may_decide=True), Step.DECIDE, on=decided_on):
        raise StepBlocked(found)
    if not all(one.line.outcome for one in asking.mine):
        raise StepBlocked((Block.LINE_UNCLEAR,))
    letter = decision_letter(case=case, answers=asking.mine, others=asking.others, employee=employee, on=decided_on)
    lines = [one.line for one in asking.mine]
    replaced = _replaced(case, lines)
    facts = facts_of(case, on=decided_on, may_decide=True, letter_gaps=letter.stops)
    decision = _store(case, asking, employee, replaced, decided_on, at)
    _store_lines(decision, asking, replaced, language=language_of(case))
    case.is_frame = decision.is_frame
    take_step(
        actor=actor,
        case=case,
        scope=scope,
        step=Step.DECIDE,
        facts=facts,
        permission=DECIDE_CASE,
        on=decided_on,
        at=at,
        data={
            "decision": decision.pk,
            "outcome": decision.outcome,
            "authorities": [one.answer.authority_id for one in asking.mine],
            "sent_on": [new.pk for new in sent_on],
        },
    )
    Line.objects.filter(pk__in=[line.pk for line in lines]).update(state=Line.State.DECIDED)
    decision.letter = keep_letter(
        actor=actor,
        citizen_id=case.citizen_id,
        content=letter.content,
        template_id=letter.template_id,
        ways=(Way.DIGITAL, Way.PAPER),
        at=at,
        scope=scope,
    )
    decision.save(update_fields=["letter"])
    events.publish(DecisionMade(decision.pk, case.pk, case.citizen_id, decision.outcome, decided_on, at))
    return decision


@transaction.atomic
def send_back(*, actor: Actor, case_id: int, edition: int, why: str, at: datetime) -> Case:
    """Send a proposal back to whoever wrote it, with a line about what is missing; it is kept in the case as a note.

    Raises NotFound, NotAllowed, ChangedMeanwhile, CaseRefused, StepBlocked.
    """
    case, scope = open_case(actor=actor, case_id=case_id, permission=DECIDE_CASE, at=at, edition=edition)
    today = oslo.day_of(at)
    if not why.strip():
        raise CaseRefused(_("Skriv hva som mangler, så den som skrev forslaget, vet hva som skal til."))
    case.notes.create(text=why.strip(), happened_on=today, written_by_id=actor.employee_id, written_at=at)
    take_step(
        actor=actor,
        case=case,
        scope=scope,
        step=Step.SEND_BACK,
        facts=facts_of(case, on=today),
        permission=DECIDE_CASE,
        on=today,
        at=at,
    )
    return case


@transaction.atomic
def change_reasons(
    *, actor: Actor, case_id: int, edition: int, reasons: str, how_view_weighed: str, at: datetime
) -> Case:
    """Let the one who decides better the reasons of a proposal.

    Raises NotFound, NotAllowed, ChangedMeanwhile, StepBlocked.
    """
    case, scope = open_case(actor=actor, case_id=case_id, permission=DECIDE_CASE, at=at, edition=edition)
    if State(case.state) is not State.PROPOSED:
        raise StepBlocked((Block.NOT_FROM_HERE,))
    case.reasons, case.how_view_weighed = reasons.strip(), how_view_weighed.strip()
    note_change(
        actor=actor,
        case=case,
        scope=scope,
        permission=DECIDE_CASE,
        at=at,
        change={"changed": ["reasons", "how_view_weighed"]},
        fields=("reasons", "how_view_weighed"),
    )
    return case


def _decider(actor: Actor, asking: Asking) -> Employee:
    """The employee who may decide some of it; StepBlocked when there is none."""
    if not asking.lines:
        raise StepBlocked((Block.NO_LINES,))
    known = actor.employee_id is not None and not actor.is_system
    employee = Employee.objects.filter(pk=actor.employee_id or 0).first() if known else None
    if employee is None or not asking.mine:
        found = {_BLOCK_OF.get(one.answer.why, Block.NO_AUTHORITY) for one in asking.lines}
        raise StepBlocked(block for block in Block if block in found)
    return employee


def _take_over(actor: Actor, case: Case, at: datetime) -> None:
    """To decide what was offered to one's unit is to say yes to it; to decide what one has offered is to keep it."""
    offer = Holding.objects.filter(case=case, answer="").select_related("unit").first()
    if offer is None:
        return
    theirs = bool(actor.roles_at(offer.unit.path))
    offer.answer = Holding.Answer.YES if theirs else Holding.Answer.TAKEN_BACK
    offer.answered_by_id, offer.answered_at = actor.employee_id, at
    offer.save(update_fields=["answer", "answered_by", "answered_at"])
    if theirs:
        case.unit = offer.unit


def _replaced(case: Case, lines: list[Line]) -> dict[int, DecisionLine]:
    """What is in force of the same services in this case, by line: named by the line, or found by its service."""
    standing = DecisionLine.objects.filter(decision__case=case, stopped_on__isnull=True, outcome__in=GIVING).order_by(
        "pk"
    )
    by_service = {row.service_id: row for row in standing}
    found = {line.pk: line.was or by_service.get(line.service_id) for line in lines}
    return {pk: was for pk, was in found.items() if was is not None}


def _store(
    case: Case,
    asking: Asking,
    employee: Employee,
    replaced: dict[int, DecisionLine],
    on: date,
    at: datetime,
) -> Decision:
    lines = [one.line for one in asking.mine]
    outcomes = [Outcome(line.outcome) for line in lines]
    first = asking.mine[0].answer
    assessment = newest_assessment(case)
    authority_id = first.authority_id
    assert authority_id is not None
    acting = next((one.answer.held for one in asking.mine if one.answer.held and one.answer.held.acting), None)
    services = {line.service.code for line in lines}
    before = [was.decision_id for was in replaced.values()]
    return Decision.objects.create(
        case=case,
        outcome=overall(outcomes).value,
        is_individual=any(_is_individual(line) for line in lines),
        is_frame=any(line.span_percent is not None for line in lines if Outcome(line.outcome) in GIVES),
        by_citizen=case.by_citizen,
        decided_on=on,
        decided_at=at,
        decided_by=employee,
        unit=case.unit,
        authority_id=authority_id,
        acting_for=place_in_words(acting)[:200] if acting else "",
        prepared_by_id=case.proposed_by_id,
        reasons=case.reasons,
        own_view=assessment.own_view if assessment else "",
        how_view_weighed=case.how_view_weighed,
        legal_references=[f"{one.act} {one.section}" for one in legal_references(services, on)],
        evaluate_on=case.evaluate_on,
        supersedes_id=max(before) if before else None,
    )


def _store_lines(decision: Decision, asking: Asking, replaced: dict[int, DecisionLine], *, language: Language) -> None:
    lines = [one.line for one in asking.mine]
    charges = charges_of(lines, on=decision.decided_on)
    for one in asking.mine:
        line, outcome = one.line, Outcome(one.line.outcome)
        was, authority_id = replaced.get(line.pk), one.answer.authority_id
        assert authority_id is not None
        unsaid = WORDS[language]["may_cost" if line.service.may_be_charged else "free"]
        DecisionLine.objects.create(
            decision=decision,
            authority_id=authority_id,
            service_id=line.service_id,
            outcome=line.outcome,
            content=line.content,
            extent=line.extent,
            span_percent=line.span_percent,
            starts_on=line.starts_on,
            ends_on=line.ends_on,
            reasons=line.reasons,
            charge_words=charges.get(line.pk, unsaid) if outcome in GIVES else "",
            was=was,
            rank=line.rank,
        )
        if was is not None and outcome in _STOPS_WHAT_WAS:
            was.stopped_on = line.starts_on or decision.decided_on + timedelta(days=1)
            was.save(update_fields=["stopped_on"])


def _is_individual(line: Line) -> bool:
    """Help for more than two weeks, and all that refuses, reduces or ends, is an enkeltvedtak; so is a stay."""
    if Outcome(line.outcome) not in (Outcome.GRANTED, Outcome.PARTLY) or line.starts_on is None:
        return True
    return is_individual_decision(line.starts_on, line.ends_on, always=line.service.group == ServiceGroup.STAY)
