"""Write the file: a zip with one JSON file a machine reads, one page a person reads, and the letters as they were."""

import json
import zipfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from django.template.loader import render_to_string

from tillit.care.letters.models import SentLetter
from tillit.exchange.person.collecting import Table
from tillit.exchange.person.parts import LEFT_OUT
from tillit.exchange.person.words import word_for
from tillit.kernel import oslo


def write(target: Path, tables: Iterable[Table], *, citizen_ids: list[int], at: datetime) -> dict[str, int]:
    """Write the zip to a file that is not there yet, readable by its owner alone. Returns rows by table."""
    found = list(tables)
    with target.open("xb") as file:
        target.chmod(0o600)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("opplysninger.json", _as_json(found, at=at))
            archive.writestr("opplysninger.html", _as_page(found, at=at))
            letters = SentLetter.objects.filter(citizen__in=citizen_ids).order_by("pk")
            for pk, pdf in letters.values_list("pk", "pdf").iterator(chunk_size=20):
                archive.writestr(f"brev/{pk}.pdf", bytes(pdf))
    return {table.label: len(table.rows) for table in found}


def _as_json(tables: list[Table], *, at: datetime) -> str:
    said = {
        "laget": at.isoformat(),
        "tabeller": {
            table.label: {
                "tittel": table.part.title,
                "rader": table.rows,
                "felt_holdt_tilbake": dict(table.part.withheld),
                "rader_holdt_tilbake": table.held_back,
                "hjemmel": table.part.withheld_when[1] if table.held_back and table.part.withheld_when else "",
            }
            for table in tables
        },
        "ikke_med": dict(LEFT_OUT),
    }
    return json.dumps(said, ensure_ascii=False, indent=1)


def _as_page(tables: list[Table], *, at: datetime) -> str:
    shown = [
        {
            "title": table.part.title,
            "words": [word_for(name) for name in table.columns],
            "rows": [[_in_words(row[name]) for name in table.columns] for row in table.rows],
            "held_back": table.held_back,
            "law": table.part.withheld_when[1] if table.part.withheld_when else "",
            "withheld": sorted({reason for reason in table.part.withheld.values() if reason.startswith("Opplysn")}),
        }
        for table in tables
        if table.rows or table.held_back
    ]
    page = {"tables": shown, "left_out": list(LEFT_OUT.values()), "on": oslo.day_of(at)}
    return render_to_string("person/file.html", {"page": page})


def _in_words(value: object) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "Ja" if value else "Nei"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
