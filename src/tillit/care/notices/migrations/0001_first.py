"""Notices, locked as entries of the journal from when they are signed."""

from dataclasses import replace

import django.db.models.deletion
from django.db import migrations, models

from tillit.care.journal import locking


#: As the table is here: who wrote from outside came later (0002).
_LOCKS = (replace(locking.NOTICES, fixed=("written_by_id", "written_at")), locking.REPLIES)


def lock(apps, schema_editor):
    for one in _LOCKS:
        locking.lock_words(schema_editor, one)


def release(apps, schema_editor):
    for one in _LOCKS:
        locking.release_words(schema_editor, one)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('citizens', '0012_ended_followings_by_day'),
        ('journal', '0006_pegs'),
        ('keeping', '0002_retention'),
        ('organisation', '0003_purpose'),
        ('responsibility', '0004_seriously_ill'),
        ('workforce', '0003_two_more_roles'),
    ]

    operations = [
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('owned_at', models.DateTimeField(help_text='When somebody took it; empty: it was written to her', null=True)),
                ('text', models.TextField()),
                ('written_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('answer', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('press_key', models.CharField(blank=True, max_length=64)),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.employee')),
                ('citizen', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='citizens.citizen')),
                ('duty', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='responsibility.duty')),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='workforce.employee')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notices', to='organisation.unit')),
                ('written_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.employee')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'answered_at'], name='notices_notice_unit'), models.Index(fields=['owner', 'answered_at'], name='notices_notice_owner')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('press_key', ''), _negated=True), fields=('written_by', 'press_key'), name='notices_notice_pressed_once'), models.CheckConstraint(condition=models.Q(('answered_at__isnull', False), models.Q(('answer', ''), ('answered_by__isnull', True)), _connector='OR'), name='notices_notice_answered_by_somebody')],
            },
        ),
        migrations.RunPython(lock, release),
    ]
