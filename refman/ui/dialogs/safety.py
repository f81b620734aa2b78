"""What protects the library: the last backup, the last check, where the copies are; and doing both now."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from refman.domain.backups import Backup, BackupReason
from refman.domain.errors import RefmanError
from refman.domain.progress import Progress
from refman.domain.sqlite_version import SqliteVersion
from refman.services.backing_up import Backups
from refman.services.deep_check import check_deep
from refman.services.safety_record import SafetyRecord, time_of
from refman.ui.backup_timer import BackupTimer
from refman.ui.icons import IconName, Icons, Tint
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.icon_label import IconLabel
from refman.ui.widgets.looks import ButtonKind, button, label
from refman.ui.widgets.sheet_size import open_at
from refman.ui.wording import sentence

_SIZE = (560, 430)
_ICON = 24
_MB = 1_000_000
_TOP = Qt.AlignmentFlag.AlignTop


@dataclass(frozen=True, slots=True)
class SafetyState:
    """What the page shows."""

    record: SafetyRecord
    backups: tuple[Backup, ...]
    folder: Path
    second: Path | None
    sqlite: SqliteVersion


def read_state(backups: Backups, _: Progress) -> SafetyState:
    """Reads it, on a lane."""
    return SafetyState(
        backups.record(), tuple(backups.all()), backups.folder, backups.second_folder, backups.keeper.sqlite
    )


def _back_up_now(backups: Backups, progress: Progress) -> SafetyState:
    backups.back_up(BackupReason.ASKED)
    backups.write_text(progress)
    return read_state(backups, progress)


def _check_now(backups: Backups, progress: Progress) -> SafetyState:
    problems = check_deep(backups.keeper, backups.location, progress=progress)
    backups.remember_check(problems, is_deep=True)
    return read_state(backups, progress)


class SafetyDialog(QDialog):
    """Never blocks; what takes long runs beside it and is shown when it is done."""

    restore_asked = Signal()

    def __init__(self, keeping: BackupTimer, *, themes: ThemeController, icons: Icons, window: QWidget) -> None:
        super().__init__(window)
        self._keeping = keeping
        self._folder: Path | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("safetyDialog")
        self.setWindowTitle(self.tr("Safety"))
        open_at(self, _SIZE, themes=themes)
        m = themes.metrics
        self._icon = IconLabel(IconName.CIRCLE_CHECK, Tint.NORMAL, icons=icons, themes=themes, design_px=_ICON)
        self.verdict = label(self.tr("Looking…"), TextRole.STRONG, wrap=True)
        head = QHBoxLayout()
        head.setSpacing(m.m)
        head.addWidget(self._icon, 0, _TOP)
        head.addWidget(self.verdict, 1)
        self.lines: dict[str, QLabel] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(m.lg)
        self._grid.setVerticalSpacing(m.m)
        self._grid.setColumnStretch(1, 1)
        for name, caption in self._captions().items():
            self._add_line(name, caption)
        column = QVBoxLayout(self)
        column.setContentsMargins(m.xl, m.xl, m.xl, m.lg)
        column.setSpacing(m.xl)
        column.addLayout(head)
        column.addLayout(self._grid)
        column.addStretch()
        column.addLayout(self._buttons(m.s))
        self._run(read_state, self.tr("Looking…"))

    def _captions(self) -> dict[str, str]:
        return {
            "backup": self.tr("Last backup"),
            "kept": self.tr("Backups kept"),
            "text": self.tr("As plain text"),
            "check": self.tr("Last check"),
            "second": self.tr("Second place"),
            "protected": self.tr("Protected"),
            "sqlite": self.tr("Stored by"),
        }

    def _add_line(self, name: str, caption: str) -> None:
        row = self._grid.rowCount()
        self._grid.addWidget(label(caption, TextRole.SECONDARY), row, 0, _TOP)
        value = label("", wrap=True)
        value.setAccessibleName(caption)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid.addWidget(value, row, 1, _TOP)
        self.lines[name] = value

    def _buttons(self, gap: int) -> QHBoxLayout:
        self.back_up = button(self.tr("Back up now"), ButtonKind.PRIMARY)
        self.back_up.clicked.connect(lambda _=False: self._run(_back_up_now, self.tr("Backing up…")))
        self.check = button(self.tr("Check now"))
        self.check.clicked.connect(lambda _=False: self._run(_check_now, self.tr("Checking the library…")))
        self.restore = button(self.tr("Restore…"))
        self.restore.clicked.connect(lambda _=False: self._ask_to_restore())
        self.show_folder = button(self.tr("Show folder"))
        self.show_folder.clicked.connect(lambda _=False: self._open_folder())
        close = button(self.tr("Close"))
        close.setDefault(True)
        close.clicked.connect(lambda _=False: self.accept())
        row = QHBoxLayout()
        row.setSpacing(gap)
        for made in self._actions():
            row.addWidget(made)
        row.addStretch()
        row.addWidget(close)
        return row

    def _actions(self) -> tuple[QPushButton, ...]:
        return self.back_up, self.check, self.restore, self.show_folder

    def _run(self, work: Callable[[Backups, Progress], SafetyState], doing: str) -> None:
        for one in self._actions():
            one.setEnabled(False)
        self.verdict.setText(doing)
        self._keeping.ask(work, self._show, failed=self._refuse, owner=self)

    def _refuse(self, error: Exception) -> None:
        self._ready()
        self._icon.show_icon(IconName.TRIANGLE_ALERT, Tint.WARNING)
        told = sentence(error) if isinstance(error, RefmanError) else self.tr("This did not work.")
        self.verdict.setText(told)

    def _ready(self) -> None:
        self.back_up.setEnabled(True)
        self.check.setEnabled(True)
        self.restore.setEnabled(True)
        self.show_folder.setEnabled(self._folder is not None and self._folder.exists())

    def _show(self, state: SafetyState) -> None:
        self._folder = state.folder
        self._ready()
        record = state.record
        self._show_verdict(record, has_backups=bool(state.backups))
        last = state.backups[0] if state.backups else None
        self.lines["backup"].setText(_shown(last.when) if last else self.tr("None yet"))
        size = sum(one.size for one in state.backups) / _MB
        kept = self.tr("{0}, {1} MB").format(len(state.backups), f"{size:,.1f}")
        self.lines["kept"].setText(kept if state.backups else self.tr("None yet"))
        text = time_of(record.text_written)
        self.lines["text"].setText(_shown(text) if text else self.tr("Not written yet"))
        self.lines["check"].setText(self._check_line(record))
        self.lines["second"].setText(self._second_line(state))
        self.lines["protected"].setText(
            self.tr("Papers, tags, notes, searches, sources and history. Attached files are checked, not copied.")
        )
        problem = state.sqlite.problem
        self.lines["sqlite"].setText(sentence(problem) if problem else f"SQLite {state.sqlite.version}")

    def _show_verdict(self, record: SafetyRecord, *, has_backups: bool) -> None:
        if record.is_unsound:
            self._icon.show_icon(IconName.TRIANGLE_ALERT, Tint.DANGER)
            self.verdict.setText(self.tr("The last check found damage. Restore a backup; none is replaced meanwhile."))
        elif not has_backups:
            self._icon.show_icon(IconName.INFO, Tint.NORMAL)
            self.verdict.setText(self.tr("There is no backup yet. The first one is made after a change."))
        else:
            self._icon.show_icon(IconName.CIRCLE_CHECK, Tint.NORMAL)
            self.verdict.setText(self.tr("Your library is backed up."))

    def _check_line(self, record: SafetyRecord) -> str:
        when = time_of(record.checked)
        if when is None:
            return self.tr("Not checked yet")
        verdict = record.problems[0] if record.problems else self.tr("sound")
        return f"{_shown(when)}: {verdict}"

    def _second_line(self, state: SafetyState) -> str:
        if state.second is None:
            return self.tr("None; a folder on another disk can be set in the preferences.")
        return state.record.second_problem or str(state.second)

    def _ask_to_restore(self) -> None:
        # Two sheets over each other would say two things about one library.
        self.accept()
        self.restore_asked.emit()

    def _open_folder(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


def _shown(when: datetime) -> str:
    return when.astimezone().strftime("%Y-%m-%d %H:%M")
