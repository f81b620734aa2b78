"""import(export(paper)) gives the paper back, in both dialects."""

from hypothesis import given
from hypothesis import strategies as st

from refman.domain.names import Name
from refman.domain.paper import Draft, FieldValue, Paper, People
from refman.formats.bibtex.compatible import plain_form
from refman.formats.bibtex.latex_to_text import clean
from refman.formats.bibtex.math_display import with_math_as_text
from refman.formats.bibtex.plain_text import segments
from tests.formats.bibtex.bib import BIBLATEX, BIBTEX, DATA, EXPORTERS, read, stored, write
from tests.formats.page import PAGE
from tests.formats.page import read as read_page

_LETTERS = st.characters(exclude_categories=("C", "Z"))
_SIGNS = st.sampled_from(
    [*"\\{}$%&#_^~\"'`-–—“”‘’<>|@,= !?()", "--", "''", "$x$", "$a_{1}$", "&amp;", "\\emph{x}", "α", "₂", "é", "and "]
)
_LINES = (
    st.lists(_SIGNS | _LETTERS | _SIGNS, min_size=1, max_size=10)
    .map(lambda parts: " ".join(clean("".join(parts)).replace("\u2010", "-").replace("\u2011", "-").split()))
    .filter(lambda text: text != "" and not _has_odd_math(text))
)
_PARAGRAPHS = st.lists(_LINES, min_size=1, max_size=3).map("\n\n".join).filter(lambda text: not _has_odd_math(text))
_YEARS = st.integers(1000, 2100).map(str)
_VERBATIM = st.from_regex(r"[a-z0-9/:._%?&=~#-]{1,20}", fullmatch=True)
_FIELDS = st.fixed_dictionaries(
    {"title": _LINES},
    optional={
        "booktitle": _LINES,
        "journal": _LINES,
        "note": _LINES,
        "unknown": _LINES,
        "abstract": _PARAGRAPHS,
        "publisher": _LINES,
        "url": _VERBATIM,
        "doi": _VERBATIM,
        "crossref": st.just("other2020"),
        "pages": st.from_regex(r"[0-9]{1,3}(--[0-9]{1,3})?", fullmatch=True),
        "year": _YEARS,
    },
)
_WORDS = st.sampled_from(
    ["Ann", "J.", "Éric", "Łukasz", "O'Brien", "and", "al-X", "x, y", "{b", "王", "others", "$5", "de"]
)
_GIVEN = st.lists(_WORDS, min_size=1, max_size=3).map(" ".join)
_NAMES = st.one_of(
    st.builds(Name, _GIVEN, st.sampled_from(["", "von", "de la"]), _GIVEN, st.sampled_from(["", "Jr."])),
    st.builds(lambda text: Name(literal=text), _GIVEN),
)
_PEOPLE = st.builds(People, st.lists(_NAMES, min_size=1, max_size=3).map(tuple), st.booleans())


def _has_odd_math(text: str) -> bool:
    """Math that must be changed to compile."""
    return any(part.is_math and (not part.text.isascii() or set("%#&") & set(part.text)) for part in segments(text))


def _plain(draft: Draft) -> dict[str, str]:
    """What is read back shows simple math as text."""
    shown = {name: with_math_as_text(value.plain) for name, value in draft.fields.items() if not value.is_guess}
    return {name: text for name, text in shown.items() if name != "date"}


def _compatible(texts: dict[str, str]) -> dict[str, str]:
    """BibTeX gets ligatures, fullwidth letters and the like as the plain letters that they are (decision 0049)."""
    return {name: "".join(plain_form(char) or char for char in text) for name, text in texts.items()}


def _names(draft: Draft) -> dict[str, tuple[tuple[Name, ...], bool]]:
    return {role: (people.names, people.truncated) for role, people in draft.people.items() if not people.is_guess}


@given(_FIELDS, _PEOPLE, st.integers(0, 12), st.integers(0, 28))
def test_typed_papers_come_back(fields: dict[str, str], people: People, month: int, day: int) -> None:
    if month and "year" in fields:
        fields = {**fields, "month": str(month)}
    one = Paper(
        type="misc",
        key="k",
        fields={name: FieldValue(text) for name, text in fields.items()},
        people={"author": people},
    )
    fields = {name: with_math_as_text(text) for name, text in fields.items()}
    for dialect in (BIBTEX, BIBLATEX):
        text = write(one, dialect=dialect)
        (back,) = read(text).drafts
        if dialect is BIBTEX:
            assert _compatible(_plain(back)) == _compatible(fields)
        else:
            assert _plain(back) == fields
        assert _names(back) == _names(one)
        assert EXPORTERS[dialect].count(text) == 1
    if day and month and "year" in fields:
        dated = Paper(type="misc", key="k", fields={**one.fields, "day": FieldValue(str(day))})
        (back,) = read(write(dated, dialect=BIBLATEX)).drafts
        assert _plain(back) == {**fields, "day": str(day)}


def test_the_author_page_comes_back() -> None:
    own = {"score", "category_code", "primaryclass"}
    papers = [stored(draft, number) for number, draft in enumerate(read_page(PAGE).drafts)]
    for dialect, left in ((BIBTEX, own | {"day"}), (BIBLATEX, own)):
        drafts = read(write(*papers, dialect=dialect)).drafts
        assert [_plain(draft) for draft in drafts] == [
            {name: text for name, text in _plain(one).items() if name not in left} for one in papers
        ]
        assert [_names(draft) for draft in drafts] == [_names(one) for one in papers]


def test_files_come_back_with_their_sources() -> None:
    for path in (*(DATA / "bibtex").glob("*.bib"), *(DATA / "biblatex").glob("*.bib")):
        first = read(path.read_text("utf-8"))
        macros = {block.name.lower(): block.value for block in first.blocks if block.kind == "string"}
        for dialect in (BIBTEX, BIBLATEX):
            again = read(write(*map(stored, first.drafts), dialect=dialect, macros=macros))
            assert _by_key(again.drafts) == _by_key(first.drafts)


def _by_key(drafts: tuple[Draft, ...]) -> dict[str, tuple[dict[str, str], dict[str, tuple[tuple[Name, ...], bool]]]]:
    """Without the day and what only one dialect says of dates and types."""
    left = {"day", "school", "institution", "type"}
    return {
        draft.key: ({name: text for name, text in _plain(draft).items() if name not in left}, _names(draft))
        for draft in drafts
    }
