"""The list of keys: every command that has one, by menu."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from refman.ui.actions import Command, Menu
from refman.ui.menus import Actions, plain, words_of
from refman.ui.theme import TextRole, ThemeController
from refman.ui.widgets.looks import button
from refman.ui.widgets.row_delegate import RowDelegate
from refman.ui.widgets.sheet_size import open_at

_SIZE = (560, 560)


class ShortcutsDialog(QDialog):
    """Shows keys; they cannot be changed. Never blocks."""

    def __init__(self, actions: Actions, *, themes: ThemeController, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("shortcutsDialog")
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        metrics = themes.metrics
        open_at(self, _SIZE, themes=themes)
        self._mono = metrics.font(TextRole.MONO)
        self._strong = metrics.font(TextRole.STRONG)
        self._tree = self._key_tree(actions)
        self._tree.setItemDelegate(RowDelegate(themes, self._tree))
        close = button(self.tr("Close"), parent=self)
        close.clicked.connect(self.close)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(metrics.lg, metrics.lg, metrics.lg, metrics.lg)
        layout.setSpacing(metrics.m)
        layout.addWidget(self._tree)
        layout.addLayout(row)

    def _key_tree(self, actions: Actions) -> QTreeWidget:
        tree = QTreeWidget(self)
        tree.setAccessibleName(self.tr("Commands and their keys"))
        tree.setColumnCount(2)
        tree.setHeaderHidden(True)
        tree.setRootIsDecorated(False)
        tree.setIndentation(0)
        tree.setProperty("framed", True)
        for menu in (*Menu, None):
            commands = [c for c in actions.commands if c.menu is menu and c.keys]
            if commands:
                self._add_section(tree, menu, actions=actions, commands=commands)
        tree.setCurrentIndex(tree.model().index(0, 0, tree.model().index(0, 0)))
        tree.header().setStretchLastSection(True)
        tree.setColumnWidth(0, self.width() // 2)
        return tree

    def _add_section(
        self, tree: QTreeWidget, menu: Menu | None, *, actions: Actions, commands: list[Command[Any]]
    ) -> None:
        heading = QTreeWidgetItem([plain(actions.menu(menu).title()) if menu else self.tr("Everywhere")])
        heading.setFont(0, self._strong)
        heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
        tree.addTopLevelItem(heading)
        for command in commands:
            action = actions.action(command.id)
            keys = "  ".join(key.toString() for key in action.shortcuts())
            # Its own words: that of undo names what would be taken back now.
            row = QTreeWidgetItem([words_of(command), keys])
            row.setFont(1, self._mono)
            heading.addChild(row)
        heading.setExpanded(True)
