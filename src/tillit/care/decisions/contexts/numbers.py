"""decisions/numbers.html: cases in numbers for a team or a district. How it is counted: lead-times.md."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.decisions.contexts.appeal_words import OUTCOME_WORDS
from tillit.care.decisions.contexts.figures import COUNTED_KINDS
from tillit.care.decisions.contexts.words import short_date
from tillit.care.decisions.facts import AppealFact, DecisionFact, appeals_received, decisions_made
from tillit.care.decisions.permissions import READ_CASE, READ_NUMBERS
from tillit.care.decisions.rules import lead_times
from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import holds, require
from tillit.foundation.authority.queries import list_services
from tillit.foundation.organisation.queries import get_unit, scope_of
from tillit.kernel import oslo
from tillit.kernel.errors import NotFound
from tillit.kernel.periods import Days
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Column, Crumb, Crumbs, DataTable, TableRow, ToggleGroup, ToggleLink


class Reach(StrEnum):
    """How far back. The value stands in the address."""

    QUARTER = "13-uker"
    YEAR = "52-uker"


_WEEKS = {Reach.QUARTER: 13, Reach.YEAR: 52}


@dataclass(frozen=True, slots=True)
class NumbersPage:
    """decisions/numbers.html."""

    crumbs: Crumbs
    title: str
    lead: str = field(metadata={"help": "The answer in words: how many, and how many in time"})
    period: str
    reach: ToggleGroup | None = field(metadata={"help": "None: a whole quarter, for those who read no cases"})
    times: DataTable | None = field(metadata={"help": "None: too few to tell"})
    outcomes: DataTable | None
    services: DataTable | None
    appeals: str
    more: tuple[str, ...] = field(metadata={"help": "Frames and reassessments, in words"})
    too_few: str = field(metadata={"help": "Why nothing is told; empty when something is"})


def numbers_page(*, actor: Actor, unit_id: int, reach: Reach, at: datetime) -> NumbersPage:
    """Return the numbers of the last whole days before today. Raises NotFound, NotAllowed. Constant queries.

    Whoever does not read cases gets the last whole quarter of one team or office: neither two days' pages nor a sum
    with its parts then tell what a hidden group held.
    """
    unit = get_unit(actor=actor, unit_id=unit_id)
    require(actor, READ_NUMBERS, scope_of(unit))
    today = oslo.day_of(at)
    names_nobody = not holds(actor, READ_CASE, scope_of(unit))
    if names_nobody and unit.kind not in COUNTED_KINDS:
        raise NotFound(_("Fant ikke enheten."))  # with the sum and the rest, a small group could be reckoned out
    period = (
        lead_times.last_whole_quarter(today) if names_nobody else Days(today - timedelta(weeks=_WEEKS[reach]), today)
    )
    decisions = decisions_made(unit_ids=(unit_id,), period=period)
    appeals = appeals_received(unit_ids=(unit_id,), period=period)
    enough = len(decisions) >= lead_times.LEAST
    return NumbersPage(
        crumbs=Crumbs(
            (
                Crumb(_("Saker i tall"), reverse("decisions:figures")),
                Crumb(unit.name),
            )
            if names_nobody
            else (Crumb(_("Saker"), reverse("decisions:queue")), Crumb(_("Saker i tall")))
        ),
        title=_("Saker i tall for %(unit)s") % {"unit": unit.name},
        lead=_lead(decisions) if enough else "",
        period=_("Vedtak fattet fra %(first)s til og med %(last)s.")
        % {"first": short_date(period.first), "last": short_date((period.after or today) - timedelta(days=1))},
        reach=None if names_nobody else _how_far(reach, reverse("decisions:numbers", args=[unit_id])),
        times=_times(decisions) if enough else None,
        outcomes=_counted(
            _("Hva vedtakene sa"), _("Vedtak"), [str(OUTCOME_WORDS[one.outcome]).capitalize() for one in decisions]
        )
        if enough
        else None,
        services=_services(decisions) if enough else None,
        appeals=_appeals(appeals),
        more=_more(decisions) if enough else (),
        too_few="" if enough else _too_few(len(decisions)),
    )


def _how_far(reach: Reach, here: str) -> ToggleGroup:
    return ToggleGroup(
        _("Hvor langt tilbake"),
        (
            ToggleLink(_("13 uker"), here, reach is Reach.QUARTER),
            ToggleLink(_("52 uker"), f"{here}?siste={Reach.YEAR.value}", reach is Reach.YEAR),
        ),
    )


def _lead(decisions: Sequence[DecisionFact]) -> str:
    count = len(decisions)
    timely = sum(lead_times.in_time(one.times) for one in decisions)
    return ngettext(
        "%(timely)d av %(count)d vedtak ble fattet i tide.", "%(timely)d av %(count)d vedtak ble fattet i tide.", count
    ) % {"timely": timely, "count": count}


def _times(decisions: Sequence[DecisionFact]) -> DataTable:
    rows = (
        (
            _("Fra søknad til vedtak"),
            [lead_times.to_decision(one.times) for one in decisions if not one.is_reassessment],
        ),
        (
            _("Fra ny vurdering begynte til vedtak"),
            [lead_times.to_decision(one.times) for one in decisions if one.is_reassessment],
        ),
        (_("Fra vedtak til beskjed"), [lead_times.to_notice(one.times) for one in decisions]),
        (_("Fra beskjed til hjelpen begynte"), [lead_times.to_start(one.times) for one in decisions]),
        (_("Hjelp før vedtaket"), [lead_times.before_decision(one.times) for one in decisions]),
    )
    return DataTable(
        caption=_("Hvor lenge det tok, i dager"),
        columns=(
            Column(_("Hva")),
            Column(_("Antall"), right=True),
            Column(_("Det midterste"), right=True),
            Column(_("Ni av ti innen"), right=True),
        ),
        rows=tuple(_time_row(label, lead_times.spread(days)) for label, days in rows),
    )


def _time_row(label: str, found: lead_times.Spread | None) -> TableRow:
    if found is None:
        return TableRow((label, "0", "–", "–"))
    if not lead_times.may_be_told(found.count):
        return TableRow((label, _few(), "–", "–"))
    decimals = 0 if found.median == int(found.median) else 1
    median = formats.number(found.median, decimals, page_language())
    return TableRow((label, str(found.count), median, str(found.nine_of_ten)))


def _services(decisions: Sequence[DecisionFact]) -> DataTable:
    names = {line.code: line.name for line in list_services()}
    return _counted(
        _("Hvilke tjenester"),
        _("Tjeneste"),
        [names.get(code, code) for one in decisions for code, _outcome in one.outcomes],
    )


def _counted(caption: str, heading: str, found: Iterable[str]) -> DataTable:
    """Return how many of each, the most first; groups that could point at a person are not told."""
    counts = Counter(found).most_common()
    hidden = lead_times.hidden([count for _name, count in counts])
    return DataTable(
        caption=caption,
        columns=(Column(heading), Column(_("Antall"), right=True)),
        rows=tuple(
            TableRow((name, _few() if hide else str(count)))
            for (name, count), hide in sorted(zip(counts, hidden, strict=True), key=lambda row: (row[1], -row[0][1]))
        ),
    )


def _more(decisions: Sequence[DecisionFact]) -> tuple[str, ...]:
    count = len(decisions)
    found = []
    frames = sum(one.is_frame for one in decisions)
    again = sum(one.is_reassessment for one in decisions)
    for part, text in (
        (frames, _("%(part)d av %(count)d vedtak var rammevedtak.")),
        (again, _("%(part)d av %(count)d vedtak kom etter en ny vurdering.")),
    ):
        if part and lead_times.may_be_told(part) and lead_times.may_be_told(count - part):
            found.append(text % {"part": part, "count": count})
    return tuple(found)


def _appeals(appeals: Sequence[AppealFact]) -> str:
    if not appeals:
        return _("Ingen klager kom i perioden.")
    if not lead_times.may_be_told(len(appeals)):
        return _("Det kom færre enn 5 klager. Da viser vi ikke hvordan det gikk.")
    said = _("%(count)d klager kom.") % {"count": len(appeals)}
    reviewed = lead_times.spread(one.days_to_review for one in appeals)
    if reviewed and lead_times.may_be_told(reviewed.count):
        said += " " + _("Vi brukte %(days)s dager på den midterste.") % {
            "days": formats.number(
                reviewed.median, 0 if reviewed.median == int(reviewed.median) else 1, page_language()
            )
        }
    ended = [one for one in appeals if not one.is_open]
    changed = sum(one.was_changed for one in ended)
    if lead_times.may_be_told(changed) and lead_times.may_be_told(len(ended) - changed) and ended:
        said += " " + _("%(changed)d av %(ended)d ferdige førte til et nytt vedtak.") % {
            "changed": changed,
            "ended": len(ended),
        }
    return said


def _too_few(count: int) -> str:
    if count == 0:
        return _("Ingen vedtak er fattet i perioden.")
    return _("Det er fattet færre enn 5 vedtak i perioden. Da viser vi ingen tall, for de kunne pekt på en person.")


def _few() -> str:
    return _("færre enn 5, eller skjult")
