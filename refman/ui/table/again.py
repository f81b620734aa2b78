"""A cell whose text was refused opens once more, with that text in it."""

from PySide6.QtWidgets import QLineEdit

from refman.domain.paper import PaperId
from refman.ui.table.columns import COLUMNS
from refman.ui.table.view import PaperTable


def edit_again(table: PaperTable, paper_id: PaperId, field: str, text: str) -> None:
    """Opens the editor of a paper's cell with `text`; nothing where the list does not have the paper or the column."""
    row = table.papers.row_of(paper_id)
    column = next((place for place, one in enumerate(COLUMNS) if one.edits == field), None)
    if row is None or column is None or table.isColumnHidden(column) or table.is_editing:
        return
    table.setFocus()
    table.keeper.go_to_row(row)
    table.edit(table.papers.index(row, column))
    for editor in table.viewport().findChildren(QLineEdit):
        # One that was closed is deleted a moment later.
        if editor.isVisible():
            editor.setText(text)
            # What was typed is an answer, also when Enter is pressed at once.
            editor.setModified(True)


def stays_at(table: PaperTable, paper_id: PaperId) -> bool:
    """True while the person is still where the text was typed: then the cell may open by itself."""
    return table.hasFocus() and not table.is_editing and table.current_id == paper_id
