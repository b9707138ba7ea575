"""What is signed is locked: courses that have ended."""

from django.db import migrations

from tillit.care.journal import locking


def lock(apps, schema_editor):
    locking.lock_words(schema_editor, locking.COURSES)


def release(apps, schema_editor):
    locking.release_words(schema_editor, locking.COURSES)


class Migration(migrations.Migration):
    dependencies = [("courses", "0001_first"), ("journal", "0005_more_kinds"), ("keeping", "0001_first")]
    operations = [migrations.RunPython(lock, release)]
