"""surveys/paired.html: what changed for those who made the same code in both waves."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.learning.surveys import queries
from tillit.learning.surveys.contexts import words
from tillit.learning.surveys.models import Campaign, PairedChange
from tillit.learning.surveys.permissions import ASK_SURVEY
from tillit.learning.surveys.queries import View
from tillit.learning.surveys.rules.instruments import Instrument
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Column, DataTable, TableRow


@dataclass(frozen=True, slots=True)
class PairedPanel:
    """surveys/paired.html."""

    table: DataTable | None = field(metadata={"help": "None: under five pairs, or the first wave with codes"})
    note: str
    campaign_id: int
    edition: int
    may_end: bool = field(metadata={"help": "She may delete the key now"})


def paired_panel(actor: Actor, campaign: Campaign, instrument: Instrument, view: View) -> PairedPanel | None:
    """Return the panel of a team, None when no codes were asked for. Three queries at most.

    Above the teams there are no paired numbers: only the press that deletes the key, for those who asked all of them.
    """
    series = campaign.series
    if series is None:
        return None
    may_end = series.ended_at is None and queries.holds_in_all(actor, ASK_SURVEY, campaign)
    if view.is_sum:
        only = _("Endringen hos de samme ser bare teamet selv.")
        return PairedPanel(None, only, campaign.pk, series.edition, may_end) if may_end else None
    rows = {one.code: one for one in queries.paired_changes(view.groups)}
    return PairedPanel(_table(instrument, rows), _note(rows, ended=series.ended_at is not None), campaign.pk,
                       series.edition, may_end)  # fmt: skip


def _table(instrument: Instrument, rows: dict[str, PairedChange]) -> DataTable | None:
    if not rows:
        return None
    columns = (Column(_("Skala")), Column(_("Endring"), right=True), Column(_("Usikkerhet"), right=True),
               Column(_("Effekt (dz)"), right=True), Column(_("Par"), right=True))  # fmt: skip
    found: Sequence[TableRow] = [_row(instrument, one) for one in rows.values()]
    return DataTable(_("Endring hos de samme, paret"), columns, tuple(found))


def _row(instrument: Instrument, one: PairedChange) -> TableRow:
    language = page_language()
    low, high = (formats.number(each, 1, language) for each in (one.low, one.high))
    interval = _("%(low)s til %(high)s") % {"low": low, "high": high}
    change = formats.signed(one.difference, 1, language)
    effect = "–" if one.dz is None else formats.signed(one.dz, 1, language)
    return TableRow((words.name_of(instrument, one.code), change, interval, effect, str(one.pairs)))


def _note(rows: dict[str, PairedChange], *, ended: bool) -> str:
    if rows:
        return _(
            "Paret: bare de som laget samme kode begge ganger. De er ikke nødvendigvis like alle som svarte. Tabellen"
            " «I tall» er uparet: alle som svarte hver gang. Effekten er endringen delt på hvor ulikt de endret seg."
        )
    if ended:
        return _("Nøkkelen er slettet. Ingen kan lenger finne igjen de samme.")
    return _(
        "Ingen endring vises her ennå: det er første runde med koder, færre enn fem har samme kode to ganger, eller så"
        " få er utenfor parene at tallene ville røpe dem."
    )
