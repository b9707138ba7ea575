"""Who has a case, why it is there, and who does what with it by the table."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.care.decisions.queries.rows import CaseRows
from tillit.foundation.responsibility.contexts.routing import WhyHere, holder_in_words, why_here
from tillit.foundation.responsibility.queries import Routed
from tillit.foundation.responsibility.rules.routing import Rows
from tillit.ui import formats
from tillit.ui.language import page_language


@dataclass(frozen=True, slots=True)
class WhoHasIt:
    """The unit and the case worker, what is offered to others, and what the reader may do with it."""

    unit: str
    worker: str
    worker_href: str = field(metadata={"help": "Where the case worker is chosen; empty: not hers to choose"})
    offered: str = field(metadata={"help": "Who it is offered to and since when; empty when it is not"})
    offer_id: int = field(metadata={"help": "The offer she may take back; 0: none"})
    hand_over_href: str
    last_words: str = field(metadata={"help": "What those who sent it back last said"})
    why: WhyHere


@dataclass(frozen=True, slots=True)
class TableRowLine:
    """One step of the case's way, and who has it by the table."""

    step: str
    holder: str
    terms: str


def who_has_it(
    rows: CaseRows, held: Mapping[str, Routed], table: Rows, *, may_hand_over: bool, may_choose: bool
) -> WhoHasIt:
    """Return who has the case, with the row of the table that says why."""
    case, offer, holdings = rows.case, rows.offer, rows.holdings
    accepted = next((row for row in holdings if row.answer == "YES"), None)
    row = accepted.responsibility if accepted and accepted.responsibility in held else table.receive
    sent_back = holdings[0] if holdings and holdings[0].answer == "NO" else None
    return WhoHasIt(
        unit=case.unit.name,
        worker=case.case_worker.name if case.case_worker else _("Ingen saksbehandler ennå"),
        worker_href=reverse("decisions:worker", args=[case.pk]) if may_choose and not case.closed_on else "",
        offered=_("Tilbudt %(unit)s %(when)s. Saken blir her til de sier ja.")
        % {"unit": offer.unit.name, "when": formats.date_and_time(offer.offered_at, page_language())}
        if offer
        else "",
        offer_id=offer.pk if offer and may_choose else 0,
        hand_over_href=reverse("decisions:hand_over", args=[case.pk])
        if may_hand_over and not offer and not case.closed_on
        else "",
        last_words=_("%(unit)s sendte saken tilbake: %(words)s")
        % {"unit": sent_back.unit.name, "words": sent_back.answer_words}
        if sent_back
        else "",
        why=why_here(held[row], what=_("Saken"), holder=case.unit.name),
    )


def who_does_what(table: Rows, held: Mapping[str, Routed]) -> tuple[TableRowLine, ...]:
    """Return the steps of a case with who has each by the table, each row once."""
    steps: tuple[tuple[str, str], ...] = (
        (_("Tar imot"), table.receive),
        (_("Vurderer behovet"), table.assess),
        (_("Behandler søknaden"), table.case_work),
        (_("Fatter vedtaket"), table.decide),
        (_("Gir hjelpen"), table.deliver),
    )
    if len(table.codes) == 1:
        steps = ((_("Har hele saken"), table.receive),)
    return tuple(
        TableRowLine(label, holder_in_words(held[code]) or _("Ikke bestemt"), held[code].why.terms)
        for label, code in steps
        if code
    )
