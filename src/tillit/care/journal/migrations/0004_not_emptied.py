"""PostgreSQL refuses to truncate what is signed."""

from django.db import migrations

from tillit.care.journal import locking

TABLES = (
    "journal_countersign",
    "journal_entry",
    "journal_note",
    "journal_removal",
    "journal_request",
    "needs_conversation",
    "needs_whatmatters",
    "visits_followup",
    "visits_visitreport",
)


def refuse(apps, schema_editor):
    for table in TABLES:
        locking.refuse_emptying(schema_editor, table)


def allow(apps, schema_editor):
    for table in TABLES:
        locking.allow_emptying(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0003_talks"),
        ("needs", "0002_signed_conversations"),
        ("visits", "0003_signed_entries"),
    ]
    operations = [migrations.RunPython(refuse, allow)]
