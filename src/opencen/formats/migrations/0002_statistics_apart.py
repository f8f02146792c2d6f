
import django.db.models.deletion
import opencen.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("formats", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="StatisticsSource",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=opencen.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("office_id", models.UUIDField()),
                ("country", models.CharField(default="", max_length=2)),
                ("first_period", models.CharField(max_length=10)),
                ("last_period", models.CharField(max_length=10)),
                ("is_current", models.BooleanField(default=True)),
                ("created_by", models.UUIDField()),
                ("created_at", models.DateTimeField()),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="statistics", to="formats.importbatch"
                    ),
                ),
            ],
            options={
                "db_table": "formats_statistics_source",
            },
        ),
        migrations.CreateModel(
            name="StatisticsFigure",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("row", models.IntegerField()),
                ("period", models.CharField(max_length=10)),
                ("measure", models.CharField(max_length=12)),
                ("commodity", models.CharField(default="", max_length=120)),
                ("commodity_text", models.CharField(default="", max_length=200)),
                ("unit", models.CharField(default="", max_length=20)),
                ("value", models.CharField(max_length=60)),
                ("further", models.JSONField(default=dict)),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="formats.statisticssource",
                    ),
                ),
            ],
            options={
                "db_table": "formats_statistics_figure",
            },
        ),
        migrations.AddIndex(
            model_name="statisticssource",
            index=models.Index(fields=["is_current", "office_id"], name="statistics_current"),
        ),
        migrations.AddIndex(
            model_name="statisticsfigure",
            index=models.Index(fields=["source", "measure", "period"], name="statistics_measure"),
        ),
    ]
