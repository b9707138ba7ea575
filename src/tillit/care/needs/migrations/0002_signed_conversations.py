"""Conversations that are done, and what was said to matter, are signed by those who wrote them, and locked.

Which role and profession they had then is not known, and is not guessed.
"""

from django.db import migrations

from tillit.care.journal import locking

LOCKS = (locking.TALKS, locking.MATTERS_OF_TALKS, locking.MATTERS)
_COLUMNS = (
    "kind, row_id, citizen_id, author_id, author_name, author_role, author_profession, happened_at, signed_at, "
    "has_words, corrects_id, root_id, takes_back, why, wants_countersign"
)
_NAME = "COALESCE(TRIM(m.given_name || ' ' || m.family_name), '')"


def sign_what_was_said(apps, schema_editor):
    """One statement for each kind. Running it again adds nothing."""
    yes, no = ("TRUE", "FALSE") if schema_editor.connection.vendor == "postgresql" else ("1", "0")
    for kind, table, who, when, those in (
        ("TALK", "needs_conversation", "saved_by_id", "done_at", "t.state = 'DONE' AND t.done_at IS NOT NULL"),
        ("MATTERS", "needs_whatmatters", "recorded_by_id", "recorded_at", "t.conversation_id IS NULL"),
    ):
        schema_editor.execute(
            f"INSERT INTO journal_entry ({_COLUMNS}) "
            f"SELECT '{kind}', t.id, t.citizen_id, t.{who}, {_NAME}, '', '', t.{when}, t.{when}, "
            f"{yes}, NULL, NULL, {no}, '', {no} "
            f"FROM {table} t LEFT JOIN workforce_employee m ON m.id = t.{who} WHERE {those} "
            f"AND NOT EXISTS (SELECT 1 FROM journal_entry e WHERE e.kind = '{kind}' AND e.row_id = t.id) ORDER BY t.id"
        )


def lock(apps, schema_editor):
    for one in LOCKS:
        locking.lock_words(schema_editor, one)


def release(apps, schema_editor):
    for one in LOCKS:
        locking.release_words(schema_editor, one)


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_talks"), ("needs", "0001_first")]
    operations = [
        migrations.RunPython(sign_what_was_said, migrations.RunPython.noop),
        migrations.RunPython(lock, release),
    ]
