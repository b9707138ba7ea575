"""Shipping the services and their law, adding a municipality's own, and letting an adopted act come into force."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max, Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from tillit.foundation.access import audit
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.clashing import refuse_if_changed
from tillit.foundation.access.permissions import require
from tillit.foundation.authority.actions.refusals import AuthorityRefused
from tillit.foundation.authority.catalogue import (
    BASIS,
    FIRST_VALID,
    FVL_1967,
    FVL_2025,
    NAMES_NN,
    PROCEDURE,
    SERVICES,
    Law,
    Service,
)
from tillit.foundation.authority.models import LegalReference, ServiceType
from tillit.foundation.authority.permissions import KEEP_SERVICES
from tillit.foundation.organisation.queries import everywhere
from tillit.kernel import oslo
from tillit.kernel.editions import edition_of
from tillit.kernel.errors import NotFound

#: An act that replaces another the day it comes into force.
REPLACES = {FVL_2025: FVL_1967}


@transaction.atomic
def ship_services(*, actor: Actor, at: datetime) -> int:
    """Store the shipped services and sections that are not there, and bring names and codes up to the product's.

    A municipality's own services are left alone, and so is the day somebody has set for an act to come into force. A
    section that the product no longer cites for a service is cited until today; letters that were sent keep it.
    Running it again changes nothing. Returns how many services and sections were added or changed.
    """
    scope = everywhere()
    require(actor, KEEP_SERVICES, scope)
    touched = 0
    stored = {one.code: one for one in ServiceType.objects.filter(code__in=[one.code for one in SERVICES])}
    references = list(LegalReference.objects.filter(is_shipped=True))
    for rank, shipped in enumerate(SERVICES, start=1):
        service, changed = _keep_service(shipped, rank, stored.get(shipped.code))
        known = {(one.act, one.section) for one in references if one.service_id == service.pk}
        touched += changed + _add_law(known, [(BASIS, law) for law in shipped.law], service)
        wanted = {(law.act, law.section) for law in shipped.law}
        touched += _end_law([one for one in references if one.service_id == service.pk], wanted, oslo.day_of(at))
    known = {(one.act, one.topic) for one in references if one.service_id is None}
    touched += _add_law(known, PROCEDURE, None)
    if touched:
        audit.record(actor, KEEP_SERVICES, "services", scope, at=at, change={"count": touched})
    return touched


@transaction.atomic
def add_service(
    *,
    actor: Actor,
    name: str,
    group: str,
    extent_in: str,
    is_health_care: bool,
    may_be_charged: bool,
    responsibility_code: str,
    valid_from: date,
    at: datetime,
) -> ServiceType:
    """Add a service of the municipality's own. Raises NotAllowed, AuthorityRefused when the name is taken."""
    scope = everywhere()
    require(actor, KEEP_SERVICES, scope)
    name = name.strip()
    if ServiceType.objects.filter(name__iexact=name).exists():
        raise AuthorityRefused(_("Det finnes en tjeneste med det navnet."), field="name")
    rank = (ServiceType.objects.aggregate(last=Max("rank"))["last"] or 0) + 1
    service = ServiceType.objects.create(
        code=f"OWN_{rank}_{slugify(name).upper().replace('-', '_')}"[:40],
        name=name,
        group=group,
        extent_in=extent_in,
        is_health_care=is_health_care,
        may_be_charged=may_be_charged,
        responsibility_code=responsibility_code,
        rank=rank,
        valid_from=valid_from,
    )
    audit.record(
        actor, KEEP_SERVICES, f"service:{service.pk}", scope, at=at, change={"code": service.code, "group": group}
    )
    return service


@transaction.atomic
def add_basis(
    *, actor: Actor, service_id: int, cited: str, cited_nn: str, valid_from: date, at: datetime
) -> LegalReference:
    """Register what the municipality's decisions on a service rest on, as it shall stand in letters from a day.

    cited: such as «forskrift om TT-kort i Fjordvik § 4». cited_nn: in nynorsk letters; "" where it is the same. It
    stands beside the sections the product cites. Raises NotFound, NotAllowed, AuthorityRefused.
    """
    scope = everywhere()
    require(actor, KEEP_SERVICES, scope)
    service = ServiceType.objects.select_for_update().filter(pk=service_id).first()
    if service is None:
        raise NotFound(_("Fant ikke tjenesten."))
    cited = " ".join(cited.split())
    if not cited:
        raise AuthorityRefused(_("Skriv hva vedtaket bygger på."), field="cited")
    if valid_from < oslo.day_of(at):
        raise AuthorityRefused(
            _("Brev som er sendt, endres ikke. Velg i dag eller en dag som kommer."), field="valid_from"
        )
    own = LegalReference.objects.filter(service=service, topic=BASIS, is_shipped=False)
    if own.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=valid_from), section__iexact=cited).exists():
        raise AuthorityRefused(_("Den står der fra før."), field="cited")
    made = LegalReference.objects.create(
        service=service,
        topic=BASIS,
        act="",
        section=cited,
        section_nn=" ".join(cited_nn.split()),
        words=service.name,
        rank=100 + own.count(),
        valid_from=valid_from,
    )
    audit.record(
        actor,
        KEEP_SERVICES,
        f"basis:{made.pk}",
        scope,
        at=at,
        change={"service": service.pk, "from": valid_from.isoformat()},
    )
    return made


@transaction.atomic
def end_basis(*, actor: Actor, basis_id: int, valid_to: date, at: datetime) -> LegalReference:
    """Let the municipality's own basis hold until a day, today or later.

    Raises NotFound, NotAllowed, AuthorityRefused.
    """
    scope = everywhere()
    require(actor, KEEP_SERVICES, scope)
    own = LegalReference.objects.select_for_update().filter(pk=basis_id, is_shipped=False, service__isnull=False)
    found = own.first()
    if found is None or found.valid_from is None:
        raise NotFound(_("Fant ikke hjemmelen."))
    if not max(found.valid_from, oslo.day_of(at)) <= valid_to <= (found.valid_to or valid_to):
        raise AuthorityRefused(_("Velg gårsdagen eller en dag som kommer."), field="valid_to")
    found.valid_to = valid_to
    found.save(update_fields=["valid_to"])
    audit.record(actor, KEEP_SERVICES, f"basis:{found.pk}", scope, at=at, change={"to": valid_to.isoformat()})
    return found


def edition_of_act(act: str) -> int:
    """Return which edition of an act's day this is: another when the day has been set or moved."""
    rows = LegalReference.objects.filter(act=act).order_by("pk")
    return edition_of(list(rows.values_list("pk", "valid_from")))


@transaction.atomic
def bring_act_into_force(*, actor: Actor, act: str, valid_from: date, at: datetime, edition: int | None = None) -> int:
    """Set the day an adopted act comes into force; the act it replaces holds until that day. Returns the sections.

    The day can be moved as long as it lies ahead. edition: the one the actor saw. Raises NotAllowed, AuthorityRefused,
    ChangedMeanwhile.
    """
    scope = everywhere()
    require(actor, KEEP_SERVICES, scope)
    coming = LegalReference.objects.select_for_update().filter(act=act)
    if act not in REPLACES or coming.filter(valid_from__lte=at.date()).exists():
        raise AuthorityRefused(_("Loven gjelder allerede, eller den er ikke vedtatt."), field="act")
    if valid_from <= at.date():
        raise AuthorityRefused(_("Velg en dag som kommer."), field="valid_from")
    refuse_if_changed(f"act:{act}", seen=edition, now=edition_of_act(act), at=at)
    LegalReference.objects.filter(act=REPLACES[act]).update(valid_to=valid_from)
    count = coming.update(valid_from=valid_from)
    audit.record(actor, KEEP_SERVICES, f"act:{act}", scope, at=at, change={"from": valid_from.isoformat()})
    return count


def _keep_service(shipped: Service, rank: int, stored: ServiceType | None) -> tuple[ServiceType, int]:
    said = {key: value for key, value in asdict(shipped).items() if key not in ("code", "law")}
    said |= {"rank": rank, "name_nn": NAMES_NN.get(shipped.code, "")}
    if stored is None:
        made = ServiceType.objects.create(code=shipped.code, is_shipped=True, valid_from=FIRST_VALID, **said)
        return made, 1
    changed = [key for key, value in said.items() if getattr(stored, key) != value]
    for key in changed:
        setattr(stored, key, said[key])
    if changed:
        stored.save(update_fields=changed)
    return stored, bool(changed)


def _add_law(
    known: set[tuple[str, str]],
    wanted: tuple[tuple[str, Law], ...] | list[tuple[str, Law]],
    service: ServiceType | None,
) -> int:
    """Add the sections that are not stored: of a service by section, of procedure by step."""
    new = [
        LegalReference(
            service=service,
            topic=topic,
            act=law.act,
            section=law.section,
            words=law.words,
            rank=rank,
            is_shipped=True,
            valid_from=law.valid_from,
            valid_to=law.valid_to,
        )
        for rank, (topic, law) in enumerate(wanted, start=1)
        if (law.act, law.section if service else topic) not in known
    ]
    LegalReference.objects.bulk_create(new)
    return len(new)


def _end_law(stored: Iterable[LegalReference], wanted: set[tuple[str, str]], on: date) -> int:
    """Let the sections that are no longer cited for a service hold until a day."""
    over = [one.pk for one in stored if (one.act, one.section) not in wanted and one.valid_to is None]
    return LegalReference.objects.filter(pk__in=over).update(valid_to=on)
