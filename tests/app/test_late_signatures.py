"""PySide's texts of signatures are compiled late, and say what they say without that."""

import subprocess
import sys

_PLAINLY = "import PySide6.QtWidgets\n"
_AS_REFMAN_DOES = "from refman.app.loading import loading_window\nwith loading_window(): pass\n" + _PLAINLY

_UNCOMPILED = """
import sys
def uncompiled():
    return [name.rpartition(".")[2] for name, module in sys.modules.items()
            if name.startswith("shibokensupport.") and not getattr(module, "_has_run", True)]
print(sorted(uncompiled()))
"""

_ASKS = """
from PySide6.QtCore import QObject, QSize
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
def said(deed):
    try:
        deed()
    except Exception as error:
        print(type(error).__name__, error)
said(lambda: QObject().setObjectName(4))
said(lambda: QLabel(3, 4, 5, 6))
said(lambda: QLabel(nothing=3))
said(lambda: QSize("wide", 3))
print(QLabel.setText.__doc__)
from PySide6.support.signature import get_signature
print(get_signature(QLabel.setAlignment))
import PySide6.support.signature.lib.pyi_generator as generator
print(sorted(name for name in vars(generator) if name[0] != "_"))
help(QLabel.setMargin)
"""


def _told_by(program: str) -> str:
    """What a Python of its own prints: this one has compiled everything long ago."""
    return subprocess.run([sys.executable, "-c", program], check=True, stdout=subprocess.PIPE, text=True).stdout


def test_a_start_compiles_none_of_them() -> None:
    told = _told_by(_AS_REFMAN_DOES + _UNCOMPILED)
    assert told.strip() == "['enum_sig', 'errorhandler', 'layout', 'parser', 'pyi_generator', 'tool']"


def test_wrong_arguments_and_help_are_told_as_without_refman() -> None:
    told = _told_by(_AS_REFMAN_DOES + _ASKS)
    assert "Supported signatures:" in told
    assert told == _told_by(_PLAINLY + _ASKS)


def test_the_import_of_python_is_left_as_it_was() -> None:
    program = "import builtins\nbefore = builtins.__import__\n" + _AS_REFMAN_DOES
    assert _told_by(program + "print(builtins.__import__ is before)").strip() == "True"


def test_a_qt_that_is_loaded_already_stays_as_it_is() -> None:
    assert _told_by(_PLAINLY + _AS_REFMAN_DOES + _UNCOMPILED).strip() == "[]"
