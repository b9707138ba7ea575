"""The conversation about what matters: started with one press, finished when the words are down."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens import queries as citizens
from tillit.care.journal.actions import sign
from tillit.care.journal.models import EntryKind
from tillit.care.needs import queries, rules
from tillit.care.needs.actions.opening import NotDraft, open_draft
from tillit.care.needs.actions.saving import SHORT_WORDS_LENGTH
from tillit.care.needs.actions.template import ship_template
from tillit.care.needs.events import WhatMattersSaid
from tillit.care.needs.models import Conversation, Participant, WhatMatters
from tillit.care.needs.permissions import HOLD_CONVERSATION
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import require
from tillit.kernel import events, oslo
from tillit.kernel.errors import ActionRefused, ChangedMeanwhile


class NothingSaid(ActionRefused):
    """Neither the citizen's words nor why there are none yet."""


class TextsMeet(ActionRefused):
    """Two have written in the same field, and the one who finishes has not chosen yet."""


@transaction.atomic
def start_conversation(*, actor: Actor, citizen_id: int, at: datetime) -> Conversation:
    """Begin a conversation, or return the draft there is: two who press get the same one.

    at: aware UTC; the conversation is held on that day in Oslo until somebody says otherwise.
    Raises NotFound, NotAllowed.
    """
    today = oslo.day_of(at)
    citizen = citizens.get_citizen(actor=actor, citizen_id=citizen_id, at=at, lock=True)
    scope = citizens.scope_of(citizen.pk, on=today)
    require(actor, HOLD_CONVERSATION, scope)
    draft = Conversation.objects.filter(citizen=citizen, state=Conversation.State.DRAFT).first()
    if draft is not None:
        return draft
    template = queries.template_in_use(on=today) or queries.version_of(ship_template(at=at))
    stored = Conversation.objects.create(
        citizen=citizen,
        template_id=template.template_id,
        held_on=today,
        started_by_id=actor.employee_id,
        started_at=at,
        saved_by_id=actor.employee_id,
        saved_at=at,
    )
    if actor.employee_id is not None:
        Participant.objects.create(conversation=stored, employee_id=actor.employee_id)
    audit.record(actor, HOLD_CONVERSATION, str(stored), scope, at=at, change={"started": True})
    return stored


@transaction.atomic
def finish_conversation(*, actor: Actor, conversation_id: int, edition: int, at: datetime) -> WhatMatters | None:
    """Finish the conversation: the words in it count from now on. Without words, a reason why is enough.

    edition: the one the actor has seen; somebody who wrote meanwhile is read first.
    Returns what matters, or None when the wishes are not expressed yet.
    Raises NotFound, NotAllowed, NotDraft, ChangedMeanwhile, NothingSaid, TextsMeet. Publishes WhatMattersSaid.
    """
    conversation, scope = open_draft(actor, conversation_id, at=at)
    if conversation.edition != edition:
        raise ChangedMeanwhile(
            _("Noen andre skrev i samtalen mens du avsluttet. Les gjennom, og avslutt på nytt."),
            seen=edition,
            now=conversation.edition,
        )
    if queries.any_set_aside(conversation):
        raise TextsMeet(_("Det ligger en tekst som noen må velge om skal stå. Gjør det først."))
    words = str(conversation.answers.get(rules.WORDS, "")).strip()
    if not words and not conversation.no_words_reason:
        raise NothingSaid(_("Skriv det brukeren sa, eller hvorfor ønskene ikke er sagt ennå."))
    conversation.state = Conversation.State.DONE
    conversation.done_at = at
    conversation.save(update_fields=["state", "done_at"])
    matters = None
    if words:
        matters = _say(
            conversation.citizen_id,
            conversation=conversation,
            words=words,
            short_words=conversation.short_words,
            good_days=str(conversation.answers.get(rules.GOOD_DAYS, "")),
            rather_not=str(conversation.answers.get(rules.RATHER_NOT, "")),
            said_on=conversation.held_on,
            review_on=conversation.review_on,
            actor=actor,
            at=at,
        )
    sign(
        actor=actor,
        kind=EntryKind.TALK,
        row_id=conversation.pk,
        citizen_id=conversation.citizen_id,
        scope=scope,
        happened_at=at,
        at=at,
    )
    audit.record(
        actor,
        HOLD_CONVERSATION,
        str(conversation),
        scope,
        at=at,
        change={"finished": True, "what_matters": matters.pk if matters else None},
    )
    if matters is not None:
        events.publish(WhatMattersSaid(citizen_id=conversation.citizen_id, what_matters_id=matters.pk, at=at))
    return matters


@transaction.atomic
def drop_conversation(*, actor: Actor, conversation_id: int, at: datetime) -> None:
    """Put a draft away. What was written is kept; nothing of it counts. Raises NotFound, NotAllowed, NotDraft."""
    conversation, scope = open_draft(actor, conversation_id, at=at)
    conversation.state = Conversation.State.DROPPED
    conversation.save(update_fields=["state"])
    audit.record(actor, HOLD_CONVERSATION, str(conversation), scope, at=at, change={"dropped": True})


@transaction.atomic
def pick_up_conversation(*, actor: Actor, conversation_id: int, at: datetime) -> Conversation:
    """Take up a draft that was put away, unless another has been started.

    Raises NotFound, NotAllowed, NotDraft.
    """
    conversation = queries.get_conversation(actor=actor, conversation_id=conversation_id, at=at, lock=True)
    scope = citizens.scope_of(conversation.citizen_id, on=oslo.day_of(at))
    require(actor, HOLD_CONVERSATION, scope)
    others = Conversation.objects.filter(citizen_id=conversation.citizen_id, state=Conversation.State.DRAFT)
    if conversation.state != Conversation.State.DROPPED or others.exists():
        raise NotDraft(_("Det er begynt på en annen samtale."))
    conversation.state = Conversation.State.DRAFT
    conversation.save(update_fields=["state"])
    audit.record(actor, HOLD_CONVERSATION, str(conversation), scope, at=at, change={"picked_up": True})
    return conversation


@transaction.atomic
def write_down_words(
    *,
    actor: Actor,
    citizen_id: int,
    words: str,
    said_on: date,
    at: datetime,
    short_words: str = "",
    good_days: str = "",
    rather_not: str = "",
    review_on: date | None = None,
) -> WhatMatters:
    """Write down what the citizen said outside a conversation: brought from another system, or said in passing.

    Raises NotFound, NotAllowed, NothingSaid. Publishes WhatMattersSaid.
    """
    citizen = citizens.get_citizen(actor=actor, citizen_id=citizen_id, at=at, lock=True)
    scope = citizens.scope_of(citizen.pk, on=oslo.day_of(at))
    require(actor, HOLD_CONVERSATION, scope)
    if not words.strip():
        raise NothingSaid(_("Skriv det brukeren sa."))
    matters = _say(
        citizen.pk,
        conversation=None,
        words=words.strip(),
        short_words=short_words.strip(),
        good_days=good_days.strip(),
        rather_not=rather_not.strip(),
        said_on=said_on,
        review_on=review_on,
        actor=actor,
        at=at,
    )
    sign(
        actor=actor,
        kind=EntryKind.MATTERS,
        row_id=matters.pk,
        citizen_id=citizen.pk,
        scope=scope,
        happened_at=at,
        at=at,
    )
    audit.record(actor, HOLD_CONVERSATION, str(matters), scope, at=at, change={"what_matters": matters.pk})
    events.publish(WhatMattersSaid(citizen_id=citizen.pk, what_matters_id=matters.pk, at=at))
    return matters


def _say(
    citizen_id: int,
    *,
    conversation: Conversation | None,
    words: str,
    short_words: str,
    good_days: str,
    rather_not: str,
    said_on: date,
    review_on: date | None,
    actor: Actor,
    at: datetime,
) -> WhatMatters:
    return WhatMatters.objects.create(
        citizen_id=citizen_id,
        conversation=conversation,
        words=words,
        short_words=short_words[:SHORT_WORDS_LENGTH],
        good_days=good_days,
        rather_not=rather_not,
        said_on=said_on,
        review_on=review_on,
        recorded_by_id=actor.employee_id,
        recorded_at=at,
    )
