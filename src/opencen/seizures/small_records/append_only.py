"""Triggers that hold acts to their content: only an erasure may change a row, and only its nominal part."""

from __future__ import annotations

from collections.abc import Iterator

FIXED = ("record_id", "kind", "at", "by", "recorded_at", "public", "corrects")


def holding(table: str, vendor: str) -> Iterator[str]:
    """Yield the statements that hold a table of acts to its content."""
    if vendor == "postgresql":
        changed = " OR ".join(f'NEW."{name}" IS DISTINCT FROM OLD."{name}"' for name in FIXED)
        yield (
            f"CREATE OR REPLACE FUNCTION {table}_refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF TG_OP = 'DELETE' OR {changed} "
            "THEN RAISE EXCEPTION 'an act does not change'; END IF; RETURN NEW; END $$"
        )
        yield (
            f"CREATE TRIGGER {table}_holds BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse_change()"
        )
        return
    changed = " OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name in FIXED)
    yield (
        f"CREATE TRIGGER {table}_holds_update BEFORE UPDATE ON {table} WHEN {changed} "
        "BEGIN SELECT RAISE(ABORT, 'an act does not change'); END"
    )
    yield (
        f"CREATE TRIGGER {table}_holds_delete BEFORE DELETE ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'an act does not change'); END"
    )


def releasing(table: str, vendor: str) -> Iterator[str]:
    """Yield the statements that undo `holding`."""
    if vendor == "postgresql":
        yield f"DROP TRIGGER {table}_holds ON {table}"
        return
    yield f"DROP TRIGGER {table}_holds_update"
    yield f"DROP TRIGGER {table}_holds_delete"
