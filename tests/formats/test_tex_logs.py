"""What BibTeX, biber and LaTeX say of entries, on the entry."""

from refman.formats.build_note import BuildNote
from refman.formats.tex_logs import blg_notes, log_notes

_BIBTEX = """This is BibTeX, Version 0.99d (TeX Live 2022/Debian)
I couldn't open database file nothere.bib
---line 12 of file main.aux
 : \\bibdata{r,nothere
Database file #1: refs.bib
Warning--I didn't find a database entry for "nobody"
Warning--empty journal in adams2001
Warning--entry type for "baker2002" isn't style-file defined
--line 13 of file refs.bib
Warning--can't use both volume and number fields in carter2003
Warning--to sort, need author or key in dodo
Warning--string name "undefd" is undefined
--line 14 of file refs.bib
Warning--I'm ignoring eve's extra "year" field
--line 15 of file refs.bib
I was expecting a `,' or a `}'---line 16 of file refs.bib
 : @article{e3
 :             author={A}}
I'm skipping whatever remains of this entry
Repeated entry---line 19 of file refs.bib
 : @misc{adams2001
A bad cross reference---entry "child"
refers to entry "nope", which doesn't exist
Too many commas in name 1 of "A, B, C, D, E" for entry finn
while executing---line 1049 of file plain.bst
Too many commas in name 1 of "A, B, C, D, E" for entry finn
while executing---line 1090 of file plain.bst
I found no \\bibdata command---while reading file main.aux
= -- 144
(There were 4 warnings)
"""
_BIBER = """[0] Config.pm:307> INFO - This is Biber 2.18
[150] Biber.pm:4470> WARN - I didn't find a database entry for 'nobody' (section 0)
[151] Biber.pm:133> WARN - Datamodel: article entry 'adams2001' (refs.bib): Missing mandatory field 'journaltitle'
[152] Utils.pm:411> WARN - BibTeX subsystem: /tmp/x/refs.bib_12.utf8, line 12, warning: 1 characters of junk seen
[153] bibtex.pm:1> WARN - Duplicate entry key: 'baker2002' in file 'refs.bib', skipping ...
[154] Utils.pm:429> ERROR - BibTeX subsystem: /tmp/x/refs.bib_12.utf8, line 3, syntax error
[155] Biber.pm:136> INFO - WARNINGS: 4
"""
_LOG = (
    "LaTeX Warning: Citation `adms2001' on page 1 undefined on input line 3.\n\n"
    "Package natbib Warning: Citation `a-very-long-key-of-somebody-who-likes-long-ke\n"
    "ys' on page 12 undefined on input line 345.\n"
    "LaTeX Warning: Citation `adms2001' on page 2 undefined on input line 9.\n"
    "LaTeX Warning: Citation 'straight' on page 2 undefined on input line 10.\n"
    "Package biblatex Warning: The following entry could not be found\n(biblatex)                in the database:\n"
    "(biblatex)                darwin1859\n(biblatex)                Please verify the spelling and rerun\n"
    "LaTeX Warning: Reference `fig:x' on page 1 undefined on input line 4.\n"
)


def test_bibtex() -> None:
    assert [(note.key, note.is_error, note.file, note.line) for note in blg_notes(_BIBTEX)] == [
        ("", True, "main.aux", 12),
        ("nobody", False, "", 0),
        ("adams2001", False, "", 0),
        ("baker2002", False, "refs.bib", 13),
        ("carter2003", False, "", 0),
        ("dodo", False, "", 0),
        ("", False, "refs.bib", 14),
        ("eve", False, "refs.bib", 15),
        ("", True, "refs.bib", 16),
        ("adams2001", True, "refs.bib", 19),
        ("child", True, "", 0),
        ("finn", True, "", 0),
        ("", True, "main.aux", 0),
    ]
    messages = [note.message for note in blg_notes(_BIBTEX) if note.is_error]
    assert messages[0] == "I couldn't open database file nothere.bib"
    assert messages[3] == 'A bad cross reference---entry "child" refers to entry "nope", which doesn\'t exist'
    assert messages[4] == 'Too many commas in name 1 of "A, B, C, D, E" for entry finn'
    assert next(iter(blg_notes("Warning--empty journal in adams2001"))) == BuildNote(
        "adams2001", "empty journal in adams2001"
    )


def test_biber_reads_a_copy_of_the_only_file() -> None:
    copy = '[308] Biber.pm:130> WARN - BibTeX subsystem: /tmp/x/3bbd_30536.utf8, line 8, warning: undefined macro "x"\n'
    one = "[226] bibtex.pm:1518> INFO - Found BibTeX data source 'r.bib'\n"
    two = one.replace("r.bib", "s.bib")
    assert [(note.file, note.line) for note in blg_notes(one + copy)] == [("r.bib", 8)]
    assert [(note.file, note.line) for note in blg_notes(one + two + copy)] == [("", 0)]


def test_biber() -> None:
    assert [(note.key, note.is_error, note.line) for note in blg_notes(_BIBER)] == [
        ("nobody", False, 0),
        ("adams2001", False, 0),
        ("", False, 12),
        ("baker2002", False, 0),
        ("", True, 3),
    ]
    assert [note.file for note in blg_notes(_BIBER)][2] == "/tmp/x/refs.bib"


def test_log() -> None:
    assert [(note.key, note.line) for note in log_notes(_LOG)] == [
        ("adms2001", 3),
        ("a-very-long-key-of-somebody-who-likes-long-keys", 345),
        ("straight", 10),
        ("darwin1859", 0),
    ]
