"""Examples for people who do not write plans often. Suggestions to start from: the words are the writer's own."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tillit.care.careplans.models import InterventionKind, PartOfDay

Text = str | Promise


@dataclass(frozen=True, slots=True)
class GoalExample:
    """A goal somebody might have said."""

    code: str
    words: Text
    start: Text
    target: Text
    agreed: Text

    def initial(self) -> dict[str, Any]:
        """What it puts in the fields."""
        return {
            "words": str(self.words),
            "start_words": str(self.start),
            "target_words": str(self.target),
            "agreed": str(self.agreed),
        }


@dataclass(frozen=True, slots=True)
class InterventionExample:
    """Something we often do."""

    code: str
    title: Text
    kind: InterventionKind
    minutes: int
    parts: tuple[PartOfDay, ...]
    how: Text = ""
    weekdays: str = "1234567"
    every_weeks: int = 1
    separate: bool = False

    def initial(self) -> dict[str, Any]:
        """What it puts in the fields."""
        return {
            "title": str(self.title),
            "kind": self.kind.value,
            "minutes": self.minutes,
            "how": str(self.how),
            "weekdays": list(self.weekdays),
            "every_weeks": self.every_weeks,
            "separate_visit": self.separate,
        } | {f"at_{part.value}": True for part in self.parts}


GOALS: tuple[GoalExample, ...] = (
    GoalExample("gaa", _("Gå ned til postkassa selv"), _("10 meter"), _("120 meter"), _("Går dit tre dager på rad")),
    GoalExample(
        "kle",
        _("Kle på meg overkroppen uten hjelp"),
        _("trenger hjelp"),
        _("klarer det selv"),
        _("Klarer det fem morgener"),
    ),
    GoalExample("sove", _("Sove godt uten å være redd for å falle"), _("2 gode netter i uka"), _("6 gode netter"), ""),
    GoalExample(
        "mat", _("Lage frokosten min selv"), _("vi lager den"), _("lager den selv"), _("Gjør det fem dager i uka")
    ),
    GoalExample("ut", _("Komme meg på senteret på tirsdager"), _("går ikke ut"), _("hver tirsdag"), ""),
)

INTERVENTIONS: tuple[InterventionExample, ...] = (
    InterventionExample(
        "stell",
        _("Morgenstell, bare det brukeren ber om"),
        InterventionKind.PERSONAL_CARE,
        20,
        (PartOfDay.MORNING,),
        _("La brukeren gjøre det hun kan selv. Ta deg tid."),
    ),
    InterventionExample(
        "medisin",
        _("Medisiner fra multidose"),
        InterventionKind.MEDICATION,
        5,
        (PartOfDay.MORNING, PartOfDay.EVENING),
        _("Se at de blir tatt."),
    ),
    InterventionExample(
        "trening",
        _("Gåtrening i trapp"),
        InterventionKind.TRAINING,
        20,
        (PartOfDay.MIDDAY,),
        _("La brukeren gå foran. Stol ved trappa."),
        weekdays="135",
    ),
    InterventionExample("mat", _("Lage middag sammen"), InterventionKind.MEAL, 30, (PartOfDay.MIDDAY,)),
    InterventionExample(
        "kveld",
        _("Kveldsrunde med lys og telefon ved senga"),
        InterventionKind.SUPERVISION,
        15,
        (PartOfDay.EVENING,),
    ),
    InterventionExample(
        "sar", _("Sårstell etter prosedyre"), InterventionKind.WOUND, 25, (PartOfDay.MORNING,), weekdays="14"
    ),
    InterventionExample(
        "rent",
        _("Rengjøring"),
        InterventionKind.CLEANING,
        60,
        (PartOfDay.MIDDAY,),
        weekdays="3",
        every_weeks=3,
        separate=True,
    ),
)


def initial_of(examples: Iterable[GoalExample | InterventionExample], code: str) -> dict[str, Any]:
    """Return what the example with this code puts in the fields; nothing for an unknown code."""
    return next((example.initial() for example in examples if example.code == code), {})
