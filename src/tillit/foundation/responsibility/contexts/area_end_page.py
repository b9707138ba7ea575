"""What an area leaves behind when it ends."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.foundation.organisation.actions import Foreseen
from tillit.foundation.organisation.models import Area
from tillit.foundation.responsibility.contexts.area_moves import Preview, preview_of
from tillit.ui.parts import Crumb, Crumbs


@dataclass(frozen=True, slots=True)
class AreaEndPage:
    """responsibility/area_end.html: let an area end."""

    title: str
    crumbs: Crumbs
    area_name: str
    action: str
    back_href: str
    note: str = field(metadata={"help": "Empty, or why it was not done at once"})
    preview: Preview
    leaves_some: bool = field(metadata={"help": "Addresses would belong to no team"})


def area_end_page(area: Area, foreseen: Foreseen, *, changed: bool) -> AreaEndPage:
    """Return the page. changed: what she was shown before is not what would happen now."""
    back = reverse("organisation:unit", args=[area.unit_id])
    return AreaEndPage(
        title=_("Avslutt «%(area)s»") % {"area": area.name},
        crumbs=Crumbs(
            (
                Crumb(_("Organisasjon"), reverse("organisation:index")),
                Crumb(area.unit.name, back),
                Crumb(_("Avslutt")),
            )
        ),
        area_name=area.name,
        action=reverse("organisation:end-area", args=[area.pk]),
        back_href=back,
        note=_("Noe er endret siden du så på dette sist. Se over en gang til.") if changed else "",
        preview=preview_of(foreseen),
        leaves_some=any(move.to_unit_id is None for move in foreseen.moves or ()),
    )
