"""What is signed is locked: evaluations and measures."""

from django.db import migrations

from tillit.care.journal import locking

LOCKS = (locking.EVALUATIONS, locking.MEASURES)


def lock(apps, schema_editor):
    for one in LOCKS:
        locking.lock_words(schema_editor, one)


def release(apps, schema_editor):
    for one in LOCKS:
        locking.release_words(schema_editor, one)


class Migration(migrations.Migration):
    dependencies = [("evaluations", "0001_first"), ("journal", "0005_more_kinds"), ("keeping", "0001_first")]
    operations = [migrations.RunPython(lock, release)]
