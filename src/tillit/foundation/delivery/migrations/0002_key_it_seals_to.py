from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("delivery", "0001_first"),
    ]

    operations = [
        migrations.AddField(
            model_name="phone",
            name="seal_key_id",
            field=models.CharField(blank=True, default="", help_text="What it seals to: the key is kept as long", max_length=16),
            preserve_default=False,
        ),
    ]
