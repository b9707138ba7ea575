"""Instruments by code and version: those that come with the product."""

from django.utils.translation import gettext as _

from tillit.kernel.errors import NotFound
from tillit.learning.surveys.rules.instruments import Instrument
from tillit.learning.surveys.rules.shipped import SHIPPED, shipped


def get_instrument(code: str, version: int) -> Instrument:
    """Return an instrument as it was asked. Raises NotFound."""
    found = shipped(code, version)
    if found is None:
        raise NotFound(_("Fant ikke spørsmålene."))
    return found


def instruments() -> tuple[Instrument, ...]:
    """Return what can be asked now."""
    return SHIPPED
