"""A helper's day, and a citizen's or a unit's days, are found by an index however long the history is."""

import django.db.models.deletion
from django.db import migrations, models


def fill(apps, schema_editor):
    """Give every helper's row its visit's day, in one statement: a city has tens of millions of them."""
    quote = schema_editor.connection.ops.quote_name
    helper, visit, on = quote("visits_visithelper"), quote("visits_visit"), quote("on")
    schema_editor.execute(
        f"UPDATE {helper} SET {on} = (SELECT {visit}.{on} FROM {visit} WHERE {visit}.{quote('id')} = {helper}.{quote('visit_id')})"
    )


class Migration(migrations.Migration):
    dependencies = [
        ('careplans', '0001_first'),
        ('citizens', '0001_first'),
        ('organisation', '0001_first'),
        ('visits', '0001_first'),
        ('workforce', '0001_first'),
    ]

    operations = [
        migrations.AddField(
            model_name='visithelper',
            name='on',
            field=models.DateField(null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name='visithelper',
            name='on',
            field=models.DateField(),
        ),
        migrations.AlterField(
            model_name='visithelper',
            name='visit',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='helper_rows', to='visits.visit'),
        ),
        migrations.AlterField(
            model_name='visithelper',
            name='employee',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='visit_rows', to='workforce.employee'),
        ),
        migrations.AddIndex(
            model_name='visithelper',
            index=models.Index(fields=['employee', 'on'], name='visits_helper_day'),
        ),
        migrations.AlterField(
            model_name='visit',
            name='citizen',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='citizens.citizen'),
        ),
        migrations.AlterField(
            model_name='visit',
            name='unit',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='visits', to='organisation.unit'),
        ),
        migrations.AlterField(
            model_name='visitreport',
            name='visit',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='visits.visit'),
        ),
    ]
