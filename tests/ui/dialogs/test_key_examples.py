"""What the preferences say of patterns while they are typed."""

import pytest

from refman.domain.errors import InvalidValue
from refman.ui.dialogs.key_examples import example_key, example_of_libraries, example_of_types


def test_examples() -> None:
    assert example_key("[auth:lower][year][veryshorttitle:lower]") == "zheng2026ai"
    assert example_key("[auth][year]; book = [edtr][year]") == "Zheng2026"
    assert example_of_types("") == ""
    assert example_of_types("book, collection = [edtr][year]; thesis = [authors]") == (
        "book: Buesing2026, collection: Buesing2026, thesis: ZhengGlehn"
    )
    assert example_of_libraries("thesis = [auth][shortyear]") == "thesis: Zheng26"


@pytest.mark.parametrize("text", ["book", "book = x", "= [auth]"])
def test_what_cannot_be_meant_is_said(text: str) -> None:
    with pytest.raises(InvalidValue):
        example_of_types(text)
    with pytest.raises(InvalidValue):
        example_of_libraries(text)
