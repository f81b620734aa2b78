"""Paths of this machine stay at home; every other byte of an entry that nobody edited leaves as it was."""

from dataclasses import replace

import pytest

from refman.formats.bibtex.local_paths import holds_local_path
from tests.formats.bibtex.bib import BIBTEX, EXPORTERS, context_of, paper, papers_of, read


def _exported(text: str) -> str:
    result = read(text)
    context = replace(context_of(text, result), local_paths=False)
    return "".join(EXPORTERS[BIBTEX].write(papers_of(result), context))


@pytest.mark.parametrize(
    ("name", "value", "holds"),
    [
        ("file", "{:/home/me/x.pdf:PDF}", True),
        ("bdsk-file-1", "{YnBsaXN0}", True),
        ("local-url", '"file://localhost/x.pdf"', True),
        ("localfile", "{x.pdf}", True),
        ("pdf", "{~/papers/x.pdf}", True),
        ("pdf", "{https://x.org/x.pdf}", False),
        ("url", "{file:///home/me/x.pdf}", False),
        ("howpublished", "{\\url{file:///home/me/x.pdf}}", False),
        ("url", "{https://x.org/home/me}", False),
        ("abstract", "{Files in /home/me are lost}", False),
        ("note", "{mine}", False),
    ],
)
def test_which_fields_hold_a_path(name: str, value: str, holds: bool) -> None:
    assert holds_local_path(name, value) is holds


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "@Misc{k,\n  Title   = {T} ,\n  file = {:/home/me/x.pdf:PDF},\n  year={2020}\n}",
            "@Misc{k,\n  Title   = {T} ,\n  year={2020}\n}",
        ),
        ("@misc{k,\n  title = {T},\n  file = {/x}\n}", "@misc{k,\n  title = {T}\n}"),
        ("@misc{k,\n  title = {T},\n  file = {/x},\n}", "@misc{k,\n  title = {T},\n}"),
        ("@misc{k, file = {/x}, Title={T}}", "@misc{k, Title={T}}"),
        ("@misc{k, title={T}, file = {/x}, pdf = {/y}}", "@misc{k, title={T},}"),
        ("@misc{k, file = {/x}}", "@misc{k,}"),
        ("@misc{k, pdf={/y}, file = {/x}}", "@misc{k,}"),
        ("@misc(k, file = {/x}, title={T}, file = {/y})", "@misc(k, title={T})"),
    ],
)
def test_an_entry_loses_only_these_fields(text: str, left: str) -> None:
    assert _exported(text) == f"{left}\n\n"


def test_an_entry_that_is_written_anew_loses_them_too() -> None:
    context = replace(context_of("", read("")), local_paths=False)
    one = paper(title="T", file=":/home/me/x.pdf:PDF", pdf="https://x.org/x.pdf")
    text = "".join(EXPORTERS[BIBTEX].write([one], context))
    assert "file" not in text and "pdf = {https://x.org/x.pdf}" in text


def test_control_entries_and_macros_of_such_fields_stay_too() -> None:
    text = '@string{home = "/home/me/"}\n@misc{k, xdata={x}, file = home # {x.pdf}, title={T}, date={2020}}\n'
    text += "@xdata{x, publisher={P}, file={/y}}\n@misc{z, date={2020}, journaltitle={J}}\n"
    result = read(text)
    context = replace(context_of(text, result), local_paths=False)
    for exporter in EXPORTERS.values():
        left = "".join(exporter.write(papers_of(result), context))
        assert "/home/me" not in left and "/y" not in left and "publisher={P}" in left.replace(" = ", "=")
