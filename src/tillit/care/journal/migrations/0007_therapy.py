"""What therapists write in their cases is part of the journal."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("journal", "0006_pegs")]
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
                    ("THERAPY", "Ergo- eller fysioterapi"),
                ],
                max_length=10,
            ),
        ),
    ]
