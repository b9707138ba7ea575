"""Triggers that keep rows as they were from the moment they are frozen, on SQLite and PostgreSQL. Used by migrations.

A frozen row is never changed. It may leave when nothing needs it any longer, which each table says for itself. What
only grows, and never leaves like this, is guarded by `append_only.py`.
"""

from dataclasses import dataclass, field

from django.db.backends.base.schema import BaseDatabaseSchemaEditor


@dataclass(frozen=True, slots=True)
class Frozen:
    """How the rows of one table are kept. The conditions are SQL about OLD, of our own names only."""

    table: str
    stays: str = field(metadata={"help": "True while the row may not be deleted"})
    says: str = field(metadata={"help": "What the database says when it refuses"})
    once: str = field(default="TRUE", metadata={"help": "True from when it may not be changed; always unless said"})


def freeze(schema_editor: BaseDatabaseSchemaEditor, one: Frozen) -> None:
    """Refuse UPDATE of what is frozen, and DELETE of what must stay. Running it again changes nothing."""
    table = one.table
    thaw(schema_editor, table)
    if schema_editor.connection.vendor == "sqlite":
        for name, verb, refused in (("frozen", "UPDATE", one.once), ("stays", "DELETE", one.stays)):
            schema_editor.execute(
                f"CREATE TRIGGER {table}_{name} BEFORE {verb} ON {table} WHEN {refused} "
                f"BEGIN SELECT RAISE(ABORT, '{one.says}'); END"
            )
        return
    schema_editor.execute(
        f"CREATE OR REPLACE FUNCTION {table}_frozen() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF TG_OP = 'DELETE' AND NOT ({one.stays}) THEN RETURN OLD; END IF; "
        f"IF TG_OP = 'UPDATE' AND NOT ({one.once}) THEN RETURN NEW; END IF; "
        f"RAISE EXCEPTION '{one.says}'; END $$"
    )
    schema_editor.execute(
        f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_frozen()"
    )


def thaw(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Take the triggers away again: for reversing a migration, and for emptying a demo or a test's database."""
    if schema_editor.connection.vendor == "sqlite":
        for name in ("frozen", "stays"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}")
        return
    schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_frozen ON {table}")
