"""Sentences of the lower layers in the language of the window: translated by code, English where there is none."""

from PySide6.QtCore import QCoreApplication

from refman.domain.errors import Problem, RefmanError
from refman.services.outcome import Outcome

KEY_WAITS = "made from author, year and title"
"""What stands quietly in the place of a citation key that waits (decision 0054); translated in the context `Key`."""


def key_waits() -> str:
    """`KEY_WAITS` in the language of the window."""
    return QCoreApplication.translate("Key", KEY_WAITS)


def sentence(said: "RefmanError | Problem | Outcome") -> str:
    """The sentence of an error, a problem or an outcome.

    A translation is found by the code in the context `Sentence` and has `{0}`, `{1}` ... for the arguments.
    """
    translated = QCoreApplication.translate("Sentence", said.code)
    return said.message if translated == said.code else translated.format(*said.arguments)
