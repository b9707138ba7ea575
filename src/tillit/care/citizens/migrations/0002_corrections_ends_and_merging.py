
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('citizens', '0001_first'),
        ('workforce', '0001_first'),
    ]

    operations = [
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(choices=[('GIVEN_NAME', 'Fornavn'), ('FAMILY_NAME', 'Etternavn'), ('CALL_NAME', 'Vil bli kalt'), ('BORN_ON', 'Fødselsdato'), ('PHONE', 'Telefon'), ('LANGUAGE', 'Språk'), ('NEEDS_INTERPRETER', 'Trenger tolk'), ('LIVES_ALONE', 'Bor alene'), ('NUMBER', 'Fødselsnummer eller D-nummer'), ('DIED_ON', 'Dødsdato')], max_length=20)),
                ('was', models.CharField(blank=True, max_length=200)),
                ('reason', models.CharField(choices=[('MISTAKE', 'Var skrevet feil'), ('CHANGED', 'Har endret seg'), ('KNOWN', 'Identiteten ble kjent')], max_length=10)),
                ('edition', models.PositiveIntegerField(help_text='The edition of the citizen that this made')),
                ('corrected_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='EndOfHelp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('DEATH', 'Død'), ('ENDED', 'Hjelpen er avsluttet')], max_length=10)),
                ('ends_on', models.DateField()),
                ('followings', models.JSONField(default=list)),
                ('ended_at', models.DateTimeField()),
                ('taken_back_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name='citizen',
            name='edition',
            field=models.PositiveIntegerField(default=1, help_text='Grows with every correction: two writers are told'),
        ),
        migrations.AddField(
            model_name='citizen',
            name='merged_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='citizen',
            name='merged_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.employee'),
        ),
        migrations.AddField(
            model_name='citizen',
            name='merged_into',
            field=models.ForeignKey(help_text='The same person, kept there', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_from', to='citizens.citizen'),
        ),
        migrations.AddConstraint(
            model_name='citizen',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), models.Q(models.Q(('merged_into', models.F('id')), _negated=True), ('merged_at__isnull', False)), _connector='OR'), name='citizens_citizen_merged_into_another'),
        ),
        migrations.AddField(
            model_name='correction',
            name='citizen',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='citizens.citizen'),
        ),
        migrations.AddField(
            model_name='correction',
            name='corrected_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.employee'),
        ),
        migrations.AddField(
            model_name='correction',
            name='identifier',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='citizens.identifier'),
        ),
        migrations.AddField(
            model_name='endofhelp',
            name='citizen',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ends_of_help', to='citizens.citizen'),
        ),
        migrations.AddField(
            model_name='endofhelp',
            name='ended_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.employee'),
        ),
        migrations.AddField(
            model_name='endofhelp',
            name='taken_back_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='workforce.employee'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.UniqueConstraint(fields=('citizen', 'edition', 'field'), name='citizens_correction_field_once_an_edition'),
        ),
        migrations.AddConstraint(
            model_name='correction',
            constraint=models.CheckConstraint(condition=models.Q(('identifier__isnull', True), models.Q(('field', 'NUMBER'), ('was', '')), _connector='OR'), name='citizens_correction_number_stands_on_its_own_row'),
        ),
        migrations.AddConstraint(
            model_name='endofhelp',
            constraint=models.UniqueConstraint(condition=models.Q(('taken_back_at__isnull', True)), fields=('citizen', 'kind'), name='citizens_end_of_help_once_in_force'),
        ),
    ]
