"""What sources cite is read once, and again where something changed; which .bib has to have a key."""

import os
from pathlib import Path

import pytest

from refman.services.linking.cited import citation_counts, cited_at, cited_keys, stamp_of_sources
from refman.services.linking.cited_counts import cited_papers
from refman.services.linking.linking import LinkOptions
from refman.services.linking.named_bibs import named_bibs
from tests.services.linking.thesis import REFS, Thesis

_OLD_NS = 1_700_000_000_000_000_000


def _write(path: Path, text: str, *, age: int = 0) -> None:
    """A source that was saved some seconds before or behind a time long ago."""
    path.write_text(text)
    os.utime(path, ns=(_OLD_NS + age, _OLD_NS + age))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were read."""
    names: list[str] = []
    real = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        names.append(path.name)
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    return names


def test_only_what_changed_is_read_again(tmp_path: Path, read: list[str]) -> None:
    for number in range(5):
        _write(tmp_path / f"{number}.tex", f"\\cite{{a{number}}}")
    assert cited_keys(tmp_path) == {"a0", "a1", "a2", "a3", "a4"}
    assert len(read) == 5
    assert citation_counts(tmp_path)["a1"] == 1
    stamp = stamp_of_sources(tmp_path)
    assert len(read) == 5
    _write(tmp_path / "1.tex", "\\cite{b1}\n\\cite{b1}", age=1)
    (tmp_path / "2.tex").unlink()
    _write(tmp_path / "6.tex", "\\cite{a6}")
    assert citation_counts(tmp_path) == {"a0": 1, "b1": 2, "a3": 1, "a4": 1, "a6": 1}
    assert sorted(read[5:]) == ["1.tex", "6.tex"]
    assert stamp_of_sources(tmp_path) != stamp


def test_another_macro_is_another_meaning_of_all(tmp_path: Path) -> None:
    _write(tmp_path / "main.tex", "\\newcommand{\\see}[1]{see \\cite{#1}}")
    _write(tmp_path / "one.tex", "\\see{a} \\look{b}")
    assert cited_keys(tmp_path) == {"a"}
    _write(tmp_path / "main.tex", "\\newcommand{\\look}[1]{see \\cite{#1}}", age=1)
    assert cited_keys(tmp_path) == {"b"}
    assert [(one.path.name, one.line, one.start) for one in cited_at(tmp_path)] == [("one.tex", 1, 14)]


def test_multibib_and_macros_of_another_file(tmp_path: Path) -> None:
    _write(tmp_path / "a.sty", "\\newcites{books}{Books} \\newcommand{\\duo}[2]{\\pair{#1}{#2}}")
    _write(tmp_path / "b.sty", "\\newcommand{\\pair}[2]{\\citep{#1,#2}}")
    _write(
        tmp_path / "main.tex", "\\citebooks{a}{no} \\duo{b}{c} \\bibliographybooks{w} \\bibliographystylebooks{plain}"
    )
    assert cited_keys(tmp_path) == {"a", "b", "c"}
    _write(tmp_path / "w.bib", "@misc{a}")
    assert named_bibs(tmp_path) == [tmp_path / "w.bib"]


def test_markdown_cites_too(tmp_path: Path) -> None:
    _write(tmp_path / "a.sty", "\\newcommand{\\see}[2]{#1 \\cite{#2}}")
    _write(tmp_path / "one.md", '---\nnocite: "@a"\n---\n@b \\see{x}{c}')
    _write(tmp_path / "two.qmd", "-@d `@x` me@e.org @fig:one")
    _write(tmp_path / "three.Rmd", "[see @e, p. 3; @f]")
    _write(tmp_path / "README.md", "by @nobody")
    assert cited_keys(tmp_path) == {*"abcdef"}


def test_a_source_that_was_just_saved_is_read_again(tmp_path: Path) -> None:
    source = tmp_path / "a.tex"
    source.write_text("\\cite{a}")
    status = source.stat()
    assert cited_keys(tmp_path) == {"a"}
    source.write_text("\\cite{b}")
    # A clock that did not tick in between.
    os.utime(source, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert cited_keys(tmp_path) == {"b"}


def test_papers_are_counted_by_their_key_in_the_file(thesis: Thesis) -> None:
    (thesis.folder / "main.tex").write_text("\\cite{adams2001,carter2003}\n\\citep{adams2001} \\cite{nobody}")
    thesis.library.new_paper("misc", {"title": "Elsewhere", "key": "nobody"})
    thesis.link(LinkOptions(project=str(thesis.folder)))
    thesis.library.edit(thesis.paper("adams2001").id, {"key": "adams01"})
    with thesis.library.store.read() as reader:
        counts = cited_papers(reader, thesis.folder)
        assert cited_papers(reader, thesis.folder.parent / "no") == {}
    assert counts == {thesis.paper("adams01").id: 2, thesis.paper("carter2003").id: 1, thesis.paper("nobody").id: 1}


def test_what_another_bib_of_the_project_has_is_not_missing(thesis: Thesis) -> None:
    thesis.write(REFS.replace("  title = {On Things}", "  ids = {old2001},\n  title = {On Things}"))
    (thesis.folder / "main.tex").write_text(
        "\\bibliography{refs,more}\n\\cite{adams2001,old2001,extra2000,further,lost}"
    )
    more = thesis.folder / "more.bib"
    more.write_text("@misc{extra2000,\n  ids = {further},\n  title = {E},\n}\n")
    thesis.library.new_paper("misc", {"title": "E", "key": "extra2000"})
    thesis.link(LinkOptions(project=str(thesis.folder)))
    assert thesis.badge == "1 missing"
    assert thesis.plan().missing == ("lost",)
    assert not thesis.sync().wrote
    more.write_text("Nothing any more")
    assert thesis.plan().missing == ("further", "lost")
    assert thesis.badge == "1 to write"
    more.write_bytes(b"\xff\xfe\x00\xd8")
    assert thesis.sync().wrote
    assert "@misc{extra2000," in thesis.text
