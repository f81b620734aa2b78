"""What the cells of a column say."""

import pytest

from refman.ui.table.columns import fit_authors


@pytest.mark.parametrize(
    ("text", "room", "shown"),
    [
        ("Buesing, Heess, Weber", 21, "Buesing, Heess, Weber"),
        ("Buesing, Heess, Weber", 20, "Buesing et al."),
        ("Zheng, von Glehn, Zwols et al.", 30, "Zheng, von Glehn, Zwols et al."),
        ("Zheng, von Glehn, Zwols et al.", 29, "Zheng, von Glehn et al."),
        ("Zheng, von Glehn, Zwols et al.", 12, "Zheng et al."),
        ("Zheng, von Glehn, Zwols et al.", 11, "Zheng, …"),
        ("Zheng, von Glehn, Zwols et al.", 7, "Zheng, von Glehn, Zwols et al."),
    ],
)
def test_authors_that_do_not_fit_are_cut_at_a_name(text: str, room: int, shown: str) -> None:
    assert fit_authors(text, lambda cut: len(cut) <= room) == shown
