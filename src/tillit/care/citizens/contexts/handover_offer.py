"""Offering a citizen to another unit: what the form begins with, and where the table sends her (R07)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens import queries, sources
from tillit.care.citizens.contexts.change import Opened, crumbs
from tillit.care.citizens.contexts.moving import moves_in_words
from tillit.care.citizens.models import HandoverReason, HandoverState
from tillit.care.citizens.permissions import OFFER_HANDOVER
from tillit.care.citizens.queries.handover import HandoverLine, teams_for
from tillit.care.citizens.queries.moving import TAKES_OVER, MovesAway, move_away_of
from tillit.care.citizens.rules import handover as rules
from tillit.foundation.access.actor import Actor, Scope
from tillit.foundation.access.permissions import holds
from tillit.foundation.organisation.models import Unit, UnitKind
from tillit.foundation.organisation.queries import in_force
from tillit.foundation.responsibility.contexts.routing import WhyHere, row_in_words, why_here
from tillit.foundation.responsibility.queries import Routed, holder_for, holders_for
from tillit.ui.parts import Crumbs

_FOLLOWING_KINDS = (UnitKind.TEAM, UnitKind.WORK_GROUP, UnitKind.SPECIAL_TEAM)


@dataclass(frozen=True, slots=True)
class Hint:
    """Where a citizen goes by the table, as a link that fills in the form."""

    text: str
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class OfferPage:
    """citizens/handover_offer.html: offer a citizen to another unit."""

    citizen_id: int
    crumbs: Crumbs
    title: str
    lead: str
    hints: tuple[Hint, ...]
    already: str = field(metadata={"help": "She is offered to somebody already: to whom; else empty"})
    already_href: str
    move_id: int = field(metadata={"help": "She moves to where others have her, and may stay all the same; 0: no"})
    move: str = field(metadata={"help": "When she moves, and who has her there"})
    why: WhyHere | None = field(metadata={"help": "The row of the table that gives her to others there"})
    back: str


@dataclass(frozen=True, slots=True)
class Start:
    """What the form begins with."""

    from_unit_id: int
    from_unit_name: str
    to_unit_id: int | None
    reason: str
    words: str
    units: tuple[tuple[int, str], ...]
    from_on: date
    move: MovesAway | None = field(metadata={"help": "She moves to where others have her"})


def offer_page(found: Opened, start: Start, hints: Sequence[Hint], *, already: HandoverLine | None) -> OfferPage:
    """Return the frame around offering a citizen to another unit."""
    move = start.move
    waits = already is not None and already.state == HandoverState.OFFERED
    return OfferPage(
        citizen_id=found.citizen.pk,
        crumbs=crumbs(found.citizen, _("Overlever")),
        title=_("Overlever %(name)s") % {"name": found.citizen.first_name},
        lead=_("%(unit)s har ansvaret til de som får tilbudet, har sagt ja.") % {"unit": start.from_unit_name},
        hints=tuple(hints),
        already=already.to_unit_name if already and waits else "",
        already_href=reverse("handover:show", args=[already.handover_id]) if already and waits else "",
        move_id=move.move_id if move else 0,
        move=moves_in_words(move, today=found.today) if move else "",
        why=_why(move, on=found.today) if move else None,
        back=reverse("citizens:page", args=[found.citizen.pk]),
    )


def _why(move: MovesAway, *, on: date) -> WhyHere | None:
    routed = holder_for(code=TAKES_OVER, unit_id=move.to_unit_id, on=on)
    if not routed.unit_ids:  # no table says it: the area alone does
        return None
    return why_here(routed, what=_("Brukeren"), question=_("Hvorfor dit?"))


def start_of(
    found: Opened, *, actor: Actor, from_unit_id: int | None, reason: str, to_unit_id: int | None, at: datetime
) -> Start | None:
    """Return what the form begins with; None when none of her units is one the actor may offer from.

    Without a choice: the reason follows from what the unit is for, the receiver from the reason and her address.
    """
    followings = [line for line in found.around.followings if line.valid_from <= found.today]
    mine = [line for line in followings if holds(actor, OFFER_HANDOVER, Scope((line.unit_path,), found.citizen.pk))]
    if not mine:
        return None
    given = next((line for line in mine if line.unit_id == from_unit_id), mine[0])
    units = list(Unit.objects.filter(in_force(found.today), kind__in=_FOLLOWING_KINDS).order_by("name", "pk"))
    purposes = {unit.pk: unit.purpose for unit in units}
    chosen = reason if reason in HandoverReason.values else rules.PASSING_ON.get(purposes.get(given.unit_id, ""), "")
    following = {line.unit_id for line in followings}
    at_home = teams_for([found.citizen.pk], on=found.today)[found.citizen.pk]
    if to_unit_id is None and at_home not in following and chosen in ("", "ASSESSED", "STARTED", "REABLED", "MOVED"):
        to_unit_id = at_home
        chosen = chosen or (HandoverReason.MOVED.value if at_home is not None else "")
    move = move_away_of(found.citizen.pk, on=found.today)
    if move is not None and move.from_unit_id != given.unit_id:
        move = None
    if move is not None and to_unit_id is None and chosen in ("", HandoverReason.MOVED.value):
        to_unit_id, chosen = move.to_unit_id, HandoverReason.MOVED.value
    follows_move = move is not None and chosen == HandoverReason.MOVED.value
    return Start(
        from_unit_id=given.unit_id,
        from_unit_name=given.unit_name,
        to_unit_id=to_unit_id,
        reason=chosen,
        words=known_in_words(found, at=at),
        units=tuple((unit.pk, unit.name) for unit in units if unit.pk != given.unit_id),
        from_on=max(found.today, move.moves_on) if move and follows_move else found.today,
        move=move,
    )


def hints_for(start: Start, *, citizen_id: int, on: date) -> tuple[Hint, ...]:
    """Return where the giver's table sends citizens of a sort: to whom, and the row that says so."""
    rows = {reason: row.code for reason, row in rules.ROWS.items() if row.code and row.side is rules.Side.GIVER}
    routed = holders_for(codes=rows.values(), unit_id=start.from_unit_id, on=on)
    known = dict(start.units)
    return tuple(
        _hint(start, citizen_id, reason, routed[code])
        for reason, code in rows.items()
        if routed[code].unit_id in known and routed[code].unit_id != start.from_unit_id
    )


def known_in_words(found: Opened, *, at: datetime) -> str:
    """Return what there is to pass on, as text that a person goes through: headings with their lines."""
    around = found.around
    kin = next((line for line in around.network if line.is_next_of_kin), None)
    own = [
        sources.Known(_("Varsler"), tuple(line.text for line in around.alerts)),
        sources.Known(
            _("Ikke hjemme"),
            tuple(
                ", ".join(part for part in (line.kind_name, line.place, line.next_step) if part) for line in around.away
            ),
        ),
        sources.Known(
            _("Nærmeste pårørende"),
            (", ".join(part for part in (kin.name, kin.relation, kin.phone) if part),) if kin else (),
        ),
        sources.Known(_("Ønsker om hjelpere"), tuple(_wish(line) for line in around.wishes)),
    ]
    told = [*sources.known(citizen_id=found.citizen.pk, at=at), *(one for one in own if one.lines)]
    return "\n\n".join(_known(one) for one in told)


def _known(one: sources.Known) -> str:
    if len(one.lines) == 1:
        return f"{one.heading}: {one.lines[0]}"
    return "\n".join((f"{one.heading}:", *(f"– {line}" for line in one.lines)))


def _wish(line: queries.WishLine) -> str:
    return ", ".join(part for part in (line.kind_name, line.employee_name, line.reason) if part)


def _hint(start: Start, citizen_id: int, reason: str, routed: Routed) -> Hint:
    address = reverse("handover:offer", args=[citizen_id])
    return Hint(
        text=_("%(row)s: %(unit)s") % {"row": row_in_words(routed.why), "unit": routed.unit_names[0]},
        href=f"{address}?fra={start.from_unit_id}&grunn={reason}&til={routed.unit_id}",
        chosen=start.reason == reason and start.to_unit_id == routed.unit_id,
    )
