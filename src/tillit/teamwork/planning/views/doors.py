"""What every page of the work lists begins with: the unit within reach, and what a form sent."""

from datetime import UTC, date, datetime, time, timedelta

from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _

from tillit.foundation.access.guard import ActorRequest
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation import queries as organisation
from tillit.foundation.organisation.models import Unit
from tillit.kernel import oslo
from tillit.kernel.errors import ActionRefused
from tillit.teamwork.planning.permissions import SEE_LISTS

NOON = time(12)


class Unreadable(ActionRefused):
    """A form that a page of ours never sends."""


def unit_of(request: ActorRequest, unit_id: int) -> Unit:
    """Return the unit if the actor reaches it and may see its lists. Raises NotFound, NotAllowed."""
    unit = organisation.get_unit(actor=request.actor, unit_id=unit_id)
    require(request.actor, SEE_LISTS, organisation.scope_of(unit))
    return unit


def number(form: QueryDict, name: str) -> int:
    """Return a whole number of a form. Raises Unreadable."""
    return number_of(form.get(name, ""))


def number_of(value: str) -> int:
    """Return a whole number of 0 or more. Raises Unreadable."""
    if not value.isdecimal() or len(value) > 15:
        raise Unreadable(_("Skjemaet kunne ikke leses. Last siden på nytt og prøv igjen."))
    return int(value)


def optional(form: QueryDict, name: str) -> int | None:
    """Return a whole number, or None for 0 and for nothing: «nobody»."""
    return optional_of(form.get(name, ""))


def optional_of(value: str) -> int | None:
    """Return a whole number, or None for 0 and for what is no number."""
    return int(value) if value.isdecimal() and len(value) <= 15 and int(value) else None


def come_again() -> HttpResponse:
    """Tell htmx to load the whole page anew: what it asked about has ended."""
    answer = HttpResponse(status=200)
    answer["HX-Refresh"] = "true"
    return answer


def start_of(form: QueryDict, *, on: date, shift_kind: str) -> datetime | None:
    """Return the start a form asks for: `start` (2026-11-24T09:15) or `clock` (09:15), both Oslo's; None for none.

    A clock before noon on a night's lists is the morning after. Raises Unreadable.
    """
    try:
        if written := form.get("clock", ""):
            clock = time.fromisoformat(written)
            day = on + timedelta(days=1) if shift_kind == "NIGHT" and clock < NOON else on
            return oslo.moment(day, clock)
        if written := form.get("start", ""):
            local = datetime.fromisoformat(written)
            return oslo.moment(local.date(), local.time())
    except ValueError:
        raise Unreadable(_("Skriv klokkeslettet som 09.15.")) from None
    return None


def slot_start(form: QueryDict, began: str) -> datetime:
    """Return the moment of a slot on a board that began at a UNIX time. Raises Unreadable."""
    if not began.isdecimal() or len(began) > 11:
        raise Unreadable(_("Skjemaet kunne ikke leses. Last siden på nytt og prøv igjen."))
    slot = min(max(1, number(form, "start")), 288)
    return datetime.fromtimestamp(int(began), tz=UTC) + timedelta(minutes=5 * (slot - 1))
