import django.db.models.deletion
from django.db import migrations, models

from talanoa.kernel.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contributions', '0002_nothing_is_deleted'),
        ('processes', '0003_rooms'),
        ('record', '0002_append_only'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Round',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField()),
                    ('question', models.TextField(verbose_name='question')),
                    ('name', models.CharField(max_length=300)),
                    ('opened_at', models.DateTimeField()),
                    ('closes_at', models.DateTimeField()),
                    ('closed_at', models.DateTimeField(null=True)),
                    ('source', models.CharField(blank=True, max_length=300)),
                    ('import_sha256', models.CharField(blank=True, max_length=64)),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='processes.participant')),
                    ('process', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statement_rounds', to='processes.process')),
                ],
                options={
                    'ordering': ['process', 'number'],
                    'constraints': [models.UniqueConstraint(fields=('process', 'number'), name='statement_round_once'), models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opened_at'))), name='round_has_length'), models.UniqueConstraint(condition=models.Q(('import_sha256', ''), _negated=True), fields=('process', 'import_sha256'), name='conversation_imported_once')],
                },
            ), migrations.CreateModel(
                name='Result',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('is_final', models.BooleanField()),
                    ('counted_at', models.DateTimeField()),
                    ('n_voters', models.PositiveIntegerField()),
                    ('body', models.TextField()),
                    ('table', models.TextField(blank=True)),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='results', to='statements.round')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(condition=models.Q(('is_final', True)), fields=('round',), name='final_result_once'), models.UniqueConstraint(condition=models.Q(('is_final', False)), fields=('round',), name='running_result_once')],
                },
            ), migrations.CreateModel(
                name='Statement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('place', models.PositiveSmallIntegerField()),
                    ('text', models.CharField(max_length=400, verbose_name='statement')),
                    ('is_convenors', models.BooleanField(default=False)),
                    ('contribution', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='statement', to='contributions.contribution')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='statements.round')),
                ],
                options={
                    'ordering': ['round', 'place'],
                    'constraints': [models.UniqueConstraint(fields=('round', 'place'), name='statement_place_once')],
                },
            ), migrations.CreateModel(
                name='Voter',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('pseudonym', models.PositiveIntegerField(null=True)),
                    ('votes', models.TextField(blank=True)),
                    ('voted_at', models.DateTimeField()),
                    ('number', models.PositiveIntegerField(null=True)),
                    ('check_word', models.CharField(blank=True, max_length=16)),
                    ('erased_at', models.DateTimeField(null=True)),
                    ('participant', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='processes.participant')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='voters', to='statements.round')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.UniqueConstraint(fields=('round', 'participant'), name='voter_once'), models.UniqueConstraint(fields=('round', 'pseudonym'), name='imported_voter_once'), models.CheckConstraint(condition=models.Q(('participant__isnull', True), ('pseudonym__isnull', True), _connector='XOR'), name='voter_is_one')],
                },
            ), migrations.CreateModel(
                name='Ballot',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('lines', models.TextField(blank=True)),
                    ('name', models.CharField(blank=True, max_length=300)),
                    ('channel', models.CharField(max_length=12)),
                    ('cast_at', models.DateTimeField()),
                    ('dedup_key', models.CharField(max_length=64)),
                    ('entered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='processes.participant')),
                    ('entry', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, to='record.entry')),
                    ('voter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='ballots', to='statements.voter')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.UniqueConstraint(fields=('voter', 'dedup_key'), name='ballot_received_once')],
                },
            )
        ]),
    ]
