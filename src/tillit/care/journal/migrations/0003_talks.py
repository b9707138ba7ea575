"""Conversations, and what was said to matter, are entries too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_locks")]
    operations = [
        migrations.AlterField(
            model_name="entry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("REPORT", "Besøk"),
                    ("CHANGE", "Noe har endret seg"),
                    ("ANSWER", "Oppfølging"),
                    ("NOTE", "Notat"),
                    ("TALK", "Samtale"),
                    ("MATTERS", "Hva er viktig"),
                ],
                max_length=10,
            ),
        ),
    ]
