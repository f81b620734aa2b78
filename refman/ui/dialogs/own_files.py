"""The dialog that asks for files, without a look into any of them (docs/decisions/0112).

Whoever closes a file loses every lock that the process has on it: so says POSIX, whoever set the lock. Qt's dialog and
that of GTK open what they list to tell its kind. With the folder of the library on show the locks of SQLite were gone;
another program then took the library for unused, cut its shared memory, and the window died in the middle of a write.
"""

import sys

from PySide6.QtCore import QCoreApplication, QDir, QFileInfo, QMimeDatabase, Qt
from PySide6.QtGui import QAbstractFileIconProvider, QIcon
from PySide6.QtWidgets import QFileDialog, QFileIconProvider, QWidget

from refman.services.library_files import LIBRARY_SUFFIX


class KindsByName(QFileIconProvider):
    """Kind and icon of a file by its name alone. Qt asks on a thread of its own."""

    def __init__(self) -> None:
        super().__init__()
        self._names = QMimeDatabase()
        kinds = QAbstractFileIconProvider.IconType
        self._folder = super().icon(kinds.Folder)
        self._folder_words = QCoreApplication.translate("Files", "Folder")
        self._file_words = QCoreApplication.translate("Files", "File")
        self._library_words = QCoreApplication.translate("Files", "refman library")
        self._file = super().icon(kinds.File)
        self._kinds = {kind: super(KindsByName, self).icon(kind) for kind in kinds}

    def icon(self, asked: QAbstractFileIconProvider.IconType | QFileInfo) -> QIcon:
        if isinstance(asked, QFileInfo):
            return self._folder if asked.isDir() else self._file
        return self._kinds.get(asked, self._file)

    def type(self, info: QFileInfo) -> str:
        if info.isDir():
            return self._folder_words
        kind = self._names.mimeTypeForFile(info.fileName(), QMimeDatabase.MatchMode.MatchExtension)
        if kind.isDefault():
            return self._library_words if info.suffix() == LIBRARY_SUFFIX[1:] else self._file_words
        return kind.comment() or kind.name()


class FileDialog(QFileDialog):
    """Opens none of the files it lists; it deletes itself when it is closed."""

    _folder = ""
    """Where the last one ended."""

    def __init__(self, parent: QWidget, title: str, folder: str = "") -> None:
        # Where it begins it looks into the files before another provider can be given, and no library lies there.
        super().__init__(parent, title, QDir.rootPath())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("fileDialog")
        # Elsewhere the system's dialog stands in another process, or locks belong to handles.
        self.setOption(QFileDialog.Option.DontUseNativeDialog, sys.platform == "linux")
        # Qt does not own it, and asks it as long as the dialog lives.
        self._kinds = KindsByName()
        self.setIconProvider(self._kinds)
        self.setDirectory(folder or FileDialog._folder or QDir.currentPath())
        self.accepted.connect(self._remember)

    def _remember(self) -> None:
        FileDialog._folder = self.directory().absolutePath()
