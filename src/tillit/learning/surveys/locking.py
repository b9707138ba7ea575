"""What keeps an own instrument as it was put in use, on both databases. Used by migrations (R39).

Nothing in it is ever changed. It may be taken away when no survey that asked it is left, not before.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from tillit.foundation.access import frozen_rows
from tillit.foundation.access.frozen_rows import Frozen

_INSTRUMENTS = Frozen(
    "surveys_owninstrument",
    stays="EXISTS (SELECT 1 FROM surveys_campaign c WHERE c.instrument = OLD.code AND c.version = OLD.version)",
    says="in use",
    once="OLD.in_use_at IS NOT NULL",
)
_BY_TABLE = {_INSTRUMENTS.table: _INSTRUMENTS}
TABLES = tuple(_BY_TABLE)


def lock_table(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Refuse every UPDATE of what is in use, and DELETE while a survey asks it. Running it again changes nothing."""
    frozen_rows.freeze(schema_editor, _BY_TABLE[table])


def release_table(schema_editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Take the triggers away again: for reversing the migration, and for emptying a demo or a test's database."""
    frozen_rows.thaw(schema_editor, table)
