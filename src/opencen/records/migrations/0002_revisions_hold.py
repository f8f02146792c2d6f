"""Hold revisions to their content: only an erasure may change a row, and only its nominal columns."""

from django.db import migrations

FIXED = (
    "record_id", "number", "author_id", "at", "submission_id", "schema_version",
    "public_digest", "nominal_digest",
)


def hold(apps, schema_editor):
    for statement in _statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def release(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER revision_holds ON records_revision")
    else:
        schema_editor.execute("DROP TRIGGER revision_holds_update")
        schema_editor.execute("DROP TRIGGER revision_holds_delete")


def _statements(vendor):
    if vendor == "postgresql":
        changed = " OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in FIXED)
        yield (
            "CREATE OR REPLACE FUNCTION revision_refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF TG_OP = 'DELETE' OR {changed} OR NEW.public <> OLD.public "
            "THEN RAISE EXCEPTION 'a revision does not change'; END IF; RETURN NEW; END $$"
        )
        yield (
            "CREATE TRIGGER revision_holds BEFORE UPDATE OR DELETE ON records_revision "
            "FOR EACH ROW EXECUTE FUNCTION revision_refuse_change()"
        )
        return
    changed = " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in FIXED)
    yield (
        "CREATE TRIGGER revision_holds_update BEFORE UPDATE ON records_revision "
        f"WHEN {changed} OR NEW.public IS NOT OLD.public "
        "BEGIN SELECT RAISE(ABORT, 'a revision does not change'); END"
    )
    yield (
        "CREATE TRIGGER revision_holds_delete BEFORE DELETE ON records_revision "
        "BEGIN SELECT RAISE(ABORT, 'a revision does not change'); END"
    )


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [migrations.RunPython(hold, release)]
