"""surveys/helped.html: how many were helped to answer, by whom, and what it may mean for the other numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from tillit.learning.surveys import queries
from tillit.learning.surveys.models import Campaign
from tillit.learning.surveys.queries import View
from tillit.learning.surveys.rules import helped
from tillit.learning.surveys.rules.helped import Helped
from tillit.learning.surveys.rules.instruments import Instrument, Item
from tillit.ui.language import page_language
from tillit.ui.parts import Column, DataTable, HiddenNumber, TableRow


@dataclass(frozen=True, slots=True)
class HelpedPanel:
    """surveys/helped.html."""

    said: str = field(metadata={"help": "In a sentence: how many were helped, or why it is not shown"})
    table: DataTable | None = field(metadata={"help": "How many of each kind; None: nothing is shown"})
    means: str = field(metadata={"help": "What it may mean for the other numbers; empty: nothing"})


def helped_panel(campaign: Campaign, instrument: Instrument, view: View) -> HelpedPanel | None:
    """Return how many were helped, None when it was not asked, or the group has no numbers. Two queries."""
    item = helped.question_of(instrument)
    if item is None or not view.groups:
        return None
    stored = queries.stored_groups(campaign)
    answers = queries.answers_of(group.pk for group in stored)
    found = helped.released(
        {str(group.pk): helped.Group(answers.get(group.pk, ()), group.invited or 0) for group in stored},
        item.code,
        above={str(group.pk): queries.unit_above(group) for group in stored},
    ).of([str(pk) for pk in view.groups])
    if found.why:
        return HelpedPanel(_why_not(found.why), None, _means(found))
    return HelpedPanel(_said(found), _table(instrument, item, found), _means(found))


def _why_not(why: Sequence[str]) -> str:
    if "too_few" in why:
        return _("Færre enn ti har svart på dette, så det vises ikke hvor mange som fikk hjelp.")
    if "low_response" in why:
        return _("Under halvparten har svart på dette, så det vises ikke hvor mange som fikk hjelp.")
    return _("Vises ikke for flere team sammen: da kunne det regnes ut hvor mange det var i et lite team.")


def _said(found: Helped) -> str:
    if found.helped is None:
        return _(
            "%(count)d har svart på dette. Hvor mange som fikk hjelp, vises ikke: for få har svart det samme."
        ) % {"count": found.said}  # fmt: skip
    if not found.helped:
        return _("%(count)d har svart på dette. Alle svarte selv.") % {"count": found.said}
    return _("%(helped)d av %(said)d fikk hjelp til å svare.") % {"helped": found.helped, "said": found.said}


def _table(instrument: Instrument, item: Item, found: Helped) -> DataTable:
    scale, language = instrument.scale_of(item), page_language()
    rows = []
    for kind in helped.KINDS:
        count = found.counts[kind]
        name = scale.words[kind - scale.least].in_language(language)
        rows.append(TableRow((name, HiddenNumber(_("Vises ikke")) if count is None else str(count))))
    question = item.text.in_language(language)
    return DataTable(question, (Column(question), Column(_("Antall"), right=True)), tuple(rows))


def _means(found: Helped) -> str:
    by_staff = found.counts.get(helped.STAFF)
    if found.many_by_staff:
        return _(
            "Mange fikk hjelp av en som jobber i hjemmetjenesten. Den som får hjelp av dem det spørres om, kan svare"
            " snillere enn ellers. Hvor mye det betyr her, kan ikke sies."
        )
    if by_staff is None:
        return _(
            "Fikk mange hjelp av en som jobber i hjemmetjenesten, kan svarene være snillere enn ellers. Om de er det,"
            " kan ikke sies her."
        )
    if by_staff:
        return _(
            "Noen fikk hjelp av en som jobber i hjemmetjenesten. De kan ha svart snillere enn ellers."
            " Hvor mye det betyr, kan ikke sies."
        )
    return ""
