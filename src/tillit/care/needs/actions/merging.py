"""Conversations when two registrations were one person. Called by an event."""

from datetime import datetime

from django.db import transaction

from tillit.care.citizens.actions import Table, look, put_back, remember
from tillit.care.citizens.permissions import MERGE_CITIZENS
from tillit.care.citizens.queries import last_scope_of
from tillit.care.needs.models import Conversation, WhatMatters
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.kernel import oslo

#: A conversation somebody has written in since stays: it was held with the one it hung on then.
CONVERSATIONS = Table("conversations", Conversation, ("citizen_id", "state"), watched=("edition", "done_at"))
WORDS = Table("words", WhatMatters, watched=None)


@transaction.atomic
def move_conversations(*, actor: Actor, merge_id: int, wrong_id: int, right_id: int, at: datetime) -> tuple[int, ...]:
    """Let conversations, and what was said to matter, hang on another registration; return the conversations' ids.

    What was said last counts, whichever it was said in. Where both have a draft, the wrong one's is put away; nothing
    that was written in it is lost. One audit entry with the ids.
    """
    seen = {
        table: look(table, table.model._default_manager.filter(citizen_id=wrong_id)) for table in (CONVERSATIONS, WORDS)
    }
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
    for table, before in seen.items():
        remember(merge_id, table, before)
    audit.record(
        actor,
        MERGE_CITIZENS,
        f"citizen:{right_id}",
        last_scope_of(right_id, on=oslo.day_of(at)),
        at=at,
        change={"wrong": wrong_id, "conversations": moved, "put_away": dropped, "what_matters": words},
    )
    return tuple(moved)


@transaction.atomic
def put_back_conversations(*, actor: Actor, merge_id: int, wrong_id: int, right_id: int, at: datetime) -> None:
    """Let conversations, and what was said to matter, hang on the other registration again.

    What somebody has written in since stays where it is. One audit entry with the ids that went back.
    """
    conversations, words = put_back(merge_id, CONVERSATIONS), put_back(merge_id, WORDS)
    audit.record(
        actor,
        MERGE_CITIZENS,
        f"citizen:{wrong_id}",
        last_scope_of(wrong_id, on=oslo.day_of(at)),
        at=at,
        change={"undone": True, "right": right_id, "conversations": conversations, "what_matters": words},
    )
