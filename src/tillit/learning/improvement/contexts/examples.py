"""improvement/examples.html: published figures of others, and what they can and cannot carry (R41)."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.learning.improvement.contexts.example_tables import (
    Example,
    information,
    oslo_pilots,
    reablement,
    time_use,
    user_survey,
)
from tillit.learning.improvement.contexts.form_page import top_crumb
from tillit.learning.insight.rules.claims import Rung
from tillit.learning.insight.words.claims import rung_name
from tillit.ui.parts import Crumb, Crumbs, TabLink, Tabs

#: In the order of the tabs: what stands in the address, and what makes it.
EXAMPLES: dict[str, Callable[[], Example]] = {
    "oslo": oslo_pilots,
    "hverdagsrehabilitering": reablement,
    "opplysninger": information,
    "tid": time_use,
    "brukere": user_survey,
}


@dataclass(frozen=True, slots=True)
class ExamplesPage:
    """improvement/examples.html."""

    crumbs: Crumbs
    tabs: Tabs
    rung: str = field(metadata={"help": "How far it comes on the ladder of claims"})
    example: Example


def examples_page(*, asked: str) -> ExamplesPage:
    """Return the page; no query. asked: what stands in the address; anything else is the first."""
    current = asked if asked in EXAMPLES else next(iter(EXAMPLES))
    made = {name: make() for name, make in EXAMPLES.items()}
    href = reverse("improvement:examples")
    return ExamplesPage(
        crumbs=Crumbs((top_crumb(), Crumb(_("Eksempler")))),
        tabs=Tabs(
            _("Tabellene"),
            tuple(TabLink(one.tab, f"{href}?tabell={name}", name == current) for name, one in made.items()),
        ),
        rung=rung_name(Rung.DESCRIPTION),
        example=made[current],
    )
