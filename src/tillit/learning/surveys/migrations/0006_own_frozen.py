"""An own instrument stays as it was put in use, whoever asks."""

from django.db import migrations

from tillit.learning.surveys import locking


def lock(apps, schema_editor):
    for table in locking.TABLES:
        locking.lock_table(schema_editor, table)


def release(apps, schema_editor):
    for table in locking.TABLES:
        locking.release_table(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [("surveys", "0005_own")]
    operations = [migrations.RunPython(lock, release)]
