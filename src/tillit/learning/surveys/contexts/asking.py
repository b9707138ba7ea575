"""surveys/ask.html: what can be asked, and of whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.foundation.access.actor import Actor
from tillit.foundation.organisation.queries import TEAM_KINDS, in_force, within_reach
from tillit.learning.surveys import queries
from tillit.learning.surveys.contexts.building import made_words
from tillit.learning.surveys.models import Way
from tillit.learning.surveys.permissions import ASK_SURVEY
from tillit.learning.surveys.rules.instruments import OTHERS
from tillit.learning.surveys.rules.shipped import CITIZENS, GATHERING, OUTSIDE, RELATIVES, TEAM
from tillit.ui import formats
from tillit.ui.choice_text import ChoiceText
from tillit.ui.language import page_language
from tillit.ui.parts import Crumb, Crumbs


@dataclass(frozen=True, slots=True)
class AskPage:
    """surveys/ask.html."""

    crumbs: Crumbs
    others: tuple[tuple[str, str], ...]


def ask_page() -> AskPage:
    """Return the page."""
    return AskPage(Crumbs((Crumb(_("Undersøkelser"), reverse("surveys:list")), Crumb(_("Ny undersøkelse")))), OTHERS)


def choices(actor: Actor, *, on: date) -> tuple[list[tuple[str, str]], list[tuple[int, str]]]:
    """Return the instruments and the teams she may choose, with their words: own ones first, the newest on top.

    The shipped ones stand by who answers, so that it is seen which are answered by cards.
    """
    language = page_language()
    own = [(f"{row.code}-{row.version}", made_words(row)) for row in reversed(queries.may_ask_with(actor=actor))]
    instruments = [_under(_("Deres egne"), own)]
    for group, those in (
        (_("Dem som jobber i teamet"), {TEAM}),
        (_("Brukere og pårørende, med kort"), {CITIZENS, RELATIVES}),
        (_("De som var på en samling, med kort"), {GATHERING}),
    ):
        shipped = [
            (f"{one.code}-{one.version}", ChoiceText(one.name.in_language(language), one.about.in_language(language)))
            for one in queries.instruments()
            if one.for_whom in those
        ]
        instruments.append(_under(group, shipped))
    teams = within_reach(actor, ASK_SURVEY).filter(in_force(on), kind__in=TEAM_KINDS).order_by("name", "pk")
    return [one for found in instruments for one in found], list(teams.values_list("pk", "name"))


def _under(heading: str, found: Sequence[tuple[str, ChoiceText]]) -> list[tuple[str, str]]:
    """Return the choices with the heading on the first."""
    return [
        (value, ChoiceText(str(words), words.note, "" if place else heading))
        for place, (value, words) in enumerate(found)
    ]


def default_title(code: str, version: int, *, on: date) -> str:
    """Return the questions' own name and the month: «Teamet vårt, november 2026»."""
    language = page_language()
    month = formats.long_date(on, language, year=True).split(" ", 1)[1]
    return f"{queries.get_instrument(code, version).name.in_language(language)}, {month}"


def way_of(code: str, version: int) -> str:
    """Return how those who are asked get in: citizens, relatives and gatherings by cards."""
    return Way.CARDS if queries.get_instrument(code, version).for_whom in OUTSIDE else Way.APP
