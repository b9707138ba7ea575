"""What people upload is sealed while it lies here: files, header rows, and what the dry run found."""

import json

from django.db import migrations

from tillit.foundation.keeping import fields, sealed
from tillit.foundation.keeping.leftovers import write_anew

TEXTS = (("files_importrun", ("mapping", "found")), ("files_rememberedmapping", ("columns",)))


def _each(connection, table, columns):
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {quote(table)} ORDER BY id")
        ids = [row[0] for row in cursor.fetchall()]
        for pk in ids:
            cursor.execute(f"SELECT {', '.join(map(quote, columns))} FROM {quote(table)} WHERE id = %s", [pk])
            yield pk, cursor.fetchone()


def _store(connection, table, columns, pk, values):
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        to = ", ".join(f"{quote(column)} = %s" for column in columns)
        cursor.execute(f"UPDATE {quote(table)} SET {to} WHERE id = %s", [*values, pk])


def seal(apps, schema_editor):
    connection = schema_editor.connection
    for table, columns in TEXTS:
        for pk, values in _each(connection, table, columns):
            if not all(value.startswith("1.") for value in values):
                texts = [value if value.startswith("1.") else sealed.seal(value, "import") for value in values]
                _store(connection, table, columns, pk, texts)
    for pk, (content,) in _each(connection, "files_importfile", ("content",)):
        content = bytes(content)
        if content and not _is_sealed(content):
            _store(connection, "files_importfile", ("content",), pk, [sealed.seal_bytes(content, "import-file")])


def _is_sealed(content):
    try:
        sealed.unseal_bytes(content, "import-file")
    except sealed.Unreadable:
        return False
    return True


def unseal(apps, schema_editor):
    connection = schema_editor.connection
    for table, columns in TEXTS:
        for pk, values in _each(connection, table, columns):
            _store(connection, table, columns, pk, [json.dumps(json.loads(sealed.unseal(one, "import"))) for one in values])
    for pk, (content,) in _each(connection, "files_importfile", ("content",)):
        _store(connection, "files_importfile", ("content",), pk, [sealed.unseal_bytes(bytes(content), "import-file")])


def nothing_left(apps, schema_editor):
    write_anew(schema_editor, "files_importrun", "files_rememberedmapping", "files_importfile")


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("files", "0001_first"), ("keeping", "0001_first")]
    operations = [
        migrations.AlterField(
            "importrun",
            "mapping",
            fields.SealedJsonField(
                default=dict, help_text="Table name → {'sheet': code, 'columns': {our code: header}}", purpose="import"
            ),
        ),
        migrations.AlterField(
            "importrun",
            "found",
            fields.SealedJsonField(
                default=dict, help_text="Outcome of the dry run: counts and problems", purpose="import"
            ),
        ),
        migrations.AlterField("importfile", "content", fields.SealedBytesField(purpose="import-file")),
        migrations.AlterField(
            "rememberedmapping",
            "columns",
            fields.SealedJsonField(help_text="Our column code → header text; empty: not in the file", purpose="import"),
        ),
        migrations.RunPython(seal, unseal),
        migrations.RunPython(nothing_left, migrations.RunPython.noop),
    ]
