"""Hold acts to their content: only an erasure may change a row, and only its nominal part."""

from django.db import migrations

from opencen.seizures.small_records.append_only import holding, releasing

TABLE = "legal_act"


def hold(apps, schema_editor):
    for statement in holding(TABLE, schema_editor.connection.vendor):
        schema_editor.execute(statement)


def release(apps, schema_editor):
    for statement in releasing(TABLE, schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("legal", "0001_proceedings")]
    operations = [migrations.RunPython(hold, release)]
