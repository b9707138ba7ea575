"""Instruments by code and version: those that come with the product, and those that were made here."""

from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from tillit.kernel.errors import NotFound
from tillit.learning.surveys.models import Campaign, OwnInstrument
from tillit.learning.surveys.rules.building.plain import from_plain
from tillit.learning.surveys.rules.instruments import Instrument
from tillit.learning.surveys.rules.shipped import SHIPPED, shipped


def get_instrument(code: str, version: int) -> Instrument:
    """Return an instrument as it was asked, or a draft as it stands. Raises NotFound. A query when it is an own one."""
    found = shipped(code, version)
    if found is None:
        row = OwnInstrument.objects.filter(code=code, version=version).first()
        if row is None:
            raise NotFound(_("Fant ikke spørsmålene."))
        found = instrument_of(row)
    return found


def instruments_for(campaigns: Iterable[Campaign]) -> dict[tuple[str, int], Instrument]:
    """Return what these campaigns ask, by code and version. One query when any of them asks an own one, else none."""
    wanted = {(one.instrument, one.version) for one in campaigns}
    found = {key: one for key in wanted if (one := shipped(*key)) is not None}
    if own := sorted(wanted - found.keys()):
        either = Q(pk__in=())
        for code, version in own:
            either |= Q(code=code, version=version)
        found |= {(row.code, row.version): instrument_of(row) for row in OwnInstrument.objects.filter(either)}
    return found


def instrument_of(row: OwnInstrument) -> Instrument:
    """Return what an own instrument asks."""
    return from_plain(row.asked, code=row.code, version=row.version)


def instruments() -> tuple[Instrument, ...]:
    """Return what comes with the product and can be asked now."""
    return SHIPPED
