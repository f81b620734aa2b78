"""The ways in which programs write what files belong to an entry."""

import base64
import plistlib

import pytest

from refman.formats.bibtex.file_links import file_paths
from refman.formats.bibtex.file_names import names_files
from tests.formats.bibtex.bib import read_one


@pytest.mark.parametrize(
    ("fields", "paths"),
    [
        ("file = {:a.pdf:PDF;Second:b/c.pdf:PDF}", ["a.pdf", "b/c.pdf"]),
        ("file = {/x/a.pdf;/x/b.pdf}", ["/x/a.pdf", "/x/b.pdf"]),
        ("file = {/x/a;b.pdf}", ["/x/a;b.pdf"]),
        ("file = {:http://x.org/a.pdf:URL}", []),
        ("file = {:https\\://x.org/a.pdf:URL}", []),
        ("pdf = {a.pdf}, localfile = {a.pdf}", ["a.pdf"]),
        ("bdsk-file-1 = {not base64!}, bdsk-file-2 = {bm8gcGxpc3Q=}", []),
        ("file = {}", []),
        ("note = {a.pdf}", []),
    ],
)
def test_paths_of_an_entry(fields: str, paths: list[str]) -> None:
    draft = read_one(f"@misc{{k, {fields}}}")
    assert file_paths(draft) == paths
    assert names_files(draft) or not paths


@pytest.mark.parametrize(
    "content",
    [
        {"relativePath": "papers/a.pdf", "bookmark": b"x"},
        {"$archiver": "NSKeyedArchiver", "$objects": ["$null", {"x": 1}, "papers/a.pdf"]},
    ],
)
def test_files_of_bibdesk_are_property_lists(content: dict[str, object]) -> None:
    text = base64.b64encode(plistlib.dumps(content, fmt=plistlib.FMT_BINARY)).decode()
    assert file_paths(read_one(f"@misc{{k, bdsk-file-1 = {{{text}}}}}")) == ["papers/a.pdf"]


def test_other_property_lists_name_no_file() -> None:
    for content in (["a.pdf"], {"relativePath": 1}, {"$objects": 1}):
        text = base64.b64encode(plistlib.dumps(content, fmt=plistlib.FMT_BINARY)).decode()
        assert file_paths(read_one(f"@misc{{k, bdsk-file-1 = {{{text}}}}}")) == []


@pytest.mark.parametrize(
    "xml",
    [
        b'<?xml version="1.0"?><plist><date>never</date></plist>',
        b"<plist><dict><key>relativePath</key><string>a.pdf</string></dict></plist>",
        b'<!DOCTYPE plist [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><plist><string>&b;</string></plist>',
        b'<!DOCTYPE plist [<!ENTITY x SYSTEM "file:///etc/passwd">]><plist><string>&x;</string></plist>',
        b"<plist>" + b"<array>" * 200_000,
    ],
)
def test_xml_is_never_read(xml: bytes) -> None:
    text = base64.b64encode(xml).decode()
    assert file_paths(read_one(f"@misc{{k, bdsk-file-1 = {{{text}}}}}")) == []
