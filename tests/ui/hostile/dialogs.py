"""How each dialog is opened over what a stranger sent; a new dialog needs its line here."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QMimeData

from refman.domain.backups import Backup
from refman.domain.paper import Paper, PaperId
from refman.domain.profile import AuthorProfile
from refman.ui.commands.links import open_rename
from refman.ui.detail.questions import DetailQuestions
from refman.ui.dialogs.backups import BackupsDialog
from refman.ui.dialogs.confirm import Question
from refman.ui.dialogs.crash import CrashDialog, CrashReport
from refman.ui.dialogs.word_proposals import WordProposals
from refman.ui.icons import Icons
from refman.ui.linked.joint import LinkJoint
from refman.ui.merging.flow import MergeFlow
from refman.ui.sidebar.prompts import CapturesDialog
from tests.ui.hostile.library import bib_text
from tests.ui.main_window.person import Person


class Stranger:
    """What was sent, and who looks at it."""

    def __init__(self, person: Person, payload: str, *, ids: list[PaperId], refs: Path) -> None:
        self.person = person
        self.payload = payload
        self.ids = ids
        self.refs = refs

    @property
    def joint(self) -> LinkJoint:
        """The linked files of the window."""
        found = self.person.window.findChild(LinkJoint)
        assert isinstance(found, LinkJoint)
        return found

    def paper(self) -> Paper:
        """The first that was sent."""
        paper = self.person.knows(lambda library: library.paper(self.ids[0]))
        assert isinstance(paper, Paper)
        return paper

    def profile(self) -> AuthorProfile:
        """An author whose name a page cannot have, but a hostile library can."""
        profiles = self.person.knows(lambda library: library.profiles())
        assert isinstance(profiles, list) and isinstance(profiles[0], AuthorProfile)
        return replace(profiles[0], name=self.payload)


def _command(name: str) -> Callable[[Stranger], None]:
    return lambda stranger: stranger.person.does(name)


def _paste(stranger: Stranger) -> None:
    """Pasted beside the library: the preview of an import."""
    mime = QMimeData()
    mime.setText(bib_text(stranger.payload.replace("trap.png", "other.png"), 4))
    mime.setHtml(stranger.payload)
    stranger.person.context.live.change("preview_before_import", True)
    stranger.person.context.imports.take(mime)


def _names(stranger: Stranger) -> None:
    person = stranger.person
    questions = person.context.detail.findChild(DetailQuestions)
    assert isinstance(questions, DetailQuestions)
    questions.ask_for_people(stranger.paper(), "author")


def _problems(stranger: Stranger) -> None:
    person = stranger.person
    person.context.voice.say_with_problems(stranger.payload, [stranger.payload] * 3)
    person.clicks_button("Show problems")


def _crash(stranger: Stranger) -> None:
    window = stranger.person.window
    report = CrashReport(f"ValueError: {stranger.payload}\n")
    CrashDialog(report, themes=window.themes, icons=Icons(window.themes), window=window).show()


def _question(stranger: Stranger) -> None:
    text = stranger.payload
    stranger.person.context.dialogs.ask(Question(text, text, deed=text, other=text), lambda: None)


def _words(stranger: Stranger) -> None:
    window = stranger.person.window
    WordProposals([stranger.payload], themes=window.themes, parent=window).open()


def _backups(stranger: Stranger) -> None:
    window = stranger.person.window
    sent = Backup(1, datetime.now(UTC), stranger.payload, stranger.payload, 1)
    BackupsDialog([sent], themes=window.themes, window=window).open()


def _merge(stranger: Stranger) -> None:
    MergeFlow(stranger.person.context, stranger.ids[:2]).begin(stranger.ids[0])


def _captures(stranger: Stranger) -> None:
    window = stranger.person.window
    CapturesDialog(stranger.profile(), window.themes, parent=window).open()


DIALOGS: dict[str, Callable[[Stranger], None]] = {
    "AboutDialog": _command("help.about"),
    "BackupsDialog": _backups,
    "CapturesDialog": _captures,
    "CommandPalette": _command("help.palette"),
    "ConfirmDialog": _question,
    "CrashDialog": _crash,
    "ExportDialog": _command("file.export"),
    "ExportProfilesDialog": lambda stranger: stranger.person.context.dialogs.open_export_profiles(),
    "HistoryDialog": _command("edit.history"),
    "ImportPreview": _paste,
    "KeyPreview": _command("paper.preview_keys"),
    "LinkSettingsSheet": lambda stranger: stranger.joint.settings(str(stranger.refs)),
    "LinkSheet": lambda stranger: stranger.joint.review(str(stranger.refs)),
    "MergeSheet": _merge,
    "NamePrompt": lambda stranger: stranger.person.context.dialogs.ask_to_save_search(stranger.payload),
    "NamesDialog": _names,
    "PreferencesDialog": _command("edit.preferences"),
    "ProblemsDialog": _problems,
    "ProjectSheet": lambda stranger: stranger.joint.project(str(stranger.refs)),
    "QualityDialog": _command("quality.open"),
    "RenameSheet": lambda stranger: open_rename(stranger.person.context, stranger.paper().key),
    "SafetyDialog": _command("file.safety"),
    "ShortcutsDialog": _command("help.shortcuts"),
    "StringsDialog": _command("edit.strings"),
    "TagEditor": _command("tags.edit"),
    "TrashDialog": _command("paper.trash_things"),
    "WordProposals": _words,
}
