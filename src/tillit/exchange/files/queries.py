"""Reads about imports. A run is seen by the one who started it, and by administrators."""

from collections.abc import Mapping

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tillit.exchange.files import matching
from tillit.exchange.files.models import ImportRun, RememberedMapping
from tillit.exchange.files.reading import Table
from tillit.exchange.files.sheets import Sheet
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.roles import Role
from tillit.kernel.errors import NotFound


def _visible(actor: Actor) -> QuerySet[ImportRun]:
    if any(grant.role is Role.ADMINISTRATOR for grant in actor.grants):
        return ImportRun.objects.all()
    return ImportRun.objects.filter(by_id=actor.employee_id)


def get_run(*, actor: Actor, run_id: int, lock: bool = False) -> ImportRun:
    """Return the import, or raise NotFound. lock: hold it until the transaction ends."""
    runs = _visible(actor)
    if lock:
        runs = runs.select_for_update()
    try:
        return runs.get(pk=run_id)
    except ImportRun.DoesNotExist:
        raise NotFound(_("Fant ikke innlesingen.")) from None


def list_runs(*, actor: Actor, most: int = 10) -> list[ImportRun]:
    """Return the newest imports, newest first."""
    return list(_visible(actor).select_related("by").prefetch_related("files").order_by("-at", "-pk")[:most])


def remembered(sheet: Sheet, table: Table) -> Mapping[str, str]:
    """Return how somebody mapped such a header before, or nothing."""
    found = RememberedMapping.objects.filter(sheet=sheet.code, fingerprint=matching.fingerprint(table.header)).first()
    return found.columns if found else {}
