"""What goes between colleagues without coverage, delivered: through the same actions as the pages, as its author.

Nothing is overwritten: what has gone to somebody else meanwhile is refused, and she sees who has the visit now.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.visits.models import Visit
from tillit.care.visits.queries import get_visit
from tillit.foundation.access.actor import Actor
from tillit.foundation.delivery import written
from tillit.foundation.delivery.acts import Done, Line, Order, Version
from tillit.foundation.workforce import queries as workforce
from tillit.kernel.errors import NotFound
from tillit.teamwork.planning.actions import give_back_visit, hand_over_visit, take_visit
from tillit.teamwork.planning.rules.handing import number_written
from tillit.ui import formats

Fields = Mapping[str, Any]


class _BetweenColleagues:
    """What the acts have in common: which visit, and who has it now."""

    title: str | Promise = ""
    words = ""

    def citizen_of(self, fields: Fields) -> int | None:
        """Return whose visit it is."""
        return Visit.objects.filter(pk=_number(fields, "visit_id")).values_list("citizen_id", flat=True).first()

    def mine(self, fields: Fields) -> Version:
        """Return what she did."""
        return Version(lines=(Line(_("Besøket"), str(self.title)),), title=str(self.title))

    def stands(self, *, actor: Actor, fields: Fields, at: datetime) -> Version | None:
        """Return who has the visit now."""
        visit = _visit(actor, fields, at=at)
        marks = workforce.marks(employee_ids=_holders(visit))
        names = ", ".join(sorted(mark.name for mark in marks.values()))
        when = formats.date_and_time(visit.starts_at or visit.wished_at or visit.earliest_at)
        return Version(
            lines=(Line(_("Har besøket nå"), names or _("Ingen")),),
            title=f"{visit.citizen.name} · {when}",
            href=_href(visit),
        )


class HandOverAct(_BetweenColleagues):
    """`visit.hand_over`: visit_id, and in `to` the colleague who gets it."""

    title = gettext_lazy("Ga besøket til en kollega")

    def apply(self, *, actor: Actor, order: Order) -> Done:
        """Give it, unless she has it already and the author does not."""
        visit, to = _visit(actor, order.fields, at=order.at), _number(order.fields, "to")
        holders = _holders(visit)
        if to in holders and actor.employee_id not in holders:
            return Done(_href(visit), already=True)
        hand_over_visit(
            actor=actor, visit_id=visit.pk, to_employee_id=to, at=order.at, seen=number_written(order.edition)
        )
        return Done(_href(visit))

    def mine(self, fields: Fields) -> Version:
        """Return to whom she gave it."""
        to = _number(fields, "to")
        mark = workforce.marks(employee_ids=[to]).get(to)
        return Version(lines=(Line(_("Til"), mark.name if mark else _("Ukjent")),), title=str(self.title))


class TakeAct(_BetweenColleagues):
    """`visit.take`: visit_id."""

    title = gettext_lazy("Tok et ledig besøk")

    def apply(self, *, actor: Actor, order: Order) -> Done:
        """Take it, unless it is hers already."""
        visit = _visit(actor, order.fields, at=order.at)
        if actor.employee_id in _holders(visit):
            return Done(_href(visit), already=True)
        take_visit(actor=actor, visit_id=visit.pk, at=order.at, seen=number_written(order.edition))
        return Done(_href(visit))


class GiveBackAct(_BetweenColleagues):
    """`visit.give_back`: visit_id."""

    title = gettext_lazy("Ga besøket tilbake")

    def apply(self, *, actor: Actor, order: Order) -> Done:
        """Give it back, unless it is hers no more."""
        visit = _visit(actor, order.fields, at=order.at)
        if actor.employee_id not in _holders(visit):
            return Done(_href(visit), already=True)
        give_back_visit(actor=actor, visit_id=visit.pk, at=order.at, seen=number_written(order.edition))
        return Done(_href(visit))


def _visit(actor: Actor, fields: Fields, *, at: datetime) -> Visit:
    number = _number(fields, "visit_id")
    if not number:
        raise NotFound(_("Fant ikke besøket."))
    return get_visit(actor=actor, visit_id=number, at=at)


def _holders(visit: Visit) -> frozenset[int]:
    return frozenset(visit.helper_rows.values_list("employee_id", flat=True))


def _href(visit: Visit) -> str:
    return reverse("myday:visit", args=[visit.pk])


def _number(fields: Fields, name: str) -> int:
    """Return a whole number above 0; 0 for anything else."""
    return max(written.number(fields.get(name)) or 0, 0)
