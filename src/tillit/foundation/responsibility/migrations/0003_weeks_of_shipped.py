"""The shipped models' «inntil fire uker» becomes a number, also in the versions that teams follow already."""

from django.db import migrations

FOUR_WEEKS = 4


def fill(apps, schema_editor):
    """Rerunnable: only rows that say so in words and have no number yet."""
    rows = apps.get_model("responsibility", "ModelRow")
    rows.objects.filter(
        version__model__is_shipped=True, responsibility="NEW_ASSESS", note__startswith="Inntil fire uker", weeks=None
    ).update(weeks=FOUR_WEEKS)


class Migration(migrations.Migration):
    dependencies = [("responsibility", "0002_variants_and_principles")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
