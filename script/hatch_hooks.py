"""Build steps of the package: its dependencies from requirements/base.in, and nothing without what was built."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface


class DependencyHook(MetadataHookInterface):
    """Read the dependencies from the file that the lock files are compiled from."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set the package's dependencies."""
        lines = Path(self.root, "requirements", "base.in").read_text("utf-8").splitlines()
        stripped = (line.split("#")[0].strip() for line in lines)
        metadata["dependencies"] = [line for line in stripped if line and not line.startswith("-")]


class CompletenessHook(BuildHookInterface[Any]):
    """Refuse a wheel without the built front end or the compiled catalogues."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Look before the files are gathered."""
        if self.target_name != "wheel" or version == "editable":
            return
        built = Path(self.root, "src", "opencen", "web", "static", "build")
        if not any(built.glob("**/*.js")):
            raise RuntimeError("the front end is not built: run script/build-frontend first")
        locale = Path(self.root, "src", "opencen", "locale")
        languages = [part.name for part in (locale / "parts").iterdir() if any(part.glob("*.po"))]
        if not all((locale / language / "LC_MESSAGES" / "django.mo").exists() for language in languages):
            raise RuntimeError("the catalogues are not compiled: run script/messages first")


def get_metadata_hook() -> type[MetadataHookInterface]:
    """Name the metadata hook for hatchling."""
    return DependencyHook


def get_build_hook() -> type[BuildHookInterface[Any]]:
    """Name the build hook for hatchling."""
    return CompletenessHook
