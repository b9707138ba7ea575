"""Which table is which sheet, and which of its columns is which of ours."""

import hashlib
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.utils.translation import override

from tillit.exchange.files.columns import plain
from tillit.exchange.files.reading import Table
from tillit.exchange.files.sheets import SHEETS, Sheet


def in_every_language(text: object) -> tuple[str, ...]:
    """Return a translatable name in all languages of the product: a template fetched in one is read in any."""
    names = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            names.append(str(text))
    return tuple(dict.fromkeys(names))


def columns_of(header: Sequence[str], sheet: Sheet) -> dict[str, int]:
    """Return our column code → position in the header, by name, alias or code. Each position is used once.

    A column's own name goes before another column's alias, so that «Adresse» and «Base, adresse» stay apart.
    """
    positions = {plain(name): at for at, name in reversed(list(enumerate(header))) if plain(name)}
    found: dict[str, int] = {}
    for names in (lambda c: (*in_every_language(c.header), c.code), lambda c: c.aliases):
        for column in sheet.columns:
            if column.code in found:
                continue
            for name in names(column):
                at = positions.get(plain(name))
                if at is not None and at not in found.values():
                    found[column.code] = at
                    break
    return found


def sheet_of(table: Table) -> Sheet | None:
    """Return the sheet a table is, by its name, else by which required columns it has. None when nothing fits."""
    name = plain(table.name)
    for sheet in SHEETS:
        if any(plain(known) in name for known in (*sheet.file_names, *in_every_language(sheet.name))):
            return sheet
    fits: list[tuple[int, Sheet]] = []
    for sheet in SHEETS:
        found = columns_of(table.header, sheet)
        required = [column.code for column in sheet.columns if column.required]
        if all(code in found for code in required):
            fits.append((len(found), sheet))
    return max(fits, key=lambda fit: fit[0])[1] if fits else None


def fingerprint(header: Sequence[str]) -> str:
    """Return a short name for a header, the same whatever the order of its columns: mappings are remembered by it."""
    joined = "\n".join(sorted(plain(name) for name in header if plain(name)))
    return hashlib.sha256(joined.encode()).hexdigest()[:32]


def with_remembered(header: Sequence[str], sheet: Sheet, remembered: Mapping[str, str]) -> dict[str, int]:
    """Return the mapping by name, overruled by what somebody chose for such a header before.

    remembered: our column code → the header text chosen; an empty text is "not in the file".
    """
    found = columns_of(header, sheet)
    positions = {plain(name): at for at, name in reversed(list(enumerate(header)))}
    known = {column.code for column in sheet.columns}
    for code, name in remembered.items():
        if code not in known:
            continue
        if not name:
            found.pop(code, None)
        elif plain(name) in positions:
            found = {other: at for other, at in found.items() if at != positions[plain(name)]}
            found[code] = positions[plain(name)]
    return found
