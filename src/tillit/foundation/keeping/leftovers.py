"""What was overwritten or dropped lies in the database's file until the table is written anew. Used by migrations."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def write_anew(schema_editor: BaseDatabaseSchemaEditor, *tables: str) -> None:
    """Write the tables anew, so that nothing of what they held before is left. Not inside a transaction."""
    connection = schema_editor.connection
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        for table in tables:
            cursor.execute(f"VACUUM FULL {connection.ops.quote_name(table)}")
