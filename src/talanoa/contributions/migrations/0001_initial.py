import django.db.models.deletion
from django.db import migrations, models

from talanoa.kernel.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        ('processes', '0001_initial'),
        ('record', '0001_initial'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Theme',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('slug', models.SlugField(max_length=40)),
                    ('label', models.CharField(max_length=120, verbose_name='theme')),
                    ('summary', models.TextField(verbose_name='what these inputs say')),
                    ('process', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='themes', to='processes.process')),
                ],
                options={
                    'ordering': ['process', 'label'],
                    'constraints': [models.UniqueConstraint(fields=('process', 'slug'), name='theme_once')],
                },
            ), migrations.CreateModel(
                name='Contribution',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField()),
                    ('kind', models.CharField(max_length=12)),
                    ('channel', models.CharField(max_length=12)),
                    ('state', models.CharField(choices=[('unconfirmed', 'Waiting for its sender to confirm'), ('published', 'Published'), ('withheld', 'Held'), ('rejected', 'Rejected'), ('superseded', 'Replaced by a newer one'), ('withdrawn', 'Withdrawn by its author'), ('erased', 'Content erased')], max_length=12)),
                    ('reason', models.CharField(blank=True, max_length=40)),
                    ('publication', models.CharField(choices=[('named', 'with my name'), ('group_only', 'without my name: only my stakeholder group and country'), ('private', 'not at all: only the secretariat and the chair read it')], default='named', max_length=12)),
                    ('received_at', models.DateTimeField()),
                    ('dedup_key', models.CharField(max_length=64)),
                    ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entered', to='processes.participant')),
                    ('entry', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, to='record.entry')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='people.person')),
                    ('process', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contributions', to='processes.process')),
                    ('replaced_by', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='contributions.contribution')),
                    ('themes', models.ManyToManyField(related_name='contributions', through='contributions.Filing', to='contributions.theme')),
                ],
                options={
                    'ordering': ['process', 'number'],
                    'indexes': [models.Index(fields=['process', 'state', 'number'], name='contribution_by_state')],
                    'constraints': [models.UniqueConstraint(fields=('process', 'number'), name='contribution_number_once'), models.UniqueConstraint(fields=('process', 'dedup_key'), name='contribution_received_once')],
                },
            ), migrations.CreateModel(
                name='Authorship',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=300)),
                    ('organization', models.CharField(blank=True, max_length=300)),
                    ('group', models.CharField(choices=[('government', 'Government'), ('private_sector', 'Private sector'), ('civil_society', 'Civil society'), ('technical_community', 'Technical community'), ('academia', 'Academia'), ('intergovernmental', 'Intergovernmental organization'), ('other', 'Other or undeclared')], max_length=24)),
                    ('subgroup', models.CharField(blank=True, db_default='', max_length=80)),
                    ('country', models.CharField(blank=True, max_length=40)),
                    ('mandate', models.CharField(blank=True, max_length=200)),
                    ('assurance', models.CharField(choices=[('proven', 'Address confirmed'), ('probable', 'Sender not confirmed; their mail system vouches for them'), ('claimed', 'Address not confirmed'), ('confirmed', 'Confirmed by its sender afterwards'), ('entered', 'Entered by the secretariat'), ('imported', 'Imported from an earlier consultation')], max_length=12)),
                    ('interests', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.intereststatement')),
                    ('interests_here', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.intereststatement')),
                    ('contribution', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='authorship', to='contributions.contribution')),
                ],
            ), migrations.CreateModel(
                name='Response',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('status', models.CharField(choices=[('accepted', 'Accepted'), ('partly_accepted', 'Partly accepted'), ('not_accepted', 'Not accepted'), ('noted', 'Noted'), ('out_of_scope', 'Out of scope')], max_length=20, verbose_name='status')),
                    ('text', models.TextField(verbose_name='answer with its reason')),
                    ('change', models.TextField(blank=True, verbose_name='what changes because of it')),
                    ('where', models.CharField(blank=True, max_length=200, verbose_name='where')),
                    ('together', models.CharField(blank=True, max_length=300, verbose_name='why one answer serves all of them')),
                    ('drafted_at', models.DateTimeField()),
                    ('approved_at', models.DateTimeField(null=True)),
                    ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='processes.participant')),
                    ('process', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='processes.process')),
                    ('theme', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='contributions.theme')),
                ],
                options={
                    'ordering': ['process', 'drafted_at', 'pk'],
                },
            ), migrations.CreateModel(
                name='Answer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reception', models.CharField(choices=[('silent', 'no reply'), ('acknowledged', 'acknowledged by its author'), ('disputed', 'disputed by its author')], default='silent', max_length=12)),
                    ('sent_at', models.DateTimeField(null=True)),
                    ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='contributions.contribution')),
                    ('response', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='contributions.response')),
                ],
                options={
                    'ordering': ['contribution', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('contribution', 'response'), name='answer_once')],
                },
            ), migrations.CreateModel(
                name='Dispute',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('text', models.TextField()),
                    ('raised_at', models.DateTimeField()),
                    ('reply', models.TextField(blank=True)),
                    ('replied_at', models.DateTimeField(null=True)),
                    ('answer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='contributions.answer')),
                ],
                options={
                    'ordering': ['raised_at'],
                },
            ), migrations.CreateModel(
                name='Handling',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('note', models.TextField(blank=True, verbose_name='private note')),
                    ('assignee', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='processes.participant')),
                    ('contribution', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='handling', to='contributions.contribution')),
                ],
            ), migrations.CreateModel(
                name='ModerationAct',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('act', models.CharField(choices=[('hold', 'Held'), ('release', 'Released'), ('reject', 'Rejected')], max_length=8)),
                    ('reason', models.CharField(blank=True, max_length=40)),
                    ('text', models.TextField(blank=True)),
                    ('at', models.DateTimeField()),
                    ('until', models.DateTimeField(null=True)),
                    ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='processes.participant')),
                    ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moderation', to='contributions.contribution')),
                    ('entry', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='record.entry')),
                ],
                options={
                    'ordering': ['at', 'pk'],
                },
            ), migrations.CreateModel(
                name='Pile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('process', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='piles', to='processes.process')),
                ],
            ), migrations.CreateModel(
                name='Signatory',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('left_at', models.DateTimeField(null=True)),
                    ('contribution', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='signatory', to='contributions.contribution')),
                    ('pile', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatories', to='contributions.pile')),
                ],
                options={
                    'ordering': ['contribution__number'],
                },
            ), migrations.CreateModel(
                name='Filing',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='filings', to='contributions.contribution')),
                    ('theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='filings', to='contributions.theme')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('contribution', 'theme'), name='filing_once')],
                },
            ), migrations.CreateModel(
                name='Appeal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('text', models.TextField()),
                    ('raised_at', models.DateTimeField()),
                    ('decide_by', models.DateTimeField()),
                    ('outcome', models.CharField(blank=True, choices=[('upheld', 'The decision stands'), ('overturned', 'The decision is overturned')], max_length=12)),
                    ('reasons', models.TextField(blank=True)),
                    ('decided_at', models.DateTimeField(null=True)),
                    ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='processes.participant')),
                    ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='appeal', to='record.entry')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appeals', to='people.person')),
                    ('contribution', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='appeals', to='contributions.contribution')),
                ],
                options={
                    'ordering': ['raised_at', 'pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('outcome', '')), models.Q(models.Q(('outcome', ''), _negated=True), ('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='appeal_decided_whole')],
                },
            ), migrations.CreateModel(
                name='Flag',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('reason', models.CharField(max_length=40)),
                    ('text', models.TextField()),
                    ('raised_at', models.DateTimeField()),
                    ('closed_at', models.DateTimeField(null=True)),
                    ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='flags', to='contributions.contribution')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='flags', to='people.person')),
                ],
                options={
                    'ordering': ['raised_at', 'pk'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('contribution', 'person'), name='flag_open_once')],
                },
            ), migrations.CreateModel(
                name='Mention',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentions', to='contributions.contribution')),
                    ('target', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mentioned_by', to='contributions.contribution')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('source', 'target'), name='mention_once')],
                },
            )
        ]),
    ]
