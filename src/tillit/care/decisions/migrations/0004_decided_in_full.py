"""Each service's own authority, and the reasons that were asked for afterwards."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Add the columns. No decision has been stored before this."""

    dependencies = [
        ("authority", "0001_first"),
        ("decisions", "0003_appeals_in_full"),
        ("letters", "0001_first"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="reasons_letter",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="letters.sentletter"
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="reasons_known_on",
            field=models.DateField(help_text="When the reasons asked for reached the party", null=True),
        ),
        migrations.AddField(
            model_name="decisionline",
            name="authority",
            field=models.ForeignKey(
                help_text="That let her decide this service",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="authority.authority",
            ),
        ),
    ]
