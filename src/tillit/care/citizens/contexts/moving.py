"""Citizens who move to where others have them: in words, and where they are offered on (R07)."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.citizens.models import HandoverReason
from tillit.care.citizens.queries.moving import MovesAway
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import ListRow, RowList


def offer_href(move: MovesAway) -> str:
    """Return where a citizen who moves is offered to those who have her at the new address."""
    address = reverse("handover:offer", args=[move.citizen_id])
    return f"{address}?fra={move.from_unit_id}&til={move.to_unit_id}&grunn={HandoverReason.MOVED.value}"


def moves_in_words(move: MovesAway, *, today: date) -> str:
    """Return when she moves, and who has her there: «Flytter 1.12.2026. Etter modellen har Lia brukerne der.»."""
    day = formats.near_date(move.moves_on, today=today, language=page_language())
    ahead = move.moves_on > today
    said = (
        _("Flytter %(day)s. Etter modellen har %(unit)s brukerne der.")
        if ahead
        else _("Flyttet %(day)s. Etter modellen har %(unit)s brukerne der.")
    )
    return said % {"day": day, "unit": move.to_unit_name}


def moving_rows(found: Sequence[MovesAway], today: date, *, may_offer: bool) -> RowList | None:
    """Return them as rows that lead to the offer, for whoever may make one; None without any."""
    rows = tuple(
        ListRow(one.citizen_name, note=moves_in_words(one, today=today), href=offer_href(one) if may_offer else "")
        for one in found
    )
    return RowList(rows) if rows else None
