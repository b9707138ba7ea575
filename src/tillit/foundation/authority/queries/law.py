"""Reads of the services and the law they rest on. The list of services is no secret."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from tillit.foundation.authority.catalogue import ACT_NAMES, ACT_NAMES_NN, BASIS
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
    act: str = field(metadata={"help": "Empty: the municipality's own basis, all of it in `section`"})
    act_name: str
    act_name_nn: str
    section: str
    section_nn: str
    words: str

    @property
    def cited(self) -> str:
        """«helse- og omsorgstjenesteloven § 3-2 …», as it stands in a letter."""
        return f"{self.act_name} {self.section}".strip()

    @property
    def cited_nn(self) -> str:
        """«helse- og omsorgstenestelova § 3-2 …», as it stands in a nynorsk letter."""
        return f"{self.act_name_nn} {self.section_nn or self.section}".strip()


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


def service_by_id(service_id: int) -> ServiceLine:
    """Return a service by its id. Raises NotFound."""
    found = ServiceType.objects.filter(pk=service_id).first()
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


@dataclass(frozen=True, slots=True)
class OwnBasis:
    """What the municipality's own decisions on a service rest on, from a day to a day."""

    basis_id: int
    service_code: str
    cited: str
    valid_from: date
    valid_to: date | None


def own_bases(on: date) -> dict[str, tuple[OwnBasis, ...]]:
    """Return service code → the municipality's own basis, on the day and later. One query."""
    rows = _own().exclude(valid_to__lte=on).exclude(valid_to=F("valid_from")).order_by("valid_from", "pk")
    found: dict[str, list[OwnBasis]] = {}
    for row in rows:
        one = _own_basis(row)
        found.setdefault(one.service_code, []).append(one)
    return {code: tuple(bases) for code, bases in found.items()}


def get_own_basis(basis_id: int) -> OwnBasis:
    """Return one of the municipality's own. Raises NotFound."""
    row = _own().filter(pk=basis_id).first()
    if row is None:
        raise NotFound(_("Fant ikke hjemmelen."))
    return _own_basis(row)


def _own() -> QuerySet[LegalReference]:
    return LegalReference.objects.filter(is_shipped=False, topic=BASIS, service__isnull=False).select_related("service")


def _own_basis(row: LegalReference) -> OwnBasis:
    assert row.service is not None and row.valid_from is not None
    return OwnBasis(row.pk, row.service.code, row.section, row.valid_from, row.valid_to)


def has_coming_act() -> bool:
    """Whether an act is adopted and waits for its day."""
    return LegalReference.objects.filter(valid_from__isnull=True).exists()


def _lines(rows: QuerySet[LegalReference]) -> list[LegalLine]:
    return [
        LegalLine(
            code or "", topic, act, ACT_NAMES.get(act, act), ACT_NAMES_NN.get(act, act), section, section_nn, words
        )
        for code, topic, act, section, section_nn, words in rows.values_list(
            "service__code", "topic", "act", "section", "section_nn", "words"
        )
    ]
