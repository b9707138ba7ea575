"""What keeps a frozen baseline as it was, on both databases. Used by migrations (R38).

Nothing in it is ever changed. It may be taken away before its team has begun (frozen by mistake), and when the pilot
has ended and its time is over; not in between, whoever asks.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from tillit.foundation.access import frozen_rows
from tillit.foundation.access.frozen_rows import Frozen

_UNDER_WAY = (
    "EXISTS (SELECT 1 FROM improvement_pilotteam t JOIN improvement_pilot p ON p.id = t.pilot_id "
    "WHERE t.id = {team} AND t.began_on IS NOT NULL AND p.phase <> 'ENDED')"
)
_OF_A_VALUE = "(SELECT b.team_id FROM improvement_baseline b WHERE b.id = OLD.baseline_id)"
_BY_TABLE = {
    one.table: one
    for one in (
        Frozen("improvement_baseline", stays=_UNDER_WAY.format(team="OLD.team_id"), says="frozen"),
        Frozen("improvement_baselinevalue", stays=_UNDER_WAY.format(team=_OF_A_VALUE), says="frozen"),
    )
}
TABLES = tuple(_BY_TABLE)


def lock_table(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Refuse every UPDATE, and DELETE while its team is under way. Running it again changes nothing."""
    frozen_rows.freeze(schema_editor, _BY_TABLE[table])


def release_table(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Take the triggers away again: for reversing the migration, and for emptying a demo or a test's database."""
    frozen_rows.thaw(schema_editor, table)
