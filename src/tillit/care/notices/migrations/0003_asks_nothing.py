"""What tells and asks nothing is said in a column. Triggers are put back: SQLite makes the table anew."""

from django.db import migrations, models
from django.db.models.functions import Substr

from tillit.care.journal import locking

#: Until now such a notice was known by how its key began.
WAS = "news:"


def lock(apps, schema_editor):
    for one in (locking.NOTICES, locking.REPLIES):
        locking.lock_words(schema_editor, one)


def release(apps, schema_editor):
    for one in (locking.NOTICES, locking.REPLIES):
        locking.release_words(schema_editor, one)


def say(apps, schema_editor):
    told = apps.get_model("notices", "Notice").objects.filter(press_key__startswith=WAS, written_by__isnull=False)
    told.update(asks_nothing=True, press_key=Substr("press_key", len(WAS) + 1))


def unsay(apps, schema_editor):
    told = apps.get_model("notices", "Notice").objects.filter(asks_nothing=True)
    told.update(press_key=models.functions.Concat(models.Value(WAS), Substr("press_key", 1, 64 - len(WAS))))


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0002_from_outside'),
    ]

    operations = [
        migrations.RunPython(release, lock),
        migrations.AddField(
            model_name='notice',
            name='asks_nothing',
            field=models.BooleanField(default=False, help_text='Written by `actions.telling` alone'),
        ),
        migrations.RunPython(say, unsay),
        migrations.RemoveConstraint(model_name='notice', name='notices_notice_pressed_once'),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(condition=models.Q(('press_key', ''), _negated=True), fields=('written_by', 'press_key', 'asks_nothing'), name='notices_notice_pressed_once'),
        ),
        migrations.RunPython(lock, release),
    ]
