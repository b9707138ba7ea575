"""What is signed is locked, whoever asks."""

from django.db import migrations

from tillit.care.journal import locking


def lock(apps, schema_editor):
    locking.lock_entries(schema_editor)
    locking.lock_words(schema_editor, locking.NOTES)


def release(apps, schema_editor):
    locking.release_entries(schema_editor)
    locking.release_words(schema_editor, locking.NOTES)


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_first"), ("keeping", "0002_retention")]
    operations = [migrations.RunPython(lock, release)]
