"""Nynorsk and English are complete, and say what the source says: nothing gathered is left behind."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tillit.config.catalogues import LOCALE, TRANSLATED, missing

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
SOURCE = Path(__file__).resolve().parents[1] / "src" / "tillit"
#: Texts in templates: {% translate "…" %}. Read here without gettext's own tools, so that the check runs anywhere.
IN_TEMPLATES = re.compile(r'{%\s*translate\s+"([^"]+)"(?!\s*context)')


@pytest.mark.parametrize("language", TRANSLATED)
class TestCatalogue:
    def test_lacks_nothing(self, language: str) -> None:
        with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as file:
            assert missing(read_po(file, locale=language)) == []

    def test_keeps_every_placeholder(self, language: str) -> None:
        with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as file:
            catalogue = read_po(file, locale=language)
        lost = []
        for message in catalogue:
            ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
            texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
            wanted = set(PLACEHOLDER.findall(ids[-1]))
            if message.id and set(PLACEHOLDER.findall(texts[-1] or "")) != wanted:
                lost.append(ids[-1])

        assert lost == []

    def test_knows_every_text_of_the_templates(self, language: str) -> None:
        with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as file:
            catalogue = read_po(file, locale=language)
        known = {part for m in catalogue for part in (m.id if isinstance(m.id, tuple | list) else (m.id,))}
        unknown = {
            text
            for path in SOURCE.rglob("*.html")
            for text in IN_TEMPLATES.findall(path.read_text())
            if text not in known
        }

        assert unknown == set()
