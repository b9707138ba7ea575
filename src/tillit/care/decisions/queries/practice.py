"""Reads of the municipality's own targets and rates. They hold no citizen's data."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from tillit.care.decisions.models import CasePractice, ChargeRate
from tillit.foundation.authority.queries import ServiceLine, list_services
from tillit.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class RateLine:
    """A service that may be charged for, and what is stated about it."""

    service: ServiceLine
    now: str = field(metadata={"help": "Empty: nothing is stated yet"})
    source: str
    since: date | None
    coming: str
    coming_from: date | None


def practices() -> list[CasePractice]:
    """Return every stored set of targets, the newest first."""
    return list(CasePractice.objects.order_by("-valid_from"))


def rates(on: date) -> list[RateLine]:
    """Return the services that may be charged for on a day, with what holds and what is coming. Two queries."""
    now: dict[int, ChargeRate] = {}
    coming: dict[int, ChargeRate] = {}
    for rate in ChargeRate.objects.order_by("valid_from"):
        if rate.valid_from > on:
            coming.setdefault(rate.service_id, rate)
        elif rate.valid_to is None or rate.valid_to > on:
            now[rate.service_id] = rate
    found = []
    for service in list_services(on):
        if service.may_be_charged:
            held, later = now.get(service.service_id), coming.get(service.service_id)
            found.append(
                RateLine(
                    service=service,
                    now=held.words if held else "",
                    source=held.source if held else "",
                    since=held.valid_from if held else None,
                    coming=later.words if later else "",
                    coming_from=later.valid_from if later else None,
                )
            )
    return found


def rate_line(service_id: int, *, on: date) -> RateLine:
    """Return one service that may be charged for. Raises NotFound."""
    for line in rates(on):
        if line.service.service_id == service_id:
            return line
    raise NotFound(_("Fant ikke tjenesten."))
