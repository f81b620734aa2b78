"""Sentences of the lower layers in the language of the window: translated by code, English where there is none."""

from PySide6.QtCore import QCoreApplication

from refman.domain.errors import Problem, RefmanError
from refman.services.outcome import Outcome


def sentence(said: "RefmanError | Problem | Outcome") -> str:
    """The sentence of an error, a problem or an outcome.

    A translation is found by the code in the context `Sentence` and has `{0}`, `{1}` ... for the arguments.
    """
    translated = QCoreApplication.translate("Sentence", said.code)
    return said.message if translated == said.code else translated.format(*said.arguments)
