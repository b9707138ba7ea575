"""What somebody might send: by mistake, by an old page, by a program, on purpose."""

import random
import string
from collections.abc import Sequence

LONG = "å" * 20_000

TEXTS = (
    "", " ", "\t\n", "0", "-1", "1", "999999", "2147483648", "9223372036854775808", "-9223372036854775809", "9" * 400,
    "1.5", "1e400", "-0", "NaN", "Infinity", "٣", "²", "½", "0x10", "1_000", "True", "null", "None", "[]", "{}",
    "[" * 2_000, '{"a": 1e999}', "\x00", "a\x00b", "\x1b[31m", "\u202eabc", "\ufeff", "\ud7ff", "😀" * 50,
    "İ", "ß", "'; DROP TABLE x; --", "%", "_", "%%", "\\", "' OR 1=1", "<script>alert(1)</script>", "{{ 7*7 }}", "%s%n",
    "2026-11-24", "24.11.2026", "0001-01-01", "9999-12-31", "01.01.0001", "31.12.9999", "31.02.2026", "2026-W48",
    "10000-01-01", "2026-11-24T08:00", "08:00", "25:61", "8", "-08:00", "23:59:60", "//ond.example/",
    "https://ond.example/", "a\u0301" * 30,
    "javascript:alert(1)", "/../../etc/passwd", "DAY", "MONDAY", "unit:1", "1,2,3", "1-2", ":",
    "employee:999999999999999999999",
    "17053850158", "ÆØÅ", "Ola", LONG,
)  # fmt: skip


def text(chance: random.Random) -> str:
    """Return one value: a known trap, or some of the signs they are made of."""
    if chance.random() < 0.85:
        return chance.choice(TEXTS)
    signs = string.printable + "æøå\x00\u202e😀٣"
    return "".join(chance.choice(signs) for _ in range(chance.randrange(1, 12)))


def values(chance: random.Random) -> str | list[str]:
    """Return what one field is sent with: mostly one value, sometimes the same field several times."""
    return [text(chance) for _ in range(3)] if chance.random() < 0.08 else text(chance)


def around(names: Sequence[str], chance: random.Random) -> dict[str, str | list[str]]:
    """Return some of the names, each with a value."""
    return {name: values(chance) for name in names if chance.random() < 0.7}
