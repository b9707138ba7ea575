"""insight/note.html: what happened, put on the time line; and what stands there."""

from dataclasses import dataclass

from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation.queries import scope_of
from tillit.learning.insight.permissions import ADD_MARK
from tillit.learning.insight.queries.placed_marks import list_marks
from tillit.learning.insight.queries.placing import get_unit_with_figures
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Action, Choices, Crumb, Crumbs, ListRow, RowList

_ICONS = {
    "MODEL": "Branching", "LEADER": "PersonSuit", "STAFFING": "PersonGroup", "ROUTINE": "Tasklist", "SYSTEM": "Cog",
    "OTHER": "PushPin",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NotePage:
    """insight/note.html."""

    unit_id: int
    unit_name: str
    crumbs: Crumbs
    kinds: Choices
    marks: RowList | None
    back_href: str


def note_page(*, actor: Actor, unit_id: int, form: Form) -> NotePage:
    """Return the page. Raises NotFound out of reach, NotAllowed for whoever may not mark there."""
    unit = get_unit_with_figures(actor=actor, unit_id=unit_id)
    require(actor, ADD_MARK, scope_of(unit))
    home = reverse("insight:unit", args=[unit.pk])
    rows = tuple(
        ListRow(
            line.text,
            _("%(day)s · %(kind)s") % {"day": formats.short_date(line.on, page_language()), "kind": line.kind},
            end=Action(
                _("Trekk"),
                reverse("insight:withdraw-mark", args=[unit.pk, line.mark_id]),
                post=True,
                variant="tertiary",
                tight=True,
                describe=line.text,
            ),
        )
        for line in list_marks(unit.pk)
    )
    return NotePage(
        unit_id=unit.pk,
        unit_name=unit.name,
        crumbs=Crumbs((Crumb(_("Innsikt"), home), Crumb(_("Merk av på tidslinja")))),
        kinds=Choices.of(form["kind"], icons=_ICONS, columns=2),
        marks=RowList(rows, label=_("Det som står der")) if rows else None,
        back_href=home,
    )
