"""The letter on paper and in the archive: a tagged PDF (PDF/UA-1 and PDF/A-2a), set by typst.

The compiler is made once in each process and used by one thread at a time. What is written in a letter reaches it as
JSON and is never read as typst. Signs that none of our fonts can draw would stop a PDF/A: they are drawn as □.
"""

import json
import threading
from bisect import bisect_right
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, Literal

import typst

from tillit.care.letters import rules
from tillit.care.letters.rules import LABELS, LetterContent, LetterKind

_HOME = Path(__file__).resolve().parent.parent / "typesetting"
_STANDARDS: list[Literal["ua-1", "a-2a"]] = ["ua-1", "a-2a"]
_ONE_AT_A_TIME = threading.Lock()
NO_GLYPH = "□"
PIXELS_PER_INCH = 110.0


def to_pdf(content: LetterContent) -> bytes:
    """Return the letter as PDF. The same letter gives the same bytes."""
    with _ONE_AT_A_TIME:
        made = _compiler().compile(
            format="pdf", sys_inputs=_inputs(content), pdf_standards=[*_STANDARDS], timestamp=_stamp(content)
        )
    assert isinstance(made, bytes)
    return made


def to_pictures(content: LetterContent) -> list[bytes]:
    """Return the pages as PNG: to be looked at, in tests and by whoever changes the typography."""
    with _ONE_AT_A_TIME:
        made = _compiler().compile(format="png", ppi=PIXELS_PER_INCH, sys_inputs=_inputs(content))
    return [made] if isinstance(made, bytes) else list(made or [])


def undrawable(text: str) -> str:
    """Return the signs in a text that our fonts cannot draw, each once, in order."""
    return "".join(dict.fromkeys(sign for sign in text if not _drawn(sign)))


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(font_paths=[fonts_home()], include_system_fonts=False, include_embedded_fonts=False)
    return typst.Compiler(input=_HOME / "letter.typ", root=_HOME, font_paths=fonts)


def _inputs(content: LetterContent) -> dict[str, str]:
    letter = drawable(rules.write(content)) | {
        "labels": LABELS[content.language],
        "dated": rules.short_day(content.head.dated),
        "signed": rules.is_decision(content.kind) or content.kind is LetterKind.APPEAL_FORWARDED,
    }
    return {"letter": json.dumps(letter, ensure_ascii=False)}


def _stamp(content: LetterContent) -> int:
    return int(datetime.combine(content.head.dated, time(12), tzinfo=UTC).timestamp())


def fonts_home() -> Path:
    """Return where the fonts of everything we set lie."""
    return _HOME / "fonts"


def drawable(kept: Any) -> Any:
    """Return the same structure with each text made of signs we can draw."""
    match kept:
        case str():
            return kept if all(map(_drawn, kept)) else "".join(s if _drawn(s) else NO_GLYPH for s in kept)
        case list():
            return [drawable(one) for one in kept]
        case dict():
            return {key: drawable(value) for key, value in kept.items()}
    return kept


def _drawn(sign: str) -> bool:
    starts, ends = _coverage()
    at = bisect_right(starts, ord(sign)) - 1
    return at >= 0 and ord(sign) <= ends[at]


@cache
def _coverage() -> tuple[list[int], list[int]]:
    """Return the ranges of signs that our fonts draw, as written by `fonts/make` (checked by a test)."""
    starts, ends = [], []
    for line in (_HOME / "fonts" / "coverage.txt").read_text(encoding="ascii").split():
        first, _dash, last = line.partition("-")
        starts.append(int(first, 16))
        ends.append(int(last or first, 16))
    return starts, ends
