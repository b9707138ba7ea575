"""What a service is called in nynorsk letters."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("authority", "0001_first"),
    ]

    operations = [
        migrations.AddField(
            model_name="servicetype",
            name="name_nn",
            field=models.CharField(
                blank=True,
                default="",
                help_text="In nynorsk letters; empty where it is called the same",
                max_length=100,
            ),
        ),
    ]
