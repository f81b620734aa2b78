"""`refman export`: to a file and to standard output, and what it says of problems."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli

_AI = "zheng2026ai"


@pytest.mark.usefixtures("page")
@pytest.mark.parametrize("format", ["bibtex", "biblatex", "csl-json", "ris"])
def test_export_to_standard_output_and_to_a_file_are_the_same(cli: Cli, tmp_path: Path, format: str) -> None:
    target = tmp_path / "refs"
    done = cli("export", "--format", format, "--output", target)
    assert done.out == ""
    assert done.err.splitlines()[-1] == f"refman: wrote 23 papers to {target}"
    text = target.read_bytes().decode("utf-8")
    assert cli("export", "--format", format).out == text
    assert cli("export", "--format", format, "--output", "-").out == text
    if format == "csl-json":
        assert len(json.loads(text)) == 23


@pytest.mark.parametrize(
    ("format", "said"),
    [
        ("bibtex", "bare: The article has no author; styles warn of it."),
        ("csl-json", "cut: CSL-JSON cannot say that more authors follow."),
        ("ris", "cut: RIS cannot say that more authors follow."),
    ],
)
def test_a_problem_of_an_export_names_the_paper_once(cli: Cli, format: str, said: str) -> None:
    cli("import", "-", stdin=b"@article{bare, title={A}}\n@misc{cut, author={Roe, Jane and others}, title={B}}")
    assert f"refman: {said}" in cli("export", "--format", format).err.splitlines()


@pytest.mark.usefixtures("page")
def test_a_problem_that_many_papers_share_is_told_once(cli: Cli) -> None:
    papers = "22 papers (archer2015black, buesing2018learning, buesing2018woulda ...)"
    said = f"refman: {papers}: RIS cannot say that more authors follow."
    assert cli("export", "--format", "ris").err.splitlines() == [said]


@pytest.mark.usefixtures("page")
def test_export_of_a_query_and_of_keys(cli: Cli) -> None:
    assert cli("export", "--query", "author:hamrick", "--format", "ris").out.count("TY  - ") == 2
    assert cli("export", "--key", _AI, "--key", "archer2015black", "--format", "ris").out.count("TY  - ") == 2
    both = cli("export", "--key", _AI, "--query", "author:hamrick", "--format", "ris").out
    assert both.count("TY  - ") == 3
    # Pythons differ in their quotes.
    said = cli("export", "--format", "word", fails=2).err.replace("'", "")
    assert "invalid choice: word (choose from bibtex, biblatex, csl-json, ris)" in said


def test_parents_of_a_paper_leave_with_it_and_are_counted_apart(cli: Cli, tmp_path: Path) -> None:
    source = b"@inproceedings{k1, title={A}, crossref={par}}\n@proceedings{Par, title={P}, year={2020}}\n"
    cli("import", "-", stdin=source + b"@misc{k2, title={B}, crossref={none}}")
    done = cli("export", "--key", "k1", "--output", tmp_path / "refs.bib")
    assert done.err.splitlines()[-1] == f"refman: wrote 1 paper and 1 parent to {tmp_path / 'refs.bib'}"
    assert "k2: It names the crossref none, which is not here." in cli("export", "--query", "title:B").err


def test_paths_of_this_machine_leave_only_when_asked_for(cli: Cli, tmp_path: Path) -> None:
    source = "@misc{k,\n  Title = {T},\n  file = {:/home/me/x.pdf:PDF},\n  year={2020}\n}\n\n"
    cli("import", "-", stdin=source.encode())
    bare = "@misc{k,\n  Title = {T},\n  year={2020}\n}\n\n"
    assert cli("export").out == bare
    assert cli("export", "--local-paths").out == source
    cli("export", "--output", tmp_path / "refs.bib")
    assert (tmp_path / "refs.bib").read_text() == bare
    cli("export", "--output", tmp_path / "refs.bib", "--local-paths")
    assert (tmp_path / "refs.bib").read_text() == source
    cli("export-profile", "set", "p", "order=year")
    assert "/home/me" not in cli("export", "--profile", "p").out
    assert "/home/me" in cli("export", "--profile", "p", "--local-paths").out
