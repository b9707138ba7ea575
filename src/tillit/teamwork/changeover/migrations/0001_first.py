"""Lines to a shift, and who has read its board."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organisation', '0003_purpose'),
        ('workforce', '0003_two_more_roles'),
    ]

    operations = [
        migrations.CreateModel(
            name='ShiftLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('shift_kind', models.CharField(choices=[('DAY', 'Dag'), ('EVENING', 'Kveld'), ('NIGHT', 'Natt')], max_length=10)),
                ('text', models.CharField(max_length=200)),
                ('written_at', models.DateTimeField()),
                ('press_key', models.CharField(blank=True, max_length=64)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shift_lines', to='organisation.unit')),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.employee')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'on', 'shift_kind'], name='changeover_line_shift')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('press_key', ''), _negated=True), fields=('unit', 'press_key'), name='changeover_line_pressed_once')],
            },
        ),
        migrations.CreateModel(
            name='ShiftRead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('shift_kind', models.CharField(choices=[('DAY', 'Dag'), ('EVENING', 'Kveld'), ('NIGHT', 'Natt')], max_length=10)),
                ('at', models.DateTimeField()),
                ('employee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.employee')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shift_reads', to='organisation.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('unit', 'on', 'shift_kind', 'employee'), name='changeover_read_once_a_shift')],
            },
        ),
    ]
