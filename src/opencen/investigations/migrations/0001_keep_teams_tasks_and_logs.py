"""Keep what an investigation has beside its document: team, tasks, log, links, notices, rules."""

import django.db.models.deletion
import opencen.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('records', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Investigation',
            fields=[
                ('record', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='records.record')),
                ('compartment_id', models.UUIDField(unique=True)),
                ('template', models.CharField(max_length=40)),
                ('stage', models.CharField(max_length=40)),
                ('stage_since', models.DateTimeField()),
                ('stage_due', models.DateField(null=True)),
                ('lead_id', models.UUIDField()),
                ('opened_by', models.UUIDField()),
                ('opened_at', models.DateTimeField()),
                ('opened_how', models.CharField(max_length=8)),
                ('closed_at', models.DateTimeField(null=True)),
                ('closed_by', models.UUIDField(null=True)),
            ],
            options={
                'db_table': 'investigations_investigation',
            },
        ),
        migrations.CreateModel(
            name='OpeningRule',
            fields=[
                ('id', models.UUIDField(default=opencen.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=120, unique=True)),
                ('commodity', models.CharField(max_length=96)),
                ('quantity', models.DecimalField(decimal_places=9, max_digits=24, null=True)),
                ('unit', models.CharField(default='', max_length=32)),
                ('template', models.CharField(max_length=40)),
                ('lead_id', models.UUIDField()),
                ('is_on', models.BooleanField(default=True)),
                ('set_by', models.UUIDField()),
                ('set_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'investigations_rule',
            },
        ),
        migrations.CreateModel(
            name='OwnTemplate',
            fields=[
                ('name', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('content', models.TextField()),
                ('set_by', models.UUIDField()),
                ('set_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'investigations_template',
            },
        ),
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('event_id', models.UUIDField(primary_key=True, serialize=False)),
                ('case_id', models.UUIDField()),
                ('problem', models.CharField(default='', max_length=64)),
                ('at', models.DateTimeField()),
                ('investigation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='investigations.investigation')),
                ('rule', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='openings', to='investigations.openingrule')),
            ],
            options={
                'db_table': 'investigations_opening',
            },
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.UUIDField(default=opencen.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('title', models.CharField(max_length=200)),
                ('text', models.TextField(default='')),
                ('assignee_id', models.UUIDField()),
                ('due', models.DateField(null=True)),
                ('state', models.CharField(default='open', max_length=8)),
                ('result', models.TextField(default='')),
                ('given_by', models.UUIDField()),
                ('given_at', models.DateTimeField()),
                ('ended_by', models.UUIDField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('investigation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='investigations.investigation')),
            ],
            options={
                'db_table': 'investigations_task',
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(default=opencen.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('user_id', models.UUIDField()),
                ('kind', models.CharField(max_length=16)),
                ('key', models.CharField(max_length=80)),
                ('at', models.DateTimeField()),
                ('seen_at', models.DateTimeField(null=True)),
                ('investigation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='investigations.investigation')),
                ('task', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='investigations.task')),
            ],
            options={
                'db_table': 'investigations_notice',
            },
        ),
        migrations.CreateModel(
            name='Held',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('key', models.CharField(db_index=True, max_length=200)),
                ('record_id', models.UUIDField(null=True)),
                ('investigation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='investigations.investigation')),
            ],
            options={
                'db_table': 'investigations_held',
                'constraints': [models.UniqueConstraint(fields=('investigation', 'key'), name='held_once')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.UUIDField(default=opencen.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=16)),
                ('at', models.DateTimeField()),
                ('written_at', models.DateTimeField()),
                ('by', models.UUIDField()),
                ('text', models.TextField(default='')),
                ('party', models.CharField(default='', max_length=200)),
                ('channel', models.CharField(default='', max_length=16)),
                ('direction', models.CharField(default='', max_length=4)),
                ('corrects', models.UUIDField(null=True)),
                ('data', models.TextField(default='{}')),
                ('erased_at', models.DateTimeField(null=True)),
                ('investigation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='investigations.investigation')),
            ],
            options={
                'db_table': 'investigations_entry',
                'indexes': [models.Index(fields=['investigation', 'written_at'], name='entry_order')],
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.UUIDField(default=opencen.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('type', models.CharField(max_length=16)),
                ('record_id', models.UUIDField(db_index=True)),
                ('note', models.CharField(default='', max_length=300)),
                ('by', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('investigation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='investigations.investigation')),
            ],
            options={
                'db_table': 'investigations_link',
                'constraints': [models.UniqueConstraint(fields=('investigation', 'record_id'), name='link_once')],
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.UUIDField(default=opencen.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('role', models.CharField(max_length=8)),
                ('since', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('investigation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='investigations.investigation')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'db_table': 'investigations_member',
                'constraints': [models.UniqueConstraint(fields=('investigation', 'user'), name='member_once')],
            },
        ),
        migrations.CreateModel(
            name='Overlap',
            fields=[
                ('id', models.UUIDField(default=opencen.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('key', models.CharField(max_length=200)),
                ('at', models.DateTimeField()),
                ('first', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='investigations.investigation')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='investigations.investigation')),
            ],
            options={
                'db_table': 'investigations_overlap',
                'constraints': [models.UniqueConstraint(fields=('first', 'second', 'key'), name='overlap_once')],
            },
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(fields=['assignee_id', 'state', 'due'], name='task_of'),
        ),
        migrations.AddIndex(
            model_name='notice',
            index=models.Index(condition=models.Q(('seen_at', None)), fields=['user_id'], name='notice_unseen'),
        ),
        migrations.AddConstraint(
            model_name='notice',
            constraint=models.UniqueConstraint(fields=('user_id', 'key'), name='notice_once'),
        ),
    ]
