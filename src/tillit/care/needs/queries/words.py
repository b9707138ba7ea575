"""What the citizen said, shown on every page about her."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, QuerySet, Subquery

from tillit.care.needs.models import Participant, WhatMatters


@dataclass(frozen=True, slots=True)
class Words:
    """What matters to one citizen, verbatim and without quotation marks."""

    what_matters_id: int
    words: str
    short: str  # for lists: the short version, or the words themselves
    good_days: str
    rather_not: str
    said_on: date
    review_on: date | None
    place: str
    with_names: tuple[str, ...]  # colleagues first, then the citizen's own people
    own_names: tuple[str, ...]  # the citizen's own people only


def newest_words(citizen_ids: Iterable[int], *, names: bool = True) -> dict[int, Words]:
    """Return the newest words of each citizen, in two queries; those not asked yet are left out.

    names: with who took part; without them it is one query. Callers have checked reach and note the reading.
    """
    wanted = list(dict.fromkeys(citizen_ids))
    if not wanted:
        return {}
    rows = list(_newest(wanted).select_related("conversation"))
    talks = [row.conversation_id for row in rows if row.conversation_id is not None]
    colleagues, own = _participants(talks) if names else (defaultdict(list), defaultdict(list))
    return {
        row.citizen_id: Words(
            what_matters_id=row.pk,
            words=row.words,
            short=row.short_words or row.words,
            good_days=row.good_days,
            rather_not=row.rather_not,
            said_on=row.said_on,
            review_on=row.review_on,
            place=row.conversation.place if row.conversation else "",
            with_names=(*colleagues[row.conversation_id or 0], *own[row.conversation_id or 0]),
            own_names=tuple(own[row.conversation_id or 0]),
        )
        for row in rows
    }


def short_words(citizen_ids: Iterable[int]) -> dict[int, str]:
    """Return the newest words of each citizen in one line, in one query; those not asked yet are left out.

    Callers have checked reach and note the reading.
    """
    rows = _newest(list(dict.fromkeys(citizen_ids))).values_list("citizen_id", "short_words", "words")
    return {citizen_id: short or words for citizen_id, short, words in rows}


def _newest(citizen_ids: list[int]) -> QuerySet[WhatMatters]:
    newest = (
        WhatMatters.objects.filter(citizen_id=OuterRef("citizen_id"))
        .exclude(words="")  # removed from the journal
        .order_by("-recorded_at", "-pk")
        .values("pk")[:1]
    )
    return WhatMatters.objects.filter(citizen_id__in=citizen_ids, pk=Subquery(newest))


def names_in(conversation_id: int) -> tuple[str, ...]:
    """Return who took part in a conversation besides the citizen: colleagues first. Callers have checked reach."""
    colleagues, own = _participants([conversation_id])
    return (*colleagues[conversation_id], *own[conversation_id])


def _participants(conversation_ids: list[int]) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    colleagues: dict[int, list[str]] = defaultdict(list)
    own: dict[int, list[str]] = defaultdict(list)
    rows = (
        Participant.objects.filter(conversation_id__in=conversation_ids)
        .select_related("employee", "network_member")
        .order_by("pk")
    )
    for row in rows:
        if row.employee is not None:
            colleagues[row.conversation_id].append(row.employee.name)
        elif row.network_member is not None:
            own[row.conversation_id].append(row.network_member.name)
    return colleagues, own
