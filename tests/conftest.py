"""What tests of finished handouts share: a cache of their own, and a clinic whose content a test makes up."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from tests.pages.printed import OwnClinic


def pytest_configure(config: pytest.Config) -> None:
    """Fonts, colours and logos are prepared anew in each run: nothing that older code made can hide a mistake."""
    folder = tempfile.TemporaryDirectory(prefix="handouts-cache-")
    config.add_cleanup(folder.cleanup)
    os.environ.setdefault("HANDOUTS_CACHE", folder.name)
    kept = tempfile.TemporaryDirectory(prefix="handouts-data-")  # never the keys of whoever runs the tests
    config.add_cleanup(kept.cleanup)
    os.environ.setdefault("HANDOUTS_DATA", kept.name)


@pytest.fixture
def own(tmp_path: Path) -> OwnClinic:
    """A clinic's own folder, laid over the shipped one."""
    return OwnClinic(tmp_path / "clinic")
