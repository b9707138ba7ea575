"""surveys/answer.html: one question at a time; then the press that sends; then thanks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from tillit.learning.surveys import queries
from tillit.learning.surveys.models import Campaign
from tillit.learning.surveys.rules import pairing, steps
from tillit.learning.surveys.rules.instruments import Asks, Instrument, Item, Scale
from tillit.learning.surveys.rules.shipped import OUTSIDE
from tillit.ui.language import page_language

#: The presses that turn the larger text on and off.
TURNS = {"larger": True, "usual": False}


@dataclass(frozen=True, slots=True)
class Option:
    """One choice. number: in the circle before it; empty for one that is no step. beside: as «Vet ikke».

    aloud: how it is read; a number with words at the ends has both.
    """

    value: str
    label: str
    number: str
    checked: bool
    beside: bool = False
    aloud: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """One row of choices: a question has one, what is asked twice has two."""

    field_name: str
    legend: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class CodePart:
    """One part of the code she may make. size: characters."""

    field_name: str
    label: str
    value: str
    size: int


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """surveys/answer.html. kind: "question", "send" when all is looked at, "done" when there is nothing to do here."""

    kind: str
    title: str
    note: str
    back_href: str
    at: str = field(default="", metadata={"help": "Code of the question that is shown; empty on the last page"})
    number: int = 0
    total: int = 0
    question: str = ""
    easy: str = ""
    blocks: tuple[Block, ...] = ()
    text_field: str = field(default="", metadata={"help": "Field of a question in own words; empty for the others"})
    text: str = ""
    most_characters: int = steps.MOST_CHARACTERS
    aids: bool = field(default=False, metadata={"help": "Larger text and reading aloud: for those who have no login"})
    large: bool = field(default=False, metadata={"help": "The larger text is on"})
    hidden: tuple[tuple[str, str], ...] = field(
        default=(), metadata={"help": "What is answered so far. It is nowhere else than on this page"}
    )
    code_parts: tuple[CodePart, ...] = field(
        default=(), metadata={"help": "On the last page, when those who will can make a code"}
    )
    error: str = ""
    is_first: bool = False
    back_label: str = field(default="", metadata={"help": "Words of the way out of the last page; empty: to surveys"})
    heading: str = ""
    words: str = ""
    tone: str = "success"


def question_page(campaign: Campaign, said: Mapping[str, str], *, at: str, error: str = "") -> AnswerPage:
    """Return the page of one question, or the one that sends when `at` is no question of this way through."""
    instrument = queries.get_instrument(campaign.instrument, campaign.version)
    given = steps.read_all(instrument, said)
    asked = steps.asked(instrument, given)
    place = next((number for number, item in enumerate(asked) if item.code == at), None)
    if place is None:
        return _send_page(campaign, instrument, said, given=len(given), asked=len(asked), error=error)
    item = asked[place]
    scale, language = instrument.scale_of(item), page_language()
    own = steps.fields_of(instrument, item)
    is_text = scale.asks is Asks.TEXT
    return AnswerPage(
        "question",
        title=campaign.title,
        note=_note(instrument, asked, place),
        back_href=reverse("surveys:list"),
        at=item.code,
        number=place + 1,
        total=len(asked),
        question=item.text.in_language(language),
        easy=item.text.easy if language == "nb" else "",
        blocks=() if is_text else blocks_of(item, scale, said, language),
        text_field=own[0] if is_text else "",
        text=said.get(own[0], "") if is_text else "",
        hidden=(
            *((name, value) for name, value in _kept(instrument, said) if name not in own),
            *((name, said[name][:2]) for name in pairing.PARTS if campaign.series_id and said.get(name)),
        ),
        error=error,
        is_first=place == 0,
        aids=has_aids(instrument),
        large=has_aids(instrument) and is_large(said),
    )


def is_large(said: Mapping[str, str]) -> bool:
    """Whether the larger text is on: the press that turns it, or what the page before carried. Nothing is stored."""
    turned = TURNS.get(said.get("go", ""))
    return said.get("large") == "1" if turned is None else turned


def has_aids(instrument: Instrument) -> bool:
    """Whether the page helps one who reads with difficulty: all who come by a card, not those at work."""
    return instrument.for_whom in OUTSIDE


def _send_page(
    campaign: Campaign, instrument: Instrument, said: Mapping[str, str], *, given: int, asked: int, error: str
) -> AnswerPage:
    return AnswerPage(
        "send",
        title=campaign.title,
        note=_("Siste side"),
        back_href=reverse("surveys:list"),
        number=asked,
        total=asked,
        hidden=_kept(instrument, said),
        code_parts=_code_parts(said) if campaign.series_id else (),
        error=error,
        heading=_("Send svarene"),
        words=_(
            "Du har svart på %(given)d av %(asked)d spørsmål. Når de er sendt, kan ingen endre svarene, heller ikke du."
        )
        % {"given": given, "asked": asked},
        aids=has_aids(instrument),
        large=has_aids(instrument) and is_large(said),
    )  # fmt: skip


def _kept(instrument: Instrument, said: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return what is said so far by field, in the instrument's order, also what no longer is asked."""
    names = (name for item in instrument.items for name in steps.fields_of(instrument, item))
    return tuple((name, said[name]) for name in names if said.get(name))


def _code_parts(said: Mapping[str, str]) -> tuple[CodePart, ...]:
    labels = {
        "pair1": _("Tredje bokstav i fornavnet til moren din"),
        "pair2": _("Dagen i måneden moren din er født, fra 1 til 31"),
        "pair3": _("Andre bokstav i fornavnet til mormoren din"),
        "pair4": _("Første bokstav i navnet på barneskolen din"),
    }
    return tuple(
        CodePart(name, labels[name], said.get(name, "")[:2], 2 if kind == pairing.DAY else 1)
        for name, kind in pairing.PARTS.items()
    )


def done_page(campaign: Campaign, *, heading: str, words: str, tone: str = "success") -> AnswerPage:
    """Return a page with nothing to do: thanks, or why there is nothing to answer."""
    return AnswerPage(
        "done",
        title=campaign.title,
        note="",
        back_href=reverse("surveys:list"),
        heading=heading,
        words=words,
        tone=tone,
    )


def _note(instrument: Instrument, asked: Sequence[Item], place: int) -> str:
    left = steps.minutes_left(instrument, asked[place:])
    where = _("Spørsmål %(number)d av %(total)d") % {"number": place + 1, "total": len(asked)}
    return f"{where} · " + (_("%(minutes)d min igjen") % {"minutes": left} if left else _("under 1 min igjen"))


def blocks_of(item: Item, scale: Scale, said: Mapping[str, str], language: str) -> tuple[Block, ...]:
    """Return the rows of choices of a question."""
    if scale.asks is not Asks.TWICE:
        return (Block(item.code, "", _options(scale, said.get(item.code, ""), language)),)
    legends = {"has": _("Hvor mye bestemmer teamet i dag?"), "should": _("Hvor mye bør teamet bestemme?")}
    return tuple(
        Block(f"{item.code}.{way}", legend, _options(scale, said.get(f"{item.code}.{way}", ""), language))
        for way, legend in legends.items()
    )


def _options(scale: Scale, chosen: str, language: str) -> tuple[Option, ...]:
    words = {scale.least + number: word.in_language(language) for number, word in enumerate(scale.words)}
    if scale.asks is Asks.NUMBER:
        words = {scale.least: scale.words[0].in_language(language), scale.most: scale.words[1].in_language(language)}
    found = []
    for step in range(scale.least, scale.most + 1):
        word, number = words.get(step, ""), str(step)
        aloud = (f"{number}, {word}" if word else number) if scale.asks is Asks.NUMBER else word
        in_order = scale.asks is not Asks.KIND  # a number before a kind would look like an order
        found.append(Option(number, word, number if in_order else "", chosen == number, aloud=aloud))
    if scale.beside is not None:
        word = scale.beside.in_language(language)
        found.append(Option(steps.BESIDE, word, "", chosen == steps.BESIDE, beside=True, aloud=word))
    return tuple(found)
