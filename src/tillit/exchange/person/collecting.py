"""Read all that is stored about one citizen: one question to the database for each table, whatever the amount."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.db import models

from tillit.care.citizens.models import Citizen, NetworkMember
from tillit.exchange.person.parts import PARTS, Part
from tillit.foundation.access.models import User
from tillit.foundation.organisation.models import Unit
from tillit.foundation.workforce.models import Employee

Row = dict[str, object]
#: People and units that others' rows point at are named; every other pointer is the id of a row in the file.
_NAMED: Mapping[type[models.Model], str] = {Employee: "name", Unit: "name", User: "name", NetworkMember: "name"}


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the file. held_back: how many whole rows are not in it, and the law behind that."""

    label: str
    part: Part
    columns: tuple[str, ...]
    rows: list[Row]
    held_back: int


def own_ids(citizen_id: int) -> list[int]:
    """Return the citizen and the registrations that were found to be her."""
    return [citizen_id, *Citizen.objects.filter(merged_into=citizen_id).order_by("pk").values_list("pk", flat=True)]


def tables(citizen_id: int) -> Iterator[Table]:
    """Yield every part of a citizen's file, in order. Whoever calls has checked reach and noted the reading."""
    return tables_of(PARTS, own_ids(citizen_id))


def tables_of(parts: Mapping[str, Part], ids: Collection[int]) -> Iterator[Table]:
    """Yield the parts of a file about the person with these ids, in order."""
    for label, part in parts.items():
        model = apps.get_model(label)
        fields = exported_fields(model, part)
        named = [one for one in fields if one.is_relation and one.related_model in _NAMED]
        found = model._default_manager.filter(**{f"{part.path}__in": ids}).order_by("pk")
        found = found.select_related(*[one.name for one in named])
        rows: list[Row] = []
        held_back = 0
        for row in found.iterator(chunk_size=1_000):
            if part.withheld_when and getattr(row, part.withheld_when[0]):
                held_back += 1
                continue
            rows.append({one.name: _value(row, one, one in named) for one in fields})
        yield Table(label, part, tuple(one.name for one in fields), rows, held_back)


def exported_fields(model: type[models.Model], part: Part) -> list[Any]:
    """Return the columns of a table that are in the file: every one that nothing holds back."""
    return [one for one in model._meta.concrete_fields if one.name not in part.withheld]


_NO_TEXT = frozenset({"access"})
"""Apps whose long columns hold codes and names, nothing that somebody wrote."""
_LONG = 100
_NEVER_WRITTEN = frozenset(("unit_path", "given_name", "family_name", "call_name", "followings", "levels"))
#: Long columns with numbers and codes, or with words that stand elsewhere too: in the plan, in the letter itself.
_NOT_WRITTEN: Mapping[str, frozenset[str]] = {
    "citizens.Identifier": frozenset({"*"}),
    "decisions.CaseEvent": frozenset({"*"}),
    "visits.Visit": frozenset({"*"}),
    "visits.VisitTask": frozenset({"*"}),
    "login.Identity": frozenset({"*"}),
    "journal.Entry": frozenset(("author_name",)),
    "journal.Countersign": frozenset({"*"}),
    "person.Handout": frozenset({"*"}),
    "letters.SentLetter": frozenset(("content", "ways", "copies_to", "case_reference")),
    "decisions.Decision": frozenset(("legal_references",)),
}


def text_columns(label: str, part: Part) -> tuple[str, ...]:
    """Return the columns of a table in which somebody writes what she likes: these are read before they leave."""
    model = apps.get_model(label)
    if model._meta.app_label in _NO_TEXT:
        return ()
    own = _NOT_WRITTEN.get(label, frozenset())
    free = (one.name for one in exported_fields(model, part) if _is_free(one))
    return () if "*" in own else tuple(name for name in free if name not in own | _NEVER_WRITTEN)


def _is_free(field: Any) -> bool:
    if isinstance(field, models.JSONField | models.TextField):
        return True
    return isinstance(field, models.CharField) and not field.choices and (field.max_length or 0) >= _LONG


def _value(row: models.Model, field: Any, is_named: bool) -> object:
    if is_named:
        one = getattr(row, field.name)
        return None if one is None else str(one.name)
    value = getattr(row, field.attname)
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")()) if value not in (None, "") else ""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value
