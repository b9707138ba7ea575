"""Is there anything in the database, and how to take it away again."""

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection

from tillit.care.letters.models import SentLetter
from tillit.foundation.access import append_only
from tillit.foundation.access.models import AccessEntry, AuditEntry, LogSeal, RefusedEntry, User
from tillit.foundation.keeping.models import Removal as RemovalTrace
from tillit.foundation.organisation.models import Unit

#: Tables with triggers that refuse to change or delete what stands in them; those above tell theirs themselves.
ONLY_GROWING = (
    AuditEntry,
    AccessEntry,
    RefusedEntry,
    LogSeal,
    SentLetter,
    RemovalTrace,
)


def is_empty() -> bool:
    """Whether nobody works here yet: no unit, no login."""
    return not Unit.objects.exists() and not User.objects.exists()


def guarded_tables() -> tuple[str, ...]:
    """Return every table whose rows triggers keep, by name."""
    return (*(model._meta.db_table for model in ONLY_GROWING), *append_only.guarded_elsewhere())


def wipe() -> None:
    """Remove every row of every app, the logs too. Callers have made sure that this is a demo."""
    tables = guarded_tables()
    with connection.schema_editor() as editor:
        for table in tables:
            append_only.release(editor, table)
    try:
        call_command("flush", interactive=False, verbosity=0)
    finally:
        with connection.schema_editor() as editor:
            for table in tables:
                append_only.guard_again(editor, table)


def start_numbers_over() -> None:
    """Let the database number new rows from one in every empty table, also where rows have been and gone."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("tillit.")]
    if connection.vendor == "postgresql":
        statements = connection.ops.sequence_reset_sql(no_style(), ours)
    else:
        tables = [{"table": model._meta.db_table, "column": None} for model in ours if not model._base_manager.exists()]
        statements = connection.ops.sequence_reset_by_name_sql(no_style(), tables)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
