"""A therapist reads about a citizen for as long as she has the case."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("citizens", "0013_stays")]
    operations = [
        migrations.AddField(
            model_name="askedin",
            name="kind",
            field=models.CharField(
                choices=[("ASKED", "Bedt inn"), ("CASE", "Har en sak som terapeut")], default="ASKED", max_length=5
            ),
        ),
        migrations.AlterField(model_name="askedin", name="valid_to", field=models.DateField(null=True)),
        migrations.AddConstraint(
            model_name="askedin",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to__isnull", False), ("kind", "CASE"), _connector="OR"),
                name="citizens_asked_in_until_a_day",
            ),
        ),
    ]
