"""What an own indicator would say, before it is one: counted when asked for, and stored nowhere."""

from datetime import date

from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.models import Unit
from tillit.kernel.errors import NotFound
from tillit.kernel.periods import Days
from tillit.learning.insight.queries import gathering
from tillit.learning.insight.queries.own import Own
from tillit.learning.insight.queries.placing import get_unit_with_figures, own_unit_id
from tillit.learning.insight.queries.series import sees_first
from tillit.learning.insight.rules import hiding, periods
from tillit.learning.insight.rules.figures import Found, read
from tillit.learning.insight.rules.indicators import Step
from tillit.learning.insight.rules.series import Point, Series

LAST = {Step.WEEK: 8, Step.MONTH: 6}
"""So many weeks or months are previewed."""


def preview(*, actor: Actor, own: Own, today: date) -> Series | None:
    """Return the last weeks or months of the unit the actor's own numbers are of; None: she sees no numbers.

    Hidden as the figures would be, and as late as them for those above the team. A constant number of queries.
    """
    try:
        unit = get_unit_with_figures(actor=actor, unit_id=own_unit_id(actor))
    except NotFound:
        return None
    one, early = own.indicator, sees_first(actor, unit)
    kept_since = gathering.places().kept_since
    ended_by = today if early else hiding.last_for_leaders(today)
    starts = () if kept_since is None else periods.within(one.step, Days(kept_since), ended_by=ended_by)
    starts = starts[-LAST[one.step] :]
    found = read(gathering.own_points([own], step=one.step, starts=starts)) if starts else []
    withheld = _withheld(found, one.least)
    mine = {each.starts_on: each for each in found if each.unit_id == unit.pk}
    return Series(
        indicator=one,
        unit_id=unit.pk,
        unit_name=unit.name,
        points=tuple(
            hiding.shown(
                _point(mine.get(start), start, periods.end(one.step, start)),
                least=one.least,
                withheld=(start in mine and mine[start].held) or (not early and unit.pk in withheld.get(start, ())),
            )
            for start in starts
        ),
    )


def _withheld(found: list[Found], least: int) -> dict[date, frozenset[int]]:
    paths = dict(Unit.objects.filter(pk__in={one.unit_id for one in found}).values_list("pk", "path"))
    cells = hiding.gather(((one.code, one.starts_on, one.unit_id, one.n, one.held) for one in found), paths)
    return {starts_on: hiding.withheld(mine, least=least) for (_code, starts_on), mine in cells.items()}


def _point(one: Found | None, starts_on: date, ends_on: date) -> Point:
    if one is None:
        return Point(starts_on=starts_on, ends_on=ends_on, value=None, n=0)
    return Point(
        starts_on=starts_on, ends_on=ends_on, value=one.value, n=one.n, numerator=one.numerator,
        denominator=one.denominator, excluded=one.excluded, complete=one.complete,
    )  # fmt: skip
