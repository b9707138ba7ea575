"""The audit trail and the access log only grow, whoever asks."""

from django.db import migrations

from tillit.foundation.access import append_only

TABLES = ("access_auditentry", "access_accessentry")


def guard(apps, schema_editor):
    for table in TABLES:
        append_only.guard(schema_editor, table)


def release(apps, schema_editor):
    for table in TABLES:
        append_only.release(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [("access", "0001_first")]
    operations = [migrations.RunPython(guard, release)]
