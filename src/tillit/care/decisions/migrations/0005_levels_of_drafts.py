"""Levels written in a draft assessment, and the press that received a case."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("decisions", "0004_decided_in_full"),
    ]

    operations = [
        migrations.AddField(
            model_name="assessment",
            name="levels",
            field=models.JSONField(
                default=dict, help_text="In a draft: variable → level; scores when it is done"
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="press_key",
            field=models.CharField(blank=True, default="", help_text="Of the press that received it", max_length=40),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(("press_key", ""), _negated=True),
                fields=("press_key",),
                name="decisions_case_received_once",
            ),
        ),
    ]
