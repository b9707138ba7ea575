"""The fields and sections a letter of each kind has: the contract between a template and whoever fills it in.

Where the list comes from: forvaltningsloven §§23–27 and the Directorate's guide on casework, gathered in
casework.md §5. The law's own sections never stand here: references are data, given by the caller with the day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from tillit.care.letters.rules.kinds import DECISIONS, LetterKind


class Shape(StrEnum):
    """What a field may hold. Texts may be given wherever a list may, and a list of one is a text."""

    TEXT = "TEXT"  # some words, inside a sentence
    DAY = "DAY"  # a date; written in full in the language of the letter
    PROSE = "PROSE"  # one or more paragraphs, on a line of its own
    POINTS = "POINTS"  # several points: alone on a line a list, inside a sentence "a, b og c"
    TABLE = "TABLE"  # a table, on a line of its own


@dataclass(frozen=True, slots=True)
class FieldRule:
    """A field a template may use. An empty optional field takes the line it stands on with it."""

    name: str
    shape: Shape
    required: bool


@dataclass(frozen=True, slots=True)
class SectionRule:
    """A section every template of the kind must have, with the fields that must stand in it or in another.

    when: the section stands only in letters where this field is filled in; unless: only where it is not.
    """

    code: str
    unless: str = ""
    when: str = ""


_SHAPES: dict[str, Shape] = {
    "services": Shape.POINTS,
    "refused_services": Shape.POINTS,
    "service_lines": Shape.POINTS,
    "refused_lines": Shape.POINTS,
    "considered_lines": Shape.POINTS,
    "change_table": Shape.TABLE,
    "goal_lines": Shape.POINTS,
    "provider_lines": Shape.POINTS,
    "other_help": Shape.POINTS,
    "documents": Shape.POINTS,
    "applied_on": Shape.DAY,
    "applied_for": Shape.POINTS,
    "conversation_on": Shape.DAY,
    "assessed_on": Shape.DAY,
    "warned_on": Shape.DAY,
    "effective_on": Shape.DAY,
    "decision_on": Shape.DAY,
    "received_on": Shape.DAY,
    "forwarded_on": Shape.DAY,
    "answer_by": Shape.DAY,
    "reply_by": Shape.DAY,
    "review_on": Shape.DAY,
    "plan_on": Shape.DAY,
    "appeal_last_day": Shape.DAY,
    "appeal_body": Shape.TEXT,
    "what_stands": Shape.TEXT,
    "matters": Shape.PROSE,
    "reply": Shape.PROSE,
    "facts": Shape.PROSE,
    "considerations": Shape.PROSE,
    "citizen_view": Shape.PROSE,
    "delay_reason": Shape.PROSE,
    "what_to_do": Shape.PROSE,
    "stay_outcome": Shape.PROSE,
    "legal_references": Shape.POINTS,
    "procedure_references": Shape.POINTS,
    "free_services": Shape.POINTS,
    "charge_lines": Shape.POINTS,
}

#: Filled in from the letter's head, in every kind.
HEAD_FIELDS: Mapping[str, Shape] = {
    "municipality": Shape.TEXT,
    "unit": Shape.TEXT,
    "phone": Shape.TEXT,
    "case_worker": Shape.TEXT,
    "case_reference": Shape.TEXT,
    "recipient_name": Shape.TEXT,
}

_APPEAL = ("appeal_body", "appeal_last_day")
_REASONS = ("facts", "considerations", "citizen_view", "legal_references")

#: kind → (required fields, optional fields)
_FIELDS: dict[LetterKind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    LetterKind.DECISION_GRANTED: (
        ("services", "applied_on", "applied_for", "service_lines", "citizen_view", "legal_references", "review_on",
         *_APPEAL),
        ("conversation_on", "matters", "provider_lines", "plan_on", "facts", "considerations", "free_services",
         "charge_lines", "procedure_references"),
    ),
    LetterKind.DECISION_PARTLY: (
        ("services", "refused_services", "applied_on", "applied_for", "service_lines", "refused_lines", *_REASONS,
         "review_on", *_APPEAL),
        ("conversation_on", "matters", "provider_lines", "plan_on", "other_help", "free_services", "charge_lines",
         "procedure_references"),
    ),
    LetterKind.DECISION_REFUSED: (
        ("refused_services", "applied_on", "applied_for", "refused_lines", *_REASONS, *_APPEAL),
        ("conversation_on", "matters", "other_help", "procedure_references"),
    ),
    LetterKind.DECISION_REDUCED: (
        ("services", "effective_on", "assessed_on", "change_table", *_REASONS, "review_on", *_APPEAL),
        ("warned_on", "matters", "reply", "goal_lines", "provider_lines", "plan_on", "free_services", "charge_lines",
         "procedure_references"),
    ),
    LetterKind.DECISION_ENDED: (
        ("services", "effective_on", "service_lines", "assessed_on", *_REASONS, *_APPEAL),
        ("warned_on", "matters", "reply", "goal_lines", "other_help", "procedure_references"),
    ),
    LetterKind.DISMISSED: (
        ("applied_on", "applied_for", "considerations", "legal_references", *_APPEAL),
        ("what_to_do", "procedure_references"),
    ),
    LetterKind.RECEIPT: (
        ("received_on", "applied_for", "answer_by"),
        ("matters", "documents", "procedure_references"),
    ),
    LetterKind.INTERIM_REPLY: (
        ("received_on", "applied_for", "delay_reason", "answer_by"),
        ("what_to_do", "procedure_references"),
    ),
    LetterKind.ADVANCE_NOTICE: (
        ("services", "considered_lines", "facts", "legal_references", "reply_by"),
        ("matters", "goal_lines", "effective_on", "procedure_references"),
    ),
    LetterKind.APPEAL_RECEIPT: (
        ("received_on", "decision_on", "appeal_body", "answer_by"),
        ("stay_outcome", "documents", "procedure_references"),
    ),
    LetterKind.APPEAL_FORWARDED: (
        ("received_on", "decision_on", "forwarded_on", "what_stands", "considerations", "legal_references",
         "appeal_body"),
        ("reply_by", "documents", "stay_outcome", "procedure_references"),
    ),
    LetterKind.APPEAL_CHANGED: (
        ("services", "received_on", "decision_on", "service_lines", "considerations", "citizen_view",
         "legal_references", "review_on", *_APPEAL),
        ("refused_lines", "facts", "plan_on", "free_services", "charge_lines", "procedure_references"),
    ),
    LetterKind.APPEAL_DISMISSED: (
        ("received_on", "decision_on", "considerations", "legal_references", *_APPEAL),
        ("what_to_do", "procedure_references"),
    ),
}  # fmt: skip

_DECIDED = (SectionRule("opening"), SectionRule("decided"), SectionRule("reasons"))
_DISAGREE = (SectionRule("appeal"), SectionRule("access"), SectionRule("stay"))
_CHARGE = (SectionRule("free", unless="charge_lines"), SectionRule("charge", when="charge_lines"))
_SECTIONS: dict[LetterKind, tuple[SectionRule, ...]] = {
    LetterKind.DECISION_GRANTED: (
        *_DECIDED, SectionRule("ask_reasons", unless="considerations"), *_CHARGE, *_DISAGREE, SectionRule("next"),
    ),
    LetterKind.DECISION_PARTLY: (*_DECIDED, SectionRule("refused"), *_CHARGE, *_DISAGREE, SectionRule("next")),
    LetterKind.DECISION_REFUSED: (*_DECIDED, *_DISAGREE, SectionRule("next")),
    LetterKind.DECISION_REDUCED: (*_DECIDED, *_CHARGE, *_DISAGREE, SectionRule("next")),
    LetterKind.DECISION_ENDED: (*_DECIDED, *_DISAGREE, SectionRule("next")),
    LetterKind.DISMISSED: (*_DECIDED, *_DISAGREE),
    LetterKind.RECEIPT: (SectionRule("opening"), SectionRule("next"), SectionRule("access")),
    LetterKind.INTERIM_REPLY: (SectionRule("opening"), SectionRule("reasons"), SectionRule("next")),
    LetterKind.ADVANCE_NOTICE: (
        SectionRule("opening"), SectionRule("considered"), SectionRule("reasons"), SectionRule("reply"),
        SectionRule("access"),
    ),
    LetterKind.APPEAL_RECEIPT: (SectionRule("opening"), SectionRule("next"), SectionRule("stay")),
    LetterKind.APPEAL_FORWARDED: (
        SectionRule("opening"), SectionRule("reasons"), SectionRule("next"), SectionRule("access"),
    ),
    LetterKind.APPEAL_CHANGED: (*_DECIDED, *_CHARGE, *_DISAGREE, SectionRule("next")),
    LetterKind.APPEAL_DISMISSED: (*_DECIDED, *_DISAGREE),
}  # fmt: skip


@cache
def fields_of(kind: LetterKind) -> dict[str, FieldRule]:
    """Return the fields a template of this kind may use: the kind's own, then those of the head."""
    required, optional = _FIELDS[kind]
    own = {name: FieldRule(name, _SHAPES[name], required=True) for name in required}
    own |= {name: FieldRule(name, _SHAPES[name], required=False) for name in optional}
    return own | {name: FieldRule(name, shape, required=False) for name, shape in HEAD_FIELDS.items()}


@cache
def sections_of(kind: LetterKind) -> dict[str, SectionRule]:
    """Return the sections a template of this kind must have, by code."""
    return {rule.code: rule for rule in _SECTIONS[kind]}


def is_decision(kind: LetterKind) -> bool:
    """Whether the letter settles somebody's rights, so that it carries reasons and the right to appeal."""
    return kind in DECISIONS
