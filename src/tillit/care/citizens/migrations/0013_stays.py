"""Stays: when she was said to be ready, and steps that somebody has and somebody ends.

Until now the newest step counted and the others were what was; those are ended when the next was written, by its writer.
"""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def end_the_older(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Let only the newest step of each stay be open, and none of stays that are over; can be run again.

    What was written when she left, and nothing after it, becomes a step of a stay that goes on.
    """
    step_model = apps.get_model("citizens", "WhereaboutsFollowUp")
    newer: dict[int, tuple[object, object]] = {}
    for step in step_model.objects.select_related("whereabouts").order_by("whereabouts_id", "-written_at", "-pk"):
        stay = step.whereabouts
        if stay.pk in newer:
            step.ended_at, step.ended_by_id = newer[stay.pk]
        elif stay.to_at is not None:
            step.ended_at = max(stay.to_at, step.written_at)
        newer[stay.pk] = (step.written_at, step.written_by_id)
        if step.ended_at is not None:
            step.save(update_fields=["ended_at", "ended_by"])
    stays = apps.get_model("citizens", "Whereabouts").objects.filter(to_at__isnull=True, follow_ups__isnull=True)
    step_model.objects.bulk_create(
        [
            step_model(whereabouts=stay, kind="OTHER", words=stay.next_step, written_at=stay.from_at)
            for stay in stays.exclude(next_step="").order_by("pk")
        ],
        batch_size=500,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("citizens", "0012_ended_followings_by_day"),
        ("workforce", "0003_two_more_roles"),
    ]

    operations = [
        migrations.AddField(
            model_name='whereabouts',
            name='ready_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='whereaboutsfollowup',
            name='ended_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='whereaboutsfollowup',
            name='ended_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.employee'),
        ),
        migrations.AddField(
            model_name='whereaboutsfollowup',
            name='kind',
            field=models.CharField(choices=[('CALL', 'Ringer avdelingen'), ('REPORT', 'Sender innleggelsesrapport'), ('ANSWER', 'Svarer på når vi kan ta imot'), ('MEETING', 'Møte om utskriving'), ('MEDICINES', 'Avklarer legemidlene'), ('PLAN', 'Ser over tiltakene'), ('FIRST_VISIT', 'Første besøk hjemme'), ('OTHER', 'Noe annet')], default='OTHER', max_length=20),
        ),
        migrations.AddField(
            model_name='whereaboutsfollowup',
            name='owner',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stay_steps', to='workforce.employee'),
        ),
        migrations.AlterField(
            model_name='whereabouts',
            name='kind',
            field=models.CharField(choices=[('HOSPITAL', 'På sykehus'), ('HEALTH_HOUSE', 'På helsehus'), ('ACUTE_UNIT', 'På KAD'), ('SHORT_STAY', 'På korttidsopphold'), ('REHABILITATION', 'På rehabilitering'), ('RESPITE', 'På avlastning'), ('AWAY', 'Bortreist')], max_length=20),
        ),
        migrations.AddIndex(
            model_name='whereaboutsfollowup',
            index=models.Index(condition=models.Q(('ended_at__isnull', True)), fields=['whereabouts'], name='citizens_whereabouts_open_step'),
        ),
        migrations.RunPython(end_the_older, migrations.RunPython.noop),
    ]
