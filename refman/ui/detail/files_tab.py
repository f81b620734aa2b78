"""The tab Files: what is attached to a paper."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from refman.domain.paper import Attachment, Paper, PaperId
from refman.services.opening import is_document
from refman.ui.detail.value_editors import beside_text
from refman.ui.door import LibraryDoor
from refman.ui.icons import IconName, Icons
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.elided_label import ElidedLabel
from refman.ui.widgets.looks import Surface, button, label, stand_on


class FilesTab(QWidget):
    """Attach, open, show in its folder, take off; files dropped on the details are copied (`ui.drops`)."""

    opened = Signal(object)
    """A file was given to the system: its Path."""

    def __init__(
        self, library: LibraryDoor, themes: ThemeController, *, icons: Icons, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._themes = themes
        self._icons = icons
        self._paper_id: PaperId | None = None
        self._attachments: tuple[Attachment, ...] | None = None
        self._is_writable = True
        self.attach = button(self.tr("Attach a copy…"))
        self.attach.setIcon(icons.icon(IconName.PAPERCLIP))
        self.attach.clicked.connect(lambda _=False: self._ask_for_file(copy=True))
        self.link = button(self.tr("Link a file…"))
        self.link.setIcon(icons.icon(IconName.LINK))
        self.link.clicked.connect(lambda _=False: self._ask_for_file(copy=False))
        self.empty = label(
            self.tr("No files yet. A copy is kept beside the library; a link leaves the file where it is."),
            TextRole.SECONDARY,
            wrap=True,
        )
        page = QWidget()
        stand_on(page, Surface.SURFACE)
        self._column = QVBoxLayout(page)
        self._rows = QVBoxLayout()
        self._column.addLayout(self._rows)
        self._column.addWidget(self.empty)
        buttons = QHBoxLayout()
        buttons.setSpacing(themes.metrics.s)
        buttons.addWidget(self.attach)
        buttons.addWidget(self.link)
        buttons.addStretch()
        self._column.addLayout(buttons)
        self._column.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(page)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)
        self._apply_theme()
        themes.changed.connect(self._apply_theme)

    def show_paper(self, paper: Paper | None) -> None:
        """Whose files are shown."""
        self._paper_id = paper.id if paper else None
        attachments = paper.attachments if paper else ()
        if attachments == self._attachments:
            return
        self._attachments = attachments
        while (item := self._rows.takeAt(0)) is not None:
            row = item.widget()
            if row is not None:
                row.hide()
                row.deleteLater()
        for attachment in attachments:
            self._rows.addWidget(self._row(attachment))
        self.empty.setVisible(not attachments)

    def set_writable(self, is_writable: bool) -> None:
        """Whether files can be attached and taken off."""
        self._is_writable = is_writable
        self.attach.setEnabled(is_writable)
        self.link.setEnabled(is_writable)

    def _row(self, attachment: Attachment) -> QWidget:
        metrics = self._themes.metrics
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, metrics.xs, 0, metrics.xs)
        layout.setSpacing(metrics.xs)
        names = QVBoxLayout()
        names.setSpacing(0)
        title = attachment.title or Path(attachment.path).name
        names.addWidget(ElidedLabel(title))
        where = self.tr("Copy beside the library") if attachment.is_stored else attachment.path
        names.addWidget(ElidedLabel(where, TextRole.SECONDARY, elide=Qt.TextElideMode.ElideMiddle))
        layout.addLayout(names, 1)
        deeds = (
            (IconName.EXTERNAL_LINK, self.tr("Open"), lambda: self._open(attachment)),
            (IconName.FOLDER_OPEN, self.tr("Show in its folder"), lambda: self._show_in_folder(attachment)),
            (IconName.X, self.tr("Take off the paper; the file stays"), lambda: self._remove(attachment)),
        )
        for icon, name, deed in deeds:
            made = QToolButton()
            made.setIcon(self._icons.icon(icon))
            made.setIconSize(metrics.icon_size(16))
            made.setToolTip(name)
            made.setAccessibleName(f"{name}: {title}")
            made.setEnabled(self._is_writable or icon is not IconName.X)
            made.clicked.connect(lambda _=False, do=deed: do())
            layout.addWidget(made)
        return row

    def _open(self, attachment: Attachment) -> None:
        def show(path: Path) -> None:
            if is_document(path):
                self._give_to_the_system(path)
                return
            # Late: a start need not pay for it.
            from refman.ui.dialogs.confirm import Question, ask

            question = Question(
                self.tr("Open {0}?").format(path.name),
                self.tr("It may be a program or hold one: {0}").format(path),
                self.tr("Open it"),
                is_destructive=True,
            )
            ask(
                question,
                lambda: self._give_to_the_system(path),
                themes=self._themes,
                icons=self._icons,
                window=self.window(),
            )

        self._library.read(lambda library: library.attachment_path(attachment), show, owner=self)

    def _give_to_the_system(self, path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        self.opened.emit(path)

    def _show_in_folder(self, attachment: Attachment) -> None:
        def show(folder: Path) -> None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

        self._library.read(lambda library: library.attachment_path(attachment).parent, show, owner=self)

    def _remove(self, attachment: Attachment) -> None:
        self._library.write(lambda library: library.remove_attachment(attachment.id), owner=self)

    def _ask_for_file(self, *, copy: bool) -> None:
        # Late: a start need not pay for it.
        from refman.ui.dialogs.own_files import FileDialog

        dialog = FileDialog(self, self.tr("Attach a file") if copy else self.tr("Link a file"))
        dialog.setFileMode(FileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Documents (*.pdf *.djvu *.ps *.epub)"), self.tr("All files (*)")])
        dialog.fileSelected.connect(lambda path: self._attach(Path(path), copy=copy))
        dialog.open()

    def _attach(self, path: Path, *, copy: bool) -> None:
        paper_id = self._paper_id
        if paper_id is None:
            return
        self._library.write(lambda library: library.attach(paper_id, path, copy=copy), owner=self)

    def _apply_theme(self) -> None:
        metrics = self._themes.metrics
        for made in (
            self.attach,
            self.link,
        ):
            made.setIconSize(beside_text(metrics))
        self._column.setContentsMargins(metrics.m, metrics.m, metrics.m, metrics.m)
        self._column.setSpacing(metrics.m)
