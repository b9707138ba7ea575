"""A visit moved or called off without coverage, delivered: through the same actions as the pages, as its author."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tillit.care.visits.actions import MovedMeanwhile, cancel_visit, move_visit
from tillit.care.visits.delivered import href_of, visit_id_in, what_stands, whose
from tillit.care.visits.models import CancelledBy, Visit
from tillit.care.visits.queries import get_visit
from tillit.care.visits.rules.moving import moment_of, seen_start
from tillit.foundation.access.actor import Actor
from tillit.foundation.delivery import written
from tillit.foundation.delivery.acts import Clash, Done, Line, Order, Version
from tillit.kernel.errors import ActionRefused
from tillit.kernel.periods import Period
from tillit.ui import formats

Fields = Mapping[str, Any]


class MoveAct:
    """`visit.move`: visit_id, and the clock time in Oslo in `to` (pressed) or `start` (typed), as 10:30.

    edition: the start its author had seen (`rules.moving.seen_start`), and after «>» to when she has moved it since,
    on the same phone. A visit somebody else has moved since is not moved again: she sees when it is now, and chooses.
    """

    title = gettext_lazy("Flytte besøket")
    words = ""

    def citizen_of(self, fields: Fields) -> int | None:
        """Return whose visit it is."""
        return whose(fields)

    def apply(self, *, actor: Actor, order: Order) -> Done:
        """Move it, unless it is there already, or somebody else has moved it."""
        visit = get_visit(actor=actor, visit_id=visit_id_in(order.fields), at=order.at, lock=True)
        wanted = _chosen(order.fields)
        if wanted is None:
            raise ActionRefused(_("Velg når besøket skal være."))
        starts_at = _moment(visit, wanted)
        if visit.starts_at == starts_at and visit.is_locked:
            return Done(href_of(visit.pk), already=True)
        seen, _sign, own = order.edition.partition(">")
        moved_to = _clock(own)
        if moved_to is not None and _moment(visit, moved_to) == visit.starts_at:
            seen = seen_start(visit.starts_at)
        try:
            move_visit(actor=actor, visit_id=visit.pk, starts_at=starts_at, at=order.at, seen=seen)
        except MovedMeanwhile as moved:
            raise Clash(moved.text) from None
        return Done(href_of(visit.pk))

    def mine(self, fields: Fields) -> Version:
        """Return when she wanted it."""
        wanted = _chosen(fields)
        lines = (Line(_("Flyttes til"), f"{wanted:%H.%M}"),) if wanted else ()
        return Version(lines=lines, title=str(self.title))

    def stands(self, *, actor: Actor, fields: Fields, at: datetime) -> Version | None:
        """Return when the visit is now."""
        visit = get_visit(actor=actor, visit_id=visit_id_in(fields), at=at)
        return Version(
            lines=(Line(_("Besøket er"), formats.date_and_time(_begins(visit))),),
            edition=seen_start(visit.starts_at),
            title=f"{visit.citizen.name} · {formats.date_and_time(_begins(visit))}",
            href=href_of(visit.pk),
        )


class CancelAct:
    """`visit.cancel`: visit_id, cancelled_by, and perhaps `words`."""

    title = gettext_lazy("Avlyse besøket")
    words = "words"

    def citizen_of(self, fields: Fields) -> int | None:
        """Return whose visit it is."""
        return whose(fields)

    def apply(self, *, actor: Actor, order: Order) -> Done:
        """Call it off. One that is done or off already is not called off: what has been said stands."""
        fields = order.fields
        visit = get_visit(actor=actor, visit_id=visit_id_in(fields), at=order.at, lock=True)
        known = visit.reports.filter(press_key=order.press_key).exists()
        cancel_visit(
            actor=actor,
            visit_id=visit.pk,
            by=written.code(fields.get("cancelled_by")),
            reason=written.text(fields.get("words")),
            press_key=order.press_key,
            at=order.at,
        )
        return Done(href_of(visit.pk), already=known)

    def mine(self, fields: Fields) -> Version:
        """Return why she called it off."""
        reasons: dict[str, Any] = dict(CancelledBy.choices)
        said = (
            (_("Avlyst"), str(reasons.get(written.code(fields.get("cancelled_by")), ""))),
            (_("Med ord"), str(fields.get("words") or "")),
        )
        return Version(lines=tuple(Line(label, text) for label, text in said if text), title=str(self.title))

    def stands(self, *, actor: Actor, fields: Fields, at: datetime) -> Version | None:
        """Return what stands of the visit now."""
        return what_stands(actor, fields, at=at)


def _begins(visit: Visit) -> datetime:
    return visit.starts_at or visit.wished_at or visit.earliest_at


def _moment(visit: Visit, wanted: time) -> datetime:
    return moment_of(wanted, on=visit.on, window=Period(visit.earliest_at, visit.latest_at))


def _chosen(fields: Fields) -> time | None:
    return _clock(written.code(fields.get("to")) or written.code(fields.get("start")))


def _clock(said: str) -> time | None:
    """Return a clock time, to the minute; None when it cannot be understood."""
    hours, _sign, minutes = said[:5].replace(".", ":").partition(":")
    hour, minute = written.number(hours), written.number(minutes)
    if hour is None or minute is None or not (0 <= hour <= 23 and 0 <= minute <= 59):
        return None
    return time(hour, minute)
