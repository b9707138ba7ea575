"""Which letters there are, in which languages, and how they leave the house."""

from enum import StrEnum


class LetterKind(StrEnum):
    """What a letter is for. A template and a list of required parts belong to each."""

    DECISION_GRANTED = "DECISION_GRANTED"
    DECISION_PARTLY = "DECISION_PARTLY"
    DECISION_REFUSED = "DECISION_REFUSED"
    DECISION_REDUCED = "DECISION_REDUCED"
    DECISION_ENDED = "DECISION_ENDED"
    DISMISSED = "DISMISSED"
    RECEIPT = "RECEIPT"
    INTERIM_REPLY = "INTERIM_REPLY"
    ADVANCE_NOTICE = "ADVANCE_NOTICE"
    APPEAL_RECEIPT = "APPEAL_RECEIPT"
    APPEAL_FORWARDED = "APPEAL_FORWARDED"
    APPEAL_CHANGED = "APPEAL_CHANGED"
    APPEAL_DISMISSED = "APPEAL_DISMISSED"


class Language(StrEnum):
    """The written language of a letter: the reader's choice, not the writer's."""

    BOKMAL = "nb"
    NYNORSK = "nn"


class Way(StrEnum):
    """How a letter leaves: on paper, or digitally. Both is common."""

    PAPER = "PAPER"
    DIGITAL = "DIGITAL"


#: Letters that settle somebody's rights: they carry reasons and the right to appeal (fvl §§23–27, casework.md §5).
DECISIONS = frozenset(
    {
        LetterKind.DECISION_GRANTED,
        LetterKind.DECISION_PARTLY,
        LetterKind.DECISION_REFUSED,
        LetterKind.DECISION_REDUCED,
        LetterKind.DECISION_ENDED,
        LetterKind.DISMISSED,
        LetterKind.APPEAL_CHANGED,
        LetterKind.APPEAL_DISMISSED,
    }
)
