"""What is signed is locked, whoever asks."""

from django.db import migrations

from tillit.care.journal import locking

LOCKS = (locking.OBSERVED, locking.WATCH_ENDS, locking.USUAL)


def lock(apps, schema_editor):
    for one in LOCKS:
        locking.lock_words(schema_editor, one)


def release(apps, schema_editor):
    for one in LOCKS:
        locking.release_words(schema_editor, one)


class Migration(migrations.Migration):
    dependencies = [("journal", "0005_more_kinds"), ("keeping", "0002_retention"), ("observations", "0001_first")]
    operations = [migrations.RunPython(lock, release)]
