"""Triggers that keep an own instrument as it was put in use, on SQLite and PostgreSQL alike. Used by migrations (R39).

Nothing in it is ever changed. It may be taken away when no survey that asked it is left, not before.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("surveys_owninstrument",)
_ASKED = (
    "EXISTS (SELECT 1 FROM surveys_campaign c WHERE c.instrument = OLD.code AND c.version = OLD.version)"
)  # fmt: skip


def lock_table(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Refuse every UPDATE of what is in use, and DELETE while a survey asks it. Running it again changes nothing."""
    release_table(schema_editor, table)
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            f"CREATE TRIGGER {table}_frozen BEFORE UPDATE ON {table} WHEN OLD.in_use_at IS NOT NULL "
            "BEGIN SELECT RAISE(ABORT, 'in use'); END"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {table}_stays BEFORE DELETE ON {table} WHEN {_ASKED} "
            "BEGIN SELECT RAISE(ABORT, 'in use'); END"
        )
        return
    schema_editor.execute(
        f"CREATE OR REPLACE FUNCTION {table}_frozen() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF TG_OP = 'DELETE' AND NOT ({_ASKED}) THEN RETURN OLD; END IF; "
        "IF TG_OP = 'UPDATE' AND OLD.in_use_at IS NULL THEN RETURN NEW; END IF; "
        "RAISE EXCEPTION 'in use'; END $$"
    )
    schema_editor.execute(
        f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_frozen()"
    )


def release_table(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Take the triggers away again: for reversing the migration, and for emptying a demo or a test's database."""
    if schema_editor.connection.vendor == "sqlite":
        for name in ("frozen", "stays"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}")
        return
    schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_frozen ON {table}")
