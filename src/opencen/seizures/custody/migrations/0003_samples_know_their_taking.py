"""Let a sample know the act by which it was taken, so that a correction of that act reaches it."""

from django.db import migrations, models


def find_takings(apps, schema_editor):
    """Match samples, in the order of their making, with the acts that took them, in the order of their recording."""
    exhibits, acts = apps.get_model("custody", "Exhibit"), apps.get_model("custody", "CustodyAct")
    samples = {}
    for sample in exhibits.objects.exclude(parent=None).order_by("created_at", "id"):
        samples.setdefault(sample.parent_id, []).append(sample)
    for parent_id, taken in samples.items():
        takings = acts.objects.filter(exhibit_id=parent_id, kind="sampled", corrects=None)
        for sample, act in zip(taken, takings.order_by("recorded_at", "id"), strict=False):
            exhibits.objects.filter(pk=sample.pk).update(sampled_by=act.pk)


class Migration(migrations.Migration):
    dependencies = [("custody", "0002_hold_acts")]
    operations = [
        migrations.AddField("exhibit", "sampled_by", models.UUIDField(null=True)),
        migrations.RunPython(find_takings, migrations.RunPython.noop),
    ]
