"""A sent letter may leave with all the rest about its citizen, when it is written that she does; otherwise never."""

from django.db import migrations

from tillit.foundation.access import append_only

TABLE = "letters_sentletter"


def guard(apps, schema_editor):
    append_only.guard_of_citizen(schema_editor, TABLE)


def guard_as_before(apps, schema_editor):
    append_only.release(schema_editor, TABLE)
    append_only.guard(schema_editor, TABLE)


class Migration(migrations.Migration):
    dependencies = [("letters", "0004_appeal_dismissed"), ("keeping", "0002_retention")]
    operations = [migrations.RunPython(guard, guard_as_before)]
