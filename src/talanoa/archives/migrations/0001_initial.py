import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

from talanoa.kernel.tables import CreateTables


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        CreateTables([
            migrations.CreateModel(
                name='Archive',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.SlugField(max_length=40, unique=True)),
                    ('title', models.CharField(max_length=300, verbose_name='title')),
                    ('source', models.CharField(blank=True, max_length=300, verbose_name='source')),
                    ('license', models.CharField(blank=True, max_length=300, verbose_name='license')),
                    ('created_at', models.DateTimeField()),
                    ('released_at', models.DateTimeField(null=True)),
                    ('last_number', models.PositiveBigIntegerField(default=0)),
                    ('n_erased', models.PositiveBigIntegerField(default=0)),
                ],
                options={
                    'ordering': ['name'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('released_at__isnull', True), models.Q(models.Q(('source', ''), _negated=True), models.Q(('license', ''), _negated=True)), _connector='OR'), name='archive_released_with_license')],
                },
            ), migrations.CreateModel(
                name='ArchiveImport',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('request_sha256', models.CharField(max_length=64)),
                    ('began_at', models.DateTimeField()),
                    ('finished_at', models.DateTimeField(null=True)),
                    ('manifest_sha256', models.CharField(blank=True, max_length=64)),
                    ('archive', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='imports', to='archives.archive')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('finished_at__isnull', True)), fields=('archive',), name='archive_import_one_at_a_time')],
                },
            ), migrations.CreateModel(
                name='Following',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('list_id', models.CharField(max_length=300)),
                    ('secret', models.CharField(max_length=26, unique=True)),
                    ('since', models.DateTimeField()),
                    ('until', models.DateTimeField(null=True)),
                    ('heard_at', models.DateTimeField(null=True)),
                    ('told_at', models.DateTimeField()),
                    ('told_number', models.PositiveBigIntegerField(default=0)),
                    ('n_aside', models.PositiveBigIntegerField(default=0)),
                    ('archive', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='following', to='archives.archive')),
                ],
            ), migrations.CreateModel(
                name='ImportedFile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=300)),
                    ('sha256', models.CharField(max_length=64)),
                    ('position', models.PositiveBigIntegerField(default=0)),
                    ('is_read', models.BooleanField(default=False)),
                    ('damage', models.CharField(blank=True, max_length=300)),
                    ('read', models.PositiveBigIntegerField(default=0)),
                    ('added', models.PositiveBigIntegerField(default=0)),
                    ('duplicates', models.PositiveBigIntegerField(default=0)),
                    ('rejected', models.PositiveBigIntegerField(default=0)),
                    ('notes', models.JSONField(default=dict)),
                    ('of', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='files', to='archives.archiveimport')),
                ],
                options={
                    'ordering': ['pk'],
                    'constraints': [models.CheckConstraint(condition=models.Q(('read', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('added'), '+', models.F('duplicates')), '+', models.F('rejected')))), name='imported_file_adds_up')],
                },
            ), migrations.CreateModel(
                name='Rejection',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('position', models.PositiveBigIntegerField()),
                    ('code', models.CharField(max_length=40)),
                    ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rejections', to='archives.importedfile')),
                ],
                options={
                    'ordering': ['pk'],
                },
            ), migrations.CreateModel(
                name='Sender',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('identity', models.CharField(max_length=400)),
                    ('address', models.CharField(blank=True, max_length=400)),
                    ('name', models.CharField(blank=True, max_length=300)),
                    ('n_messages', models.PositiveBigIntegerField(default=0)),
                    ('first_at', models.DateTimeField(null=True)),
                    ('last_at', models.DateTimeField(null=True)),
                    ('archive', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='senders', to='archives.archive')),
                ],
                options={
                    'ordering': ['-n_messages', 'pk'],
                    'indexes': [models.Index(fields=['archive', '-n_messages', 'id'], name='sender_by_messages')],
                    'constraints': [models.UniqueConstraint(fields=('archive', 'identity'), name='sender_once')],
                },
            ), migrations.CreateModel(
                name='Merge',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveIntegerField()),
                    ('evidence', models.CharField(max_length=300)),
                    ('decision', models.CharField(choices=[('open', 'not decided'), ('same', 'one person'), ('different', 'two people')], default='open', max_length=12)),
                    ('decided_at', models.DateTimeField(null=True)),
                    ('archive', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges', to='archives.archive')),
                    ('one', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='archives.sender')),
                    ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='archives.sender')),
                ],
                options={
                    'ordering': ['number'],
                    'constraints': [models.UniqueConstraint(fields=('archive', 'number'), name='merge_number_once'), models.UniqueConstraint(fields=('one', 'other'), name='merge_pair_once'), models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='merge_pair_in_order')],
                },
            ), migrations.CreateModel(
                name='Thread',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveBigIntegerField()),
                    ('subject', models.CharField(blank=True, max_length=300)),
                    ('subject_key', models.BigIntegerField(null=True)),
                    ('opened_at', models.DateTimeField(null=True)),
                    ('last_at', models.DateTimeField(null=True)),
                    ('n_messages', models.PositiveBigIntegerField(default=0)),
                    ('archive', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='threads', to='archives.archive')),
                ],
                options={
                    'indexes': [models.Index(fields=['archive', '-last_at', '-number'], name='archived_thread_newest'), models.Index(fields=['archive', 'subject_key'], name='archived_thread_subject')],
                    'constraints': [models.UniqueConstraint(fields=('archive', 'number'), name='archived_thread_once')],
                },
            ), migrations.CreateModel(
                name='Identifier',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('key', models.BigIntegerField()),
                    ('number', models.PositiveBigIntegerField(null=True)),
                    ('archive', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='identifiers', to='archives.archive')),
                    ('thread', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='identifiers', to='archives.thread')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('archive', 'key'), name='identifier_once')],
                },
            ), migrations.CreateModel(
                name='ArchivedMessage',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('number', models.PositiveBigIntegerField()),
                    ('parent_number', models.PositiveBigIntegerField(null=True)),
                    ('awaits', models.BigIntegerField(null=True)),
                    ('hash', models.CharField(max_length=32)),
                    ('digest', models.BinaryField(max_length=16)),
                    ('message_id', models.CharField(blank=True, max_length=250)),
                    ('in_reply_to', models.CharField(blank=True, max_length=250)),
                    ('references', models.TextField(blank=True)),
                    ('name', models.CharField(blank=True, max_length=300)),
                    ('subject', models.CharField(blank=True, max_length=300)),
                    ('text', models.TextField(blank=True)),
                    ('date', models.CharField(blank=True, max_length=200)),
                    ('sent_at', models.DateTimeField(null=True)),
                    ('n_attachments', models.PositiveIntegerField(default=0)),
                    ('notes', models.CharField(blank=True, max_length=500)),
                    ('erased_at', models.DateTimeField(null=True)),
                    ('ground', models.CharField(blank=True, db_default='', default='', max_length=20)),
                    ('by_mail', models.BooleanField(db_default=False, default=False)),
                    ('archive', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='archives.archive')),
                    ('sender', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='archives.sender')),
                    ('thread', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='archives.thread')),
                ],
                options={
                    'ordering': ['number'],
                    'indexes': [models.Index(fields=['thread', 'number'], name='archived_of_thread'), models.Index(fields=['sender', 'number'], name='archived_of_sender'), models.Index(condition=models.Q(('awaits__isnull', False)), fields=['archive', 'awaits'], name='archived_awaits')],
                    'constraints': [models.UniqueConstraint(fields=('archive', 'number'), name='archived_number_once'), models.UniqueConstraint(fields=('archive', 'hash'), name='archived_hash_once'), models.UniqueConstraint(fields=('archive', 'digest'), name='archived_content_once'), models.CheckConstraint(condition=models.Q(models.Q(('erased_at__isnull', True), ('ground', '')), models.Q(('erased_at__isnull', False), ('subject', ''), ('text', ''), models.Q(('ground', ''), _negated=True)), _connector='OR'), name='archived_erased_without_words')],
                },
            )
        ]),
    ]
