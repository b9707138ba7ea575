"""Nothing plain is left: the column goes, constraints stand on the index, and the table is written anew."""

from django.db import migrations, models

from tillit.foundation.keeping.leftovers import write_anew


def nothing_left(apps, schema_editor):
    write_anew(schema_editor, "citizens_identifier")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("citizens", "0010_seal_the_numbers")]
    operations = [
        migrations.RemoveField("identifier", "plain"),
        migrations.AddConstraint(
            "identifier",
            models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True), models.Q(("value_index", ""), _negated=True)),
                fields=("value_index",),
                name="citizens_identifier_in_use_once",
            ),
        ),
        migrations.AddConstraint(
            "identifier",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "UNKNOWN"), ("value_index", "")),
                    models.Q(
                        models.Q(("kind", "UNKNOWN"), _negated=True), models.Q(("value_index", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="citizens_identifier_value_unless_unknown",
            ),
        ),
        migrations.RunPython(nothing_left, migrations.RunPython.noop),
    ]
