"""Hold the log of an investigation to its content: only an erasure empties a text, and it says when."""

from django.db import migrations

FIXED = ("id", "investigation_id", "kind", "at", "written_at", "by", "channel", "direction", "corrects", "data")
TEXTS = ("text", "party")
TABLE = "investigations_entry"
SAYING = "the log of an investigation does not change"


def hold(apps, schema_editor):
    for statement in _statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def release(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER {TABLE}_holds ON {TABLE}")
    else:
        schema_editor.execute(f"DROP TRIGGER {TABLE}_holds_update")
        schema_editor.execute(f"DROP TRIGGER {TABLE}_holds_delete")


def _changed(differs):
    fixed = " OR ".join(f'NEW."{name}" {differs} OLD."{name}"' for name in FIXED)
    texts = " OR ".join(f'(NEW."{name}" {differs} OLD."{name}" AND NEW."{name}" <> \'\')' for name in TEXTS)
    unsaid = " OR ".join(f'(NEW."{name}" {differs} OLD."{name}" AND NEW.erased_at IS NULL)' for name in TEXTS)
    return f"{fixed} OR {texts} OR {unsaid}"


def _statements(vendor):
    if vendor == "postgresql":
        yield (
            f"CREATE OR REPLACE FUNCTION {TABLE}_refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF TG_OP = 'DELETE' THEN RAISE EXCEPTION '{SAYING}'; END IF; "
            f"IF {_changed('IS DISTINCT FROM')} THEN RAISE EXCEPTION '{SAYING}'; END IF; RETURN NEW; END $$"
        )
        yield (
            f"CREATE TRIGGER {TABLE}_holds BEFORE UPDATE OR DELETE ON {TABLE} "
            f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse_change()"
        )
        return
    yield (
        f"CREATE TRIGGER {TABLE}_holds_update BEFORE UPDATE ON {TABLE} WHEN {_changed('IS NOT')} "
        f"BEGIN SELECT RAISE(ABORT, '{SAYING}'); END"
    )
    yield f"CREATE TRIGGER {TABLE}_holds_delete BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{SAYING}'); END"


class Migration(migrations.Migration):
    dependencies = [("investigations", "0001_keep_teams_tasks_and_logs")]
    operations = [migrations.RunPython(hold, release)]
