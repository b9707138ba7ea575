from django.db import migrations, models


class Migration(migrations.Migration):
    """The same column under a name that fits all that is counted. Nothing changes in the database."""

    dependencies = [
        ("login", "0001_first"),
    ]

    operations = [
        migrations.AlterField(
            model_name="throttle",
            name="failures",
            field=models.PositiveIntegerField(db_column="failures", default=0),
        ),
        migrations.RenameField(model_name="throttle", old_name="failures", new_name="counted"),
    ]
