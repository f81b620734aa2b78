"""`link`, `sync`, `links` and `unlink` on the command line."""

from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.services.linking.thesis import REFS


@pytest.fixture
def refs(tmp_path: Path, library: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A .bib in the current folder; there is no library yet."""
    monkeypatch.setenv("REFMAN_LIBRARY", str(library))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "refs.bib").write_text(REFS)
    return tmp_path / "refs.bib"


def test_link_sync_and_links(cli: Cli, refs: Path, library: Path) -> None:
    (refs.parent / "main.tex").write_text(r"\cite{adams2001,nobody}")
    stamp = refs.stat().st_mtime_ns
    done = cli("link", "refs.bib", "--project", ".")
    assert done.out == "3 entries, every key kept, file not touched, 0 notices\n"
    assert library.exists()
    assert refs.stat().st_mtime_ns == stamp
    assert cli("links").out == f"     1 missing  {refs}  (3)\n"
    assert "nobody is cited and nowhere to be found" in cli("sync").err
    cli("edit", "adams2001", "pages=7--9")
    assert cli("sync", "refs.bib", "--dry-run").out == (
        "refs.bib: 1 change to the file (dry run)\n"
        "  @article{adams2001,\n"
        "    journal = jmlr,\n"
        "-   pages = {1--2},\n"
        "+   pages = {7--9},\n"
        "    year = 2001,\n"
    )
    (dry,) = cli("sync", "--dry-run", "--json").json
    assert [line for line in dry["lines"] if line[0] != " "] == ["-   pages = {1--2},", "+   pages = {7--9},"]
    assert refs.read_text() == REFS
    assert cli("sync").out == "refs.bib: 1 change to the file\n"
    assert refs.read_text() == REFS.replace("{1--2}", "{7--9}")
    assert cli("sync").out == "refs.bib: in step\n"


def test_their_changes_as_json(cli: Cli, refs: Path) -> None:
    cli("link", "refs.bib")
    refs.write_text(REFS.replace("{1--2}", "{3--444}") + "@misc{new, title = {N}}\n")
    (result,) = cli("sync", "--json").json
    assert (result["added"], result["fields_changed"], result["conflicts"]) == (1, 1, [])
    assert result["taken"] == [
        {"key": "adams2001", "fields": ["pages"], "new": False},
        {"key": "new", "fields": [], "new": True},
    ]
    (status,) = cli("links", "--json").json
    assert (status["state"], status["entries"], status["direction"]) == ("in step", 4, "both")
    assert [step["name"] for step in cli("history", "--json").json] == [
        "Take 1 added, 1 field changed from refs.bib",
        "Link refs.bib (3 entries)",
    ]


def test_conflicts_are_told_and_settled(cli: Cli, refs: Path) -> None:
    cli("link", "refs.bib")
    cli("edit", "adams2001", "pages=7--9")
    refs.write_text(REFS.replace("{1--2}", "{3--444}"))
    done = cli("sync", fails=1)
    assert "conflict in adams2001, pages: 7--9 here, 3--444 there" in done.err
    assert cli("links").out.startswith("      conflict")
    assert "{3--444}" in refs.read_text()
    cli("sync", "--take", "mine")
    assert refs.read_text() == REFS.replace("{1--2}", "{7--9}")


def test_a_paused_and_a_shrinking_file(cli: Cli, refs: Path) -> None:
    cli("link", "refs.bib")
    cli("delete", "adams2001", "baker2002")
    assert "would lose 2 of its 3 entries" in cli("sync", fails=1).err
    assert refs.read_text() == REFS
    cli("sync", "--allow-shrink")
    assert "adams2001" not in refs.read_text()
    refs.write_text("<<<<<<< a\n=======\n>>>>>>> b\n")
    assert "left alone, conflict markers stand in the file" in cli("sync").err


def test_a_tag_fills_a_new_file(cli: Cli, refs: Path) -> None:
    cli("link", "refs.bib")
    cli("tag", "add", "rl", "adams2001")
    cli("link", "rl.bib", "--tag", "rl", "--direction", "to-file")
    assert "will be made" in cli("link", "other.bib", "--query", "year:2002").out
    cli("sync")
    assert "@article{adams2001," in (refs.parent / "rl.bib").read_text()
    assert "@book{baker2002," in (refs.parent / "other.bib").read_text()
    assert refs.read_text() == REFS


def test_unlink_and_what_is_not_linked(cli: Cli, refs: Path) -> None:
    cli("link", "refs.bib", "--json")
    assert "Unlinked" in cli("unlink", "refs.bib").out
    assert "is not linked" in cli("sync", "refs.bib", fails=1).err
    assert "is not linked" in cli("unlink", "refs.bib", fails=1).err
    assert "There is no" in cli("link", "refs.bib", "--project", "nowhere", fails=1).err


def test_notices_name_their_lines(cli: Cli, refs: Path) -> None:
    refs.write_text("".join(f"@misc{{a, title = {{{n}}}}}\n" for n in range(30)))
    done = cli("link", "refs.bib")
    assert "29 notices" in done.out
    assert "refs.bib:2: The key a stands on line 1 already" in done.err
    assert "9 more" in done.err


@pytest.mark.parametrize("query", ["yaer:2001", "(year:2001", "foo:((bar"])
def test_a_query_that_is_not_understood_links_nothing(cli: Cli, tmp_path: Path, query: str) -> None:
    cli("init")
    done = cli("link", tmp_path / "other.bib", "--query", query, fails=1)
    assert "cannot be understood" in done.err
    assert "other.bib" not in cli("links").out


def test_references_to_data_are_no_difference_between_import_and_link(cli: Cli, refs: Path) -> None:
    refs.write_text(
        "@book{b1, title = {T}, author = {A B and xdata=house-author}, publisher = {xdata=house-publisher},"
        " date = {2001}}\n"
        "@xdata{house, publisher = {P}, author = {C D}}\n"
    )
    cli("import", refs)
    assert cli("link", refs).out.startswith("2 entries, every key kept, file not touched, 0 notices")
    assert "P" in cli("show", "b1").out and "C D" in cli("show", "b1").out
    assert cli("links", "--differing").out.strip().startswith("in step")
    assert cli("import", refs).err == ""


def test_an_imported_entry_is_not_fused_with_one_of_a_linked_file_by_its_title(cli: Cli, refs: Path) -> None:
    refs.write_text("@book{one2001, title = {A Long Title}, author = {Ann Lee}, year = {2001}}\n")
    cli("link", refs)
    other = refs.with_name("other.bib")
    other.write_text(refs.read_text().replace("one2001", "two2001"))
    assert cli("import", other).out == "1 added\n"
    assert cli("show", "two2001").out.startswith("two2001")


def test_papers_of_a_linked_file_show_what_they_inherit_and_the_file_stays(cli: Cli, refs: Path) -> None:
    text = (
        "@inproceedings{ch, author={Zed Zee}, title={Child}, crossref={par}}\n"
        "@proceedings{par, title={The Proc}, booktitle={The Proc}, year=2002, editor={Ed Itor}, publisher={P}}\n"
        "@xdata{xd, publisher={XP}}\n@book{bx, author={Q R}, title={Book}, xdata={xd}, date={2003}}\n"
    )
    refs.write_text(text)
    cli("link", refs)
    child = cli("show", "ch").out
    assert "The Proc (a guess)" in child and "Ed Itor" in child and "XP (a guess)" in cli("show", "bx").out
    assert cli("links", "--differing").out.strip().startswith("in step")
    cli("edit", "ch", "note=x")
    cli("edit", "par", "editor=Other Person")
    cli("sync")
    assert refs.read_text() == text.replace("title={Child}", "title={Child}, note={x}").replace(
        "Ed Itor", "Person, Other"
    )
    cli("edit", "ch", "editor=Own Person")
    cli("sync")
    assert "editor={Person, Own}" in refs.read_text()


def test_an_editor_that_was_inherited_when_the_file_was_linked_is_no_change(cli: Cli, refs: Path) -> None:
    refs.write_text("@inbook{ch, title={C}, crossref={par}}\n@book{par, title={P}, editor={Ed Itor}, year=2002}\n")
    cli("import", refs)
    cli("link", refs)
    assert cli("links").out.strip().startswith("in step")
    assert cli("links", "--differing").out.strip().startswith("in step")


def test_the_data_of_a_linked_file_leaves_with_what_needs_it_and_is_resolved_for_bibtex(cli: Cli, refs: Path) -> None:
    refs.write_text(
        "@book{bx, author={Q R}, title={Book}, xdata={XD}, date={2003}}\n"
        "@book{by, author={Q R}, title={Other}, publisher={xdata=xe-publisher}, date={2003}}\n"
        "@xdata{xd, publisher={XP}}\n@xdata{xe, publisher={XE}}\n@misc{bz, title={Z}}\n"
    )
    cli("link", refs)
    one = cli("export", "--format", "biblatex", "--key", "by").out
    assert "publisher = {xdata=xe-publisher}" in one and "@xdata{xe" in one and "@xdata{xd" not in one
    assert "@xdata{xd" in cli("export", "--format", "biblatex", "--key", "bx").out
    plain = cli("export", "--key", "bx", "--key", "by").out
    assert "publisher = {XP}" in plain and "publisher = {XE}" in plain and "xdata" not in plain


def test_a_paper_is_put_into_one_file(cli: Cli, refs: Path) -> None:
    cli("link", "refs.bib")
    cli("import", "-", stdin=b"@misc{beta, title = {Between}}")
    assert "Name the one file" in cli("sync", "--put", "beta", fails=1).err
    assert "+ @misc{beta,\n" in cli("sync", "refs.bib", "--put", "beta", "--dry-run").out
    assert refs.read_text() == REFS
    assert cli("sync", "refs.bib", "--put", "beta").out == "refs.bib: 1 change to the file\n"
    assert "@misc{beta," in refs.read_text()
    assert "no paper with the key gamma" in cli("sync", "refs.bib", "--put", "gamma", fails=1).err
