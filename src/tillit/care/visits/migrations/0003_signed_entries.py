"""What was said before is signed by those who said it, when they said it; from now on it is locked.

Which role and profession they had then is not known, and is not guessed.
"""

from django.db import migrations, models

from tillit.care.journal import locking

LOCKS = (locking.REPORTS, locking.CHANGES, locking.ANSWERS)
_COLUMNS = (
    "kind, row_id, citizen_id, author_id, author_name, author_role, author_profession, happened_at, signed_at, "
    "has_words, corrects_id, root_id, takes_back, why, wants_countersign"
)
_NAME = "COALESCE(TRIM(m.given_name || ' ' || m.family_name), '')"


def sign_what_was_said(apps, schema_editor):
    """One statement for each kind: a city has tens of millions of them. Running it again adds nothing."""
    yes, no = ("TRUE", "FALSE") if schema_editor.connection.vendor == "postgresql" else ("1", "0")
    schema_editor.execute(
        f"INSERT INTO journal_entry ({_COLUMNS}) "
        f"SELECT 'REPORT', r.id, v.citizen_id, r.reported_by_id, {_NAME}, '', '', "
        "COALESCE(v.starts_at, v.wished_at, v.earliest_at), r.reported_at, "
        f"CASE WHEN r.outcome = 'UNDONE' OR (r.outcome <> 'CANCELLED' AND r.note = '' "
        f"AND CAST(r.not_done AS TEXT) = '[]') THEN {no} ELSE {yes} END, "
        f"NULL, NULL, {no}, '', {no} "
        "FROM visits_visitreport r JOIN visits_visit v ON v.id = r.visit_id "
        "LEFT JOIN workforce_employee m ON m.id = r.reported_by_id "
        "WHERE NOT EXISTS (SELECT 1 FROM journal_entry e WHERE e.kind = 'REPORT' AND e.row_id = r.id) ORDER BY r.id"
    )
    for kind, who, when, those in (
        ("CHANGE", "told_by_id", "told_at", "1 = 1"),
        ("ANSWER", "closed_by_id", "closed_at", "f.closed_at IS NOT NULL"),
    ):
        schema_editor.execute(
            f"INSERT INTO journal_entry ({_COLUMNS}) "
            f"SELECT '{kind}', f.id, f.citizen_id, f.{who}, {_NAME}, '', '', f.{when}, f.{when}, "
            f"{yes}, NULL, NULL, {no}, '', {no} "
            f"FROM visits_followup f LEFT JOIN workforce_employee m ON m.id = f.{who} WHERE {those} "
            f"AND NOT EXISTS (SELECT 1 FROM journal_entry e WHERE e.kind = '{kind}' AND e.row_id = f.id) ORDER BY f.id"
        )
    _tie_together(schema_editor, yes)


def _tie_together(schema_editor, yes):
    """Each report of a visit corrects the one that counted when it came; taking back takes that one back."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.visit_id, r.outcome, e.id FROM visits_visitreport r "
            "JOIN journal_entry e ON e.kind = 'REPORT' AND e.row_id = r.id "
            "WHERE r.visit_id IN (SELECT visit_id FROM visits_visitreport GROUP BY visit_id HAVING COUNT(*) > 1) "
            "ORDER BY r.visit_id, r.id"
        )
        rows = cursor.fetchall()
        counts, roots = {}, {}
        for visit_id, outcome, entry_id in rows:
            stack = counts.setdefault(visit_id, [])
            if stack:
                back = f", takes_back = {yes}" if outcome == "UNDONE" else ""
                roots[entry_id] = roots.get(stack[-1], stack[-1])
                cursor.execute(
                    f"UPDATE journal_entry SET corrects_id = %s, root_id = %s{back} WHERE id = %s",
                    [stack[-1], roots[entry_id], entry_id],
                )
            if outcome != "UNDONE":
                stack.append(entry_id)
            elif stack:
                stack.pop()


def release_entries(apps, schema_editor):
    """While what was said before is signed, nothing is locked."""
    locking.release_entries(schema_editor)


def lock_entries(apps, schema_editor):
    locking.lock_entries(schema_editor)


def lock(apps, schema_editor):
    for one in LOCKS:
        locking.lock_words(schema_editor, one)


def release(apps, schema_editor):
    for one in LOCKS:
        locking.release_words(schema_editor, one)


class Migration(migrations.Migration):
    dependencies = [("journal", "0002_locks"), ("visits", "0002_a_day_found_at_once")]
    operations = [
        migrations.AlterField(
            model_name="visitreport",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("AS_PLANNED", "Som planlagt"),
                    ("DIFFERENT", "Noe ble annerledes"),
                    ("CANCELLED", "Ble ikke noe av"),
                    ("UNDONE", "Angret: det som ble sagt sist, gjelder ikke"),
                    ("REMOVED", "Fjernet fra journalen"),
                ],
                max_length=20,
            ),
        ),
        migrations.RunPython(release_entries, lock_entries),
        migrations.RunPython(sign_what_was_said, migrations.RunPython.noop),
        migrations.RunPython(lock_entries, release_entries),
        migrations.RunPython(lock, release),
    ]
