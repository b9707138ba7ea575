"""Triggers that lock what is signed, on SQLite and PostgreSQL alike. Used by migrations.

What an entry points at never changes. Its words may be emptied when a removal of that entry is already written, and
its rows may be deleted when it is written that all about the citizen leaves (`keeping.Removal`). A migration that makes
one of these tables anew on SQLite takes its triggers away, and must release all of them first and lock them after; the
tests tell.
"""

from dataclasses import dataclass

from django.db.backends.base.schema import BaseDatabaseSchemaEditor


@dataclass(frozen=True, slots=True)
class Lock:
    """One kind of entry in one table.

    fixed: never change. words: change only with a removal, and then to `emptied`. citizen: SQL for the citizen of OLD.
    row: SQL for the number its entry names; its own, unless the words of one entry stand in two tables.
    """

    table: str
    kind: str
    fixed: tuple[str, ...]
    words: tuple[str, ...]
    emptied: str
    citizen: str
    row: str = "OLD.id"

    @property
    def name(self) -> str:
        """Names its triggers."""
        return f"{self.table}_{self.kind.lower()}"


REPORTS = Lock(
    table="visits_visitreport",
    kind="REPORT",
    fixed=("visit_id", "reported_by_id", "reported_at"),
    words=("outcome", "cancelled_by", "minutes", "note", "not_done", "goal_trend"),
    emptied="NEW.outcome = 'REMOVED' AND NEW.note = '' AND NEW.minutes IS NULL AND NEW.goal_trend = '' "
    "AND NEW.cancelled_by = ''",
    citizen="(SELECT v.citizen_id FROM visits_visit v WHERE v.id = OLD.visit_id)",
)
CHANGES = Lock(
    table="visits_followup",
    kind="CHANGE",
    fixed=("told_by_id", "told_at", "kind"),
    words=("words",),
    emptied="NEW.words = ''",
    citizen="OLD.citizen_id",
)
ANSWERS = Lock(
    table="visits_followup",
    kind="ANSWER",
    fixed=("closed_by_id", "closed_at"),
    words=("answer",),
    emptied="NEW.answer = ''",
    citizen="OLD.citizen_id",
)
NOTES = Lock(
    table="journal_note",
    kind="NOTE",
    fixed=("author_id", "happened_at", "written_at"),
    words=("text",),
    emptied="NEW.text = ''",
    citizen="OLD.citizen_id",
)
TALKS = Lock(
    table="needs_conversation",
    kind="TALK",
    fixed=(
        "template_id", "state", "held_on", "started_by_id", "started_at", "done_at", "agrees", "review_on",
        "try_again_on",
    ),
    words=("answers", "short_words", "place", "no_words_reason"),
    emptied="CAST(NEW.answers AS TEXT) = '{}' AND NEW.short_words = '' AND NEW.place = '' AND NEW.no_words_reason = ''",
    citizen="OLD.citizen_id",
)  # fmt: skip
_MATTERS = ("said_on", "review_on", "recorded_by_id", "recorded_at", "conversation_id")
_MATTERS_WORDS = ("words", "short_words", "good_days", "rather_not")
_MATTERS_EMPTIED = "NEW.words = '' AND NEW.short_words = '' AND NEW.good_days = '' AND NEW.rather_not = ''"
#: What was said to matter in a conversation is signed with it; what was said outside one, by itself.
MATTERS_OF_TALKS = Lock(
    table="needs_whatmatters",
    kind="TALK",
    fixed=_MATTERS,
    words=_MATTERS_WORDS,
    emptied=_MATTERS_EMPTIED,
    citizen="OLD.citizen_id",
    row="OLD.conversation_id",
)
MATTERS = Lock(
    table="needs_whatmatters",
    kind="MATTERS",
    fixed=_MATTERS,
    words=_MATTERS_WORDS,
    emptied=_MATTERS_EMPTIED,
    citizen="OLD.citizen_id",
)
LOCKS = (REPORTS, CHANGES, ANSWERS, NOTES, TALKS, MATTERS_OF_TALKS, MATTERS)

_ENTRY_OF = {
    "journal_entry": "OLD.citizen_id",
    "journal_countersign": "(SELECT e.citizen_id FROM journal_entry e WHERE e.id = OLD.entry_id)",
    "journal_removal": "(SELECT e.citizen_id FROM journal_entry e WHERE e.id = OLD.entry_id)",
    "journal_request": "(SELECT e.citizen_id FROM journal_entry e WHERE e.id = OLD.entry_id)",
}
_ENTRY_FIXED = (
    "kind", "row_id", "author_id", "author_name", "author_role", "author_profession", "happened_at", "signed_at",
    "has_words", "corrects_id", "root_id", "takes_back", "why", "wants_countersign",
)  # fmt: skip
#: Every table with a lock.
TABLES = tuple(dict.fromkeys((*(lock.table for lock in LOCKS), *_ENTRY_OF)))


def lock_words(editor: BaseDatabaseSchemaEditor, lock: Lock) -> None:
    """Lock the words of one kind. Running it again changes nothing."""
    entry = f"SELECT 1 FROM journal_entry e WHERE e.kind = '{lock.kind}' AND e.row_id = {lock.row}"  # noqa: S608
    signed = f"EXISTS ({entry})"
    removed = (
        f"EXISTS (SELECT 1 FROM journal_removal r JOIN journal_entry e ON e.id = r.entry_id "  # noqa: S608
        f"WHERE e.kind = '{lock.kind}' AND e.row_id = {lock.row})"
    )
    changes = f"(({_differ(lock.fixed)}) OR (({_differ(lock.words)}) AND NOT ({removed} AND {lock.emptied})))"
    _trigger(editor, lock.table, f"{lock.name}_kept", "UPDATE", f"{changes} AND {signed}")
    _trigger(editor, lock.table, f"{lock.name}_stays", "DELETE", f"{signed} AND NOT {_leaves(lock.citizen)}")


def lock_entries(editor: BaseDatabaseSchemaEditor) -> None:
    """Lock the entries themselves, who countersigned, what was answered and removed."""
    _trigger(editor, "journal_entry", "journal_entry_kept", "UPDATE", _differ(_ENTRY_FIXED))
    for table in ("journal_countersign", "journal_removal"):
        _trigger(editor, table, f"{table}_kept", "UPDATE", "1 = 1")
    for table, citizen in _ENTRY_OF.items():
        _trigger(editor, table, f"{table}_stays", "DELETE", f"NOT {_leaves(citizen)}")
    _trigger(editor, "journal_request", "journal_request_kept", "UPDATE", "OLD.state <> 'OPEN'")


def lock_table(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Lock one table as its migration did."""
    for lock in LOCKS:
        if lock.table == table:
            lock_words(editor, lock)
    if table in _ENTRY_OF:
        lock_entries(editor)


def release_table(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Take one table's triggers away: for emptying a demo or a test's database."""
    for lock in LOCKS:
        if lock.table == table:
            release_words(editor, lock)
    if table in _ENTRY_OF:
        release_entries(editor)


def release_entries(editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers of the entries themselves away."""
    for table in _ENTRY_OF:
        for name in (f"{table}_kept", f"{table}_stays"):
            _drop(editor, table, name)


def release_words(editor: BaseDatabaseSchemaEditor, lock: Lock) -> None:
    """Take one kind's triggers away."""
    for name in (f"{lock.name}_kept", f"{lock.name}_stays"):
        _drop(editor, lock.table, name)


def _differ(columns: tuple[str, ...]) -> str:
    return " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in columns)


def _leaves(citizen: str) -> str:
    return f"EXISTS (SELECT 1 FROM keeping_removal g WHERE g.citizen_id = {citizen})"  # noqa: S608


def _trigger(editor: BaseDatabaseSchemaEditor, table: str, name: str, verb: str, refused: str) -> None:
    _drop(editor, table, name)
    if editor.connection.vendor == "sqlite":
        editor.execute(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} WHEN {refused} BEGIN SELECT RAISE(ABORT, 'signed'); END"
        )
        return
    kept = "NEW" if verb == "UPDATE" else "OLD"
    editor.execute(
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {refused} THEN RAISE EXCEPTION 'signed'; END IF; RETURN {kept}; END $$"
    )
    editor.execute(f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def _drop(editor: BaseDatabaseSchemaEditor, table: str, name: str) -> None:
    if editor.connection.vendor == "sqlite":
        editor.execute(f"DROP TRIGGER IF EXISTS {name}")
    else:
        editor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
