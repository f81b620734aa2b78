"""Lanes that are closed after each test."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from refman.ui.tasks import Lanes
from tests.ui.tasks.work import PATIENCE_MS, Heard


@pytest.fixture
def lanes(qtbot: QtBot) -> Iterator[Lanes]:
    lanes = Lanes()
    yield lanes
    assert lanes.close(PATIENCE_MS)


@pytest.fixture
def owner(qtbot: QtBot) -> QObject:
    return QObject()


@pytest.fixture
def heard() -> Heard:
    return Heard()
