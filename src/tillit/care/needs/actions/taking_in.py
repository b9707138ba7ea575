"""What matters to many citizens at once, as a record system's file tells of it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction

from tillit.care.citizens.permissions import TAKE_IN
from tillit.care.citizens.queries import scopes_of
from tillit.care.journal.actions import sign_many
from tillit.care.journal.models import EntryKind
from tillit.care.needs.actions.saving import SHORT_WORDS_LENGTH
from tillit.care.needs.events import WhatMattersSaid
from tillit.care.needs.models import WhatMatters
from tillit.care.needs.permissions import HOLD_CONVERSATION
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import require
from tillit.kernel import events


def words_among(citizen_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """Return everything each citizen has said matters, word by word, in one query. Callers have checked reach."""
    found: dict[int, set[str]] = {}
    rows = WhatMatters.objects.filter(citizen_id__in=list(citizen_ids)).values_list("citizen_id", "words")
    for citizen_id, words in rows:
        found.setdefault(citizen_id, set()).add(words)
    return {citizen_id: frozenset(words) for citizen_id, words in found.items()}


def is_new(words: str, said: frozenset[str]) -> bool:
    """Whether a file's words say something new: an old file never puts itself before what was said since."""
    return bool(words.strip()) and words.strip() not in said


@transaction.atomic
def take_in_words(*, actor: Actor, words: Mapping[int, str], on: date, at: datetime) -> frozenset[int]:
    """Write down what citizens said on a day; return those who said something new.

    words: citizen → words. Words she has said before are left alone. Audit and news as `write_down_words` has them.
    Raises NotAllowed when the actor may not take in one of the citizens.
    """
    said = words_among(words)
    fresh = {pk: text.strip() for pk, text in words.items() if is_new(text, said.get(pk, frozenset()))}
    scopes = scopes_of(fresh, on=on)
    for scope in scopes.values():
        require(actor, TAKE_IN, scope)
    made = WhatMatters.objects.bulk_create(
        [
            WhatMatters(
                citizen_id=pk,
                words=text,
                short_words=text if len(text) <= SHORT_WORDS_LENGTH else "",
                said_on=on,
                recorded_by_id=actor.employee_id,
                recorded_at=at,
            )
            for pk, text in fresh.items()
        ],
        batch_size=500,
    )
    sign_many(
        actor=actor,
        kind=EntryKind.MATTERS,
        rows=[(one.pk, one.citizen_id) for one in made],
        scopes=scopes,
        at=at,
    )
    audit.record_all(
        actor,
        (
            audit.Entry(
                HOLD_CONVERSATION,
                str(one),
                scopes[one.citizen_id],
                {"what_matters": one.pk, "by": TAKE_IN.code},
            )
            for one in made
        ),
        at=at,
    )
    for one in made:
        events.publish(WhatMattersSaid(citizen_id=one.citizen_id, what_matters_id=one.pk, at=at))
    return frozenset(fresh)
