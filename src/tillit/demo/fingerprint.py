"""One number that says whether two databases hold the same town."""

import hashlib

from django.apps import apps
from django.db import connection

from tillit.foundation.keeping.fields import SealedBytesField, SealedField

#: What Django keeps for itself, what belongs to a visit of the pages rather than to the town, and to an installation.
_NOT_THE_TOWN = frozenset({"auth", "contenttypes", "sessions", "django_tasks_db", "django_tasks_database", "keeping"})
_SEALED = SealedField | SealedBytesField


def fingerprint() -> str:
    """Return a checksum over every row of every table of the product, in order of its id. Sealed values are opened."""
    total = hashlib.sha256()
    for model in sorted(apps.get_models(), key=lambda one: one._meta.db_table):
        if model._meta.app_label in _NOT_THE_TOWN:
            continue
        table, quote = model._meta.db_table, connection.ops.quote_name
        total.update(table.encode())
        fields = model._meta.concrete_fields
        columns = ", ".join(quote(str(field.column)) for field in fields)
        sealed = [(place, each) for place, each in enumerate(fields) if isinstance(each, _SEALED)]
        key = quote(str(model._meta.pk.column))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {columns} FROM {quote(table)} ORDER BY {key}")  # noqa: S608 – names from models
            while rows := cursor.fetchmany(2000):
                for row in map(list, rows):
                    for place, field in sealed:
                        row[place] = field.from_db_value(row[place], None, connection)
                    total.update(repr(row).encode())
    return total.hexdigest()
