from django.db import migrations


class Migration(migrations.Migration):
    """What it did stands in 0001 now; installations and backups that know it still find it."""

    dependencies = [("decisions", "0001_first")]

    operations = []
