"""Fixed meetings: their people are not out on visits then."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation import queries
from tillit.foundation.organisation.models import TeamMeeting
from tillit.foundation.organisation.permissions import EDIT_UNIT
from tillit.kernel.errors import ActionRefused


class MeetingRefused(ActionRefused):
    """The meeting cannot be like this. `field` is the form field concerned."""

    def __init__(self, text: str, *, field: str = "") -> None:
        super().__init__(text)
        self.field = field


@transaction.atomic
def fix_meeting(
    *,
    actor: Actor,
    unit_id: int,
    name: str,
    weekdays: str,
    starts: time,
    minutes: int,
    valid_from: date,
    at: datetime,
) -> TeamMeeting:
    """Give a unit a meeting on fixed weekdays. Raises NotFound, NotAllowed, MeetingRefused."""
    unit = queries.get_unit(actor=actor, unit_id=unit_id)
    scope = Scope((unit.path,))
    require(actor, EDIT_UNIT, scope)
    if not name.strip():
        raise MeetingRefused(_("Gi møtet et navn."), field="name")
    if not weekdays or not set(weekdays) <= set("1234567"):
        raise MeetingRefused(_("Velg minst én ukedag."), field="weekdays")
    if not 5 <= minutes <= 480:
        raise MeetingRefused(_("Et møte varer mellom 5 minutter og 8 timer."), field="minutes")
    meeting = TeamMeeting.objects.create(
        unit=unit, name=name.strip(), weekdays=weekdays, starts=starts, minutes=minutes, valid_from=valid_from
    )
    audit.record(
        actor,
        EDIT_UNIT,
        f"meeting:{meeting.pk}",
        scope,
        at=at,
        change={"weekdays": weekdays, "starts": starts.isoformat("minutes"), "minutes": minutes},
    )
    return meeting


@transaction.atomic
def end_meeting(*, actor: Actor, meeting_id: int, valid_to: date, at: datetime) -> TeamMeeting:
    """Let a fixed meeting end: `valid_to` is the first day it is not held. Raises NotFound, NotAllowed."""
    meeting = queries.get_meeting(actor=actor, meeting_id=meeting_id)
    scope = Scope((meeting.unit.path,))
    require(actor, EDIT_UNIT, scope)
    meeting.valid_to = max(valid_to, meeting.valid_from)
    meeting.save(update_fields=["valid_to"])
    audit.record(actor, EDIT_UNIT, f"meeting:{meeting.pk}", scope, at=at, change={"to": meeting.valid_to.isoformat()})
    return meeting
