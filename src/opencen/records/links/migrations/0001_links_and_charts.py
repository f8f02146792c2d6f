import django.db.models.deletion
import opencen.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("records", "0002_revisions_hold"),
    ]

    operations = [
        migrations.CreateModel(
            name="Chart",
            fields=[
                ("id", models.UUIDField(default=opencen.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("owner_id", models.UUIDField()),
                ("office_id", models.UUIDField(null=True)),
                ("name", models.CharField(max_length=80)),
                ("audience", models.CharField(default="private", max_length=8)),
                ("content", models.TextField()),
                ("changed_at", models.DateTimeField()),
            ],
            options={
                "db_table": "records_chart",
                "constraints": [models.UniqueConstraint(fields=("owner_id", "name"), name="chart_once")],
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("id", models.UUIDField(default=opencen.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("first_id", models.UUIDField(db_index=True)),
                ("second_id", models.UUIDField(db_index=True)),
                ("kind", models.CharField(default="", max_length=16)),
                ("role", models.CharField(default="", max_length=96)),
                ("since", models.CharField(default="", max_length=40)),
                ("until", models.CharField(default="", max_length=40)),
                ("source_reliability", models.CharField(default="", max_length=96)),
                ("information_credibility", models.CharField(default="", max_length=96)),
                ("handling", models.CharField(default="", max_length=96)),
                ("source_id", models.UUIDField(null=True)),
                ("note", models.TextField(default="")),
                ("state", models.CharField(default="open", max_length=8)),
                ("made_by", models.UUIDField()),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "db_table": "records_link",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", ""), _negated=True),
                        fields=("first_id", "second_id", "kind"),
                        name="suggestion_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Judgement",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("verdict", models.CharField(max_length=8)),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("link", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="judgements", to="links.link")),
            ],
            options={
                "db_table": "records_link_judgement",
            },
        ),
    ]
