"""Who wrote from a citizen's own page. The triggers are put back: SQLite makes the table anew, without them."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from tillit.care.journal import locking


def lock(apps, schema_editor):
    for one in (locking.NOTICES, locking.REPLIES):
        locking.lock_words(schema_editor, one)


def release(apps, schema_editor):
    for one in (locking.NOTICES, locking.REPLIES):
        locking.release_words(schema_editor, one)


def lock_as_before(apps, schema_editor):
    before = import_module("tillit.care.notices.migrations.0001_first")
    before.lock(apps, schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ('citizens', '0012_ended_followings_by_day'),
        ('notices', '0001_first'),
        ('organisation', '0003_purpose'),
        ('responsibility', '0004_seriously_ill'),
        ('workforce', '0003_two_more_roles'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(release, lock_as_before),
        migrations.AddField(
            model_name='notice',
            name='written_name',
            field=models.CharField(blank=True, help_text='Of a citizen or one of hers; else empty', max_length=200),
        ),
        migrations.AddField(
            model_name='notice',
            name='written_user',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(condition=models.Q(('press_key', ''), _negated=True), fields=('written_user', 'press_key'), name='notices_notice_pressed_once_outside'),
        ),
        migrations.RunPython(lock, release),
    ]
