"""What in the plan an entry hangs on, locked from when it is signed."""

import django.db.models.deletion
from django.db import migrations, models

from tillit.care.journal import locking


def lock(apps, schema_editor):
    locking.lock_pegs(schema_editor)


def release(apps, schema_editor):
    locking.release_pegs(schema_editor)


class Migration(migrations.Migration):
    dependencies = [("journal", "0005_more_kinds"), ("keeping", "0002_retention")]
    operations = [
        migrations.CreateModel(
            name="EntryPeg",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(choices=[("GOAL", "Mål"), ("INTERVENTION", "Tiltak")], max_length=20),
                ),
                ("line", models.BigIntegerField()),
                ("words", models.CharField(blank=True, max_length=200)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pegs", to="journal.entry"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["line", "kind"], name="journal_peg_line")],
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "kind", "line"), name="journal_peg_once")
                ],
            },
        ),
        migrations.RunPython(lock, release),
    ]
