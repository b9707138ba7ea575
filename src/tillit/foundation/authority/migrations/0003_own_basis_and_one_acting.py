"""A municipality's own basis for a service; one acting leader at a time for each role in a unit."""

from django.db import migrations, models

TABLE = "authority_actingleader"
TAKEN = (
    "SELECT 1 FROM {table} AS other WHERE other.unit_id = NEW.unit_id AND other.role = NEW.role AND other.id <> NEW.id "
    "AND other.valid_from < NEW.valid_to AND NEW.valid_from < other.valid_to AND other.valid_from < other.valid_to "
    "AND NEW.valid_from < NEW.valid_to"
).format(table=TABLE)
#: What was there before the rule may be made shorter, never longer.
WIDER = (
    "(NEW.valid_to > OLD.valid_to OR NEW.valid_from < OLD.valid_from OR NEW.unit_id <> OLD.unit_id "
    "OR NEW.role <> OLD.role)"
)


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        # Before the row is there it has no id of its own that can be compared.
        for verb in ("INSERT", "UPDATE"):
            taken = TAKEN.replace("AND other.id <> NEW.id ", "") if verb == "INSERT" else TAKEN
            wider = "" if verb == "INSERT" else f"{WIDER} AND "
            schema_editor.execute(
                f"CREATE TRIGGER IF NOT EXISTS {TABLE}_one_{verb.lower()} BEFORE {verb} ON {TABLE} "
                f"WHEN {wider}EXISTS ({taken}) BEGIN SELECT RAISE(ABORT, 'authority_one_acting_at_a_time'); END"
            )
        return
    schema_editor.execute(
        "CREATE OR REPLACE FUNCTION tillit_one_acting_at_a_time() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF (TG_OP = 'INSERT' OR {WIDER}) AND EXISTS ({TAKEN}) THEN RAISE EXCEPTION 'authority_one_acting_at_a_time' "
        "USING ERRCODE = 'exclusion_violation'; END IF; RETURN NEW; END $$"
    )
    schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_one ON {TABLE}")
    schema_editor.execute(
        f"CREATE TRIGGER {TABLE}_one BEFORE INSERT OR UPDATE ON {TABLE} "
        "FOR EACH ROW EXECUTE FUNCTION tillit_one_acting_at_a_time()"
    )


def release(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for verb in ("insert", "update"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_one_{verb}")
        return
    schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_one ON {TABLE}")


class Migration(migrations.Migration):
    dependencies = [
        ("authority", "0002_names_in_nynorsk"),
    ]

    operations = [
        migrations.AddField(
            model_name="legalreference",
            name="section_nn",
            field=models.CharField(
                blank=True, default="", help_text="In nynorsk letters; empty where it is the same", max_length=200
            ),
        ),
        migrations.AlterField(
            model_name="legalreference",
            name="act",
            field=models.CharField(
                blank=True,
                help_text="Lovdata's id, such as 2011-06-24-30; empty: the municipality's own basis",
                max_length=40,
            ),
        ),
        migrations.AlterField(
            model_name="legalreference",
            name="section",
            field=models.CharField(
                help_text="As it is cited: «§ 3-2 første ledd nr. 6 bokstav a»; all of it where `act` is empty",
                max_length=200,
            ),
        ),
        migrations.RunPython(guard, release),
    ]
