"""insight/own.html, own_choose.html and own_form.html: the municipality's own numbers, and how one is made."""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.foundation.access.permissions import require
from tillit.foundation.organisation.queries import everywhere
from tillit.learning.insight.contexts.drawn import table
from tillit.learning.insight.contexts.judged import judge, why_nothing
from tillit.learning.insight.permissions import DEFINE_FIGURES
from tillit.learning.insight.queries.own import Own, OwnLine, as_indicator, own_lines, owners
from tillit.learning.insight.queries.preview import preview
from tillit.learning.insight.rules.own import FACTS, Said
from tillit.learning.insight.words import own as words
from tillit.ui import formats
from tillit.ui.language import page_language
from tillit.ui.parts import Crumb, Crumbs, DataTable, ListRow, RowList

DRAFT = "E-0"
"""Stands for the code of one that is not made yet."""


@dataclass(frozen=True, slots=True)
class OwnPage:
    """insight/own.html."""

    crumbs: Crumbs
    in_use: RowList | None
    retired: RowList | None
    new_href: str


@dataclass(frozen=True, slots=True)
class ChoosePage:
    """insight/own_choose.html."""

    crumbs: Crumbs
    facts: RowList


@dataclass(frozen=True, slots=True)
class Preview:
    """How an own indicator would look."""

    counted: str
    unit_name: str
    table: DataTable | None
    nothing: str = field(metadata={"help": "Why there is no table"})


@dataclass(frozen=True, slots=True)
class OwnFormPage:
    """insight/own_form.html."""

    crumbs: Crumbs
    title: str
    about: str
    submit: str
    back_href: str
    preview: Preview | None
    versions: RowList | None
    retire_href: str = field(metadata={"help": "Empty for one that is not made yet"})
    is_retired: bool = field(metadata={"help": "It is counted no more, and cannot be changed"})


def own_page(*, actor: Actor) -> OwnPage:
    """Return the list. Two queries. Raises NotAllowed."""
    require(actor, DEFINE_FIGURES, everywhere())
    lines = own_lines()
    return OwnPage(
        crumbs=_crumbs(),
        in_use=_rows([line for line in lines if line.retired_at is None], _("Telles")),
        retired=_rows([line for line in lines if line.retired_at is not None], _("Telles ikke lenger")),
        new_href=reverse("insight:own-choose"),
    )


def choose_page(*, actor: Actor) -> ChoosePage:
    """Return what there is to count. Raises NotAllowed."""
    require(actor, DEFINE_FIGURES, everywhere())
    rows = tuple(
        ListRow(words.title(code), str(words.ABOUT[code]), href=reverse("insight:own-new", args=[code]))
        for code in FACTS
    )
    return ChoosePage(crumbs=_crumbs(Crumb(_("Hva skal telles?"))), facts=RowList(rows, label=_("Det som kan telles")))


def form_page(
    *, actor: Actor, fact: str, said: Said | None, today: date, versions: tuple[OwnLine, ...] = ()
) -> OwnFormPage:
    """Return the form's page. said: what to preview; versions: of one that is made. Raises NotAllowed."""
    require(actor, DEFINE_FIGURES, everywhere())
    last = versions[-1] if versions else None
    title = last.own.indicator.name if last else _("Nytt tall om %(things)s") % {"things": words.THINGS[fact]}
    return OwnFormPage(
        crumbs=_crumbs(Crumb(title)),
        title=title,
        about=str(words.ABOUT[fact]),
        submit=_("Lagre som ny versjon") if last else _("Ta tallet i bruk"),
        back_href=reverse("insight:own") if last else reverse("insight:own-choose"),
        preview=_preview(actor, said, today) if said else None,
        versions=_versions(versions) if versions else None,
        retire_href=reverse("insight:own-retire", args=[last.own_figure_id]) if last else "",
        is_retired=last is not None and last.retired_at is not None,
    )


def _preview(actor: Actor, said: Said, today: date) -> Preview:
    role = next((one.role for one in owners(today) if one.employee_id == said.owner_id), "PROJECT_LEADER")
    indicator = as_indicator(
        said.recipe, code=DRAFT, version=1, name=said.name, why=said.why, target=said.target, better=said.better,
        least=said.least, owner_role=role,
    )  # fmt: skip
    series = preview(actor=actor, own=Own(indicator, said.recipe), today=today)
    if series is None:
        return Preview(indicator.counted, "", None, _("Du har ingen enheter du ser tall for."))
    one = judge(series)
    return Preview(
        indicator.counted,
        series.unit_name,
        table(one.series, one.found, newest_first=True) if one.series.points else None,
        "" if one.series.points else why_nothing(one),
    )


def _crumbs(*more: Crumb) -> Crumbs:
    own = Crumb(_("Kommunens egne tall"), reverse("insight:own")) if more else Crumb(_("Kommunens egne tall"))
    return Crumbs((Crumb(_("Innsikt"), reverse("insight:start")), own, *more))


def _rows(lines: list[OwnLine], label: str) -> RowList | None:
    rows = tuple(
        ListRow(
            line.own.indicator.name,
            words.formula(line.own.recipe),
            more=_("%(code)s, versjon %(version)s. Eier: %(owner)s") % {
                "code": line.own.indicator.code, "version": line.own.indicator.version, "owner": line.owner_name,
            },
            href=reverse("insight:own-change", args=[line.own_figure_id]),
        )
        for line in lines
    )  # fmt: skip
    return RowList(rows, label=label) if rows else None


def _versions(versions: tuple[OwnLine, ...]) -> RowList:
    return RowList(
        tuple(
            ListRow(
                _("Versjon %(version)s") % {"version": line.own.indicator.version},
                line.own.indicator.counted,
                more=" · ".join(
                    part for part in (formats.short_date(line.decided_at, page_language()), line.decided_by) if part
                ),
            )
            for line in reversed(versions)
        ),
        label=_("Versjoner"),
    )
