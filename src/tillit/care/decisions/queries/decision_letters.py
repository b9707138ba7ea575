"""The letter that tells a decision: put together from the proposal, before and when it is decided (R19)."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from tillit.care.decisions.models import AdvanceNotice, Appeal, Assessment, Case, ChargeRate, Line, ProviderChoice
from tillit.care.decisions.queries.authority import LineAnswer
from tillit.care.decisions.queries.background import Background, background_of
from tillit.care.decisions.queries.letter_fields import (
    LetterDraft,
    contact_signer,
    draft,
    is_to_carer,
    language_of,
    law_on,
    letter_head,
    letter_signer,
    named,
    procedure_of,
    says_where_to_ask,
)
from tillit.care.decisions.queries.notices import expected_last_day
from tillit.care.decisions.queries.rows import CaseRows
from tillit.care.decisions.rules.appeals import AppealState
from tillit.care.decisions.rules.letter_words import WORDS, amount, period, sentence, span
from tillit.care.decisions.rules.states import GIVES, NEEDS_REASONS, TAKES_AWAY, Outcome, overall
from tillit.care.letters.rendering import Value
from tillit.care.letters.rules import (
    Gap,
    Item,
    Language,
    LetterHead,
    LetterKind,
    PartCode,
    Table,
    day,
    fields_of,
)
from tillit.foundation.workforce.models import Employee

KINDS: dict[Outcome, LetterKind] = {
    Outcome.GRANTED: LetterKind.DECISION_GRANTED,
    Outcome.PARTLY: LetterKind.DECISION_PARTLY,
    Outcome.REFUSED: LetterKind.DECISION_REFUSED,
    Outcome.REDUCED: LetterKind.DECISION_REDUCED,
    Outcome.ENDED: LetterKind.DECISION_ENDED,
    Outcome.DISMISSED: LetterKind.DISMISSED,
}
_APPEAL_RULES = ("APPEAL_RIGHT", "APPEAL_DEADLINE", "PARTY_ACCESS", "STAY_OF_EXECUTION")


def decision_letter(
    *,
    case: Case,
    answers: Sequence[LineAnswer],
    others: Sequence[LineAnswer] = (),
    employee: Employee | None,
    on: date,
    reasons: str | None = None,
    background: Background | None = None,
) -> LetterDraft:
    """Return the decision's letter as it would be on a day. Constant queries; few when the background is known.

    To a carer who asks for herself goes nothing of what the citizen has said or of her assessment: the facts are in the
    case, and the reasons are what was written for the carer (fvl § 25 lets a letter refer to what the party knows).
    answers: the lines it decides, with outcomes. others: what others decide, told as such. employee: who signs; None
    while nobody here may. reasons: given afterwards, when she asked for them.
    """
    lines = [one.line for one in answers]
    language = language_of(case)
    words = WORDS[language]
    known = background or background_of(case, on=on)
    rows, brief, to_carer = known.rows, known.brief, is_to_carer(case)
    plan, said = (None, None) if to_carer else (known.plan, known.words)
    outcome = overall(Outcome(line.outcome) for line in lines)
    assessment, notice = rows.newest_assessment, rows.warning
    appeal = _appeal_answered(rows, outcome, made=reasons is not None)
    kind = LetterKind.APPEAL_CHANGED if appeal else _kind(outcome, notice, by_citizen=case.by_citizen)
    charges = charges_of(lines, on=on)
    giving = [line for line in lines if Outcome(line.outcome) in GIVES]
    refused = [line for line in lines if Outcome(line.outcome) not in GIVES]
    everything = case.reasons if reasons is None else reasons
    starts = [line.starts_on for line in lines if line.starts_on and (outcome is not Outcome.REDUCED or _less(line))]
    ends = [line.ends_on for line in giving if line.ends_on]
    facts = words["carer_facts"] if to_carer else assessment.summary if assessment else ""
    law = law_on(lines, on=on, language=language)
    fields: dict[str, Value] = {
        "services": [named(line, language, inside=True) for line in _named(kind, lines, giving)],
        "refused_services": [named(line, language, inside=True) for line in refused] or [words["not_all"]],
        "applied_on": case.reassessed_from or case.received_on,
        "applied_for": [named(line, language, inside=True) for line in _asked(lines, others)],
        "service_lines": [
            Item(line_text(line, language), f"{named(line, language)}:") for line in _told(kind, lines, giving)
        ],
        "refused_lines": [
            Item(line.reasons or everything, f"{named(line, language)}:")
            for line in refused or [one for one in lines if one.outcome == Outcome.PARTLY]
        ],
        "change_table": _changes(lines, language),
        "citizen_view": "\n".join(
            filter(None, (assessment.own_view if assessment and not to_carer else "", case.how_view_weighed))
        ),
        "legal_references": law.cited,
        "review_on": case.evaluate_on or min(ends, default=None),
        "appeal_body": words["appeal_body"],
        "appeal_last_day": expected_last_day(on, practice=known.practice),
        "matters": said.words if said else None,
        "conversation_on": _talked_on(assessment) if assessment and not to_carer else None,
        "assessed_on": assessment.held_on if assessment else None,
        "warned_on": notice.sent_on if notice else None,
        "reply": notice.reply if notice else None,
        "effective_on": min(starts, default=None),
        "plan_on": plan.since if plan and plan.in_use else None,
        "provider_lines": _providers(() if to_carer else known.choices, others, language),
        "facts": facts if assessment and (everything or outcome in NEEDS_REASONS) else None,
        "considerations": _considerations(lines, everything, language),
        "procedure_references": procedure_of(*_APPEAL_RULES, on=on, language=language),
        "free_services": [named(line, language, inside=True) for line in giving if not line.service.may_be_charged],
        "received_on": appeal.received_on if appeal else None,
        "decision_on": appeal.decision.decided_on if appeal else None,
    }
    held = next((one.answer.held for one in answers if one.answer.may), None)
    signers = (letter_signer(employee, held, language),) if employee else ()
    contact = () if to_carer else contact_signer(brief, language, but=employee.pk if employee else None)
    head = letter_head(case, on=on, signers=(*signers, *contact), brief=brief)
    fields["charge_lines"], untold = _charge_lines(giving, charges, head, language)
    return draft(
        kind,
        {name: value for name, value in fields.items() if name in fields_of(kind)},
        language=language,
        head=head,
        on=on,
        law_missing=law.missing,
        more_gaps=(Gap(PartCode.CHARGE, True),) if untold else (),
        rates_missing=tuple(
            line.service.name for line in giving if line.service.may_be_charged and line.pk not in charges
        ),
    )


def _talked_on(assessment: Assessment) -> date:
    """The day somebody talked with her: of the conversation it builds on, or when she was assessed."""
    return assessment.conversation.held_on if assessment.conversation else assessment.held_on


def charges_of(lines: Sequence[Line], *, on: date) -> dict[int, str]:
    """Return what she pays for each line, in words, by line id. One query.

    A line that is left out is free when its service never costs anything; else nobody has said what it costs.

    The rate in force the day the help begins, or the day of the decision when that is later.
    """
    wanted = {line.service_id for line in lines if line.service.may_be_charged}
    rates = list(
        ChargeRate.objects.filter(service_id__in=wanted)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
        .order_by("valid_from")
    )
    found: dict[int, str] = {}
    for line in lines:
        day_asked = max(filter(None, (line.starts_on, on)))
        for rate in rates:
            over = rate.valid_to is not None and rate.valid_to <= day_asked
            if rate.service_id == line.service_id and rate.valid_from <= day_asked and not over:
                found[line.pk] = rate.words
    return found


def _charge_lines(
    giving: Sequence[Line], charges: dict[int, str], head: LetterHead, language: Language
) -> tuple[list[Item], bool]:
    """What she pays; where no rate is set, that she may have to, and where she can ask: never that it is free.

    True besides: there is something that costs, and nothing true to say of it, for she has nowhere to ask.
    """
    found, untold = [], False
    for line in giving:
        if not line.service.may_be_charged:
            continue
        if line.pk in charges:
            found.append(Item(charges[line.pk], f"{named(line, language)}:"))
        elif says_where_to_ask(head):
            words = WORDS[language]["charge_by_phone" if head.sender.phone else "charge_by_letter"]
            text = words.format(service=named(line, language, inside=True), phone=head.sender.phone)
            found.append(Item(text))
        else:
            untold = True
    return found, untold


def line_text(line: Line, language: Language) -> str:
    """Return what a line gives, in the letter's words: content, amount with its span, period."""
    if line.outcome == Outcome.ENDED:
        ends = WORDS[language]["ends"].format(day=day(line.starts_on)) if line.starts_on else ""
        return sentence((line.content, ends))
    extent = amount(line.extent, line.service.extent_in, language) if line.extent is not None else ""
    swings = span(line.extent, line.span_percent, language) if line.extent is not None and line.span_percent else ""
    numbers = ", ".join(filter(None, (extent, swings, period(line.starts_on, line.ends_on, language))))
    return sentence((line.content, numbers))


def _kind(outcome: Outcome, notice: AdvanceNotice | None, *, by_citizen: bool) -> LetterKind:
    """The kind of letter. Who asked for less herself and gets it, has got what she asked for."""
    kind = KINDS[outcome]
    wants_warning = "warned_on" in fields_of(kind) and fields_of(kind)["warned_on"].required
    if outcome is Outcome.REDUCED and wants_warning and notice is None and by_citizen:
        return LetterKind.DECISION_GRANTED
    return kind


def _appeal_answered(rows: CaseRows, outcome: Outcome, *, made: bool) -> Appeal | None:
    """The appeal that a decision answers by giving what was refused: changed, and followed by no decision but this.

    made: the decision is made already, so that the appeal names it.
    """
    if outcome not in (Outcome.GRANTED, Outcome.PARTLY):
        return None
    answer = rows.newest_decision if made else None
    answered = [
        one
        for one in rows.appeals
        if AppealState(one.state) in (AppealState.CHANGED, AppealState.PARTLY_CHANGED)
        and one.new_decision_id == (answer.pk if answer else None)
    ]
    return max(answered, key=lambda one: (one.reviewed_on or date.min, one.pk), default=None)


def _named(kind: LetterKind, lines: Sequence[Line], giving: Sequence[Line]) -> Sequence[Line]:
    if kind is LetterKind.DECISION_REDUCED:
        return [line for line in lines if _less(line)] or lines
    return lines if kind is LetterKind.DECISION_ENDED else giving or lines


def _told(kind: LetterKind, lines: Sequence[Line], giving: Sequence[Line]) -> Sequence[Line]:
    ended = [line for line in lines if line.outcome == Outcome.ENDED]
    return ended if kind is LetterKind.DECISION_ENDED else [*giving, *ended]


def _less(line: Line) -> bool:
    return Outcome(line.outcome) in TAKES_AWAY


def _asked(lines: Sequence[Line], others: Sequence[LineAnswer]) -> Sequence[Line]:
    every = [*lines, *(one.line for one in others)]
    return [line for line in every if line.is_asked_for] or every


def _considerations(lines: Sequence[Line], reasons: str, language: Language) -> str:
    """The proposal's reasons, then what is said of single services that are granted."""
    own = [
        f"{named(line, language)}: {line.reasons}" for line in lines if line.reasons and line.outcome != Outcome.REFUSED
    ]
    return "\n".join(filter(None, (reasons, *own)))


def _changes(lines: Sequence[Line], language: Language) -> Table:
    words = WORDS[language]
    rows = []
    for line in lines:
        before, now = words["nothing"], words["nothing"]
        if line.was is not None:
            extent = line.was.extent
            numbers = amount(extent, line.service.extent_in, language) if extent is not None else ""
            before = sentence((line.was.content, numbers))
        if Outcome(line.outcome) in GIVES:
            now = line_text(line, language)
        elif line.outcome != Outcome.ENDED:
            now = words["as_before"]
        rows.append((named(line, language), before, now))
    return Table((words["service"], words["before"], words["now"]), tuple(rows))


def _providers(choices: Sequence[ProviderChoice], others: Sequence[LineAnswer], language: Language) -> list[Item]:
    """Who gives the help, when she has chosen; and what others decide."""
    words = WORDS[language]
    choice = next((one for one in choices if one.chosen_on is not None), None)
    found = []
    if choice is not None:
        found.append(Item(words["provider"], choice.unit.name if choice.unit else choice.provider))
    for other in others:
        place = next((one.place.unit_name for one in other.answer.deciders if one.place.unit_name), "")
        text = words["others_decide"].format(unit=place) if place else words["others_decide_unknown"]
        found.append(Item(text, f"{named(other.line, language)}:"))
    return found
