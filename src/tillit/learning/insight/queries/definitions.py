"""Which indicators there are: those that come with Tillit."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from tillit.kernel.errors import NotFound
from tillit.learning.insight import catalogue
from tillit.learning.insight.rules.indicators import Indicator


def indicators() -> tuple[Indicator, ...]:
    """Return all indicators in use, in the order pages show them."""
    return catalogue.shipped()


def by_code() -> Mapping[str, Indicator]:
    """Return all indicators in use by code."""
    return {one.code: one for one in indicators()}


def indicator(code: str) -> Indicator:
    """Return one indicator. Raises NotFound."""
    found = by_code().get(code)
    if found is None:
        raise NotFound(_("Fant ikke tallet."))
    return found
