"""Only the tail tells good code from bad: limits on files, functions, nesting and parameters."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LIMITS = {"file lines": 400, "function lines": 50, "nesting": 3, "parameters": 8}

# Each exemption gives its reason and fails as soon as the place is within the limit again.
EXEMPT: dict[tuple[str, str], str] = {
    (
        "src/opencen/web/components.py:sample_parts",
        "function lines",
    ): "one list of samples for the design system's page",
    (
        "tests/formats/test_pangolin_file.py"
        ":test_every_incident_is_stored_once_and_the_same_file_again_changes_nothing",
        "function lines",
    ): "one import followed to its end by the numbers of the real file",
}

NESTING = (ast.If, ast.For, ast.While, ast.Try, ast.Match, ast.AsyncFor)  # decisions and loops; `with` only opens
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Excess:
    """One place above one limit."""

    place: str
    kind: str
    value: int


def _depth(node: ast.AST, level: int = 0) -> int:
    """Measure how deep blocks are nested; `elif` does not count as deeper."""
    deepest = level
    for field, value in ast.iter_fields(node):
        children = [child for child in (value if isinstance(value, list) else [value]) if isinstance(child, ast.AST)]
        for child in children:
            if isinstance(child, Function | ast.ClassDef | ast.Lambda):
                continue
            is_elif = (
                isinstance(node, ast.If) and field == "orelse" and isinstance(child, ast.If) and len(children) == 1
            )
            deeper = isinstance(child, NESTING) and not is_elif
            deepest = max(deepest, _depth(child, level + 1 if deeper else level))
    return deepest


def _measure_function(function: Function) -> dict[str, int]:
    arguments = function.args
    counted = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return {
        "function lines": (function.end_lineno or function.lineno) - function.lineno + 1,
        "nesting": _depth(function),
        "parameters": len([argument for argument in counted if argument.arg not in ("self", "cls")]),
    }


def find_excesses(source: str, name: str) -> Iterator[Excess]:
    """Yield every place of a file above a limit."""
    lines = source.count("\n")
    if lines > LIMITS["file lines"]:
        yield Excess(name, "file lines", lines)
    for function in [node for node in ast.walk(ast.parse(source)) if isinstance(node, Function)]:
        for kind, value in _measure_function(function).items():
            if value > LIMITS[kind]:
                yield Excess(f"{name}:{function.name}", kind, value)


def _scan(project: Path) -> list[Excess]:
    files = [path for folder in ("src", "tests", "script") for path in sorted((project / folder).rglob("*.py"))]
    kept = [path for path in files if "migrations" not in path.parts]
    return [
        excess
        for path in kept
        for excess in find_excesses(path.read_text("utf-8"), path.relative_to(project).as_posix())
    ]


def test_no_place_is_above_a_limit_without_a_reason(project: Path) -> None:
    excesses = [excess for excess in _scan(project) if (excess.place, excess.kind) not in EXEMPT]
    assert excesses == []


def test_every_exemption_is_still_needed(project: Path) -> None:
    needed = {(excess.place, excess.kind) for excess in _scan(project)}
    assert set(EXEMPT) - needed == set()


def test_the_measure_sees_what_it_should() -> None:
    deep = "def f(a, b, c, d, e, f, g, h, i):\n if a:\n  for b in c:\n   while d:\n    if e:\n     pass\n"
    found = {excess.kind: excess.value for excess in find_excesses(deep, "x.py")}
    assert found == {"nesting": 4, "parameters": 9}
    chain = "def f(a):\n if a == 1:\n  pass\n elif a == 2:\n  pass\n elif a == 3:\n  pass\n elif a == 4:\n  pass\n"
    assert list(find_excesses(chain, "x.py")) == []
    assert {excess.kind for excess in find_excesses("def f():\n" + " x = 1\n" * 401, "x.py")} == {
        "file lines",
        "function lines",
    }
