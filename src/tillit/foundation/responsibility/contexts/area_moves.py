"""Which addresses change team when an area is drawn, changed or ended, in words."""

from dataclasses import dataclass, field
from hashlib import sha256

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.organisation.actions import Foreseen, ForeseenAreas
from tillit.foundation.organisation.queries import names_of
from tillit.foundation.organisation.rules import Move


@dataclass(frozen=True, slots=True)
class Preview:
    """What happens when what was asked for is done."""

    lines: tuple[str, ...]
    seen: str = field(metadata={"help": "Fingerprint of what was shown: what is stored must be the same"})


def preview_of(foreseen: Foreseen) -> Preview:
    """Return what happens, in words, with the mark of what was shown."""
    return Preview(_told(foreseen.moves), fingerprint(foreseen))


def fingerprint(foreseen: Foreseen) -> str:
    """Return a short mark of the area and of what it moves: another area, or another answer, has another mark."""
    area = foreseen.area
    told = (area.ring, sorted(area.postal_codes), area.days, foreseen.moves)
    return sha256(repr(told).encode()).hexdigest()[:16]


def preview_of_many(foreseen: ForeseenAreas) -> Preview:
    """Return what happens when many areas are taken in together."""
    return Preview(_told(foreseen.moves), fingerprint_of_many(foreseen))


def fingerprint_of_many(foreseen: ForeseenAreas) -> str:
    """Return a short mark of how the areas would be, and of what they move."""
    after = [(line.unit_id, line.ring, sorted(line.postal_codes), line.days) for line in foreseen.after]
    told = (after, [(row.replaces, row.is_changed) for row in foreseen.rows], foreseen.moves)
    return sha256(repr(told).encode()).hexdigest()[:16]


def _told(moves: tuple[Move, ...] | None) -> tuple[str, ...]:
    """Say what happens to addresses, and that nobody is moved."""
    if moves is None:
        first = [_("Rollen din ser ikke hvor brukere bor. Derfor står det ikke hvor mange adresser som skifter team.")]
    elif not moves:
        first = [_("Ingen av adressene du ser, skifter team.")]
    else:
        names = names_of(unit for move in moves for unit in (move.from_unit_id, move.to_unit_id) if unit is not None)
        first = [_move_text(move, names) for move in moves]
    return (
        *first,
        _(
            "Ingen brukere flyttes av dette. De følges av samme team som før, til noen velger et annet team på siden "
            "til brukeren. Området sier hvilket team som foreslås for nye brukere og nye adresser."
        ),
    )


def _move_text(move: Move, names: dict[int, str]) -> str:
    if move.from_unit_id is None:
        text = ngettext(
            "%(count)s adresse som ikke hørte til noe team, går til %(to)s.",
            "%(count)s adresser som ikke hørte til noe team, går til %(to)s.",
            move.addresses,
        )
    elif move.to_unit_id is None:
        text = ngettext(
            "%(count)s adresse går fra %(from)s og hører ikke til noe team.",
            "%(count)s adresser går fra %(from)s og hører ikke til noe team.",
            move.addresses,
        )
    else:
        text = ngettext(
            "%(count)s adresse går fra %(from)s til %(to)s.",
            "%(count)s adresser går fra %(from)s til %(to)s.",
            move.addresses,
        )
    return text % {
        "count": move.addresses,
        "from": names.get(move.from_unit_id or 0, ""),
        "to": names.get(move.to_unit_id or 0, ""),
    }
