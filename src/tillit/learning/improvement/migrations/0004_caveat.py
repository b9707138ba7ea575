"""A baseline says why figures that were brought in may stand in it. SQLite makes the table anew: it is locked again."""

from django.db import migrations, models

from tillit.learning.improvement import locking


def release(apps, schema_editor):
    for table in locking.TABLES:
        locking.release_table(schema_editor, table)


def lock(apps, schema_editor):
    for table in locking.TABLES:
        locking.lock_table(schema_editor, table)


class Migration(migrations.Migration):
    dependencies = [("improvement", "0003_benefits")]
    operations = [
        migrations.RunPython(release, lock),
        migrations.AddField(
            model_name="baseline",
            name="caveat",
            field=models.CharField(
                blank=True, default="", help_text="Why figures Tillit did not count may stand in it", max_length=300
            ),
            preserve_default=False,
        ),
        migrations.RunPython(lock, release),
    ]
