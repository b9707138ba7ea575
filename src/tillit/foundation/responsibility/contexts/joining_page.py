"""When a work group shares its team's lists: in words on its page, and the form that changes it (R02)."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.foundation.organisation.models import Unit
from tillit.foundation.organisation.queries import family_of
from tillit.foundation.organisation.rules import Joining
from tillit.foundation.responsibility.contexts.form_page import FormPage
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Crumb, Crumbs, Fact, Facts


def joining_page(unit: Unit, *, on: date, note: str = "") -> FormPage:
    """The form; after a collision (note) it also shows what stands now."""
    back = reverse("organisation:unit", args=[unit.pk])
    here = _("Felles lister")
    return FormPage(
        _("Felles lister for %(unit)s") % {"unit": unit.name},
        _(
            "På felles lister ligger arbeidslagets besøk og vakter sammen med besøkene og vaktene til teamet, "
            "og alle hjelper hverandre."
        ),
        Crumbs((Crumb(_("Organisasjon"), reverse("organisation:index")), Crumb(unit.name, back), Crumb(here))),
        reverse("organisation:join-lists", args=[unit.pk]),
        _("Lagre"),
        back,
        note=note,
        stored=Facts((joined_fact(unit, on=on),)) if note else None,
    )


def joined_fact(unit: Unit, *, on: date) -> Fact:
    """«Felles lister med teamet: kveld, natt, helg og helligdag», and what is decided for later. One query."""
    group = family_of(unit.pk).groups[0]
    text = when_shared(group.joining_on(on))
    for coming in group.joinings:
        if coming.days.first > on and coming.days.after != coming.days.first:
            day = formats.short_date(coming.days.first, page_language())
            later = _lower(when_shared(coming))
            text = _("%(now)s. Fra %(day)s: %(later)s") % {"now": text, "day": day, "later": later}
    return Fact(_("Felles lister med teamet"), text)


def when_shared(joining: Joining) -> str:
    """«Kveld, natt, helg og helligdag»; «Aldri» when nothing is shared."""
    parts = [_("kveld")] if joining.evening else []
    parts += [_("natt")] if joining.night else []
    parts += [_("helg"), _("helligdag")] if joining.weekend else []
    if not parts:
        return _("Aldri")
    text = (
        parts[0]
        if len(parts) == 1
        else _("%(first)s og %(last)s") % {"first": ", ".join(parts[:-1]), "last": parts[-1]}
    )
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
