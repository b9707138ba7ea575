"""Assessments while they are written."""

from datetime import datetime

from django.utils.translation import gettext as _

from tillit.care.decisions.models import Assessment, Case
from tillit.care.decisions.queries.reach import get_case
from tillit.care.needs.models import Conversation
from tillit.foundation.access.actor import Actor
from tillit.kernel.errors import NotFound


def draft_of(*, actor: Actor, assessment_id: int, at: datetime) -> Assessment:
    """Return an assessment of a case that the actor reaches, with the case. Raises NotFound."""
    found = Assessment.objects.select_related("saved_by").filter(pk=assessment_id).first()
    case = get_case(
        actor=actor, case_id=found.case_id if found else 0, at=at
    )  # as much work whether it is there or not
    if found is None:
        raise NotFound(_("Fant ikke vurderingen."))
    found.case = case
    return found


def conversations_of(case: Case) -> list[tuple[str, str]]:
    """Return the citizen's conversations about what matters, the newest first, with the day they were held."""
    rows = Conversation.objects.filter(citizen_id=case.citizen_id, held_on__isnull=False).order_by("-held_on", "-pk")
    return [
        (str(pk), _("Samtalen %(day)s") % {"day": held_on.strftime("%d.%m.%Y")})
        for pk, held_on in rows.values_list("pk", "held_on")
    ]
