"""How often a job was begun, and what it failed of: kind and number. Tracebacks leave the queue's own table."""

from django.db import migrations, models


def forget_tracebacks(apps, schema_editor):
    tasks = apps.get_model("django_tasks_database", "DBTaskResult")
    tasks.objects.exclude(traceback="").update(traceback="")


class Migration(migrations.Migration):
    dependencies = [("jobs", "0001_first"), ("django_tasks_database", "0021_conditional_partial_index_ordering")]
    operations = [
        migrations.AddField(
            "job",
            "tries",
            models.PositiveSmallIntegerField(default=0, help_text="How many workers have begun it"),
        ),
        migrations.AddField(
            "job",
            "failure",
            models.CharField(blank=True, default="", help_text="FAILED: the kind of error. Never its text", max_length=80),
            preserve_default=False,
        ),
        migrations.AddField(
            "job",
            "reference",
            models.CharField(
                blank=True, default="", help_text="FAILED: its number in the process's own log", max_length=20
            ),
            preserve_default=False,
        ),
        migrations.RunPython(forget_tracebacks, migrations.RunPython.noop),
    ]
