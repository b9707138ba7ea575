"""Triggers that keep a frozen baseline as it was, on SQLite and PostgreSQL alike. Used by migrations (R38).

Nothing in it is ever changed. It may be taken away before its team has begun (frozen by mistake), and when the pilot
has ended and its time is over; not in between, whoever asks.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_UNDER_WAY = (
    "EXISTS (SELECT 1 FROM improvement_pilotteam t JOIN improvement_pilot p ON p.id = t.pilot_id "
    "WHERE t.id = {team} AND t.began_on IS NOT NULL AND p.phase <> 'ENDED')"
)
#: Table → SQL that is true while the row must stay.
STAYS = {
    "improvement_baseline": _UNDER_WAY.format(team="OLD.team_id"),
    "improvement_baselinevalue": _UNDER_WAY.format(
        team="(SELECT b.team_id FROM improvement_baseline b WHERE b.id = OLD.baseline_id)"
    ),
}
TABLES = tuple(STAYS)


def lock_table(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Refuse every UPDATE, and DELETE while its team is under way. Running it again changes nothing."""
    release_table(schema_editor, table)
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(
            f"CREATE TRIGGER {table}_frozen BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, 'frozen'); END"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {table}_stays BEFORE DELETE ON {table} WHEN {STAYS[table]} "
            "BEGIN SELECT RAISE(ABORT, 'frozen'); END"
        )
        return
    schema_editor.execute(
        f"CREATE OR REPLACE FUNCTION {table}_frozen() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF TG_OP = 'DELETE' AND NOT ({STAYS[table]}) THEN RETURN OLD; END IF; "
        "RAISE EXCEPTION 'frozen'; END $$"
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
