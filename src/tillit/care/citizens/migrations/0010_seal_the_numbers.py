"""Move the numbers over, some at a time, so that memory is bounded and a broken run goes on where it stopped."""

from django.db import migrations, transaction

from tillit.foundation.keeping.marks import check_keys
from tillit.kernel import clock

AT_ONCE = 1_000


def seal(apps, schema_editor):
    check_keys(at=clock.now(), stored=apps.get_model("keeping", "KeyMark"))  # marked before anything is sealed: a file of keys that is lost is found out
    Identifier = apps.get_model("citizens", "Identifier")
    while some := list(Identifier.objects.filter(value_index="").exclude(plain="").order_by("pk")[:AT_ONCE]):
        with transaction.atomic():
            _write(schema_editor.connection, Identifier, [(row.pk, row.plain) for row in some])


def _write(connection, model, rows):
    value, index = model._meta.get_field("value"), model._meta.get_field("value_index")
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE citizens_identifier SET value = %s, value_index = %s WHERE id = %s",
            [(value.get_db_prep_save(plain, connection), index.indexed(plain), pk) for pk, plain in rows],
        )


def unseal(apps, schema_editor):
    Identifier = apps.get_model("citizens", "Identifier")
    after = 0
    while some := list(Identifier.objects.filter(pk__gt=after).order_by("pk")[:AT_ONCE]):
        with transaction.atomic(), schema_editor.connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE citizens_identifier SET plain = %s, value = '', value_index = '' WHERE id = %s",
                [(row.value, row.pk) for row in some],
            )
        after = some[-1].pk


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("citizens", "0009_sealed_numbers")]
    operations = [migrations.RunPython(seal, unseal)]
