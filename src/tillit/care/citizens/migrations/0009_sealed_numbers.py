"""National ids are sealed. Three migrations: make room, move the rows, take the plain column away."""

from django.db import migrations

from tillit.foundation.keeping import fields


class Migration(migrations.Migration):
    dependencies = [("citizens", "0008_protection"), ("keeping", "0001_first")]
    operations = [
        migrations.RemoveConstraint("identifier", "citizens_identifier_in_use_once"),
        migrations.RemoveConstraint("identifier", "citizens_identifier_value_unless_unknown"),
        migrations.RenameField("identifier", "value", "plain"),
        migrations.AddField(
            "identifier",
            "value",
            fields.SealedField(blank=True, default="", index="value_index", purpose="national-id"),
            preserve_default=False,
        ),
        migrations.AddField("identifier", "value_index", fields.BlindIndexField(of="value")),
    ]
