"""What was gathered and waits to be read through, as it lies sealed: tables and letters, with nothing held back."""

import io
import json
import zipfile
from collections.abc import Iterable, Mapping

from tillit.exchange.person.collecting import Table
from tillit.exchange.person.models import Handout
from tillit.exchange.person.parts import LEFT_OUT, PARTS, Part
from tillit.exchange.person.parts_employee import EMPLOYEE_LEFT_OUT, EMPLOYEE_PARTS

_TABLES = "samlet.json"
_PHOTO = "bilde-"


def parts_of(handout: Handout) -> Mapping[str, Part]:
    """Return the parts of the file a handout makes."""
    return PARTS if handout.citizen_id else EMPLOYEE_PARTS


def left_out_of(handout: Handout) -> Mapping[str, str]:
    """Return what is not in the file a handout makes, and why."""
    return LEFT_OUT if handout.citizen_id else EMPLOYEE_LEFT_OUT


def closed(
    tables: Iterable[Table], letters: Iterable[tuple[int, bytes]], photos: Iterable[tuple[int, bytes]] = ()
) -> bytes:
    """Return tables, letters and photos as one piece."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        said = [[one.label, one.columns, one.rows, one.held_back] for one in tables]
        archive.writestr(_TABLES, json.dumps(said, ensure_ascii=False))
        for pk, pdf in letters:
            archive.writestr(str(pk), pdf)
        for pk, picture in photos:
            archive.writestr(f"{_PHOTO}{pk}", picture)
    return target.getvalue()


def tables_in(content: bytes, handout: Handout) -> list[Table]:
    """Return the tables of such a piece."""
    parts = parts_of(handout)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [
            Table(label, parts[label], tuple(columns), rows, held_back)
            for label, columns, rows, held_back in json.loads(archive.read(_TABLES))
        ]


def letters_in(content: bytes) -> Iterable[tuple[int, bytes]]:
    """Yield the letters of such a piece."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.isdecimal():
                yield int(name), archive.read(name)


def photos_in(content: bytes) -> Iterable[tuple[int, bytes]]:
    """Yield the photos of such a piece."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith(_PHOTO):
                yield int(name.removeprefix(_PHOTO)), archive.read(name)
