"""From where, and what came of it. Earlier rows keep the columns and the signature they had: edition 1."""

from django.db import migrations, models

from tillit.foundation.access import append_only

LOGS = ("access_accessentry", "access_refusedentry")


def guard(apps, schema_editor):
    for table in LOGS:  # new columns take SQLite's triggers away
        append_only.guard_log(schema_editor, table)


def release(apps, schema_editor):
    for table in LOGS:
        append_only.release(schema_editor, table)


def column(model, name, field):
    return migrations.AddField(model, name, field)


def columns(model, *more):
    return [
        column(
            model,
            "device",
            models.CharField(
                default="", help_text="From what: a code of whence. Empty: not kept then", max_length=12
            ),
        ),
        column(
            model,
            "network",
            models.CharField(default="", help_text="INSIDE or OUTSIDE our networks; never an address", max_length=8),
        ),
        *more,
        column(
            model,
            "edition",
            models.PositiveSmallIntegerField(default=1, editable=False, help_text="Which columns are signed"),
        ),
    ]


class Migration(migrations.Migration):
    atomic = True
    dependencies = [("access", "0005_lookup_review")]
    operations = [
        migrations.RunPython(migrations.RunPython.noop, guard),
        *columns(
            "accessentry",
            column(
                "accessentry",
                "outcome",
                models.CharField(
                    default="", help_text="SHOWN, REFUSED or FAILED. Empty: not kept then", max_length=8
                ),
            ),
        ),
        *columns("refusedentry"),
        migrations.RunPython(guard, release),
    ]
