"""Who comes to the citizen: the strip of 28 days and the sentence under it (R25).

How the numbers are counted: docs/how-we-count/continuity.md.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.care.visits.queries import ContinuityLine, StripVisit
from tillit.foundation.workforce.queries import Mark
from tillit.kernel.periods import each_day
from tillit.pages.citizen.contexts.words import mark_of
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Key, KeyItem, Strip, StripCell, StripDay

STRIP_DAYS = 28
SENTENCE_DAYS = 14


@dataclass(frozen=True, slots=True)
class WhoComes:
    """The strip, the sentence under it, and how often each helper came."""

    strip: Strip
    number: str = field(metadata={"help": "«6 ulike hjelpere»"})
    rest: str = field(metadata={"help": "What follows in the same paragraph"})
    key: Key | None


def who_comes(
    visits: Sequence[StripVisit],
    line: ContinuityLine,
    marks: Mapping[int, Mark],
    *,
    today: date,
    has_primary: bool,
    units: Mapping[int, str],
) -> WhoComes | None:
    """Return the strip for the 28 days that end today; None when nobody has come or is to come in that time.

    line: counted over the 14 whole days before today. Cells of today that are not carried out are drawn as planned.
    units: names of the units when there are several, said of each visit.
    """
    if not visits:
        return None
    first = today - timedelta(days=STRIP_DAYS - 1)
    by_day: dict[date, list[StripCell]] = {day: [] for day in each_day(first, today + timedelta(days=1))}
    for visit in visits:
        if visit.on in by_day:
            by_day[visit.on].extend(_cells(visit, marks, units.get(visit.unit_id, "")))
    strip = Strip(
        label=_("Besøk dag for dag, med hvem som kom"),
        days=tuple(StripDay(day, tuple(cells)) for day, cells in by_day.items()),
        today=today,
    )
    return WhoComes(
        strip=strip,
        number=_number(line),
        rest=_rest(line, has_primary=has_primary),
        key=_key(visits, marks, today=today),
    )


def _cells(visit: StripVisit, marks: Mapping[int, Mark], unit: str) -> list[StripCell]:
    when = _("%(day)s kl. %(clock)s") % {
        "day": f"{formats.weekday(visit.on, page_language())} {formats.day_and_month(visit.on, page_language())}",
        "clock": formats.clock(visit.starts_at, page_language()),
    }
    if unit:
        when = f"{when}, {unit}"
    if visit.state == "CANCELLED":
        return [StripCell(mark=None, title=_("Avlyst, %(when)s") % {"when": when}, kind="gone")]
    if not visit.helper_ids:
        return []
    planned = visit.state == "PLANNED"
    cells = []
    for helper_id in visit.helper_ids:
        mark = mark_of(marks, helper_id)
        title = f"{mark.name}, {when}"
        cells.append(
            StripCell(
                mark=mark,
                title=_("%(title)s (planlagt)") % {"title": title} if planned else title,
                kind="planned" if planned else "",
            )
        )
    return cells


def _number(line: ContinuityLine) -> str:
    if not line.last_14.visits:
        return _("Ingen besøk på 14 dager.")
    return ngettext("%(number)d hjelper", "%(number)d ulike hjelpere", line.last_14.different) % {
        "number": line.last_14.different
    }


def _rest(line: ContinuityLine, *, has_primary: bool) -> str:
    sentences = []
    total = line.last_14.visits
    if total and has_primary and line.last_14.primary_share is not None:
        came = line.last_14.primary_share * total
        sentences.append(_("på 14 dager."))
        sentences.append(
            ngettext(
                "Primærkontakten kom på %(came)d av %(total)d besøk.",
                "Primærkontakten kom på %(came)d av %(total)d besøk.",
                total,
            )
            % {"came": came.numerator // came.denominator, "total": total}
        )
    elif total:
        sentences.append(
            ngettext("på 14 dager og %(total)d besøk.", "på 14 dager og %(total)d besøk.", total) % {"total": total}
        )
    if line.before_14.visits:
        sentences.append(
            _("Forrige 14 dager: %(number)d ulike.") % {"number": line.before_14.different}
            if line.before_14.different != 1
            else _("Forrige 14 dager: én hjelper.")
        )
    elif line.last_14.visits:
        sentences.append(_("Ingen besøk i de 14 dagene før."))
    return " ".join(sentences)


def _key(visits: Sequence[StripVisit], marks: Mapping[int, Mark], *, today: date) -> Key | None:
    first = today - timedelta(days=SENTENCE_DAYS)
    counts = Counter(
        helper_id
        for visit in visits
        if visit.state == "DONE" and first <= visit.on < today
        for helper_id in visit.helper_ids
    )
    if not counts:
        return None
    ordered = sorted(counts.items(), key=lambda one: (-one[1], mark_of(marks, one[0]).name))
    return Key(
        label=_("Besøk per hjelper siste 14 dager"),
        items=tuple(
            KeyItem(text=mark_of(marks, helper_id).name, mark=mark_of(marks, helper_id, small=True), count=str(number))
            for helper_id, number in ordered
        ),
    )
