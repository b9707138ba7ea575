"""Sent letters only grow, whoever asks."""

from django.db import migrations

from tillit.foundation.access import append_only

TABLE = "letters_sentletter"


def guard(apps, schema_editor):
    append_only.guard(schema_editor, TABLE)


def release(apps, schema_editor):
    append_only.release(schema_editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [("letters", "0002_first")]
    operations = [migrations.RunPython(guard, release)]
