"""Where the letters of a case go when it is a carer who asks for herself."""

import re
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tillit.care.decisions.actions.refusals import CaseRefused, FieldRefused
from tillit.care.decisions.actions.steps import note_change, open_case
from tillit.care.decisions.models import Case, Origin
from tillit.care.decisions.permissions import WORK_CASE
from tillit.foundation.access.actor import Actor


@transaction.atomic
def address_party(
    *, actor: Actor, case_id: int, edition: int, street: str, postal_code: str, place: str, at: datetime
) -> Case:
    """Write where letters go to the carer who asks for herself: all three, and never the citizen's by default.

    The trail says that it was written, not what.
    Raises NotFound, NotAllowed, ChangedMeanwhile, CaseRefused, FieldRefused.
    """
    case, scope = open_case(actor=actor, case_id=case_id, permission=WORK_CASE, at=at, edition=edition)
    if case.origin != Origin.CARER:
        raise CaseRefused(_("Brevene i saken går til brukeren. Adressen står hos brukeren."))
    street, postal_code, place = street.strip(), postal_code.strip(), place.strip()
    if not street:
        raise FieldRefused(_("Skriv adressen."), field="street")
    if not re.fullmatch(r"[0-9]{4}", postal_code):
        raise FieldRefused(_("Et postnummer har fire sifre."), field="postal_code")
    if not place:
        raise FieldRefused(_("Skriv poststedet."), field="place")
    case.party_street, case.party_postal_code, case.party_place = street[:200], postal_code, place[:100]
    note_change(
        actor=actor,
        case=case,
        scope=scope,
        permission=WORK_CASE,
        at=at,
        change={"party_address": True},
        fields=("party_street", "party_postal_code", "party_place"),
    )
    return case
