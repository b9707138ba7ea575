"""Compile and gather the translations. Compiled files are not kept in the repository: `./run` makes them.

`python -m tillit.config.catalogues` compiles what has changed; `--gather` collects texts (needs GNU gettext);
`--check` fails with a list when a catalogue lacks a translation or is out of date.
"""

import io
import subprocess
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parents[1] / "locale"
TRANSLATED = ("nn", "en")


def compile_changed() -> int:
    """Write a .mo beside each .po that is newer. Returns how many were written."""
    written = 0
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3])
        buffer = io.BytesIO()
        write_mo(buffer, catalogue)
        target.write_bytes(buffer.getvalue())
        written += 1
    return written


def missing(catalogue: Catalog) -> list[str]:
    """Return the texts that lack a translation or whose translation is only a guess (fuzzy)."""
    lacking = []
    for message in catalogue:
        if not message.id or message.id == "":
            continue
        forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.fuzzy or not all(forms):
            text = message.id[0] if isinstance(message.id, tuple | list) else message.id
            lacking.append(str(text))
    return lacking


def gather() -> None:
    """Collect all texts of the source into the catalogues, with xgettext."""
    root = LOCALE.parents[2]
    for language in TRANSLATED:
        subprocess.run(
            [
                sys.executable, str(root / "manage.py"), "makemessages", "-l", language, "--no-location",
                "--no-obsolete", "--no-wrap", "-e", "py,html,txt", "-v", "0",
                "-i", "test_*.py", "-i", ".venv/*", "-i", "tests/*", "-i", "var/*", "-i", "bench/*", "-i", "scripts/*",
            ],
            cwd=root / "src" / "tillit", check=True,
        )  # fmt: skip


def check() -> int:
    """Print what lacks a translation; return the number of texts."""
    total = 0
    for language in TRANSLATED:
        with (LOCALE / language / "LC_MESSAGES" / "django.po").open("rb") as file:
            lacking = missing(read_po(file, locale=language))
        for text in lacking:
            sys.stdout.write(f"{language}: {text}\n")
        total += len(lacking)
    return total


if __name__ == "__main__":
    if "--gather" in sys.argv:
        gather()
    if "--check" in sys.argv:
        sys.exit(1 if check() else 0)
    compile_changed()
