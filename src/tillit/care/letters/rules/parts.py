"""What the law wants in a letter, and what is missing in this one. `missing_parts` stops the signing."""

from dataclasses import dataclass
from enum import StrEnum

from tillit.care.letters.rules.catalogue import fields_of, is_decision, sections_of
from tillit.care.letters.rules.content import LetterContent, texts_of
from tillit.care.letters.rules.kinds import LetterKind


class PartCode(StrEnum):
    """The parts of a letter that somebody may look for (casework.md §5, numbered as there)."""

    DECIDER = "DECIDER"  # 1: who decides, and in which unit
    CASE_WORKER = "CASE_WORKER"  # 1
    CASE_REFERENCE = "CASE_REFERENCE"  # 1
    RECIPIENT = "RECIPIENT"
    TITLE = "TITLE"
    APPLIED = "APPLIED"  # 2: what was applied for, or what we wrote about before
    OUTCOME = "OUTCOME"  # 2–3: each service, content, amount, period
    REFUSED = "REFUSED"  # 2
    RULES = "RULES"  # 4
    FACTS = "FACTS"  # 4
    CONSIDERATIONS = "CONSIDERATIONS"  # 4
    CITIZEN_VIEW = "CITIZEN_VIEW"  # 4: and how it weighed
    MATTERS = "MATTERS"  # the citizen's own words
    CHARGE = "CHARGE"  # 5
    APPEAL = "APPEAL"  # 6: right, body, deadline, help
    ACCESS = "ACCESS"  # 6: the documents
    STAY = "STAY"  # 6: that we may wait
    NEXT = "NEXT"  # 7: when we look again, and to tell of changes
    ANSWER_BY = "ANSWER_BY"
    DELAY = "DELAY"
    REPLY = "REPLY"  # how and by when one may speak before we decide


@dataclass(frozen=True, slots=True)
class Part:
    """A part that belongs in letters of a kind: these fields filled in, one of those, these sections with text.

    blocks: without it the letter cannot be signed. Else it is advice.
    """

    code: PartCode
    fields: frozenset[str] = frozenset()
    one_of: frozenset[str] = frozenset()
    sections: frozenset[str] = frozenset()
    blocks: bool = True


@dataclass(frozen=True, slots=True)
class Gap:
    """A part that is missing. blocks: the letter cannot be signed before it is there."""

    code: PartCode
    blocks: bool


_FIELD_PARTS: dict[PartCode, tuple[str, ...]] = {
    PartCode.APPLIED: ("applied_on", "applied_for", "received_on", "decision_on", "warned_on", "assessed_on"),
    PartCode.OUTCOME: (
        "service_lines",
        "change_table",
        "considered_lines",
        "effective_on",
        "forwarded_on",
        "what_stands",
    ),
    PartCode.REFUSED: ("refused_lines",),
    PartCode.RULES: ("legal_references",),
    PartCode.FACTS: ("facts",),
    PartCode.CONSIDERATIONS: ("considerations",),
    PartCode.CITIZEN_VIEW: ("citizen_view",),
    PartCode.APPEAL: ("appeal_body", "appeal_last_day"),
    PartCode.NEXT: ("review_on",),
    PartCode.ANSWER_BY: ("answer_by",),
    PartCode.DELAY: ("delay_reason",),
    PartCode.REPLY: ("reply_by",),
}
_SECTION_PARTS: dict[PartCode, tuple[str, ...]] = {
    PartCode.APPLIED: ("opening",),
    PartCode.OUTCOME: ("decided", "considered"),
    PartCode.APPEAL: ("appeal",),
    PartCode.ACCESS: ("access",),
    PartCode.STAY: ("stay",),
    PartCode.NEXT: ("next",),
    PartCode.REPLY: ("reply",),
}
#: A decision in full favour may go without its reasons (fvl §24); the reader may ask for them afterwards.
_ADVICE_WHEN_GRANTED = {PartCode.FACTS: "facts", PartCode.CONSIDERATIONS: "considerations"}


def required_parts(kind: LetterKind) -> tuple[Part, ...]:
    """Return what belongs in letters of this kind, in the order of PartCode; advice has blocks=False."""
    known, sections = fields_of(kind), sections_of(kind)
    found = []
    for code in PartCode:
        needed = frozenset(name for name in _FIELD_PARTS.get(code, ()) if name in known and known[name].required)
        stand = frozenset(name for name in _SECTION_PARTS.get(code, ()) if name in sections)
        if needed or stand:
            found.append(Part(code, fields=needed, sections=stand))
        elif code is PartCode.CHARGE and "charge" in sections:
            found.append(Part(code, one_of=frozenset({"free_services", "charge_lines"})))
        elif code is PartCode.MATTERS and is_decision(kind) and "matters" in known:
            found.append(Part(code, fields=frozenset({"matters"}), blocks=False))
        elif code in _ADVICE_WHEN_GRANTED and kind is LetterKind.DECISION_GRANTED:
            found.append(Part(code, fields=frozenset({_ADVICE_WHEN_GRANTED[code]}), blocks=False))
        elif code in _HEAD_PARTS and (code is not PartCode.DECIDER or _is_signed(kind)):
            found.append(Part(code))
    return tuple(found)


_HEAD_PARTS = frozenset(
    {PartCode.DECIDER, PartCode.CASE_WORKER, PartCode.CASE_REFERENCE, PartCode.RECIPIENT, PartCode.TITLE}
)


def _is_signed(kind: LetterKind) -> bool:
    return is_decision(kind) or kind is LetterKind.APPEAL_FORWARDED


def missing_parts(content: LetterContent) -> tuple[Gap, ...]:
    """Return what is missing in the letter, in the order of PartCode; empty when it can be signed and needs no advice.

    It cannot judge whether reasons are good: only that facts, rules, considerations and the citizen's view are there.
    """
    filled = content.filled
    with_text = {section.code for section in content.sections if any(text.strip() for text in texts_of(section))}
    return tuple(
        Gap(part.code, part.blocks)
        for part in required_parts(content.kind)
        if not _there(part, content, filled, with_text)
    )


def _there(part: Part, content: LetterContent, filled: frozenset[str], with_text: set[str]) -> bool:
    head = content.head
    match part.code:
        case PartCode.DECIDER:
            signed = any(signer.name.strip() and signer.title.strip() for signer in head.signers)
            return signed and bool(
                head.sender.unit.strip() and head.sender.municipality.strip() and head.sender.address
            )
        case PartCode.CASE_WORKER:
            return bool(head.case_worker.strip())
        case PartCode.CASE_REFERENCE:
            return bool(head.case_reference.strip())
        case PartCode.RECIPIENT:
            return bool(head.recipient.name.strip() and any(line.strip() for line in head.recipient.address))
        case PartCode.TITLE:
            return bool(content.title.strip())
    return part.fields <= filled and part.sections <= with_text and (not part.one_of or bool(part.one_of & filled))


def can_be_signed(content: LetterContent) -> bool:
    """Whether nothing that blocks is missing."""
    return not any(gap.blocks for gap in missing_parts(content))
