"""Own instruments: those one may build, and those one may ask."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.rules import ids_in
from tillit.kernel.errors import NotFound
from tillit.learning.surveys.models import OwnInstrument
from tillit.learning.surveys.permissions import ASK_SURVEY, BUILD_SURVEY


def _built_by(actor: Actor) -> QuerySet[OwnInstrument]:
    within = Q(pk__in=())
    for path in actor.paths_for(BUILD_SURVEY.roles):
        within |= Q(unit__path__startswith=path)
    return OwnInstrument.objects.filter(within).select_related("unit")


def get_own(*, actor: Actor, own_id: int, lock: bool = False) -> OwnInstrument:
    """Return an instrument of a unit she may build for. Raises NotFound. lock: its row, for actions."""
    rows = _built_by(actor)
    found = (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=own_id).first()
    if found is None:
        raise NotFound(_("Fant ikke spørreskjemaet."))
    return found


def list_own(*, actor: Actor) -> list[OwnInstrument]:
    """Return what she may build on, drafts and in use, the newest on top. One query."""
    return list(_built_by(actor).order_by("-made_at", "-pk"))


def next_version(row: OwnInstrument) -> OwnInstrument | None:
    """Return the version after this one, when there is one."""
    return OwnInstrument.objects.filter(code=row.code, version__gt=row.version).order_by("version").first()


def may_ask_with(*, actor: Actor) -> list[OwnInstrument]:
    """Return the own instruments she may ask her teams, the newest version of each: made for a unit that is hers, above
    hers or under it. One query.
    """
    within = Q(pk__in=())
    for path in actor.paths_for(ASK_SURVEY.roles):
        within |= Q(unit__path__startswith=path) | Q(unit_id__in=ids_in(path))
    rows = OwnInstrument.objects.filter(within, in_use_at__isnull=False).select_related("unit")
    newest: dict[str, OwnInstrument] = {}
    for row in rows.order_by("code", "version"):
        newest[row.code] = row
    return sorted(newest.values(), key=lambda row: (row.made_at, row.pk))
