"""Which indicators there are: those that come with Tillit, and those the municipality has made itself."""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from tillit.kernel.errors import NotFound
from tillit.learning.insight import catalogue
from tillit.learning.insight.queries.own import own_ever, own_in_use
from tillit.learning.insight.rules.indicators import Indicator


def indicators() -> tuple[Indicator, ...]:
    """Return all indicators in use, in the order pages show them: the municipality's own last. One query."""
    return (*catalogue.shipped(), *(one.indicator for one in own_in_use()))


def by_code() -> Mapping[str, Indicator]:
    """Return all indicators in use by code. One query."""
    return {one.code: one for one in indicators()}


def indicators_of(codes: Sequence[str]) -> tuple[Indicator, ...]:
    """Return these indicators, also those that are counted no more. One query where one is the municipality's own.

    Raises NotFound.
    """
    found = {one.code: one for one in catalogue.shipped()}
    if not found.keys() >= set(codes):
        found |= {one.indicator.code: one.indicator for one in own_ever()}
    if not found.keys() >= set(codes):
        raise NotFound(_("Fant ikke tallet."))
    return tuple(found[code] for code in codes)


def indicator(code: str) -> Indicator:
    """Return one indicator. Raises NotFound."""
    return indicators_of([code])[0]
