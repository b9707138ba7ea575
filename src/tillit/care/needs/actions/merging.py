"""Conversations when two registrations were one person. Called by an event."""

from datetime import datetime

from django.db import transaction

from tillit.care.citizens.permissions import MERGE_CITIZENS
from tillit.care.citizens.queries import last_scope_of
from tillit.care.needs.models import Conversation, WhatMatters
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo


@transaction.atomic
def move_conversations(*, actor: Actor, wrong_id: int, right_id: int, at: datetime) -> tuple[int, ...]:
    """Let conversations, and what was said to matter, hang on another registration; return the conversations' ids.

    What was said last counts, whichever it was said in. Where both have a draft, the wrong one's is put away; nothing
    that was written in it is lost. One audit entry with the ids.
    """
    rows = Conversation.objects.select_for_update(of=("self",)).filter(citizen_id=wrong_id).order_by("pk")
    has_draft = Conversation.objects.filter(citizen_id=right_id, state=Conversation.State.DRAFT).exists()
    moved, dropped = [], []
    for row in rows:
        if row.state == Conversation.State.DRAFT and has_draft:
            row.state = Conversation.State.DROPPED
            dropped.append(row.pk)
        row.citizen_id = right_id
        row.save(update_fields=["citizen", "state"])
        moved.append(row.pk)
    words = sorted(WhatMatters.objects.filter(citizen_id=wrong_id).values_list("pk", flat=True))
    WhatMatters.objects.filter(pk__in=words).update(citizen_id=right_id)
    audit.record(
        actor,
        MERGE_CITIZENS,
        f"citizen:{right_id}",
        last_scope_of(right_id, on=oslo.day_of(at)),
        at=at,
        change={"wrong": wrong_id, "conversations": moved, "put_away": dropped, "what_matters": words},
    )
    return tuple(moved)
