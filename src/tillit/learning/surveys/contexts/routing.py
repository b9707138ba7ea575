"""How it is said that a question is asked after some answers alone, and that an answer stands where nothing led."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from tillit.learning.surveys.contexts.findings import number_of
from tillit.learning.surveys.rules.building import scales
from tillit.learning.surveys.rules.instruments import Asks, Instrument, Item, Scale
from tillit.learning.surveys.rules.steps import BESIDE
from tillit.ui.language import page_language


def answer_words(scale: Scale) -> tuple[tuple[str, str], ...]:
    """Return what can be answered, as (value, words): for numbers the number, at the ends with its words."""
    language = page_language()
    found = []
    for value in scales.answers_on(scale):
        if value == BESIDE:
            assert scale.beside is not None
            found.append((str(value), scale.beside.in_language(language)))
        elif scale.asks is Asks.NUMBER:
            found.append((str(value), str(value)))
        else:
            found.append((str(value), scale.words[int(value) - scale.least].in_language(language)))
    return tuple(found)


def shown_when(instrument: Instrument, item: Item) -> str:
    """Return when a question is shown; empty when everybody is asked."""
    led = _led(instrument, item)
    return _("Vises bare hvis svaret på %(number)d er %(answers)s") % led if led else ""


def asked_when(instrument: Instrument, item: Item) -> str:
    """Return when one who reads the questions aloud asks this one; empty when everybody is asked."""
    led = _led(instrument, item)
    return _("Bare hvis svaret på %(number)d er %(answers)s. Ellers: hopp over.") % led if led else ""


def led_past(instrument: Instrument, item: Item, past: Sequence[str]) -> str:
    """Return why an answer cannot be stored, and what to do. past: codes of all that are answered and led past."""
    led = _led(instrument, item)
    if not led:
        return ""
    own_words = instrument.scale_of(item).asks is Asks.TEXT
    said = {**led, "mend": _("tøm feltet her") if own_words else _("velg «Uten svar» her")}
    if item.only_if and item.only_if[0] in past:
        return _("Hører til spørsmål %(number)d, som også skulle hoppes over. Rett det først, eller %(mend)s.") % said
    return (
        _("Skal besvares bare hvis svaret på %(number)d er %(answers)s. Rett svaret på %(number)d, eller %(mend)s.")
        % said
    )


def _led(instrument: Instrument, item: Item) -> dict[str, object]:
    """Return the number of the question this one hangs on and the answers that lead here; empty: asked of everybody."""
    if item.only_if is None:
        return {}
    code, steps = item.only_if
    other = next((one for one in instrument.items if one.code == code), None)
    if other is None:
        return {}
    words = dict(answer_words(instrument.scale_of(other)))
    answers = _(" eller ").join(f"«{words[str(step)]}»" for step in steps if str(step) in words)
    return {"number": number_of(instrument, code), "answers": answers} if answers else {}
