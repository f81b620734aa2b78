"""The 45 hard inputs and what refman makes of each."""

import json
from collections.abc import Callable
from dataclasses import replace

from refman.domain.names import Name
from refman.domain.paper import Draft
from refman.formats.base import ImportResult
from refman.formats.decoding import decode
from tests.formats.bibtex.bib import DATA, read

CASES = {case["n"]: case for case in json.loads((DATA / "bibtex/hardcases/hardcases.json").read_text("utf-8"))}


def text_of(number: int) -> str:
    name = CASES[number]["file"]
    return decode((DATA / "bibtex/hardcases" / name).read_bytes(), name).text


def case(number: int) -> ImportResult:
    """Without the block that says the dialect."""
    result = read(text_of(number))
    return replace(result, blocks=tuple(block for block in result.blocks if block.kind != "dialect"))


def keys(result: ImportResult) -> list[str]:
    return [draft.key for draft in result.drafts]


def plains(result: ImportResult, name: str) -> list[str]:
    return [draft.plain(name) for draft in result.drafts]


def codes(result: ImportResult) -> list[tuple[int, str]]:
    return [(problem.line, problem.code) for problem in result.problems]


def parts(draft: Draft) -> list[tuple[str, str, str, str]]:
    return [(name.given, name.prefix, name.family or name.literal, name.suffix) for name in draft.authors]


def families(draft: Draft) -> list[str]:
    return [name.family for name in draft.authors]


EXPECTED: dict[int, tuple[Callable[[ImportResult], object], object]] = {
    1: (
        lambda r: (keys(r), codes(r), [(block.kind, block.raw[:12]) for block in r.blocks]),
        (["a", "valid"], [(5, "entry-not-closed")], [("other", "@article{bad")]),
    ),
    2: (
        lambda r: (keys(r), plains(r, "title"), plains(r, "year"), codes(r)),
        (["a"], ["First"], ["2020"], [(1, "entry-not-closed")]),
    ),
    3: (
        lambda r: (keys(r), plains(r, "title"), plains(r, "year"), codes(r)),
        (["a", "b"], ["One", "Two"], ["2020", "2021"], [(3, "missing-comma")]),
    ),
    4: (
        lambda r: (keys(r), plains(r, "title"), codes(r)),
        (["", ""], ["No key A", "No key B"], [(1, "no-key"), (6, "no-key")]),
    ),
    5: (lambda r: (keys(r), codes(r)), (["a", "b"], [])),
    6: (lambda r: (parts(r.drafts[0]), plains(r, "title")), ([("René", "", "Müller", "")], ["Straße"])),
    7: (lambda r: parts(r.drafts[0]), [("R", "", "Müller", "")]),
    8: (lambda r: (keys(r), parts(r.drafts[0])), (["a"], [("R", "", "Müller", "")])),
    9: (lambda r: (keys(r), plains(r, "title"), codes(r)), (["a", "b"], ["One two", "Three"], [])),
    10: (lambda r: families(r.drafts[0]), CASES[10]["expect"]["author_last"]),
    11: (
        lambda r: (parts(r.drafts[0]), plains(r, "title")),
        ([("A.", "", "Özkal", ""), ("Éric", "", "Moulines", "")], ["Ünïcode first"]),
    ),
    12: (lambda r: (len(r.drafts[0].authors), r.drafts[0].people["author"].truncated), (3, True)),
    13: (
        lambda r: (
            [parts(draft) for draft in r.drafts],
            [draft.people["author"].truncated for draft in r.drafts],
            codes(r),
        ),
        (
            [
                [("Jane", "", "Doe", "")],
                [("Jane", "", "Doe", "")],
                [("Jane", "", "Doe", "")],
                [("Jane", "", "Doe", "")],
                [("Jane", "", "Doe", ""), ("", "", "OTHERS", "")],
            ],
            [True, True, True, True, False],
            [(2, "odd-others"), (3, "odd-others"), (4, "odd-others"), (5, "odd-others")],
        ),
    ),
    14: (
        lambda r: ([name.literal for name in r.drafts[0].authors], r.drafts[1].authors),
        (CASES[14]["expect"]["a"], (Name("Society", "of", "Automotive Engineers"),)),
    ),
    15: (
        lambda r: parts(r.drafts[0]),
        [
            ("Johann Gottfried", "von Berlichingen zu", "Hornberg", ""),
            ("Martin Luther", "", "King", "Jr."),
            ("Charles Louis Xavier Joseph", "de la", "Vallée Poussin", ""),
            ("John", "", "von Neumann", ""),
            ("Ludwig", "van", "Beethoven", ""),
            ("J.", "Van der", "Waals", ""),
            ("Per Brinch", "", "Hansen", ""),
            ("Per", "", "Brinch Hansen", ""),
            ("Henry", "", "Ford Jr.", ""),
            ("Ingrid", "von", "Glehn", ""),
            ("Il Memming", "", "Park", ""),
            ("M.", "al", "Khwarizmi", ""),
            ("B", "", "D'Angelo", ""),
            ("", "de", "Gaulle", ""),
        ],
    ),
    16: (
        lambda r: ([families(draft) for draft in r.drafts], codes(r)),
        (
            [["Smith", "Doe"], ["Smith"], ["Smith", "Doe", "Roe"], ["Smith"], ["Smith", "Doe"]],
            [
                (1, "empty-name"),
                (1, "odd-separator"),
                (2, "odd-separator"),
                (3, "too-many-commas"),
                (3, "odd-separator"),
                (4, "too-many-commas"),
            ],
        ),
    ),
    17: (
        lambda r: (plains(r, "month"), plains(r, "day"), codes(r)),
        (
            ["1", "1", "1", "2", "1", "August/September", "1", "9", "1"],
            ["", "10", "", "", "", "", "", "", ""],
            [(8, "undefined-month")],
        ),
    ),
    18: (
        lambda r: (plains(r, "journal"), codes(r)),
        ([CASES[18]["expect"]["a"], CASES[18]["expect"]["b"], "nosuch"], [(5, "undefined-macro")]),
    ),
    19: (
        lambda r: (keys(r), [block.kind for block in r.blocks], codes(r)),
        (["after", "last"], ["comment", "comment", "other"], [(1, "entry-in-comment")]),
    ),
    20: (
        lambda r: (plains(r, "year"), r.blocks[0].kind, codes(r)),
        (["1981"], "preamble", []),
    ),
    21: (
        lambda r: (keys(r), plains(r, "title"), plains(r, "booktitle"), plains(r, "year"), plains(r, "crossref"),
                   r.drafts[0].people["editor"].names),
        (["child", "proc"], ["Child", "Proceedings of X"], ["Proceedings of X"] * 2, ["2020"] * 2, ["proc", ""],
         (Name("R", family="Roe"),)),
    ),
    22: (
        lambda r: (keys(r), plains(r, "crossref"), plains(r, "year"), plains(r, "booktitle")[1]),
        (["proc", "child"], ["", "proc"], ["2020"] * 2, "Proceedings of X"),
    ),
    23: (
        lambda r: (keys(r), plains(r, "xdata"), plains(r, "publisher"), plains(r, "address"), plains(r, "year"),
                   [(block.kind, block.name) for block in r.blocks]),
        (["b"], ["x1"], ["Springer"], ["Berlin"], ["2019"], [("control", "x1")]),
    ),
    24: (
        lambda r: (plains(r, "date"), plains(r, "year"), plains(r, "month"), plains(r, "day"), codes(r)),
        (
            ["1999-10/2000-02", "1995/", "199X", "2004-22", "2012~", "-0876", "2026-05-07", "", "2020-05-07T12:00:00Z"],
            ["1999", "1995", "1990", "2004", "2012", "-0876", "2026", "in press", "2020"],
            ["10", "", "", "", "", "", "5", "", "5"],
            ["", "", "", "", "", "", "7", "", "7"],
            [(7, "year-overruled")],
        ),
    ),
    25: (
        lambda r: (plains(r, "eprint"), plains(r, "primaryclass")),
        (
            ["2605.06651", "1707.06203v2", "1806.03107", "1811.06272", "hep-th/9711200", "1803.03324", "2206.07690",
             "2406.16733"],
            ["cs.AI", "cs.LG", "", "", "", "", "", "math.CO"],
        ),
    ),
    26: (
        lambda r: (plains(r, "url"), plains(r, "howpublished"), plains(r, "doi")[0], plains(r, "title")[0]),
        (
            [CASES[26]["expect"][name]["url"] for name in "abcd"],
            ["", "", CASES[26]["expect"]["c"]["url"], ""],
            "10.1002/(SICI)1522-2594(199911)42:5<952::AID-MRM16>3.0.CO;2-S",
            "A_b & 100% #1",
        ),
    ),
    27: (
        lambda r: plains(r, "pages"),
        [CASES[27]["expect"][name] for name in "abcdefghi"],
    ),
    28: (
        lambda r: plains(r, "title"),
        [
            CASES[28]["bibtex_oracle"][0]["fields"]["title"],
            CASES[28]["bibtex_oracle"][0]["fields"]["title"],
            "Combining Q-Learning and Search",
            "Physically Embedded 3D Sokoban",
        ],
    ),
    29: (
        lambda r: (plains(r, "title"), plains(r, "abstract")[0]),
        (
            [
                r"Measurable cardinals and the ${\rm GCH}$",
                CASES[29]["expect"]["b_show"],
                CASES[29]["expect"]["c_show"],
            ],
            "ReLICv2 achieves 77.1% top-1 accuracy, 51 out of 57 games",
        ),
    ),
    30: (lambda r: plains(r, "title"), [CASES[30]["expect"]["plain"]]),
    31: (
        lambda r: (plains(r, "title"), plains(r, "journal")),
        ([CASES[31]["expect"]["title"]], [CASES[31]["expect"]["journal"]]),
    ),
    32: (lambda r: plains(r, "title"), [CASES[32]["expect"][name] for name in "abc"]),
    33: (lambda r: (keys(r), plains(r, "title"), codes(r)), (["key1", "k2"], ["Paren), ok", "X"], [])),
    34: (
        lambda r: (keys(r), codes(r)),
        (
            ["Müller2020", "DBLP:conf/icml/0001AKP20", "van der Berg 2020", "O'Rourke2007", "key#1~x", "2020a",
             "a+b.c/d"],
            [(3, "key-with-blanks")],
        ),
    ),
    35: (
        lambda r: (keys(r), plains(r, "title"), codes(r)),
        (["k", "k", "K"], ["First", "Second", "Third"], [(2, "duplicate-key"), (3, "duplicate-key")]),
    ),
    36: (
        lambda r: (plains(r, "title"), families(r.drafts[0]), plains(r, "keywords"), codes(r)),
        (["One"], ["Doe", "Roe"], ["Big data, Theory"], [(1, "duplicate-field")] * 3),
    ),
    37: (
        lambda r: (plains(r, "groups"), [(block.kind, block.raw.split(":")[0]) for block in r.blocks], codes(r)),
        (
            ["Planning, RL"],
            [("other", "% Encoding"), *[("comment", "@Comment{jabref-meta")] * 3],
            [],
        ),
    ),
    38: (
        lambda r: (plains(r, "file")[0], plains(r, "file")[4], plains(r, "pdf")[5], plains(r, "localfile")[5]),
        ("Main:papers/a b.pdf:PDF;:sub\\:dir/c.pdf:PDF", "C:\\Papers\\x.pdf", "k2.pdf", "papers/k.pdf"),
    ),
    39: (
        lambda r: (plains(r, "keywords"), plains(r, "keyword")[1], plains(r, "mendeley-tags")[2]),
        (["Machine learning, planning; MCTS", "", "x,z", "A > B, C"], "a; b, c; d", "x,y"),
    ),
    40: (
        lambda r: {name: value.plain for name, value in r.drafts[0].fields.items()},
        {
            "title": "T",
            "date-added": "2020-01-01 10:00:00 +0100",
            "bdsk-url-1": "http://x.y/z_1",
            "citeulike-article-id": "1",
            "note+a": "N",
            "doi": "10.1/x",
            "title2": "u",
        },
    ),
    41: (
        lambda r: [draft.type for draft in r.drafts],
        ["online", "thesis", "software", "dataset", "web_page", "conference", "mastersthesis", "foo", "patent"],
    ),
    42: (lambda r: (keys(r), plains(r, "title")[0], codes(r)), (["a", "b"], "Attention @ scale: mail x@y.org", [])),
    43: (
        lambda r: (plains(r, "title"), families(r.drafts[0])),
        ([CASES[43]["expect"]["title"]], [CASES[43]["expect"]["author_last"]]),
    ),
    45: (
        lambda r: (keys(r), plains(r, "title"), codes(r)),
        (["key", "k2"], ["A B", "x"], [(6, "no-field-name")]),
    ),
    46: (lambda r: (keys(r), codes(r)), ([], [(0, "no-entry")])),
}  # fmt: skip
