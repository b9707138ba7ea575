"""A citizen, or somebody she has let in to do it, cancels a visit on her own page."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.consents.permissions import CANCEL_VISIT
from tillit.care.consents.queries import open_door
from tillit.care.notices.actions import tell_team
from tillit.care.visits.actions.planning import VisitNotPlanned
from tillit.care.visits.events import VisitsChanged
from tillit.care.visits.models import CancelledBy, Outcome, Visit, VisitReport, VisitState
from tillit.care.visits.rules.saying_no import Said, may_say_no
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.kernel import events
from tillit.kernel.errors import ActionRefused, NotFound


class CallTheTeam(ActionRefused):
    """It is too late, or too important, to be cancelled without a word with the team."""


@transaction.atomic
def say_no_to_visit(
    *, actor: Actor, citizen_id: int, visit_id: int, opens_at: datetime, notice: str, at: datetime, press_key: str
) -> Visit:
    """Cancel a visit, and tell the team: it stands as a changed visit on the lists, and as a notice to answer.

    opens_at: the first moment somebody may come, as the page promised it. notice: the sentence the team reads.
    Pressing again changes nothing. Writes two audit entries; publishes VisitsChanged.
    Raises NotFound, VisitNotPlanned, CallTheTeam.
    """
    door = open_door(actor=actor, citizen_id=citizen_id, permission=CANCEL_VISIT, at=at, lock=True)
    visit = Visit.objects.select_for_update(of=("self",)).filter(citizen_id=citizen_id, pk=visit_id).first()
    if visit is None:
        raise NotFound(_("Fant ikke besøket."))
    if press_key and visit.reports.filter(press_key=press_key).exists():
        return visit
    if visit.state != VisitState.PLANNED:
        raise VisitNotPlanned(_("Besøket er avlyst eller gjennomført allerede."))
    said = may_say_no(opens_at=opens_at, priority=visit.priority, at=at)
    if said is Said.MUST_CALL:
        raise CallTheTeam(_("Besøket er viktig for helsa di. Vi finner ut av det sammen."))
    if said is Said.TOO_LATE:
        raise CallTheTeam(_("Nå er det for sent å avlyse her."))
    by = CancelledBy.CITIZEN if door.is_own else CancelledBy.RELATIVE
    visit.state, visit.cancelled_by = VisitState.CANCELLED, by
    if visit.starts_at is not None:
        visit.changed_at = at
    visit.save(update_fields=["state", "cancelled_by", "changed_at"])
    report = VisitReport.objects.create(
        visit=visit, outcome=Outcome.CANCELLED, cancelled_by=by, note=notice, reported_at=at, press_key=press_key
    )
    tell_team(
        actor=actor, citizen_id=citizen_id, text=notice, permission=CANCEL_VISIT, at=at,
        press_key=f"visit-{visit.pk}-{report.pk}",
    )  # fmt: skip
    change = {"cancelled_by": by, "report": report.pk}
    audit.record(actor, CANCEL_VISIT, str(visit), door.scope, at=at, change=change)
    events.publish(VisitsChanged(visit_ids=(visit.pk,), at=at))
    return visit
