from refman.domain.listing import SavedSearch
from refman.services.library import Library
from tests.services.papers import import_texts

_FILE = r"""@article{a, title = {Deep Learning}, year = 2020}
@comment{jabref-meta: grouping:
0 AllEntriesGroup:;
1 KeywordGroup:Learning\;0\;title\;deep learning\;0\;0\;1\;\;\;\;;
1 SearchGroup:Odd\;0\;(a or b) and not c\;0\;0\;1\;\;\;\;;
}
"""


def test_search_groups_become_saved_searches_with_the_import(library: Library) -> None:
    report = import_texts(library, _FILE)
    assert library.saved_searches() == [SavedSearch("Learning", 'title:"deep learning"')]
    assert [problem.code for problem in report.problems] == ["group-kept-raw"]
    library.undo()
    assert library.saved_searches() == []


def test_a_saved_search_of_the_same_name_stays(library: Library) -> None:
    library.save_search("learning", "mine")
    import_texts(library, _FILE)
    assert library.saved_searches() == [SavedSearch("learning", "mine")]
