"""Triggers that let a table only grow, on SQLite and PostgreSQL alike. Used by migrations.

From a sealed log rows can leave in one way only: a signed seal that says so is already there (`keeping.py`).
"""

from collections.abc import Callable, Iterable

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

#: The tables of the sealed logs, by their name in the seals.
SEALED = {
    "access_accessentry": "ACCESS",
    "access_auditentry": "AUDIT",
    "access_refusedentry": "REFUSED",
}


Trigger = Callable[[BaseDatabaseSchemaEditor, str], None]
_others: dict[str, tuple[Trigger, Trigger]] = {}


def register(tables: Iterable[str], *, lock: Trigger, unlock: Trigger) -> None:
    """Let an app above guard its own tables, when they may change in more ways than growing. Again changes nothing."""
    _others.update(dict.fromkeys(tables, (lock, unlock)))


def guarded_elsewhere() -> tuple[str, ...]:
    """Return the tables that apps above guard, by name."""
    return tuple(sorted(_others))


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
    _guard_but(schema_editor, table, has_left)


def _guard_but(schema_editor: BaseDatabaseSchemaEditor, table: str, may_leave: str) -> None:
    """Refuse every change but the deletion of a row of which `may_leave` is true."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, 'append-only'); END"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN NOT {may_leave} "
            "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
        )
        return
    schema_editor.execute(
        f"CREATE OR REPLACE FUNCTION {table}_may_leave() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {may_leave} THEN RETURN OLD; END IF; RAISE EXCEPTION 'append-only'; END $$"
    )
    schema_editor.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION tillit_append_only()"
    )
    schema_editor.execute(
        f"CREATE TRIGGER {table}_may_leave BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_may_leave()"
    )


#: Tables that only grow and hang on one citizen: how her number is found from the row that is to leave.
OF_A_CITIZEN = {"letters_sentletter": "OLD.citizen_id"}


def guard_of_citizen(schema_editor: BaseDatabaseSchemaEditor, table: str, *, citizen: str = "OLD.citizen_id") -> None:
    """Guard a table: as `guard`, but a row may be deleted when it is written that all about its citizen leaves.

    citizen: SQL that finds the citizen's number from OLD.
    """
    release(schema_editor, table)
    leaves = f"EXISTS (SELECT 1 FROM keeping_removal WHERE citizen_id = {citizen})"  # noqa: S608 - own names only
    _guard_but(schema_editor, table, leaves)


def guard_again(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Guard a table as its migration did, after `release`."""
    if table in _others:
        _others[table][0](schema_editor, table)
    elif table in SEALED:
        guard_log(schema_editor, table)
    elif table in OF_A_CITIZEN:
        guard_of_citizen(schema_editor, table, citizen=OF_A_CITIZEN[table])
    else:
        guard(schema_editor, table)


def release(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Take the triggers away again: for reversing a migration, and for emptying a demo or a test's database."""
    if table in _others:
        _others[table][1](schema_editor, table)
        return
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
        return
    for name in ("append_only", "may_leave"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name} ON {table}")
