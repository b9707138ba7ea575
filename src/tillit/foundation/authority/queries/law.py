"""Reads of the services and the law they rest on. The list of services is no secret."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tillit.foundation.authority.catalogue import ACT_NAMES, BASIS
from tillit.foundation.authority.models import LegalReference, ServiceType
from tillit.foundation.organisation.queries import in_force
from tillit.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A service as other apps see it."""

    service_id: int
    code: str
    name: str
    group: str = field(metadata={"help": "HOME, STAY or SPECIAL"})
    extent_in: str = field(metadata={"help": "HOURS_A_WEEK, DAYS, TIMES_A_WEEK, PIECES or NONE"})
    is_health_care: bool = field(metadata={"help": "False: the citizen gets no health record by it"})
    may_be_charged: bool
    charge_note: str
    kpr_code: str
    responsibility_code: str = field(metadata={"help": "The row of the model's table that says who has it"})
    valid_from: date
    valid_to: date | None

    def in_use(self, on: date) -> bool:
        """Whether it can be granted on the day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True, slots=True)
class LegalLine:
    """A section in force on the day that was asked about."""

    service_code: str = field(metadata={"help": "Empty for a rule of procedure"})
    topic: str = field(metadata={"help": "BASIS, or a step such as ADVANCE_NOTICE"})
    act: str
    act_name: str
    section: str
    words: str

    @property
    def cited(self) -> str:
        """«helse- og omsorgstjenesteloven § 3-2 …», as it stands in a letter."""
        return f"{self.act_name} {self.section}"


def list_services(on: date | None = None) -> list[ServiceLine]:
    """Return the services that can be granted on the day, in the order they are shown; all of them without a day."""
    services = ServiceType.objects.all() if on is None else ServiceType.objects.filter(in_force(on))
    return [line_of(one) for one in services.order_by("rank", "name", "pk")]


def service(code: str) -> ServiceLine:
    """Return a service by its code, also one that is not in use any more. Raises NotFound."""
    found = ServiceType.objects.filter(code=code).first()
    if found is None:
        raise NotFound(_("Fant ikke tjenesten."))
    return line_of(found)


def line_of(stored: ServiceType) -> ServiceLine:
    """Return what others see of a stored service."""
    return ServiceLine(
        service_id=stored.pk,
        code=stored.code,
        name=stored.name,
        group=stored.group,
        extent_in=stored.extent_in,
        is_health_care=stored.is_health_care,
        may_be_charged=stored.may_be_charged,
        charge_note=stored.charge_note,
        kpr_code=stored.kpr_code,
        responsibility_code=stored.responsibility_code,
        valid_from=stored.valid_from,
        valid_to=stored.valid_to,
    )


def legal_references(service_codes: Iterable[str], on: date) -> list[LegalLine]:
    """Return the sections the services rest on, in force on the day, in the order they are cited. One query."""
    rows = LegalReference.objects.filter(in_force(on), service__code__in=set(service_codes), topic=BASIS)
    return _lines(rows.order_by("service__rank", "service__code", "rank", "pk"))


def procedure_references(on: date, *, topics: Iterable[str] | None = None) -> dict[str, LegalLine]:
    """Return step → the section in force on the day, such as ADVANCE_NOTICE → «forvaltningsloven § 16». One query.

    The act of 2025 answers as soon as somebody has set the day it comes into force, and not before.
    """
    rows = LegalReference.objects.filter(in_force(on), service__isnull=True)
    if topics is not None:
        rows = rows.filter(topic__in=set(topics))
    return {line.topic: line for line in _lines(rows.order_by("rank", "pk"))}


def has_coming_act() -> bool:
    """Whether an act is adopted and waits for its day."""
    return LegalReference.objects.filter(valid_from__isnull=True).exists()


def _lines(rows: QuerySet[LegalReference]) -> list[LegalLine]:
    return [
        LegalLine(code or "", topic, act, ACT_NAMES.get(act, act), section, words)
        for code, topic, act, section, words in rows.values_list("service__code", "topic", "act", "section", "words")
    ]
