"""The team for the seriously ill can hold a row, and every table has a row for those it is for (R07).

The shipped tables get their row in the versions that teams follow already, so that no team loses who has what. In the
municipality's own variants it is undecided, which is shown; nobody else decides that for them.
"""

from django.db import migrations, models

CODE = "SERIOUS_ILLNESS"
#: The shipped rows: model → holder and note, as in `shipped_models` when this was written.
SHIPPED = {
    "MODEL_1": ("TEAM", "Eller team for alvorlig syke, der det finnes. Kommunen bestemmer"),
    "MODEL_2": ("TEAM", "Eller team for alvorlig syke, der det finnes. Kommunen bestemmer"),
    "PURCHASER_PROVIDER": ("PROVIDER", "Kommunen bestemmer"),
    "HELTOM": ("HEALTH_TEAM", "Kommunen bestemmer"),
    "BUURTZORG": ("NURSE_TEAM", ""),
}
HOLDERS = [
    ("TEAM", "Teamet"),
    ("TEAM_CASE_WORKER", "Teamets saksbehandler"),
    ("TEAM_LEADER", "Teamleder"),
    ("CARE_TEAM", "Omsorgsteamet"),
    ("HEALTH_TEAM", "Helsetjenesteteamet"),
    ("BOTH_TEAMS", "Begge teamene sammen"),
    ("NURSE_TEAM", "Sykepleierteamet selv"),
    ("ASSESSMENT_TEAM", "Vurderingsteam"),
    ("RAPID_RESPONSE_TEAM", "Innsatsteam"),
    ("REABLEMENT_TEAM", "Hverdagsrehabiliteringsteam"),
    ("DEMENTIA_GROUP", "Arbeidslag demens"),
    ("SERIOUS_ILLNESS_TEAM", "Team for alvorlig syke"),
    ("ALLOCATION_OFFICE", "Tjenestekontoret"),
    ("OFFICE_HEAD", "Leder av tjenestekontoret"),
    ("SPECIALIST_CASE_WORKER", "Spesialisert saksbehandler"),
    ("PROVIDER", "Utfører"),
    ("COORDINATOR", "Koordinator"),
    ("COACH", "Veileder utenfor teamet"),
    ("NOBODY", "Ikke bestemt"),
]
KNOWN = "responsibility_row_holder_known"


def add_rows(apps, schema_editor):
    """Rerunnable: only tables that lack the row."""
    rows = apps.get_model("responsibility", "ModelRow")
    versions = apps.get_model("responsibility", "ModelVersion")
    have = rows.objects.filter(responsibility=CODE).values("version_id")
    lacking = versions.objects.exclude(pk__in=have).filter(rows__isnull=False).distinct()
    for version in lacking.select_related("model"):
        shipped = SHIPPED.get(version.model.code) if version.model.is_shipped else None
        holder, note = shipped or ("NOBODY", "")
        rows.objects.create(version=version, responsibility=CODE, holder=holder, note=note)


class Migration(migrations.Migration):
    dependencies = [("responsibility", "0003_weeks_of_shipped")]

    operations = [
        migrations.RemoveConstraint("modelrow", KNOWN),
        migrations.AlterField("modelrow", "holder", models.CharField(choices=HOLDERS, max_length=40)),
        migrations.AlterField("rowchange", "was_holder", models.CharField(choices=HOLDERS, max_length=40)),
        migrations.AlterField("rowchange", "holder", models.CharField(choices=HOLDERS, max_length=40)),
        migrations.AddConstraint(
            "modelrow",
            models.CheckConstraint(condition=models.Q(("holder__in", [code for code, _name in HOLDERS])), name=KNOWN),
        ),
        migrations.RunPython(add_rows, migrations.RunPython.noop, elidable=True),
    ]
