"""The one sentence over the page, made of all the verdicts: what is better, what is worse, what one cannot say yet."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.learning.insight.rules.indicators import Indicator
from tillit.learning.insight.rules.verdict import Said, Verdict

Judged = Sequence[tuple[Indicator, Verdict]]

_NAMED = 3
"""So many of what has changed are named; of more it is said how many."""
_FEW = 2
"""So many of what has not changed are named."""


def headline(judged: Judged) -> str:
    """Return «Varig bedre: … Varig svakere: … Resten er som før.»; what has no figures is not spoken of."""
    by_said: dict[Said, list[str]] = {}
    for indicator, found in judged:
        by_said.setdefault(found.said, []).append(indicator.name)
    better, worse = by_said.get(Said.BETTER, []), by_said.get(Said.WORSE, [])
    moved = [name for said in (Said.OTHER, Said.CHANGED, Said.PASSED, Said.POINT) for name in by_said.get(said, [])]
    same = by_said.get(Said.SAME, [])
    early = [name for said in (Said.EARLY, Said.SHORT_BASELINE) for name in by_said.get(said, [])]
    told = [
        _("Varig bedre: %(names)s.") % {"names": named(better)} if better else "",
        _("Varig svakere: %(names)s.") % {"names": named(worse)} if worse else "",
        _("Verdt å se på: %(names)s.") % {"names": named(moved)} if moved else "",
        _same(same, alone=not (better or worse or moved or early)),
        _early(early, alone=not (better or worse or moved or same)),
    ]
    return " ".join(each for each in told if each) or _("Det finnes ingen tall å vise ennå.")


def _same(names: Sequence[str], *, alone: bool) -> str:
    if not names:
        return ""
    if alone:
        return _("Alt er som før.")
    if len(names) > _FEW:
        return ngettext("%(count)s tall er som før.", "%(count)s tall er som før.", len(names)) % {"count": len(names)}
    return _("Som før: %(names)s.") % {"names": named(names)}


def _early(names: Sequence[str], *, alone: bool) -> str:
    if not names:
        return ""
    if alone:
        return _("Det er for tidlig å si om noe har endret seg.")
    if len(names) > _FEW:
        told = ngettext("For %(count)s er det for tidlig å si.", "For %(count)s er det for tidlig å si.", len(names))
        return told % {"count": len(names)}
    return _("For tidlig å si: %(names)s.") % {"names": named(names)}


def named(names: Sequence[str]) -> str:
    """Return «a, b og c», or «a, b, c og 4 til»."""
    return listed([_lower(name) for name in names], most=_NAMED)


def listed(names: Sequence[str], *, most: int) -> str:
    """Return the names as they stand, all of them when there is one more than `most`."""
    shown = list(names)
    if len(shown) > most + 1:
        rest = len(shown) - most
        more = ngettext("%(count)s til", "%(count)s til", rest) % {"count": rest}
        shown = [*shown[:most], more]
    return _(" og ").join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else shown[0]


def _lower(name: str) -> str:
    """Return the name as it stands within a sentence; an abbreviation keeps its letters."""
    return name[:1].lower() + name[1:] if name[1:2].islower() else name
