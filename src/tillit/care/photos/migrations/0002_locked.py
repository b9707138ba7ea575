"""What is signed is locked, whoever asks."""

from django.db import migrations

from tillit.care.journal import locking


def lock(apps, schema_editor):
    locking.lock_words(schema_editor, locking.PHOTOS)


def release(apps, schema_editor):
    locking.release_words(schema_editor, locking.PHOTOS)


class Migration(migrations.Migration):
    dependencies = [("journal", "0005_more_kinds"), ("keeping", "0002_retention"), ("photos", "0001_first")]
    operations = [migrations.RunPython(lock, release)]
