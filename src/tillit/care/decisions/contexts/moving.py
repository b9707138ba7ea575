"""She moves to the municipality: when, where, and the help she had, on the page of a case and where it was received."""

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens.permissions import CHANGE_HOME
from tillit.care.citizens.queries.moving import MoveIn, moves_in
from tillit.care.decisions import queries
from tillit.care.decisions.models import Case
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts.part import Part


@dataclass(frozen=True, slots=True)
class MovingIn(Part):
    """decisions/moving_in.html."""

    folder: ClassVar[str] = "decisions"

    heading: str = field(metadata={"help": "«Flytter hit 1. desember»"})
    address: str
    help_before: str = field(metadata={"help": "The help she had, and from whom; empty: nobody has asked yet"})
    change_href: str = field(metadata={"help": "Where the day and the help are written; empty: not hers to write"})


def moving_part(*, actor: Actor, case: Case, on: date) -> MovingIn | None:
    """Return what is known of her moving here; None for whoever has not, or whose move was another time's case."""
    move = moves_in([case.citizen_id], on=on).get(case.citizen_id) if case.is_new else None
    if move is None or move.told_at > case.registered_at:
        return None
    may = holds(actor, CHANGE_HOME, queries.scope_of_case(case, on=on))
    return MovingIn(
        heading=moving_words(move, on=on),
        address=move.address,
        help_before=move.help_before,
        change_href=reverse("citizens:move_in", args=[case.citizen_id]) if may and not case.closed_on else "",
    )


def moving_words(move: MoveIn, *, on: date) -> str:
    """Return when she moves: «Flytter hit 1. desember», «Flyttet hit 20. november»."""
    day = formats.near_date(move.moves_on, today=on, language=page_language())
    said = _("Flytter hit %(day)s") if move.moves_on > on else _("Flyttet hit %(day)s")
    return said % {"day": day}
