"""Triggers that let a table only grow, on SQLite and PostgreSQL alike. Used by migrations."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def guard(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Refuse UPDATE and DELETE (and TRUNCATE on PostgreSQL) on `table`. Running it again changes nothing."""
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(
                f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
            )
        return
    schema_editor.execute(
        "CREATE OR REPLACE FUNCTION tillit_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'append-only'; END $$"
    )
    schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
    schema_editor.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION tillit_append_only()"
    )


def release(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Take the triggers away again: only for reversing a migration."""
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
        return
    schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
