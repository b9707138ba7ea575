"""What stands around a citizen: her own people, wishes about helpers, warnings. Ended, never deleted."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from tillit.care.citizens import queries
from tillit.care.citizens.actions.opening import open_citizen
from tillit.care.citizens.models import Alert, AlertKind, HelperWish, NetworkKind, NetworkMember, WishKind
from tillit.care.citizens.permissions import CHANGE_ALERTS, CHANGE_NETWORK, CHANGE_WISHES
from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.kernel.errors import ActionRefused, NotFound

GENDERS = ("K", "M")


class SomethingMissing(ActionRefused):
    """A field that the act cannot do without is empty."""


class AlreadyWritten(ActionRefused):
    """The same stands there already."""


@transaction.atomic
def add_network_member(
    *,
    actor: Actor,
    citizen_id: int,
    kind: str,
    name: str,
    at: datetime,
    relation: str = "",
    phone: str = "",
    is_next_of_kin: bool = False,
    note: str = "",
) -> NetworkMember:
    """Add one of the citizen's own people. Raises NotFound, NotAllowed, SomethingMissing."""
    citizen, scope, today = open_citizen(actor=actor, citizen_id=citizen_id, permission=CHANGE_NETWORK, at=at)
    if not name.strip():
        raise SomethingMissing(_("Skriv hvem det er."))
    if kind not in NetworkKind.values:
        raise SomethingMissing(_("Velg hvordan personen står til brukeren."))
    last = NetworkMember.objects.filter(citizen=citizen).aggregate(last=Max("rank"))["last"]
    stored = NetworkMember.objects.create(
        citizen=citizen,
        kind=kind,
        name=name.strip(),
        relation=relation.strip(),
        phone=phone.strip(),
        is_next_of_kin=is_next_of_kin,
        note=note.strip(),
        rank=0 if last is None else last + 1,
        valid_from=today,
    )
    audit.record(actor, CHANGE_NETWORK, str(stored), scope, at=at, change={"kind": kind, "next_of_kin": is_next_of_kin})
    return stored


@transaction.atomic
def end_network_member(*, actor: Actor, citizen_id: int, member_id: int, at: datetime) -> None:
    """Take somebody out of the citizen's own people from today. Ending twice is ending once."""
    citizen, scope, today = open_citizen(actor=actor, citizen_id=citizen_id, permission=CHANGE_NETWORK, at=at)
    row = NetworkMember.objects.filter(citizen=citizen, pk=member_id).first()
    if row is None:
        raise NotFound(_("Fant ikke personen."))
    if row.valid_to is None:
        row.valid_to = max(today, row.valid_from)
        row.save(update_fields=["valid_to"])
        audit.record(actor, CHANGE_NETWORK, str(row), scope, at=at, change={"to": row.valid_to.isoformat()})


@transaction.atomic
def add_wish(
    *,
    actor: Actor,
    citizen_id: int,
    kind: str,
    at: datetime,
    employee_id: int | None = None,
    gender: str = "",
    reason: str = "",
) -> HelperWish:
    """Write down a wish about one colleague or about gender (K or M). MUST_NOT is never broken by planning.

    A wish about the same colleague or gender replaces the one before. Raises NotFound, NotAllowed, SomethingMissing,
    AlreadyWritten.
    """
    citizen, scope, today = open_citizen(actor=actor, citizen_id=citizen_id, permission=CHANGE_WISHES, at=at)
    if kind not in WishKind.values:
        raise SomethingMissing(_("Velg hva brukeren ønsker."))
    if (employee_id is None) == (gender not in GENDERS):
        raise SomethingMissing(_("Velg enten en kollega, eller kvinne eller mann."))
    if employee_id is not None and employee_id not in {
        found.employee_id for found in queries.colleagues_of(citizen.pk, on=today)
    }:
        raise SomethingMissing(_("Velg en som arbeider i et team som følger brukeren."))
    about = Q(employee__isnull=True) if employee_id is None else Q(employee_id=employee_id)
    same = HelperWish.objects.filter(about, citizen=citizen, gender=gender, valid_to__isnull=True)
    if same.filter(kind=kind, reason=reason.strip()).exists():
        raise AlreadyWritten(_("Ønsket står der fra før."))
    replaced = list(same.values_list("pk", flat=True))
    same.update(valid_to=today)
    stored = HelperWish.objects.create(
        citizen=citizen, kind=kind, employee_id=employee_id, gender=gender, reason=reason.strip(), valid_from=today
    )
    audit.record(
        actor,
        CHANGE_WISHES,
        str(stored),
        scope,
        at=at,
        change={"kind": kind, "employee": employee_id, "gender": gender, "instead_of": replaced},
    )
    return stored


@transaction.atomic
def end_wish(*, actor: Actor, citizen_id: int, wish_id: int, at: datetime) -> None:
    """Let a wish hold no longer, from today. Ending twice is ending once."""
    citizen, scope, today = open_citizen(actor=actor, citizen_id=citizen_id, permission=CHANGE_WISHES, at=at)
    row = HelperWish.objects.filter(citizen=citizen, pk=wish_id).first()
    if row is None:
        raise NotFound(_("Fant ikke ønsket."))
    if row.valid_to is None:
        row.valid_to = max(today, row.valid_from)
        row.save(update_fields=["valid_to"])
        audit.record(actor, CHANGE_WISHES, str(row), scope, at=at, change={"to": row.valid_to.isoformat()})


@transaction.atomic
def add_alert(*, actor: Actor, citizen_id: int, kind: str, text: str, at: datetime) -> Alert:
    """Add something one must know before the door. Raises NotFound, NotAllowed, SomethingMissing, AlreadyWritten."""
    citizen, scope, today = open_citizen(actor=actor, citizen_id=citizen_id, permission=CHANGE_ALERTS, at=at)
    if kind not in AlertKind.values or not text.strip():
        raise SomethingMissing(_("Velg hva det gjelder, og skriv det en må vite."))
    if Alert.objects.filter(citizen=citizen, kind=kind, text=text.strip(), valid_to__isnull=True).exists():
        raise AlreadyWritten(_("Varselet står der fra før."))
    stored = Alert.objects.create(citizen=citizen, kind=kind, text=text.strip(), valid_from=today)
    audit.record(actor, CHANGE_ALERTS, str(stored), scope, at=at, change={"kind": kind})
    return stored


@transaction.atomic
def end_alert(*, actor: Actor, citizen_id: int, alert_id: int, at: datetime) -> None:
    """Let a warning hold no longer, from today. Ending twice is ending once."""
    citizen, scope, today = open_citizen(actor=actor, citizen_id=citizen_id, permission=CHANGE_ALERTS, at=at)
    row = Alert.objects.filter(citizen=citizen, pk=alert_id).first()
    if row is None:
        raise NotFound(_("Fant ikke varselet."))
    if row.valid_to is None:
        row.valid_to = max(today, row.valid_from)
        row.save(update_fields=["valid_to"])
        audit.record(actor, CHANGE_ALERTS, str(row), scope, at=at, change={"to": row.valid_to.isoformat()})
