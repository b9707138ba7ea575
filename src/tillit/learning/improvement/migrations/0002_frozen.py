"""A frozen baseline stays as it was, whoever asks."""

from django.db import migrations

from tillit.learning.improvement import locking


def lock(apps, schema_editor):
    for table in locking.TABLES:
        locking.lock_table(schema_editor, table)


def release(apps, schema_editor):
    for table in locking.TABLES:
        locking.release_table(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [("improvement", "0001_first")]
    operations = [migrations.RunPython(lock, release)]
