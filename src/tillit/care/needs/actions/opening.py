"""How every action opens a draft: reach, lock, permission, and that it is a draft."""

from datetime import datetime

from django.utils.translation import gettext as _

from tillit.care.citizens import queries as citizens
from tillit.care.needs import queries
from tillit.care.needs.models import Conversation
from tillit.care.needs.permissions import HOLD_CONVERSATION
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused


class NotDraft(ActionRefused):
    """The conversation is finished or put away; what was written then stays as it was."""


def open_draft(actor: Actor, conversation_id: int, *, at: datetime) -> tuple[Conversation, Scope]:
    """Return the draft, locked, with the scope of the act. Raises NotFound, NotAllowed, NotDraft."""
    conversation = queries.get_conversation(actor=actor, conversation_id=conversation_id, at=at, lock=True)
    scope = citizens.scope_of(conversation.citizen_id, on=oslo.day_of(at))
    require(actor, HOLD_CONVERSATION, scope)
    if conversation.state != Conversation.State.DRAFT:
        raise NotDraft(_("Samtalen er avsluttet. Begynn en ny hvis noe skal endres."))
    return conversation, scope
