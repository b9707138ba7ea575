"""Triggers that let a table only grow, on SQLite and PostgreSQL alike. Used by migrations.

From a sealed log rows can leave in one way only: a signed seal that says so is already there (`keeping.py`).
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

#: The tables of the sealed logs, by their name in the seals.
SEALED = {
    "access_accessentry": "ACCESS",
    "access_auditentry": "AUDIT",
    "access_refusedentry": "REFUSED",
}


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


def guard_log(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Guard a sealed log: as `guard`, but a row may be deleted when a seal says that its stretch has left."""
    release(schema_editor, table)
    has_left = (
        f"EXISTS (SELECT 1 FROM access_logseal WHERE kind = 'REMOVED' AND log = '{SEALED[table]}' "  # noqa: S608
        "AND OLD.id > after_id AND OLD.id <= to_id)"
    )
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, 'append-only'); END"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN NOT {has_left} "
            "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
        )
        return
    schema_editor.execute(
        f"CREATE OR REPLACE FUNCTION {table}_may_leave() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {has_left} THEN RETURN OLD; END IF; RAISE EXCEPTION 'append-only'; END $$"
    )
    schema_editor.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION tillit_append_only()"
    )
    schema_editor.execute(
        f"CREATE TRIGGER {table}_may_leave BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_may_leave()"
    )


def guard_again(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Guard a table as its migration did, after `release`."""
    (guard_log if table in SEALED else guard)(schema_editor, table)


def release(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Take the triggers away again: for reversing a migration, and for emptying a demo or a test's database."""
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
        return
    for name in ("append_only", "may_leave"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name} ON {table}")
