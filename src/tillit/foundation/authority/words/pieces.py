"""The smaller pieces: roles in units, extents, limits, documents and days."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tillit.foundation.access.roles import ROLE_NAMES, Role
from tillit.foundation.authority.models import ExtentIn
from tillit.foundation.authority.queries import Basis, Decider, InRole
from tillit.foundation.organisation.models import UnitKind
from tillit.ui import formats
from tillit.ui.language import page_language


def source_of(basis: Basis) -> str:
    """«Delegering 2026-04, gjelder til og med 31.12.2027»."""
    if basis.valid_to is None:
        return _("Delegering %(reference)s, uten sluttdato") % {"reference": basis.reference}
    return _("Delegering %(reference)s, gjelder til og med %(day)s") % {
        "reference": basis.reference,
        "day": last_day(basis.valid_to),
    }


def last_day(valid_to: date) -> str:
    """The last day something holds, for people: the day before `valid_to`."""
    return formats.short_date(valid_to - timedelta(days=1), page_language())


def until(valid_from: date, valid_to: date | None, *, on: date) -> str:
    """«Til og med 31.12.2027», «Fra 01.01.2027, uten sluttdato»: when it begins only if it has not begun."""
    first = _("Fra %(day)s") % {"day": formats.short_date(valid_from, page_language())}
    last = _("til og med %(day)s") % {"day": last_day(valid_to)} if valid_to else _("uten sluttdato")
    said = f"{first}, {last}" if valid_from > on else last
    return capital(said)


def place_in_words(place: InRole) -> str:
    """«teamleder for Team Solvik», «leder av Tjenestekontoret», «fungerende leder i Sør»; «en navngitt person»."""
    if not place.role:
        return _("en navngitt person")
    named = {"unit": place.unit_name}
    role = Role(place.role)
    if role is Role.TEAM_LEADER:
        text = _("leder av %(unit)s") if place.unit_kind == UnitKind.OFFICE else _("teamleder for %(unit)s")
    elif role is Role.CARE_WORKER:
        text = _("medarbeider i %(unit)s")
    elif role is Role.DISTRICT_LEADER:
        text = _("leder i %(unit)s")
    else:
        text = f"{in_sentence(str(ROLE_NAMES[role]))} {_('i %(unit)s')}"
    said = text % named
    return _("fungerende %(role)s") % {"role": said} if place.acting else said


def decider_in_words(decider: Decider) -> str:
    """Who it is: the role, or the person whom the document names."""
    if decider.place.role:
        return place_in_words(decider.place)
    return listed(decider.people) or _("en som har sluttet")


def extent_in_words(extent_in: str, extent: Decimal) -> str:
    """«35 timer i uka», «14 døgn», «3 ganger i uka», «2 stykker»."""
    said = formats.number(extent, 0 if extent == extent.to_integral_value() else 1, page_language())
    whole = int(extent) if extent == extent.to_integral_value() else 2
    texts = {
        ExtentIn.HOURS_A_WEEK: ngettext("%(number)s time i uka", "%(number)s timer i uka", whole),
        ExtentIn.DAYS: ngettext("%(number)s døgn", "%(number)s døgn", whole),
        ExtentIn.TIMES_A_WEEK: ngettext("%(number)s gang i uka", "%(number)s ganger i uka", whole),
        ExtentIn.PIECES: ngettext("%(number)s stykk", "%(number)s stykker", whole),
        ExtentIn.NONE: "%(number)s",
    }
    return texts[ExtentIn(extent_in)] % {"number": said}


def days_in_words(days: int) -> str:
    """«90 dager»."""
    return ngettext("%(number)s dag", "%(number)s dager", days) % {"number": formats.number(days, 0, page_language())}


def limits_in_words(extent_in: str, max_extent: Decimal | None, max_days: int | None, *, four_eyes: bool) -> list[str]:
    """What a line is limited to, each in a few words; nothing when it has no limits."""
    said = []
    if max_extent is not None:
        said.append(_("inntil %(extent)s") % {"extent": extent_in_words(extent_in, max_extent)})
    if max_days is not None:
        said.append(_("vedtak for høyst %(days)s") % {"days": days_in_words(max_days)})
    if four_eyes:
        said.append(_("en annen må ha forberedt det"))
    return said


def listed(texts: Iterable[str]) -> str:
    """«a», «a og b», «a, b og c»."""
    found = list(texts)
    if len(found) < 2:
        return "".join(found)
    return _("%(first)s og %(last)s") % {"first": ", ".join(found[:-1]), "last": found[-1]}


def either(texts: Iterable[str]) -> str:
    """«a», «a eller b», «a, b eller c»."""
    found = list(texts)
    if len(found) < 2:
        return "".join(found)
    return _("%(first)s eller %(last)s") % {"first": ", ".join(found[:-1]), "last": found[-1]}


def capital(text: str) -> str:
    """The same words as the beginning of a sentence."""
    return f"{text[:1].upper()}{text[1:]}"


def in_sentence(text: str) -> str:
    """A name in the middle of a sentence: «hjemmesykepleie», but «BPA» and «TT-kort» as they are."""
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
