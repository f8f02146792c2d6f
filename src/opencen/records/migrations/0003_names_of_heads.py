"""Keep what names somebody apart in the head, where an erasure empties it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0002_revisions_hold")]
    operations = [
        migrations.AddField(
            model_name="record",
            name="nominal_summary",
            field=models.TextField(default="{}"),
        ),
    ]
