import pytest

from refman.domain.errors import ConflictError, InvalidValue, NotFound
from refman.domain.listing import Listing
from refman.domain.paper import PaperId
from refman.domain.progress import NoProgress
from refman.services.entries.facade import Entries, entries_of
from refman.services.entries.shared_values import SharedValue, proposed_name
from refman.services.entries.strings import StringDef, key_of
from refman.services.library import Library
from tests.services.papers import draft, import_texts, paper_of, store_draft

FILE = """@string{jmlr = "Journal of ML"}
@string{long = jmlr # " Research"}
@preamble{"\\newcommand{\\x}{}"}

@article{a, title={A}, journal = jmlr, year = 2001}
@article{b, title={B}, journal = LONG, year = 2002}
@article{c, title={C},
   journal = "The " # jmlr # {!}, year = 2003}
@article{d, title={D}, journal = nowhere}
"""
OTHER = """@string{jmlr = "Another Journal"}
@article{e, title={E}, journal = jmlr}
"""


@pytest.fixture
def entries(library: Library) -> Entries:
    import_texts(library, FILE, OTHER)
    return entries_of(library)


def _one(entries: Entries, name: str, file: str = "a.txt") -> StringDef:
    return next(one for one in entries.strings() if one.name == name and one.source_name == file)


def _journals(library: Library) -> dict[str, str]:
    keys = ("a", "b", "c", "d", "e")
    return {key: paper_of(library, key).plain("journal") for key in keys}


def _text(library: Library, *keys: str) -> str:
    ids = library.ids_of_keys(keys)
    return library.export_text([ids[key] for key in keys], "bibtex")


BEFORE = {
    "a": "Journal of ML",
    "b": "Journal of ML Research",
    "c": "The Journal of ML!",
    "d": "nowhere",
    "e": "Another Journal",
}


def test_macros_are_listed_with_file_and_use(entries: Entries, library: Library) -> None:
    listed = [(one.source_name, one.name, one.tex) for one in entries.strings()]
    assert listed == [
        ("a.txt", "jmlr", "Journal of ML"),
        ("a.txt", "long", "Journal of ML Research"),
        ("b.txt", "jmlr", "Another Journal"),
    ]
    ids = library.ids_of_keys(["a", "b", "c", "e"])
    uses = entries.string_uses(NoProgress())
    found = [uses[key_of(one)] for one in entries.strings()]
    assert [(sorted(use.papers), use.others) for use in found] == [
        (sorted([ids["a"], ids["c"]]), ("@string long",)),
        ([ids["b"]], ()),
        ([ids["e"]], ()),
    ]


def test_a_macro_is_changed_once_and_all_that_use_it_follow(entries: Entries, library: Library) -> None:
    outcome = entries.edit_strings.change(_one(entries, "jmlr"), "J. ML")
    assert outcome.message == "Macro jmlr changed"
    after = {**BEFORE, "a": "J. ML", "b": "J. ML Research", "c": "The J. ML!"}
    assert _journals(library) == after
    assert paper_of(library, "a").fields["journal"].source == "jmlr"
    library.undo()
    assert _journals(library) == BEFORE
    library.redo()
    assert _journals(library) == after


def test_what_leaves_means_what_was_changed(library: Library) -> None:
    import_texts(library, FILE)
    entries = entries_of(library)
    entries.edit_strings.change(_one(entries, "jmlr"), "J. ML")
    text = _text(library, "a", "c")
    assert text.startswith("@string{jmlr = {J. ML}}\n")
    assert "@article{a, title={A}, journal = jmlr, year = 2001}" in text
    assert '   journal = "The " # jmlr # {!}, year = 2003}' in text


def test_a_macro_is_renamed_in_every_value_and_entries_keep_their_text(entries: Entries, library: Library) -> None:
    entries.edit_strings.rename(_one(entries, "jmlr"), "jml")
    assert _journals(library) == BEFORE
    text = _text(library, "a", "b", "c")
    assert '@string{jml = "Journal of ML"}' in text
    assert '@string{long = jml # " Research"}' in text
    assert "@article{a, title={A}, journal = jml, year = 2001}" in text
    assert '@article{c, title={C},\n   journal = "The " # jml # {!}, year = 2003}' in text
    assert "journal = jmlr" in _text(library, "e")
    library.undo()
    assert [one.name for one in entries.strings()] == ["jmlr", "long", "jmlr"]


def test_undo_of_a_rename_brings_the_very_text_back(library: Library) -> None:
    import_texts(library, FILE)
    entries = entries_of(library)
    before = _text(library, "a", "b", "c")
    entries.edit_strings.rename(_one(entries, "jmlr"), "jml")
    library.undo()
    assert _text(library, "a", "b", "c") == before


def test_only_what_nothing_uses_is_removed(entries: Entries, library: Library) -> None:
    with pytest.raises(ConflictError, match="used by 2 papers, @string long, so it stays"):
        entries.edit_strings.remove(_one(entries, "jmlr"))
    entries.edit_strings.add("unused", "Never")
    gone = _one(entries, "unused", "")
    entries.edit_strings.remove(gone)
    assert "unused" not in [one.name for one in entries.strings()]
    with pytest.raises(NotFound):
        entries.edit_strings.remove(gone)


def test_an_added_macro_defines_what_was_undefined(entries: Entries, library: Library) -> None:
    entries.edit_strings.add("nowhere", "Nowhere Letters")
    assert _journals(library) == {**BEFORE, "d": "Nowhere Letters"}
    assert "@string{nowhere = {Nowhere Letters}}" in _text(library, "d")
    with pytest.raises(ConflictError, match="There is a macro nowhere in this library already"):
        entries.edit_strings.add("NoWhere", "x")
    with pytest.raises(ConflictError, match=r"in b\.txt already"):
        entries.edit_strings.add("jmlr", "x")


@pytest.mark.parametrize(("name", "value"), [("1x", "y"), ("a b", "y"), ("jan", "y"), ("x", ""), ("x", "open {")])
def test_what_cannot_be_a_macro_is_refused(entries: Entries, name: str, value: str) -> None:
    with pytest.raises(InvalidValue):
        entries.edit_strings.add(name, value)
    with pytest.raises(InvalidValue, match="made of itself"):
        entries.edit_strings.change(_one(entries, "jmlr"), '"x" # jmlr')


def test_equal_values_become_a_macro_in_one_step(library: Library) -> None:
    papers = "".join(
        f"@article{{k{number},\n  journal   = {{Journal of Machine\n Learning Research}},\n  title = {{T{number}}}}}\n"
        for number in range(4)
    )
    import_texts(library, papers)
    typed = store_draft(library, draft("Typed", key="typed", journal="Journal of Machine Learning Research"))
    entries = entries_of(library)
    (found,) = entries.shared_values(NoProgress())
    ids = library.ids_of_keys(["k0", "k1", "k2", "k3", "typed"])
    assert (found.field, found.tex, found.name) == ("journal", "Journal of Machine Learning Research", "jmlr")
    assert set(found.ids) == set(ids.values())
    outcome = entries.edit_strings.make(found.name, found.field, found.tex, ids=found.ids)
    assert outcome.message == "5 papers share the macro jmlr now"
    text = _text(library, "k0", "typed")
    assert text.startswith("@string{jmlr = {Journal of Machine Learning Research}}\n\n")
    assert "@article{k0,\n  journal   = jmlr,\n  title = {T0}}" in text
    assert "  journal = jmlr,\n" in text
    assert paper_of(library, "k1").plain("journal") == "Journal of Machine Learning Research"
    assert entries.shared_values(NoProgress()) == []
    entries.edit_strings.change(_one(entries, "jmlr", ""), "JMLR")
    assert {paper_of(library, key).plain("journal") for key in ids} == {"JMLR"}
    library.undo()
    library.undo()
    assert entries.strings() == [] and "{Journal of Machine\n Learning Research}" in _text(library, "k0")
    assert typed == ids["typed"]


def test_a_file_that_comes_later_does_not_change_what_a_macro_of_the_library_means(library: Library) -> None:
    import_texts(library, "@article{a, title={A}, journal={J}}\n@article{b, title={B}, journal={J}}")
    entries = entries_of(library)
    (found,) = entries.shared_values(NoProgress())
    entries.edit_strings.make("jmlr", found.field, found.tex, ids=found.ids)
    import_texts(library, OTHER)
    text = _text(library, "a", "e")
    assert text.startswith('@string{jmlr = "Another Journal"}')
    assert "@article{a, title={A}, journal={J}}" in text and "@article{e, title={E}, journal = jmlr}" in text
    assert paper_of(library, "a").plain("journal") == "J"


@pytest.mark.parametrize(
    ("tex", "name"),
    [
        ("Journal of Machine Learning Research", "jmlr"),
        ("Nature", "nature"),
        ("{IEEE} Transactions on \\emph{Computers}", "itc"),
        ("2001 Conference", "c"),
        ("日本", "macro"),
        ("The", "the"),
    ],
)
def test_names_are_proposed(tex: str, name: str) -> None:
    assert proposed_name(tex) == name


def test_a_shared_value_knows_its_papers() -> None:
    assert SharedValue("journal", "J", "j", (PaperId(1),)).ids == (1,)


def test_names_preambles_and_control_entries_follow_too(library: Library) -> None:
    import_texts(
        library,
        '@string{me = "Doe, Jane"}\n@string{it = {It}}\n@preamble{it # "\\x"}\n'
        '@misc{x, title={X}, author = me # " and Roe, R."}\n@set{s, entryset = {x}, note = it}\n',
    )
    entries = entries_of(library)
    entries.edit_strings.change(_one(entries, "me"), "Poe, Ann")
    assert [name.family for name in paper_of(library, "x").authors] == ["Poe", "Roe"]
    entries.edit_strings.rename(_one(entries, "me"), "myself")
    assert paper_of(library, "x").people["author"].source == 'myself # " and Roe, R."'
    use = entries.string_uses(NoProgress())[key_of(_one(entries, "it"))]
    assert use.others == ("@preamble", "s")
    before = library.export_text(Listing(), "bibtex")
    assert '@preamble{it # "\\x"}' in before
    entries.edit_strings.rename(_one(entries, "it"), "that")
    after = library.export_text(Listing(), "bibtex")
    wished = before.replace("@string{it ", "@string{that ").replace("{it #", "{that #").replace("= it}", "= that}")
    assert sorted(after.splitlines()) == sorted(wished.splitlines())
    assert "note = that}" in after
    library.undo()
    assert library.export_text(Listing(), "bibtex") == before
