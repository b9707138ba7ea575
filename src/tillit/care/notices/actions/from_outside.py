"""A citizen, or somebody she has let in, writes to the team from her own page."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.citizens.queries import followers_of
from tillit.care.consents.permissions import WRITE_TO_TEAM
from tillit.care.consents.queries import open_door
from tillit.care.journal.actions import sign
from tillit.care.journal.models import EntryKind
from tillit.care.notices.actions.writing import NothingWritten
from tillit.care.notices.models import Notice
from tillit.care.notices.queries import place
from tillit.care.notices.rules.due import Answer, due_at
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import Permission
from tillit.foundation.organisation.models import Unit
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused


class NobodyFollows(ActionRefused):
    """No team follows the citizen now, so nobody would read it."""


@transaction.atomic
def tell_team(
    *, actor: Actor, citizen_id: int, text: str, at: datetime, press_key: str, permission: Permission = WRITE_TO_TEAM
) -> Notice:
    """Write to the team that follows a citizen. It goes where the responsibility table says, due the next day.

    It is an entry of her journal, signed with the name of the one who wrote. permission: the act it is part of. The
    same press_key again returns the first one. Raises NotFound, NothingWritten, NobodyFollows. One audit entry.
    """
    door = open_door(actor=actor, citizen_id=citizen_id, permission=permission, at=at, lock=True)
    on = oslo.day_of(at)
    known = Notice.objects.filter(written_user_id=actor.user_id, press_key=press_key).first() if press_key else None
    if known is not None:
        return known
    if not text.strip():
        raise NothingWritten(_("Skriv hva det gjelder."))
    main = followers_of((citizen_id,))[citizen_id].main(on)
    if main is None:
        raise NobodyFollows(_("Du får ikke hjelp fra noe team nå. Ring kommunen."))
    placed = place(unit=Unit.objects.get(pk=main.unit_id), citizen_id=citizen_id, on=on)
    notice = Notice.objects.create(
        unit_id=placed.unit_id,
        citizen_id=citizen_id,
        duty_id=placed.duty_id,
        text=text.strip(),
        written_user_id=actor.user_id,
        written_name=actor.name,
        written_at=at,
        due_at=due_at(Answer.TOMORROW, at=at),
        press_key=press_key,
    )
    sign(
        actor=actor,
        kind=EntryKind.NOTICE,
        row_id=notice.pk,
        citizen_id=citizen_id,
        scope=door.scope,
        happened_at=at,
        at=at,
    )
    change = {"unit": placed.unit_id, "duty": placed.duty_id, "by": door.let_in.kind.value}
    audit.record(actor, permission, str(notice), door.scope, at=at, change=change)
    return notice
