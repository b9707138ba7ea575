"""What therapists sign in their cases is locked."""

from django.db import migrations

from tillit.care.journal import locking


def lock(apps, schema_editor):
    locking.lock_words(schema_editor, locking.THERAPY)


def release(apps, schema_editor):
    locking.release_words(schema_editor, locking.THERAPY)


class Migration(migrations.Migration):
    dependencies = [("therapy", "0001_first"), ("journal", "0007_therapy"), ("keeping", "0001_first")]
    operations = [migrations.RunPython(lock, release)]
