"""When something may be removed from a journal, what must be true, and who decides.

Sources: helsepersonelloven § 42 (correction), § 43 (deletion), § 44 (written in the wrong person's journal);
pasientjournalloven § 25. The citizen's demand and what the staff themselves find go the same way.
"""

from collections.abc import Collection
from enum import StrEnum


class RequestKind(StrEnum):
    """What is asked for. Stored."""

    WRONG_PERSON = "WRONG_PERSON"
    DELETE = "DELETE"
    CORRECT = "CORRECT"


class Condition(StrEnum):
    """What the one who decides must have found. Stored with the decision."""

    CONCERNS_ANOTHER = "CONCERNS_ANOTHER"
    NO_PUBLIC_INTEREST = "NO_PUBLIC_INTEREST"
    UNOBJECTIONABLE = "UNOBJECTIONABLE"
    ARCHIVE_ALLOWS = "ARCHIVE_ALLOWS"
    WRONG_OR_NEEDLESS = "WRONG_OR_NEEDLESS"
    IS_WRONG = "IS_WRONG"


_NEEDED: dict[RequestKind, tuple[Condition, ...]] = {
    RequestKind.WRONG_PERSON: (Condition.CONCERNS_ANOTHER, Condition.NO_PUBLIC_INTEREST),
    RequestKind.DELETE: (Condition.WRONG_OR_NEEDLESS, Condition.UNOBJECTIONABLE, Condition.ARCHIVE_ALLOWS),
    RequestKind.CORRECT: (Condition.IS_WRONG,),
}


def conditions(kind: RequestKind) -> tuple[Condition, ...]:
    """Return what must all be true before it is agreed to."""
    return _NEEDED[kind]


def missing(kind: RequestKind, found: Collection[str]) -> tuple[Condition, ...]:
    """Return the conditions nobody has found to be met: with any left, the answer is no."""
    return tuple(one for one in conditions(kind) if one.value not in set(found))


def may_decide(*, decider_id: int | None, author_ids: Collection[int | None], asked_by_id: int | None) -> bool:
    """Whether somebody may decide: neither who wrote it, nor who asked."""
    return decider_id is not None and decider_id not in {*author_ids, asked_by_id}
