"""Where letters go when a carer asks for herself."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0005_levels_of_drafts"),
    ]

    operations = [
        migrations.AddField(
            model_name="case",
            name="party_street",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Where letters go when a carer asks for herself; else they go to the citizen's address",
                max_length=200,
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="party_postal_code",
            field=models.CharField(blank=True, default="", max_length=4),
        ),
        migrations.AddField(
            model_name="case",
            name="party_place",
            field=models.CharField(blank=True, default="", max_length=100),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("party_place", ""), ("party_postal_code", ""), ("party_street", ""))
                | (
                    models.Q(("party_street", ""), _negated=True)
                    & models.Q(("party_postal_code", ""), _negated=True)
                    & models.Q(("party_place", ""), _negated=True)
                ),
                name="decisions_case_party_address_whole",
            ),
        ),
    ]
