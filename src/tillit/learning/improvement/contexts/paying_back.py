"""The panel of improvement/benefits.html that says when what a pilot costs has come back, or why it cannot be said."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.learning.improvement.models import Benefit
from tillit.learning.improvement.rules.benefits import Kind, Progress
from tillit.learning.improvement.rules.paying_back import (
    MONTHS_AHEAD,
    PaidBack,
    Priced,
    Together,
    Unsaid,
    paid_back,
    together,
)
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import ListRow, RowList, Tag

#: A benefit, whether finance has confirmed it as it stands, and how it goes.
Line = tuple[Benefit, bool, Progress | None]


def paying_back(lines: Sequence[Line]) -> RowList | None:
    """Return a row for each benefit with a cost or kroner, the whole plan first; None when no benefit has either."""
    rows = [
        _row(*line) for line in lines if line[0].cost is not None or line[0].kind == Kind.BUDGET
    ]  # fmt: skip
    if not rows:
        return None
    whole = together([_priced(benefit, is_confirmed) for benefit, is_confirmed, _progress in lines])
    return RowList(((_whole(whole),) if whole else ()) + tuple(rows))


def _priced(benefit: Benefit, is_confirmed: bool) -> Priced:
    return Priced(Kind(benefit.kind), benefit.amount, benefit.cost, is_confirmed)


def _row(benefit: Benefit, is_confirmed: bool, progress: Progress | None) -> ListRow:
    found = paid_back(_priced(benefit, is_confirmed))
    if isinstance(found, Unsaid):
        return ListRow(title=benefit.words, note=_why(found), end=Tag(_("Kan ikke sies")))
    assert benefit.amount is not None and benefit.cost is not None
    seen = benefit.confirmed_on is not None
    told = [_against(benefit.amount, benefit.cost), _rests_on(is_confirmed, seen, progress), _after_all(found)]
    return ListRow(title=benefit.words, note=" ".join(one for one in told if one), end=_when(found))


def _whole(found: Together) -> ListRow:
    told = [_against(found.gain, found.cost), _after_all(found.all_of_it)]
    if not found.confirmed:
        told.append(_("Ingenting av det er både målt og bekreftet av økonomi."))
    elif found.confirmed < found.gain:
        told.append(
            _("Med bare det som er målt og bekreftet av økonomi: %(when)s.") % {"when": _inside(found.confirmed_alone)}
        )
    else:
        told.append(_("Alt er målt og bekreftet av økonomi."))
    if found.without_cost:
        told.append(
            ngettext(
                "%(count)d gevinst sier ikke hva den koster, og teller her som om den er gratis.",
                "%(count)d gevinster sier ikke hva de koster, og teller her som om de er gratis.", found.without_cost,
            ) % {"count": found.without_cost}
        )  # fmt: skip
    return ListRow(title=_("Hele planen"), note=" ".join(one for one in told if one), end=_when(found.all_of_it))


def _against(gain: float, cost: int) -> str:
    language = page_language()
    return _("%(gain)s kr i året mot %(cost)s kr én gang.") % {
        "gain": formats.number(gain, 0, language), "cost": formats.number(cost, 0, language),
    }  # fmt: skip


def _rests_on(is_confirmed: bool, seen: bool, progress: Progress | None) -> str:
    """Return what the kroner rest on. seen: finance has looked at them, whether or not anything is measured."""
    if is_confirmed:
        return _("Beløpet er bekreftet av økonomi.")
    if seen:
        return _("Økonomi har sett på beløpet, men gevinsten er ikke målt ennå.")
    if progress is Progress.NOT_ON_TRACK:
        return _("Beløpet er et anslag, og gevinsten er ikke i rute.")
    return _("Beløpet er et anslag.")


def _after_all(found: PaidBack) -> str:
    if found.month is not None:
        return ""
    return _("Etter %(years)d år mangler det %(number)s kr.") % {
        "years": MONTHS_AHEAD // 12, "number": formats.number(-found.net, 0, page_language()),
    }  # fmt: skip


def _when(found: PaidBack) -> Tag:
    if found.month == 0:
        return Tag(_("Koster ingenting"))
    if found.month is None:
        return Tag(_("Ikke på %(years)d år") % {"years": MONTHS_AHEAD // 12}, "warning")
    months = ngettext("Etter %(count)d måned", "Etter %(count)d måneder", found.month) % {"count": found.month}
    return Tag(months, "info")


def _inside(found: PaidBack) -> str:
    """Return the same inside a sentence."""
    if found.month is None:
        return _("ikke på %(years)d år") % {"years": MONTHS_AHEAD // 12}
    return ngettext("etter %(count)d måned", "etter %(count)d måneder", found.month) % {"count": found.month}


def _why(unsaid: Unsaid) -> str:
    return {
        Unsaid.NO_COST: _("Ingen har skrevet hva det koster."),
        Unsaid.NO_AMOUNT: _("Ingen har skrevet hvor mange kroner det gir i året."),
        Unsaid.HOURS: _("Frigjort tid er ikke penger. Den betaler ikke noe tilbake før noe er tatt ut av budsjettet."),
        Unsaid.QUALITY: _("Kvalitet har ingen kroner. Om den er verdt det den koster, må dere si selv."),
    }[unsaid]
