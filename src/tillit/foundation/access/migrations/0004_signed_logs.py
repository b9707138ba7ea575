"""Grounds, signatures and seals of the logs. Rows from before have no signature: the first seals cover them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from tillit.foundation.access import append_only

LOGS = ("access_auditentry", "access_accessentry", "access_refusedentry")
OTHERS = ("access_logseal",)


def guard(apps, schema_editor):
    for table in OTHERS:
        append_only.guard(schema_editor, table)
    for table in LOGS:  # new columns take SQLite's triggers away
        append_only.guard_log(schema_editor, table)


def release(apps, schema_editor):
    for table in (*OTHERS, *LOGS):
        append_only.release(schema_editor, table)


def guard_as_before(apps, schema_editor):
    for table in LOGS[:2]:
        append_only.guard(schema_editor, table)


def nothing(apps, schema_editor):
    pass


def signed(model):
    return [
        migrations.AddField(model, "key_id", models.CharField(default="", editable=False, max_length=16)),
        migrations.AddField(model, "mac", models.CharField(default="", editable=False, max_length=64)),
    ]


class Migration(migrations.Migration):
    atomic = True
    dependencies = [("access", "0003_invitation")]
    operations = [
        migrations.RunPython(nothing, guard_as_before),
        migrations.CreateModel(
            name="LogSeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField(unique=True)),
                ("log", models.CharField(max_length=8)),
                ("kind", models.CharField(max_length=8)),
                ("after_id", models.BigIntegerField(help_text="The stretch begins after this id")),
                ("to_id", models.BigIntegerField(help_text="The last id of the stretch")),
                ("count", models.PositiveIntegerField()),
                ("gaps", models.JSONField(default=list, help_text="Ids without a row, as pairs: what was rolled back")),
                ("digest", models.CharField(max_length=64)),
                ("newest_at", models.DateTimeField(help_text="The moment of the newest row", null=True)),
                (
                    "of",
                    models.BigIntegerField(help_text="REMOVED: the seal whose rows have left", null=True, unique=True),
                ),
                ("previous", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
                ("sealed_at", models.DateTimeField()),
                ("key_id", models.CharField(max_length=16)),
                ("mac", models.CharField(max_length=64)),
            ],
            options={
                "indexes": [models.Index(fields=["log", "to_id"], name="access_seal_log_to")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("log__in", ["ACCESS", "AUDIT", "REFUSED"])), name="access_seal_log_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["OLD_ROWS", "REMOVED", "ROWS"])), name="access_seal_kind_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "REMOVED"), ("of__isnull", False)),
                            models.Q(models.Q(("kind", "REMOVED"), _negated=True), ("of__isnull", True)),
                            _connector="OR",
                        ),
                        name="access_seal_of_only_when_removed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LogKeeping",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField(unique=True)),
                ("years", models.PositiveSmallIntegerField()),
                ("basis", models.CharField(help_text="The law, rule or decision behind it", max_length=300)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("years__gte", 5), ("years__lte", 100)), name="access_keeping_years_sane"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RefusedEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key_id", models.CharField(default="", editable=False, max_length=16)),
                ("mac", models.CharField(default="", editable=False, max_length=64)),
                ("at", models.DateTimeField()),
                ("actor_name", models.CharField(max_length=200)),
                ("roles", models.CharField(max_length=200)),
                ("unit_path", models.CharField(max_length=200)),
                ("door", models.CharField(max_length=100)),
                ("asked_for", models.CharField(help_text="Kinds and ids: citizen_id:12", max_length=100)),
                (
                    "status",
                    models.PositiveSmallIntegerField(help_text="404 out of reach or not there, 403 not for her role"),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["at"], name="access_refused_at")]},
        ),
        *signed("auditentry"),
        *signed("accessentry"),
        migrations.AddField(
            "accessentry",
            "ground",
            models.CharField(default="", help_text="Why she had reach: a grounds.Ground", max_length=12),
        ),
        migrations.AddField(
            "accessentry",
            "ground_subject",
            models.CharField(default="", help_text="What that rests on: kind and id", max_length=40),
        ),
        migrations.RunPython(guard, release),
    ]
