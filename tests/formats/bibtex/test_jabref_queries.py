"""Search groups of JabRef: what refman can say is a saved search, the rest a problem."""

import pytest

from refman.formats.bibtex.jabref_queries import query_of
from tests.formats.bibtex.bib import read

_TREE = r"""@comment{jabref-meta: grouping:
0 AllEntriesGroup:;
1 KeywordGroup:Learning\;0\;title\;deep learning\;0\;0\;1\;\;\;\;;
1 SearchGroup:Recent\;0\;author = Doe and year=2020\;0\;0\;1\;\;\;\;;
1 SearchGroup:Odd\;0\;(title = a or title = b) and not x\;0\;0\;1\;\;\;\;;
1 StaticGroup:Mine\;0\;1\;\;\;\;;
}
"""


@pytest.mark.parametrize(
    ("kind", "parts", "query"),
    [
        ("KeywordGroup", ["n", "0", "keywords", "rl", "0", "0"], "rl"),
        ("KeywordGroup", ["n", "0", "title", "deep learning", "0", "0"], 'title:"deep learning"'),
        ("KeywordGroup", ["n", "0", "title", "dee.*", "0", "1"], ""),
        ("KeywordGroup", ["n", "0", "timestamp", "x", "0", "0"], ""),
        ("KeywordGroup", ["n", "0", "title"], ""),
        ("SearchGroup", ["n", "0", "author = Doe and year=2020", "0", "0"], "author:Doe year:2020"),
        ("SearchGroup", ["n", "0", 'title = "a b" or journal == Nature', "0", "0"], 'title:"a b" OR venue:Nature'),
        ("SearchGroup", ["n", "0", "author != Doe", "0", "0"], "-author:Doe"),
        ("SearchGroup", ["n", "0", "deep learning", "0", "0"], "deep learning"),
        ("SearchGroup", ["n", "0", "a or", "0", "0"], ""),
        ("SearchGroup", ["n", "0", "not a", "0", "0"], ""),
        ("SearchGroup", ["n", "0", "(a)", "0", "0"], ""),
        ("SearchGroup", ["n", "0", "a.*", "0", "1"], ""),
        ("SearchGroup", ["n"], ""),
        ("AutomaticKeywordGroup", ["n", "0"], ""),
    ],
)
def test_groups_as_searches(kind: str, parts: list[str], query: str) -> None:
    assert query_of(kind, parts) == query


def test_a_file_with_search_groups_has_blocks_and_a_problem_for_what_cannot_be_said() -> None:
    result = read(f"@misc{{a, title = {{A}}}}\n{_TREE}")
    searches = [(block.name, block.value) for block in result.blocks if block.kind == "search"]
    assert searches == [("Learning", 'title:"deep learning"'), ("Recent", "author:Doe year:2020")]
    assert [(one.line, one.code, one.arguments) for one in result.problems] == [(2, "group-kept-raw", ("Odd",))]
