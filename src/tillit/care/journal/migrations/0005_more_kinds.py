"""More is written in the journal: notices, evaluations, observations, photos."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0004_not_emptied")]
    operations = [
        migrations.AlterField(
            model_name="entry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("REPORT", "Besøk"),
                    ("CHANGE", "Noe har endret seg"),
                    ("ANSWER", "Oppfølging"),
                    ("NOTE", "Notat"),
                    ("TALK", "Samtale"),
                    ("MATTERS", "Hva er viktig"),
                    ("NOTICE", "Beskjed"),
                    ("REPLY", "Svar på beskjed"),
                    ("EVALUATION", "Evaluering"),
                    ("MEASURE", "Måling"),
                    ("COURSE", "Hverdagsrehabilitering"),
                    ("OBSERVED", "Observasjon"),
                    ("WATCH_END", "Ikke som vanlig: avsluttet"),
                    ("USUAL", "Som vanlig"),
                    ("PHOTO", "Bilde"),
                ],
                max_length=10,
            ),
        ),
    ]
