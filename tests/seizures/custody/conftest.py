"""Who keeps exhibits, and the case that they are of."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def keeper() -> Any:
    """Give somebody who keeps a store."""
    from tests import make  # noqa: PLC0415 - settings load first

    return make.actor("validator", "RDS")


@pytest.fixture
def case() -> Any:
    """Give a case with goods to keep."""
    from tests.seizures.custody.acting import driven  # noqa: PLC0415 - settings load first

    return driven()
