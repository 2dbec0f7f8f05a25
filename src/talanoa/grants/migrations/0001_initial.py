import django.db.models.deletion
from django.db import migrations, models

from talanoa.kernel.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0001_initial'),
        ('processes', '0003_rooms'),
        ('record', '0002_append_only'),
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Office',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('last_application', models.PositiveIntegerField(default=0)),
                    ('last_award', models.PositiveIntegerField(default=0)),
                ],
            ), migrations.CreateModel(
                name='WorkList',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('text', models.TextField()),
                    ('stated_at', models.DateTimeField()),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='work_lists', to='people.person')),
                ],
                options={
                    'ordering': ['pk'],
                },
            ), migrations.CreateModel(
                name='ResearchCall',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.SlugField(max_length=40, unique=True)),
                    ('title', models.CharField(max_length=200)),
                    ('text', models.TextField()),
                    ('state', models.CharField(choices=[('held', 'Held for comments'), ('open', 'Open'), ('closed', 'Closed'), ('canceled', 'Canceled')], default='held', max_length=10)),
                    ('version', models.PositiveSmallIntegerField(default=1)),
                    ('reason', models.TextField(blank=True)),
                    ('opens_on', models.DateField()),
                    ('closes_on', models.DateField(null=True)),
                    ('thread', models.PositiveIntegerField()),
                    ('published_at', models.DateTimeField()),
                    ('unblinded_at', models.DateTimeField(null=True)),
                    ('current_round', models.PositiveSmallIntegerField(default=1)),
                    ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='processes.participant')),
                    ('process', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='research_calls', to='processes.process')),
                ],
                options={
                    'ordering': ['-pk'],
                },
            ), migrations.CreateModel(
                name='Application',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField(null=True, unique=True)),
                    ('state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Received'), ('eligible', 'Eligible'), ('ineligible', 'Not eligible'), ('recommended', 'Held before the decision'), ('funded', 'Funded'), ('reserve', 'On the reserve list'), ('declined', 'Declined'), ('withdrawn', 'Withdrawn')], default='draft', max_length=12)),
                    ('title', models.CharField(blank=True, max_length=200)),
                    ('answers', models.JSONField(default=dict)),
                    ('budget', models.JSONField(default=dict)),
                    ('unmet', models.JSONField(default=list)),
                    ('reason', models.TextField(blank=True)),
                    ('ground', models.CharField(blank=True, max_length=20)),
                    ('channel', models.CharField(max_length=8)),
                    ('drafted_at', models.DateTimeField()),
                    ('submitted_at', models.DateTimeField(null=True)),
                    ('entry', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, to='record.entry')),
                    ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='grants.researchcall')),
                ],
                options={
                    'ordering': ['number', 'pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('number__isnull', True), ('state', 'draft')), models.Q(models.Q(('state', 'draft'), _negated=True), ('number__isnull', False)), _connector='OR'), name='application_numbered_once_handed_in')],
                },
            ), migrations.CreateModel(
                name='Note',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('text', models.TextField()),
                    ('said_at', models.DateTimeField()),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='grants.application')),
                    ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ],
                options={
                    'ordering': ['application', 'pk'],
                },
            ), migrations.CreateModel(
                name='Reviewer',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField()),
                    ('name', models.CharField(max_length=300)),
                    ('about', models.TextField()),
                    ('load', models.PositiveSmallIntegerField()),
                    ('group', models.CharField(choices=[('government', 'Government'), ('private_sector', 'Private sector'), ('civil_society', 'Civil society'), ('technical_community', 'Technical community'), ('academia', 'Academia'), ('intergovernmental', 'Intergovernmental organization'), ('other', 'Other or undeclared')], max_length=24)),
                    ('region', models.CharField(max_length=40)),
                    ('named_at', models.DateTimeField()),
                    ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviewers', to='grants.researchcall')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviewing', to='people.person')),
                ],
                options={
                    'ordering': ['call', 'number'],
                    'constraints': [models.UniqueConstraint(fields=('call', 'person'), name='reviewer_once'), models.UniqueConstraint(fields=('call', 'number'), name='reviewer_number_once')],
                },
            ), migrations.CreateModel(
                name='Reading',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('round', models.PositiveSmallIntegerField()),
                    ('state', models.CharField(choices=[('asked', 'Waits for a statement on conflicts of interest'), ('attested', 'Stated: no conflict of interest'), ('reviewed', 'Reviewed'), ('recused', 'Stepped back')], default='asked', max_length=10)),
                    ('asked_at', models.DateTimeField()),
                    ('attested_at', models.DateTimeField(null=True)),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='grants.application')),
                    ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='readings', to='grants.reviewer')),
                ],
                options={
                    'ordering': ['application', 'round', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('application', 'reviewer', 'round'), name='reading_once')],
                },
            ), migrations.CreateModel(
                name='Drawing',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('round', models.PositiveSmallIntegerField()),
                    ('seed', models.CharField(max_length=64)),
                    ('sha256', models.CharField(max_length=64)),
                    ('floor', models.FloatField()),
                    ('bound', models.FloatField()),
                    ('made_at', models.DateTimeField()),
                    ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drawings', to='grants.researchcall')),
                ],
                options={
                    'ordering': ['call', 'pk'],
                },
            ), migrations.CreateModel(
                name='Review',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('marks', models.JSONField()),
                    ('confidence', models.PositiveSmallIntegerField()),
                    ('text', models.TextField()),
                    ('reviewed_at', models.DateTimeField()),
                    ('reading', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='review', to='grants.reading')),
                ],
                options={
                    'ordering': ['reading', 'pk'],
                },
            ), migrations.CreateModel(
                name='Verdict',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('step', models.CharField(choices=[('recommendation', 'Recommendation'), ('decision', 'Decision')], max_length=16)),
                    ('number', models.PositiveSmallIntegerField()),
                    ('outcome', models.CharField(choices=[('funded', 'Funded'), ('reserve', 'On the reserve list'), ('declined', 'Declined')], max_length=10)),
                    ('amount', models.PositiveIntegerField(default=0)),
                    ('reasons', models.TextField()),
                    ('given_at', models.DateTimeField()),
                    ('until', models.DateTimeField()),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='verdicts', to='grants.application')),
                    ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='processes.participant')),
                    ('entry', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, to='record.entry')),
                ],
                options={
                    'ordering': ['application', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('application', 'step', 'number'), name='verdict_number_once'), models.CheckConstraint(condition=models.Q(models.Q(('amount', 0), ('outcome', 'declined')), models.Q(models.Q(('outcome', 'declined'), _negated=True), ('amount__gt', 0)), _connector='OR'), name='verdict_amount_unless_declined')],
                },
            ), migrations.CreateModel(
                name='Applicant',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField()),
                    ('name', models.CharField(max_length=300)),
                    ('organization', models.CharField(blank=True, max_length=200)),
                    ('group', models.CharField(choices=[('government', 'Government'), ('private_sector', 'Private sector'), ('civil_society', 'Civil society'), ('technical_community', 'Technical community'), ('academia', 'Academia'), ('intergovernmental', 'Intergovernmental organization'), ('other', 'Other or undeclared')], default='other', max_length=24)),
                    ('country', models.CharField(blank=True, max_length=40)),
                    ('orcid', models.CharField(blank=True, max_length=19)),
                    ('answer', models.CharField(choices=[('waiting', 'Was asked'), ('agreed', 'Agreed'), ('declined', 'Does not take part')], default='waiting', max_length=8)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='people.person')),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applicants', to='grants.application')),
                ],
                options={
                    'ordering': ['application', 'number'],
                    'constraints': [models.UniqueConstraint(fields=('application', 'person'), name='applicant_once'), models.UniqueConstraint(fields=('application', 'number'), name='applicant_number_once')],
                },
            ), migrations.CreateModel(
                name='Attachment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField()),
                    ('filename', models.CharField(max_length=200)),
                    ('media_type', models.CharField(max_length=100)),
                    ('data', models.BinaryField()),
                    ('text', models.TextField()),
                    ('telling', models.JSONField(default=list)),
                    ('added_at', models.DateTimeField()),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attachments', to='grants.application')),
                ],
                options={
                    'ordering': ['application', 'number'],
                    'constraints': [models.UniqueConstraint(fields=('application', 'number'), name='attachment_number_once')],
                },
            ), migrations.CreateModel(
                name='Conflict',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=300)),
                    ('source', models.CharField(choices=[('own', 'Applies too'), ('declared', 'Declared'), ('organization', 'The same organization'), ('co_applicant', 'Applied together'), ('co_author', 'Published together'), ('domain', 'The same domain of mail'), ('recused', 'Stepped back')], max_length=12)),
                    ('detail', models.CharField(blank=True, max_length=500)),
                    ('found_at', models.DateTimeField()),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conflicts', to='grants.application')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conflicts', to='people.person')),
                ],
                options={
                    'ordering': ['application', 'pk'],
                    'constraints': [models.UniqueConstraint(fields=('application', 'person', 'source'), name='conflict_once')],
                },
            ), migrations.CreateModel(
                name='Exchange',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField()),
                    ('question', models.TextField()),
                    ('asked_at', models.DateTimeField()),
                    ('answer', models.TextField(blank=True)),
                    ('answered_at', models.DateTimeField(null=True)),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exchanges', to='grants.application')),
                ],
                options={
                    'ordering': ['application', 'number'],
                    'constraints': [models.UniqueConstraint(fields=('application', 'number'), name='exchange_number_once')],
                },
            ), migrations.CreateModel(
                name='Award',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField(unique=True)),
                    ('state', models.CharField(choices=[('offered', 'Offered'), ('active', 'Active'), ('complete', 'Complete'), ('withdrawn', 'Withdrawn')], default='offered', max_length=10)),
                    ('starts_on', models.DateField()),
                    ('ends_on', models.DateField()),
                    ('budget', models.JSONField()),
                    ('shares', models.JSONField()),
                    ('conditions', models.TextField(blank=True)),
                    ('offered_at', models.DateTimeField()),
                    ('accepted_at', models.DateTimeField(null=True)),
                    ('ended_at', models.DateTimeField(null=True)),
                    ('reason', models.TextField(blank=True)),
                    ('is_given_up', models.BooleanField(default=False)),
                    ('ethics_body', models.CharField(blank=True, max_length=200)),
                    ('ethics_reference', models.CharField(blank=True, max_length=200)),
                    ('ethics_on', models.DateField(null=True)),
                    ('ethics_reason', models.TextField(blank=True)),
                    ('registry', models.CharField(blank=True, max_length=200)),
                    ('registered_as', models.CharField(blank=True, max_length=200)),
                    ('registered_on', models.DateField(null=True)),
                    ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='awards', to='grants.application')),
                    ('entry', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, to='record.entry')),
                    ('offered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='processes.participant')),
                ],
                options={
                    'ordering': ['-number'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'withdrawn'), _negated=True), fields=('application',), name='award_standing_once'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('active', 'complete')), _negated=True), ('accepted_at__isnull', False), _connector='OR'), name='award_active_once_accepted'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ('withdrawn', 'complete')), _negated=True), ('ended_at__isnull', False), _connector='OR'), name='award_ended_on_a_day'), models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='award_ends_after_its_start')],
                },
            ), migrations.CreateModel(
                name='Milestone',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField()),
                    ('title', models.CharField(max_length=200)),
                    ('due_on', models.DateField()),
                    ('amount', models.PositiveIntegerField()),
                    ('in_advance', models.BooleanField(default=False)),
                    ('payment', models.CharField(choices=[('planned', 'Planned'), ('instructed', 'Instructed'), ('paid', 'Paid')], default='planned', max_length=10)),
                    ('reference', models.CharField(blank=True, max_length=200)),
                    ('paid_at', models.DateTimeField(null=True)),
                    ('award', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='grants.award')),
                ],
                options={
                    'ordering': ['award', 'number'],
                    'constraints': [models.UniqueConstraint(fields=('award', 'number'), name='milestone_number_once')],
                },
            ), migrations.CreateModel(
                name='AwardReport',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField()),
                    ('text', models.TextField()),
                    ('filename', models.CharField(blank=True, max_length=200)),
                    ('media_type', models.CharField(blank=True, max_length=100)),
                    ('data', models.BinaryField(default=b'')),
                    ('filetext', models.TextField(blank=True)),
                    ('telling', models.JSONField(default=list)),
                    ('received_at', models.DateTimeField()),
                    ('outcome', models.CharField(choices=[('waiting', 'Received'), ('accepted', 'Accepted'), ('returned', 'Sent back')], default='waiting', max_length=10)),
                    ('reasons', models.TextField(blank=True)),
                    ('judged_at', models.DateTimeField(null=True)),
                    ('judged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='processes.participant')),
                    ('milestone', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='grants.milestone')),
                ],
                options={
                    'ordering': ['milestone', 'number'],
                    'constraints': [models.UniqueConstraint(fields=('milestone', 'number'), name='award_report_number_once'), models.CheckConstraint(condition=models.Q(models.Q(('judged_at__isnull', True), ('outcome', 'waiting')), models.Q(models.Q(('outcome', 'waiting'), _negated=True), ('judged_at__isnull', False)), _connector='OR'), name='award_report_judged_once')],
                },
            ), migrations.CreateModel(
                name='Output',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveSmallIntegerField()),
                    ('title', models.CharField(max_length=300)),
                    ('kind', models.CharField(max_length=24)),
                    ('issued_on', models.DateField()),
                    ('authors', models.JSONField()),
                    ('license', models.CharField(max_length=40)),
                    ('doi', models.CharField(blank=True, max_length=220)),
                    ('url', models.CharField(blank=True, max_length=500)),
                    ('embargo_until', models.DateField(null=True)),
                    ('version', models.PositiveSmallIntegerField(default=1)),
                    ('added_at', models.DateTimeField()),
                    ('award', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outputs', to='grants.award')),
                ],
                options={
                    'verbose_name': 'output',
                    'ordering': ['award', 'number'],
                    'constraints': [models.UniqueConstraint(fields=('award', 'number'), name='output_number_once'), models.CheckConstraint(condition=models.Q(('doi', ''), ('url', ''), _negated=True), name='output_found_somewhere')],
                },
            )
        ]),
    ]
