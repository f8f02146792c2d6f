"""The wheel holds everything that a server without Node and without internet needs."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from opencen.kernel.languages import TRANSLATED

pytestmark = [pytest.mark.slow, pytest.mark.sqlite_only]


@pytest.fixture(scope="module")
def wheel(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not any((project / "src/opencen/web/static/build").glob("**/*.js")):
        pytest.skip("the front end is not built: run script/build-frontend")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(project)]
    subprocess.run(command, check=True, capture_output=True, text=True)
    return next(folder.glob("opencen-*.whl"))


def test_the_wheel_holds_front_end_catalogues_and_data(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    spoken = [f"locale/{language}/LC_MESSAGES/django.mo" for language in TRANSLATED]
    listed = [f"codelists/data/{language}/_titles.csv" for language in TRANSLATED if language != "fr"]
    for part in ("web/static/build/", *spoken, *listed, "codelists/data/commodity.csv"):
        assert any(name.startswith(f"opencen/{part}") for name in names), part
    assert any(name.endswith(".js") for name in names)
    assert any(name.endswith("layouts/case.toml") for name in names)
    assert not [name for name in names if "node_modules" in name or name.endswith(".pyc")]


def test_the_wheel_names_the_dependencies_of_the_lock_file(wheel: Path, project: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    metadata = archive.read(next(name for name in archive.namelist() if name.endswith("METADATA"))).decode()
    wanted = [line.strip() for line in (project / "requirements/base.in").read_text().splitlines() if line.strip()]
    named = [line.split(": ")[1].split(";")[0] for line in metadata.splitlines() if line.startswith("Requires-Dist: ")]
    assert len(named) == len(wanted)
    assert "License-Expression: Apache-2.0" in metadata


def test_the_wheel_runs_from_a_fresh_environment(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=True)
    python = tmp_path / "venv" / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "-q", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    packages = next(Path(path) for path in sys.path if path.endswith("site-packages"))
    pure = next((tmp_path / "venv").glob("lib/python*/site-packages"))
    (pure / "dependencies.pth").write_text(f"{packages}\n")  # the locked packages, without asking an index
    home = tmp_path / "home"
    command = [str(tmp_path / "venv" / "bin" / "opencen"), "--home", str(home)]
    clean = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    subprocess.run([*command, "init"], check=True, env=clean, capture_output=True, cwd=tmp_path)
    said = subprocess.run(
        [*command, "check"], check=True, env=clean, capture_output=True, text=True, cwd=tmp_path
    ).stdout
    assert "the front end is built" in said
    script = "import opencen; print(opencen.__file__)"
    place = subprocess.run([str(python), "-c", script], env=clean, capture_output=True, text=True, cwd=tmp_path).stdout
    assert place.startswith(str(tmp_path / "venv"))
