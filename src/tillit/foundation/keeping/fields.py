"""Columns that are sealed in the database and plain in Python. The one place where values are sealed and opened.

    value = SealedField(purpose="national-id", index="value_index", blank=True)
    value_index = BlindIndexField(of="value")
    objects = SealedManager()

`filter(value=…)` and `filter(value__in=…)` ask the index; everything else is refused, for what is sealed cannot be
sorted or searched. Constraints stand on the index. `save(update_fields=["value"])` must name the index too.
"""

import json
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import models
from django.db.models.lookups import In

from tillit.foundation.keeping import sealed

if TYPE_CHECKING:
    _Text = models.TextField[Any, Any]
    _Characters = models.CharField[Any, Any]
    _Bytes = models.BinaryField[Any, Any]
else:
    _Text, _Characters, _Bytes = models.TextField, models.CharField, models.BinaryField


Row = TypeVar("Row", bound=models.Model, covariant=True)


class SealedField(_Text):
    """Text that nobody reads from the database's file, dump or backup without the key."""

    def __init__(self, *args: Any, purpose: str, index: str = "", **kwargs: Any) -> None:
        self.purpose, self.index = purpose, index
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Say what the field is made from, for migrations."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "purpose": self.purpose, **({"index": self.index} if self.index else {})}

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        """Open what is read."""
        return None if value is None else sealed.unseal(value, self.purpose)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Seal what is stored."""
        return value if value is None or hasattr(value, "as_sql") else sealed.seal(str(value), self.purpose)

    def get_lookup(self, lookup_name: str) -> Any:
        """Offer only what the index can answer."""
        return {"exact": _Known, "in": _KnownAmong}.get(lookup_name) if self.index else None


class BlindIndexField(_Characters):
    """What a sealed value is known again by: a keyed hash. Filled by itself from the field it is `of`."""

    def __init__(self, *args: Any, of: str, **kwargs: Any) -> None:
        self.of = of
        kwargs.update(max_length=81, editable=False, blank=True, default="")
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Say what the field is made from, for migrations."""
        name, path, args, kwargs = super().deconstruct()
        made_here = {"max_length", "editable", "blank", "default"}
        return name, path, args, {**{key: kwargs[key] for key in kwargs if key not in made_here}, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Return the index of the value beside it."""
        made = self.indexed(str(getattr(model_instance, self.of)))
        setattr(model_instance, self.attname, made)
        return made

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Store the index, whether a plain value or an index is given."""
        return value if value is None or hasattr(value, "as_sql") else self.indexed(str(value))

    def indexed(self, value: str) -> str:
        """Return the index of a plain value, or the index itself."""
        return value if not value or sealed.is_index(value) else sealed.index(value, self._purpose())

    def _purpose(self) -> str:
        field = self.model._meta.get_field(self.of)
        assert isinstance(field, SealedField)
        return field.purpose


class SealedBytesField(_Bytes):
    """Bytes that nobody reads without the key: a file that somebody uploaded."""

    def __init__(self, *args: Any, purpose: str, **kwargs: Any) -> None:
        self.purpose = purpose
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Say what the field is made from, for migrations."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "purpose": self.purpose}

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Open what is read."""
        return None if value is None else sealed.unseal_bytes(bytes(value), self.purpose)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Seal what is stored."""
        if value is not None and not hasattr(value, "as_sql"):
            value = sealed.seal_bytes(bytes(value), self.purpose)
        return super().get_db_prep_save(value, connection)


class SealedJsonField(SealedField):
    """JSON values, sealed as text. For what people brought along: a header row may hold anything."""

    _pyi_private_set_type: Any  # what the type checker reads; nothing is there when it runs
    _pyi_private_get_type: Any

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        """Open what is read."""
        return json.loads(sealed.unseal(value, self.purpose)) if value else self.get_default()

    def to_python(self, value: Any) -> Any:
        """Leave values as they are."""
        return value

    def get_prep_value(self, value: Any) -> Any:
        """Leave values as they are; they are sealed when they are stored."""
        return value

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Seal what is stored."""
        if hasattr(value, "as_sql"):
            return value
        return sealed.seal(json.dumps(value, ensure_ascii=False), self.purpose)


class SealedQuerySet(models.QuerySet[Row]):
    """Keeps the index with the value when many rows are changed at once."""

    def update(self, **values: Any) -> int:
        """Change rows; the index follows its value."""
        for field in self.model._meta.concrete_fields:
            if isinstance(field, BlindIndexField) and field.of in values:
                values[field.attname] = values[field.of]
        return super().update(**values)


SealedManager = models.Manager.from_queryset(SealedQuerySet)


def _by_index(column: Any) -> Any:
    field = column.target
    return field.model._meta.get_field(field.index).get_col(column.alias)


class _Known(In):
    """`value=…`, asked of the index."""

    lookup_name = "exact"

    def __init__(self, lhs: Any, rhs: Any) -> None:
        super().__init__(_by_index(lhs), sealed.indexes(str(rhs), lhs.target.purpose))


class _KnownAmong(In):
    """`value__in=…`, asked of the index."""

    def __init__(self, lhs: Any, rhs: Any) -> None:
        purpose = lhs.target.purpose
        super().__init__(_by_index(lhs), [one for text in rhs for one in sealed.indexes(str(text), purpose)])
