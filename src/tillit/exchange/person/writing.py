"""Write the file: a zip with one JSON file a machine reads, one page a person reads, and the letters as they were."""

import json
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any

from django.template.loader import render_to_string

from tillit.care.letters.models import SentLetter
from tillit.care.photos.models import Photo
from tillit.exchange.person.collecting import Row, Table
from tillit.exchange.person.parts import LEFT_OUT
from tillit.exchange.person.words import word_for
from tillit.kernel import oslo

#: The rooms of a file, in which its tables stand: by app, in the order of the file's tables.
ROOMS: Mapping[str, str] = {
    "citizens": "Hvem du er, og hvem som hjelper deg",
    "needs": "Hva som er viktig for deg",
    "letters": "Brev",
    "decisions": "Saker, vedtak og klager",
    "careplans": "Mål og plan",
    "visits": "Besøk",
    "journal": "Journalen",
    "planning": "Arbeidslister",
    "workforce": "Ansettelse og vakter",
    "authority": "Myndighet",
    "responsibility": "Ansvar",
    "login": "Innlogging",
    "access": "Hvem har sett, og hvem har gjort hva",
    "person": "Når opplysningene ble hentet ut",
}
HOW_TO_APPEAL = (
    "Noe er holdt tilbake fordi loven sier det. Du kan klage på det. Skriv til kommunen, som sender klagen til "
    "Statsforvalteren hvis den ikke gir deg rett."
)
Held = Mapping[str, Mapping[int, str]]
"""Table → id of a row that is not handed out → the law behind it."""


def write(target: Path, tables: Iterable[Table], *, citizen_ids: list[int], at: datetime) -> dict[str, int]:
    """Write the zip to a file that is not there yet, readable by its owner alone. Returns rows by table."""
    found = list(tables)
    letters = SentLetter.objects.filter(citizen__in=citizen_ids).order_by("pk").values_list("pk", "pdf")
    with target.open("xb") as file:
        target.chmod(0o600)
        pack(
            file,
            found,
            ((pk, bytes(pdf)) for pk, pdf in letters.iterator(chunk_size=20)),
            photos=pictures_of(citizen_ids),
            left_out=LEFT_OUT,
            at=at,
        )
    return {table.label: len(table.rows) for table in found}


def pack(
    file: IO[bytes],
    tables: Iterable[Table],
    letters: Iterable[tuple[int, bytes]],
    *,
    left_out: Mapping[str, str],
    at: datetime,
    held: Held = MappingProxyType({}),
    photos: Iterable[tuple[int, bytes]] = (),
) -> None:
    """Write the zip: what a machine reads, what a person reads, the letters as they were sent, and the photos.

    held: rows that somebody decided to hold back. They are counted, with the law, and are nowhere in the file.
    """
    found = list(tables)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("opplysninger.json", _as_json(found, left_out, held, at=at))
        archive.writestr("opplysninger.html", _as_page(found, left_out, held, at=at))
        for pk, pdf in letters:
            if pk not in held.get("letters.SentLetter", {}):
                archive.writestr(f"brev/{pk}.pdf", pdf)
        for pk, picture in photos:
            if pk not in held.get("photos.Photo", {}):
                archive.writestr(f"bilder/{pk}.jpg", picture)


def pictures_of(citizen_ids: list[int]) -> Iterator[tuple[int, bytes]]:
    """Yield the photos in the journals that were not removed, one in memory at a time."""
    rows = Photo.objects.filter(citizen__in=citizen_ids).exclude(digest="").order_by("pk")
    for pk, content in rows.values_list("pk", "content").iterator(chunk_size=5):
        yield pk, bytes(content)


def _handed_out(table: Table, held: Held) -> list[Row]:
    gone = held.get(table.label, {})
    return [row for row in table.rows if row.get("id") not in gone] if gone else table.rows


def _laws(table: Table, held: Held) -> list[tuple[str, int]]:
    """Return the law behind each row that is not in the file, and how many rows."""
    laws = Counter(held.get(table.label, {}).values())
    if table.held_back and table.part.withheld_when:
        laws[table.part.withheld_when[1]] += table.held_back
    return sorted(laws.items())


def _as_json(tables: list[Table], left_out: Mapping[str, str], held: Held, *, at: datetime) -> str:
    said = {
        "laget": at.isoformat(),
        "tabeller": {
            table.label: {
                "tittel": table.part.title,
                "rader": _handed_out(table, held),
                "felt_holdt_tilbake": dict(table.part.withheld),
                "rader_holdt_tilbake": sum(count for _law, count in _laws(table, held)),
                "hjemmel": "; ".join(law for law, _count in _laws(table, held)),
            }
            for table in tables
        },
        "ikke_med": dict(left_out),
    }
    return json.dumps(said, ensure_ascii=False, indent=1)


def _as_page(tables: list[Table], left_out: Mapping[str, str], held: Held, *, at: datetime) -> str:
    rooms: dict[str, dict[str, Any]] = {}
    for table in tables:
        rows, laws = _handed_out(table, held), _laws(table, held)
        if not rows and not laws:
            continue
        app = table.label.partition(".")[0]
        room = rooms.setdefault(app, {"title": ROOMS[app], "id": app, "tables": [], "count": 0})
        room["count"] += len(rows)
        room["tables"].append(
            {
                "title": table.part.title,
                "words": [word_for(name) for name in table.columns],
                "rows": [[_in_words(row[name]) for name in table.columns] for row in rows],
                "laws": laws,
                "withheld": sorted({one for one in table.part.withheld.values() if one.startswith("Opplysn")}),
            }
        )
    page = {
        "rooms": list(rooms.values()),
        "left_out": sorted(set(left_out.values())),
        "on": oslo.day_of(at),
        "appeal": HOW_TO_APPEAL if any(_laws(table, held) for table in tables) else "",
    }
    return render_to_string("person/file.html", {"page": page})


def _in_words(value: object) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "Ja" if value else "Nei"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
