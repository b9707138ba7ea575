"""Where a door code is told, said as it is; nothing stored is changed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("citizens", "0014_asked_in_for_a_case")]
    operations = [
        migrations.AlterField(
            model_name="home",
            name="door_code",
            field=models.CharField(
                blank=True,
                help_text=(
                    "Shown when asked for, in the audit trail each time. Printed on the sheet for an ambulance crew, for "
                    "whoever may see it, and in the citizen's own whole copy; on no list, and never kept on a phone"
                ),
                max_length=40,
            ),
        ),
    ]
