"""A case reference may be longer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("letters", "0001_first")]

    operations = [
        migrations.AlterField(
            model_name="sentletter", name="case_reference", field=models.CharField(max_length=100)
        ),
    ]
