"""How a letter reads: how long it takes, which sentences are long, and which are new. Advice only; nothing blocks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tillit.care.letters.rules.content import Bullets, LetterContent, Paragraph, texts_of

WORDS_A_MINUTE = 180
"""A careful adult reader of an official letter. A guide for the writer; nobody is measured."""

LONG_SENTENCE = 24
"""Words. Språkrådet's advice is 15–20 on average; above this a reader loses the thread."""

#: Words that offices use and readers do not; on the right what to write instead.
OFFICE_WORDS: dict[str, str] = {
    "vedrørende": "om",
    "vedrørande": "om",
    "iverksette": "begynne",
    "iverksettes": "begynner",
    "foreligger": "er",
    "foreligg": "er",
    "herunder": "blant annet",
    "anses": "er",
    "tilstås": "får",
    "innvilges": "får",
    "innvilget": "fått",
    "jamfør": "se",
    "i henhold til": "etter",
    "med bakgrunn i": "fordi",
    "på bakgrunn av": "fordi",
    "vennligst": "",
    "undertegnede": "jeg",
    "ovennevnte": "dette",
    "således": "slik",
    "samt": "og",
    "bistandsbehov": "det du trenger hjelp til",
    "tjenestemottaker": "du",
    "tenestemottakar": "du",
    "pasienten": "du",
    "søker": "du",
}

#: Words that speak about the reader. «Bruker» is a verb too: only where it stands for somebody.
_ABOUT_READER = re.compile(
    r"\b(?:hun|henne|hennes|han|ham|ho|vedkommende|vedkomande|brukeren|brukaren|brukerens|"
    r"(?<!du )(?<!vi )bruker(?= (?:har|er|kan|vil|skal|må|bor|får|trenger|ønsker|klarer|sier|mener|opplever)\b))\b",
    re.I,
)

#: The sections where somebody has written to the reader herself. Elsewhere the words are the template's.
_WRITTEN_BY_US = frozenset({"reasons", "refused"})

_SENTENCE = re.compile(r"(?<=[.?!:])\s+(?=[A-ZÆØÅ«0-9])")
_ENDS_IN_NUMBER_OR_SHORT = re.compile(r"(?:\b\d{1,2}|\b(?:nr|jf|ca|kl|bl\.a|f\.eks|dvs|pkt|osv|tlf|st|mv))\.$", re.I)


@dataclass(frozen=True, slots=True)
class Hint:
    """Something that may be said more plainly. office_word: "" when it is the length; instead: what to write."""

    sentence: str
    words: int
    office_word: str = ""
    instead: str = ""


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a text, in order. "26. november", "nr. 5" and "jf. § 3" do not end one."""
    found: list[str] = []
    for piece in _SENTENCE.split(text.strip()):
        if found and _ENDS_IN_NUMBER_OR_SHORT.search(found[-1]):
            found[-1] += f" {piece}"
        elif piece:
            found.append(piece)
    return tuple(found)


def sentences_of(content: LetterContent) -> Iterator[tuple[str, str]]:
    """Yield (section code, sentence) as the reader meets them; points and cells count as sentences."""
    for section in content.sections:
        for text in texts_of(section):
            for sentence in sentences(text):
                yield section.code, sentence


def reading_time(content: LetterContent) -> int:
    """Return the minutes it takes to read the letter, at least 1, rounded to the nearest whole."""
    words = sum(len(text.split()) for section in content.sections for text in (section.heading, *texts_of(section)))
    return max(1, round((words + len(content.title.split())) / WORDS_A_MINUTE))


def plain_hints(content: LetterContent) -> tuple[Hint, ...]:
    """Return what may be said more plainly, in reading order: long sentences and words from the office."""
    found = []
    for section in content.sections:
        for block in section.blocks:
            if not isinstance(block, Paragraph | Bullets):
                continue
            texts = (block.text,) if isinstance(block, Paragraph) else tuple(item.text for item in block.items)
            for sentence in (one for text in texts for one in sentences(text)):
                count = len(sentence.split())
                if count > LONG_SENTENCE and "§" not in sentence:
                    found.append(Hint(sentence, count))
                found.extend(
                    Hint(sentence, count, word, instead)
                    for word, instead in OFFICE_WORDS.items()
                    if re.search(rf"\b{re.escape(word)}\b", sentence, re.I)
                )
    return tuple(found)


def about_reader(content: LetterContent) -> tuple[Hint, ...]:
    """Return sentences of the reasons that speak about the reader rather than to her. «Hun» may be her daughter."""
    return tuple(
        Hint(sentence, len(sentence.split()), word.group(0), "du")
        for code, sentence in sentences_of(content)
        if code in _WRITTEN_BY_US and (word := _ABOUT_READER.search(sentence))
    )


def changed_sentences(before: LetterContent | None, after: LetterContent) -> frozenset[str]:
    """Return the sentences of `after` that did not stand in `before`. Without a letter before, nothing is new."""
    if before is None:
        return frozenset()
    old = {sentence for _code, sentence in sentences_of(before)}
    return frozenset(sentence for _code, sentence in sentences_of(after) if sentence not in old)
