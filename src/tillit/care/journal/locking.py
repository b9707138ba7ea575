"""Triggers that lock what is signed, on SQLite and PostgreSQL alike. Used by migrations.

What an entry points at never changes. Its words may be emptied when a removal of that entry is already written, and
its rows may be deleted when it is written that all about the citizen leaves (`keeping.Removal`). PostgreSQL refuses to
truncate them as well. A migration that makes one of these tables anew on SQLite takes its triggers away, and must
release all of them first and lock them after; the tests tell.
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
NOTICES = Lock(
    table="notices_notice",
    kind="NOTICE",
    fixed=("written_by_id", "written_user_id", "written_name", "written_at"),
    words=("text",),
    emptied="NEW.text = ''",
    citizen="OLD.citizen_id",
)
REPLIES = Lock(
    table="notices_notice",
    kind="REPLY",
    fixed=("answered_by_id", "answered_at"),
    words=("answer",),
    emptied="NEW.answer = ''",
    citizen="OLD.citizen_id",
)
EVALUATIONS = Lock(
    table="evaluations_evaluation",
    kind="EVALUATION",
    fixed=("goal_id", "line", "outcome", "next_on", "draft_id", "case_id", "evaluated_by_id", "evaluated_at"),
    words=("own_words", "why_no_words", "with_whom", "seen", "level", "less"),
    emptied="NEW.own_words = '' AND NEW.why_no_words = '' AND NEW.with_whom = '' AND NEW.seen = '' "
    "AND NEW.level IS NULL AND CAST(NEW.less AS TEXT) = '{}'",
    citizen="(SELECT p.citizen_id FROM careplans_goal g JOIN careplans_careplan p ON p.id = g.plan_id "
    "WHERE g.id = OLD.goal_id)",
)
MEASURES = Lock(
    table="evaluations_measurement",
    kind="MEASURE",
    fixed=("tool", "measured_on", "measured_by_id", "measured_at"),
    words=("numbers",),
    emptied="CAST(NEW.numbers AS TEXT) = '{}'",
    citizen="OLD.citizen_id",
)
OBSERVED = Lock(
    table="observations_observation",
    kind="OBSERVED",
    fixed=("kind", "visit_id", "seen_at", "told_by_id", "told_at"),
    words=(
        "respiration", "saturation", "oxygen", "systolic", "pulse", "consciousness", "temperature", "scale", "total",
        "level", "weight", "about", "words",
    ),
    emptied="NEW.respiration IS NULL AND NEW.saturation IS NULL AND NEW.oxygen IS NULL AND NEW.systolic IS NULL "
    "AND NEW.pulse IS NULL AND NEW.consciousness = '' AND NEW.temperature IS NULL AND NEW.scale IS NULL "
    "AND NEW.total IS NULL AND NEW.level = '' AND NEW.weight IS NULL AND NEW.about = '' AND NEW.words = ''",
    citizen="OLD.citizen_id",
)  # fmt: skip
WATCH_ENDS = Lock(
    table="observations_watch",
    kind="WATCH_END",
    fixed=("closed_by_id", "closed_at"),
    words=("ending", "answer"),
    emptied="NEW.ending = '' AND NEW.answer = ''",
    citizen="OLD.citizen_id",
)
USUAL = Lock(
    table="observations_usual",
    kind="USUAL",
    fixed=("set_by_id", "set_at"),
    words=("words", "saturation", "scale", "scale_by"),
    emptied="NEW.words = '' AND NEW.saturation IS NULL AND NEW.scale = 0 AND NEW.scale_by = ''",
    citizen="OLD.citizen_id",
)
COURSES = Lock(
    table="courses_course",
    kind="COURSE",
    fixed=("unit_id", "starts_on", "last_on", "ended_on", "ended_by_id", "ended_at", "result"),
    words=("own_words", "why", "end_words", "result_words"),
    emptied="NEW.own_words = '' AND NEW.why = '' AND NEW.end_words = '' AND NEW.result_words = ''",
    citizen="OLD.citizen_id",
)
#: The picture itself is sealed anew when keys are changed; its digest is held instead.
PHOTOS = Lock(
    table="photos_photo",
    kind="PHOTO",
    fixed=("visit_id", "of", "width", "height", "taken_by_id", "taken_at"),
    words=("words", "digest"),
    emptied="NEW.words = '' AND NEW.digest = '' AND LENGTH(NEW.content) = 0",
    citizen="OLD.citizen_id",
)
THERAPY = Lock(
    table="therapy_therapyevent",
    kind="THERAPY",
    fixed=("case_id", "kind", "priority", "by_id", "by_name", "at"),
    words=("words",),
    emptied="NEW.words = ''",
    citizen="(SELECT c.citizen_id FROM therapy_therapycase c WHERE c.id = OLD.case_id)",
)
LOCKS = (
    REPORTS,
    CHANGES,
    ANSWERS,
    NOTES,
    TALKS,
    MATTERS_OF_TALKS,
    MATTERS,
    NOTICES,
    REPLIES,
    EVALUATIONS,
    MEASURES,
    COURSES,
    OBSERVED,
    WATCH_ENDS,
    USUAL,
    PHOTOS,
    THERAPY,
)

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
TABLES = tuple(dict.fromkeys((*(lock.table for lock in LOCKS), *_ENTRY_OF, "journal_entrypeg")))
_PEG_FIXED = ("entry_id", "kind", "line")


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
    refuse_emptying(editor, lock.table)


def lock_entries(editor: BaseDatabaseSchemaEditor) -> None:
    """Lock the entries themselves, who countersigned, what was answered and removed."""
    _trigger(editor, "journal_entry", "journal_entry_kept", "UPDATE", _differ(_ENTRY_FIXED))
    for table in ("journal_countersign", "journal_removal"):
        _trigger(editor, table, f"{table}_kept", "UPDATE", "1 = 1")
    for table, citizen in _ENTRY_OF.items():
        _trigger(editor, table, f"{table}_stays", "DELETE", f"NOT {_leaves(citizen)}")
        refuse_emptying(editor, table)
    _trigger(editor, "journal_request", "journal_request_kept", "UPDATE", "OLD.state <> 'OPEN'")


def lock_pegs(editor: BaseDatabaseSchemaEditor) -> None:
    """Lock what entries hang on. The words go when the entry is removed."""
    removed = "EXISTS (SELECT 1 FROM journal_removal r WHERE r.entry_id = OLD.entry_id) AND NEW.words = ''"
    changes = f"({_differ(_PEG_FIXED)}) OR (({_differ(('words',))}) AND NOT ({removed}))"
    citizen = "(SELECT e.citizen_id FROM journal_entry e WHERE e.id = OLD.entry_id)"
    _trigger(editor, "journal_entrypeg", "journal_entrypeg_kept", "UPDATE", changes)
    _trigger(editor, "journal_entrypeg", "journal_entrypeg_stays", "DELETE", f"NOT {_leaves(citizen)}")
    refuse_emptying(editor, "journal_entrypeg")


def release_pegs(editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers of the pegs away."""
    for name in ("journal_entrypeg_kept", "journal_entrypeg_stays"):
        _drop(editor, "journal_entrypeg", name)
    allow_emptying(editor, "journal_entrypeg")


def lock_table(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Lock one table as its migration did."""
    for lock in LOCKS:
        if lock.table == table:
            lock_words(editor, lock)
    if table in _ENTRY_OF:
        lock_entries(editor)
    if table == "journal_entrypeg":
        lock_pegs(editor)


def release_table(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Take one table's triggers away: for emptying a demo or a test's database."""
    for lock in LOCKS:
        if lock.table == table:
            release_words(editor, lock)
    if table in _ENTRY_OF:
        release_entries(editor)
    if table == "journal_entrypeg":
        release_pegs(editor)


def release_entries(editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers of the entries themselves away."""
    for table in _ENTRY_OF:
        for name in (f"{table}_kept", f"{table}_stays"):
            _drop(editor, table, name)
        allow_emptying(editor, table)


def release_words(editor: BaseDatabaseSchemaEditor, lock: Lock) -> None:
    """Take one kind's triggers away."""
    for name in (f"{lock.name}_kept", f"{lock.name}_stays"):
        _drop(editor, lock.table, name)
    allow_emptying(editor, lock.table)


def refuse_emptying(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Refuse TRUNCATE, which asks no row, on PostgreSQL. SQLite has no such statement. Again changes nothing."""
    if editor.connection.vendor == "sqlite":
        return
    allow_emptying(editor, table)
    editor.execute(
        "CREATE OR REPLACE FUNCTION tillit_signed_not_emptied() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'signed'; END $$"
    )
    editor.execute(
        f"CREATE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION tillit_signed_not_emptied()"
    )


def allow_emptying(editor: BaseDatabaseSchemaEditor, table: str) -> None:
    """Take that refusal away again."""
    if editor.connection.vendor != "sqlite":
        _drop(editor, table, f"{table}_not_emptied")


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
