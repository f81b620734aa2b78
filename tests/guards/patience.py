"""Tests wait for what they expect to see, and long: a slow machine is no failure."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker

LONG_MS = 60_000
"""As long as anything may take; what waits with it goes on as soon as it is done."""


class PatientBot(QtBot):
    """pytest-qt's bot, which gives up after a minute and not after five seconds."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = LONG_MS) -> None:
        """Waits until it is so."""
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(
        self,
        signal: SignalInstance,
        *,
        timeout: int = LONG_MS,
        raising: bool | None = None,
        check_params_cb: Callable[..., bool] | None = None,
    ) -> SignalBlocker:
        """Waits for a signal at the end of the block."""
        return super().waitSignal(signal, timeout=timeout, raising=raising, check_params_cb=check_params_cb)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Instead of pytest-qt's own."""
    return PatientBot(request)
