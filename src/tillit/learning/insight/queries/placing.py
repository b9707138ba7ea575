"""Where one reads the numbers: the unit in the address, and one's own to begin with."""

from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import TEAM_KINDS, within_reach
from tillit.kernel.errors import NotFound
from tillit.learning.insight.permissions import SEE_FIGURES
from tillit.learning.insight.rules.facts import COUNTED_KINDS


def get_unit_with_figures(*, actor: Actor, unit_id: int) -> Unit:
    """Return a unit whose numbers the actor may see. Raises NotFound for all others. One query."""
    found = within_reach(actor, SEE_FIGURES).filter(pk=unit_id, kind__in=COUNTED_KINDS).first()
    if found is None:
        raise NotFound(_("Fant ikke enheten."))
    return found


def own_unit_id(actor: Actor) -> int:
    """Return the team she works in, else the highest unit whose numbers she may see. Raises NotFound. One query."""
    units = list(
        within_reach(actor, SEE_FIGURES)
        .filter(kind__in=COUNTED_KINDS)
        .order_by("path")
        .values_list("pk", "path", "kind")
    )
    if not units:
        raise NotFound(_("Fant ikke enheten."))
    home = actor.home_path
    at_home = [pk for pk, path, kind in units if home and kind in TEAM_KINDS and home.startswith(path)]
    highest = min(units, key=lambda unit: (unit[1].count("."), unit[1]))
    return at_home[0] if at_home else highest[0]
