"""The ways to answer that an own instrument can choose among. An instrument keeps the words it was made with."""

from typing import Final

from tillit.learning.surveys.rules.instruments import Asks, Scale, Text
from tillit.learning.surveys.rules.shipped.scales import AGREE, OFTEN, WORDS, ZERO_TO_TEN
from tillit.learning.surveys.rules.steps import BESIDE

NOT_RELEVANT: Final = Text("Ikke aktuelt", "Ikkje aktuelt", "Not relevant")
DONT_KNOW: Final = Text("Vet ikke", "Veit ikkje", "Don't know")

AGREE_SEVEN: Final = Scale(
    "AGREE_SEVEN", Asks.STEPS, 1, 7,
    (
        Text("Helt uenig", "Heilt ueinig", "Strongly disagree"),
        Text("Uenig", "Ueinig", "Disagree"),
        Text("Litt uenig", "Litt ueinig", "Somewhat disagree"),
        Text("Verken enig eller uenig", "Verken einig eller ueinig", "Neither agree nor disagree"),
        Text("Litt enig", "Litt einig", "Somewhat agree"),
        Text("Enig", "Einig", "Agree"),
        Text("Helt enig", "Heilt einig", "Strongly agree"),
    ),
    NOT_RELEVANT,
)  # fmt: skip

FREQUENCY: Final = Scale(
    "FREQUENCY", Asks.STEPS, 1, 5,
    (
        Text("Aldri", "Aldri", "Never"),
        Text("Sjelden", "Sjeldan", "Seldom"),
        Text("Av og til", "Av og til", "Sometimes"),
        Text("Ofte", "Ofte", "Often"),
        Text("Alltid", "Alltid", "Always"),
    ),
    NOT_RELEVANT,
)  # fmt: skip

#: The mean of 0 and 1 is the share that said yes: shown in per cent, and from ten answers, for it tells how many.
YES_NO: Final = Scale(
    "YES_NO", Asks.STEPS, 0, 1, (Text("Nei", "Nei", "No"), Text("Ja", "Ja", "Yes")), DONT_KNOW
)  # fmt: skip

DEGREE: Final = Scale(
    "DEGREE", Asks.NUMBER, 0, 10,
    (Text("Ikke i det hele tatt", "Ikkje i det heile", "Not at all"),
     Text("I svært stor grad", "I svært stor grad", "To a very great extent")),
)  # fmt: skip

#: In the order they are offered.
CHOICES: Final = (AGREE, AGREE_SEVEN, FREQUENCY, OFTEN, YES_NO, DEGREE, ZERO_TO_TEN, WORDS)
_BY_CODE: Final = {scale.code: scale for scale in CHOICES}


def scale(code: str) -> Scale | None:
    """Return a scale that can be chosen, or None."""
    return _BY_CODE.get(code)


def can_lead(scale: Scale) -> bool:
    """Whether the answer to such a question can lead on to another: not own words, not what is asked twice."""
    return scale.asks in (Asks.STEPS, Asks.NUMBER)


def answers_on(scale: Scale) -> tuple[int | str, ...]:
    """Return what may be answered, as it is stored: the steps from the least, then BESIDE when there is one."""
    if not can_lead(scale):
        return ()
    return (*range(scale.least, scale.most + 1), *([BESIDE] if scale.beside is not None else []))
