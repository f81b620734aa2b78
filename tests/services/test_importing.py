"""Importing: the real page, again and again, in pieces, and what happens to papers that are here."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from refman.domain.changes import OperationKind
from refman.domain.errors import Cancelled, InvalidValue
from refman.domain.listing import Listing
from refman.domain.paper import FieldValue, Origin, Paper, PaperId
from refman.services import applying
from refman.services.import_plan import (
    ImportInput,
    ImportOptions,
    ImportReport,
    OnDuplicate,
    Status,
)
from refman.services.library import Library
from tests.fakes import FakeClock, FakeStore
from tests.services.papers import CAPTURED, PAGE, import_page, import_texts, paper_of, stored_paper

KEYS = (
    "zheng2026ai velickovic2024amplifying tomasev2022pushing mesnard2020counterfactual hamrick2020role "
    "mitrovic2020representation karkus2020beyond mirza2020physically velickovic2020pointer parascandolo2020divide "
    "guez2020value rezende2020causally hamrick2019combining buesing2019approximate weber2019credit "
    "buesing2018woulda gregor2018temporal buesing2018learning speiser2017fast weber2017imagination "
    "pascanu2017learning archer2015black park2014bayesian"
)


def _page() -> str:
    return PAGE.read_text("utf-8")


def _figures(report: ImportReport) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.unchanged, report.skipped


def _papers(library: Library) -> list[Paper]:
    with library.store.read() as reader:
        count = reader.counts().papers + reader.counts().trashed
        papers = reader.papers([PaperId(one) for one in range(1, 10_000)])
    assert len(papers) == count
    return papers


# The real page


def test_the_page_adds_its_23_papers_with_keys_and_profile(library: Library) -> None:
    report = import_page(library)
    assert _figures(report) == (23, 0, 0, 0)
    assert report.keys == tuple(KEYS.split())
    assert report.profiles == ("Lars Buesing",)
    assert report.problems == ()
    assert report.outcome.message == "23 added"
    assert (report.outcome.code, report.outcome.arguments) == ("imported", ("23", "0", "0", "0"))
    operation = report.outcome.changes.operation
    assert operation
    assert (operation.kind, operation.name, operation.papers) == (
        OperationKind.IMPORT,
        "Import 23 papers from a.txt",
        23,
    )


def test_the_stored_papers_say_what_the_page_means(library: Library) -> None:
    import_page(library)
    expected = json.loads(PAGE.with_suffix(".expected.json").read_text("utf-8"))
    stored = [
        {
            "title": paper.plain("title"),
            "authors": [name.display for name in paper.authors],
            "authors_truncated": paper.people["author"].truncated,
            "year": int(paper.plain("year")),
            "abstract": paper.plain("abstract"),
        }
        for paper in _papers(library)
    ]
    assert stored == [{name: paper[name] for name in stored[0]} for paper in expected["papers"]]
    (profile,) = library.profiles()
    assert (profile.name, profile.captures[0].captured_on, profile.captures[0].h_index) == (
        "Lars Buesing",
        CAPTURED,
        13,
    )


def test_each_paper_remembers_its_place_in_the_kept_text(library: Library) -> None:
    import_page(library)
    (place,) = paper_of(library, "tomasev2022pushing").came_from
    source = library.source_text(place.source_id)
    assert source
    assert (source.name, source.format, source.text) == ("a.txt", "profile", _page())
    excerpt = source.text[place.span.start : place.span.end]
    assert excerpt.startswith("CVJan 13, 2022\nPushing the limits")
    assert source.text.count("\n", 0, place.span.start) + 1 == place.span.line


def test_the_same_page_again_adds_nothing_and_makes_no_step(library: Library, clock: FakeClock) -> None:
    first = import_page(library)
    before, version = _papers(library), library.version()
    clock.pass_seconds(60)
    again = import_page(library)
    assert _figures(again) == (0, 0, 23, 0)
    assert again.keys == first.keys
    assert again.profiles == ("Lars Buesing",)
    assert again.problems == ()
    assert again.outcome.is_nothing
    assert again.outcome.message == "23 already here"
    assert _papers(library) == before
    assert len(library.history()) == 1
    assert library.version() == version


def test_undo_takes_the_whole_import_back_and_redo_brings_it(library: Library) -> None:
    import_page(library)
    before = _papers(library)
    library.undo()
    assert _papers(library) == []
    assert library.profiles() == []
    library.redo()
    assert _papers(library) == before


def test_a_later_capture_renews_the_scores_alone(library: Library, clock: FakeClock) -> None:
    import_page(library)
    before = paper_of(library, "zheng2026ai")
    clock.pass_seconds(60)
    later = import_texts(library, _page().replace("95.5AI", "99AI"), captured_on=date(2026, 11, 30))
    assert _figures(later) == (0, 0, 23, 0)
    assert later.problems == ()
    after = paper_of(library, "zheng2026ai")
    assert (after.plain("score"), after.plain("score_date")) == ("99", "2026-11-30")
    assert after.changed == before.changed
    (profile,) = library.profiles()
    assert [capture.captured_on for capture in profile.captures] == [date(2026, 11, 30), CAPTURED]


def test_an_earlier_capture_leaves_the_scores(library: Library) -> None:
    import_page(library)
    earlier = import_texts(library, _page().replace("95.5AI", "80AI"), captured_on=date(2026, 11, 1))
    assert _figures(earlier) == (0, 0, 23, 0)
    assert earlier.problems == ()
    assert paper_of(library, "zheng2026ai").plain("score") == "95.5"


def test_the_same_profile_and_day_is_one_capture(library: Library) -> None:
    import_page(library)
    import_texts(library, _page().replace("h-index13", "h-index14"))
    (profile,) = library.profiles()
    assert [(one.captured_on, one.h_index) for one in profile.captures] == [(CAPTURED, 14)]


def test_the_page_twice_in_one_paste_is_23_papers(library: Library) -> None:
    report = import_texts(library, _page() + "\n\n" + _page())
    assert _figures(report) == (23, 0, 23, 0)
    assert report.keys == tuple(KEYS.split()) * 2
    assert len(paper_of(library, "zheng2026ai").came_from) == 2


def test_the_page_in_two_files_is_23_papers_and_one_source(library: Library) -> None:
    report = import_texts(library, _page(), _page())
    assert _figures(report) == (23, 0, 23, 0)
    assert len(paper_of(library, "zheng2026ai").came_from) == 1
    assert report.outcome.changes.operation
    assert report.outcome.changes.operation.name == "Import 46 papers from 2 files"


# What happens to papers that are here


_HEAD = "LGNov 29, 2024\nA Paper on Things\n\nAnn Smith, Bob Jones"
_SHORT = f"{_HEAD} et al.\n\nFirst words.\n"
_LONG = f"{_HEAD}, Carl Young\n\nFirst words.\n"
_OTHER = f"{_HEAD} et al.\n\nOther words.\n"


def test_a_fuller_draft_completes_the_paper(library: Library, clock: FakeClock) -> None:
    import_texts(library, _SHORT)
    clock.pass_seconds(60)
    report = import_texts(library, _LONG)
    assert _figures(report) == (0, 1, 0, 0)
    assert report.problems == ()
    paper = paper_of(library, "smith2024paper")
    assert [name.family for name in paper.authors] == ["Smith", "Jones", "Young"]
    assert not paper.people["author"].truncated
    assert paper.changed == clock.now()
    assert report.outcome.message == "1 completed"


def test_a_differing_value_is_a_problem_with_its_line(library: Library) -> None:
    import_texts(library, _SHORT)
    report = import_texts(library, "\n" + _OTHER)
    assert _figures(report) == (0, 0, 1, 0)
    (problem,) = report.problems
    assert (problem.file, problem.line, problem.code) == ("a.txt", 2, "differs")
    assert problem.message == (
        'smith2024paper: abstract is "First words." in the library and "Other words." here; it was left as it is.'
    )
    assert paper_of(library, "smith2024paper").plain("abstract") == "First words."


def test_what_a_person_edited_or_cleared_is_never_overwritten(library: Library) -> None:
    import_texts(library, _SHORT)
    paper = paper_of(library, "smith2024paper")
    library.edit(paper.id, {"abstract": "", "authors": "Zoe Mine", "title": "A paper on things"})
    edited = stored_paper(library, paper.id)
    report = import_texts(library, _LONG)
    after = stored_paper(library, paper.id)
    assert (after.fields, after.people) == (edited.fields, edited.people)
    # Title and first author are others now, so nothing tells that it is the same paper: it comes in beside it.
    assert _figures(report) == (1, 0, 0, 0)


def test_a_cleared_field_is_not_filled_again(library: Library) -> None:
    import_texts(library, _SHORT)
    paper = paper_of(library, "smith2024paper")
    library.edit(paper.id, {"abstract": "", "month": ""})
    report = import_texts(library, _OTHER)
    assert _figures(report) == (0, 0, 1, 0)
    assert report.problems == ()
    assert stored_paper(library, paper.id).fields["abstract"] == FieldValue("", None, Origin.PERSON)


def test_a_type_that_a_person_set_back_is_not_filled(library: Library) -> None:
    import_texts(library, _SHORT)
    paper_id = paper_of(library, "smith2024paper").id
    article = "@article{x, title={A Paper on Things}, author={Ann Smith and others}, year=2024, journal={J}}"
    import_texts(library, article)
    assert stored_paper(library, paper_id).type == "article"
    library.edit(paper_id, {"type": "misc"})
    import_texts(library, article)
    assert stored_paper(library, paper_id).type == "misc"


def test_skip_leaves_papers_alone_and_counts_repeats_as_unchanged(library: Library) -> None:
    import_texts(library, _SHORT)
    report = import_texts(library, _LONG + "\n" + _LONG, on_duplicate=OnDuplicate.SKIP)
    assert _figures(report) == (0, 0, 1, 1)
    assert report.keys == ("smith2024paper", "smith2024paper")
    paper = paper_of(library, "smith2024paper")
    assert len(paper.authors) == 2
    assert report.outcome.is_nothing == (len(paper.came_from) == 1)


def test_skip_still_completes_a_new_paper_from_its_repeats(library: Library) -> None:
    report = import_texts(library, _SHORT + "\n" + _LONG, on_duplicate=OnDuplicate.SKIP)
    assert _figures(report) == (1, 0, 1, 0)
    assert len(paper_of(library, "smith2024paper").authors) == 3


def test_keep_adds_a_paper_of_its_own_but_not_each_repeat(library: Library) -> None:
    import_texts(library, _SHORT)
    report = import_texts(library, _LONG + "\n" + _LONG, on_duplicate=OnDuplicate.KEEP)
    assert _figures(report) == (1, 0, 1, 0)
    assert report.keys == ("smith2024paperthings",) * 2
    assert len(_papers(library)) == 2


def test_keep_adds_from_every_source(library: Library) -> None:
    report = import_texts(library, _SHORT, _LONG, on_duplicate=OnDuplicate.KEEP)
    assert _figures(report) == (2, 0, 0, 0)


def test_a_new_paper_is_completed_by_a_second_file(library: Library) -> None:
    report = import_texts(library, _SHORT, _LONG)
    assert _figures(report) == (1, 1, 0, 0)
    assert len(paper_of(library, "smith2024paper").authors) == 3


def test_a_paper_in_the_trash_is_not_the_same_paper(library: Library) -> None:
    import_texts(library, _SHORT)
    library.trash([paper_of(library, "smith2024paper").id])
    report = import_texts(library, _SHORT)
    assert _figures(report) == (1, 0, 0, 0)
    assert report.keys == ("smith2024paperthings",)


def test_a_paper_without_a_key_gets_one_when_it_is_met(library: Library) -> None:
    outcome = library.new_paper("misc", {})
    (paper_id,) = outcome.changes.added
    library.edit(paper_id, {"title": "A Paper on Things", "authors": "Ann Smith"})
    assert stored_paper(library, paper_id).key == ""
    report = import_texts(library, _SHORT)
    assert report.keys == ("smith2024paper",)
    assert stored_paper(library, paper_id).key == "smith2024paper"


# Tags


def test_tags_go_on_every_paper_also_on_those_that_are_here(library: Library) -> None:
    import_texts(library, _SHORT)
    report = import_texts(library, _SHORT, tags=["RL/planning ", "to read"])
    assert _figures(report) == (0, 1, 0, 0)
    assert set(paper_of(library, "smith2024paper").tags) == {"RL/planning", "to read"}
    again = import_texts(library, _SHORT, tags=["rl/planning"])
    assert _figures(again) == (0, 0, 1, 0)


def test_a_tag_that_cannot_be_is_refused_before_anything_is_read(library: Library) -> None:
    with pytest.raises(InvalidValue, match="is not a tag"):
        import_texts(library, _SHORT, tags=["rl//x"])
    assert library.history() == []


def test_keywords_become_tags_when_asked_and_their_slashes_make_no_levels(library: Library) -> None:
    text = "@misc{a, title={One}, keywords={TCP/IP; deep learning; Deep Learning}}"
    options = ImportOptions(CAPTURED, keywords_as_tags=True)
    library.apply_import(library.plan_import([ImportInput("a.bib", text)], options))
    paper = paper_of(library, "a")
    assert set(paper.tags) == {"TCP\\/IP", "deep learning"}
    assert paper.plain("keywords") == "TCP/IP; deep learning; Deep Learning"


# Plans


def test_a_plan_says_what_is_new_here_and_different_and_writes_nothing(library: Library) -> None:
    import_texts(library, _SHORT)
    version = library.version()
    new = "LGMay 1, 2020\nAnother One\n\nZoe Last\n\nWords.\n"
    plan = library.plan_import([ImportInput("x", "\n".join((_OTHER, new, new, _LONG)))], ImportOptions(CAPTURED))
    assert library.version() == version
    shown = [(item.status, item.match_key, item.repeat_of, item.fills) for item in plan.items]
    assert shown == [
        (Status.DIFFERS, "smith2024paper", None, ()),
        (Status.NEW, "", None, ()),
        (Status.HERE, "", 1, ()),
        (Status.HERE, "smith2024paper", 0, ("author",)),
    ]
    assert [item.draft.span is not None and item.draft.span.line for item in plan.items] == [1, 8, 15, 22]


@pytest.mark.parametrize("policy", list(OnDuplicate))
def test_a_dry_run_foresees_the_report(library: Library, policy: OnDuplicate) -> None:
    import_texts(library, _SHORT)
    bib = "@misc{smith2024paper, title={Quite Another}}\n@misc{free, title={Third}}"
    new = "LGMay 1, 2020\nAnother One\n\nZoe Last\n\nWords.\n"
    texts = ["\n".join((_OTHER, _LONG, new, new)), bib, new]
    inputs = [ImportInput(str(place), text) for place, text in enumerate(texts)]
    plan = library.plan_import(inputs, ImportOptions(CAPTURED, on_duplicate=policy))
    plan = replace(plan, items=(*plan.items[:-2], replace(plan.items[-2], chosen=False), plan.items[-1]))
    version = library.version()
    foreseen = library.foresee_import(plan)
    assert library.version() == version
    done = library.apply_import(plan)
    assert (_figures(foreseen), foreseen.keys, foreseen.problems) == (_figures(done), done.keys, done.problems)
    assert sum(_figures(done)) == len(plan.items) == len(done.keys)


def test_a_plan_can_be_narrowed(library: Library) -> None:
    plan = library.plan_import([ImportInput("page", _page())], ImportOptions(CAPTURED))
    items = tuple(replace(item, chosen=place < 2) for place, item in enumerate(plan.items))
    report = library.apply_import(replace(plan, items=items))
    assert _figures(report) == (2, 0, 0, 21)
    assert report.keys[:3] == ("zheng2026ai", "velickovic2024amplifying", "")


def test_a_plan_of_which_nothing_is_wanted_does_nothing(library: Library) -> None:
    plan = library.plan_import([ImportInput("x", _SHORT)], ImportOptions(CAPTURED))
    report = library.apply_import(replace(plan, items=(replace(plan.items[0], chosen=False),)))
    assert _figures(report) == (0, 0, 0, 1)
    assert library.history() == []


def test_what_changed_since_the_plan_is_seen(library: Library) -> None:
    plan = library.plan_import([ImportInput("x", _LONG)], ImportOptions(CAPTURED))
    import_texts(library, _SHORT)
    assert _figures(library.apply_import(plan)) == (0, 1, 0, 0)
    again = library.plan_import([ImportInput("x", _LONG)], ImportOptions(CAPTURED))
    assert again.items[0].status is Status.HERE
    library.trash([paper_of(library, "smith2024paper").id])
    assert _figures(library.apply_import(again)) == (1, 0, 0, 0)


# Inputs that give nothing


@pytest.mark.parametrize(
    ("text", "format", "code"),
    [
        ("", "profile", "empty-input"),
        ("", "", "empty-input"),
        ("nothing that any importer knows", "", "unknown-format"),
        ("nothing that any importer knows", "profile", "no-drafts"),
        ("% only a comment\n", "bibtex", "no-drafts"),
    ],
)
def test_an_input_without_papers_is_refused_with_a_reason(library: Library, text: str, format: str, code: str) -> None:
    plan = library.plan_import([ImportInput("x.txt", text)], ImportOptions(CAPTURED, format=format))
    assert [(refusal.file, refusal.code) for refusal in plan.refused] == [("x.txt", code)]
    assert "x.txt" in plan.refused[0].message
    assert plan.items == ()
    assert library.apply_import(plan).outcome.is_nothing


def test_a_format_that_does_not_exist_is_refused_naming_those_that_do(library: Library) -> None:
    with pytest.raises(InvalidValue, match="profile, bibtex"):
        import_texts(library, _SHORT, format="word")
    with pytest.raises(InvalidValue, match="profile, bibtex"):
        library.plan_import([ImportInput("x", _SHORT, format="word")], ImportOptions(CAPTURED))


def test_a_head_alone_is_refused_and_leaves_no_profile(library: Library) -> None:
    head = _page().split("23 Papers")[0]
    plan = library.plan_import([ImportInput("head.txt", head)], ImportOptions(CAPTURED))
    assert [refusal.code for refusal in plan.refused] == ["no-drafts"]
    report = library.apply_import(plan)
    assert (_figures(report), report.profiles) == ((0, 0, 0, 0), ())
    assert library.history() == []


def test_links_of_pasted_html_give_identifiers(library: Library) -> None:
    html = '<a href="https://arxiv.org/abs/2411.19744">A Paper on Things</a>'
    plan = library.plan_import([ImportInput("clipboard", _SHORT, html)], ImportOptions(CAPTURED))
    assert plan.items[0].draft.plain("eprint") == "2411.19744"


# BibTeX


_BIB = """@string{jmlr = "J. Mach. Learn. Res."}
@preamble{"\\newcommand{\\x}{y}"}
@article{Smith2020, title={One}, author={Ann Smith}, year=2020, journal=jmlr}
@article{Jones2021, title={Two}, author={Bob Jones}, year=2021}
"""


def test_keys_and_blocks_of_a_bib_are_kept(library: Library) -> None:
    report = import_texts(library, _BIB)
    assert report.keys == ("Smith2020", "Jones2021")
    with library.store.read() as reader:
        assert reader.macros() == {"jmlr": '"J. Mach. Learn. Res."'}
        kinds = [block.kind for _, block in reader.blocks()]
    assert kinds == ["dialect", "string", "preamble"]
    again = import_texts(library, _BIB)
    assert _figures(again) == (0, 0, 2, 0)
    assert again.outcome.is_nothing


def test_entries_of_one_file_with_different_keys_are_two_papers_each_time(library: Library) -> None:
    twins = "".join(f"@misc{{{key}, title={{One}}, author={{Ann Smith}}, year=2020}}\n" for key in ("a", "b"))
    assert _figures(import_texts(library, twins)) == (2, 0, 0, 0)
    again = import_texts(library, twins)
    assert (_figures(again), again.keys, again.problems) == ((0, 0, 2, 0), ("a", "b"), ())


def test_entries_without_title_are_known_by_their_key(library: Library) -> None:
    bib = "@misc{control, note={x}}"
    assert _figures(import_texts(library, bib)) == (1, 0, 0, 0)
    assert _figures(import_texts(library, bib)) == (0, 0, 1, 0)
    library.trash([paper_of(library, "control").id])
    report = import_texts(library, bib)
    assert (_figures(report), report.keys) == ((1, 0, 0, 0), ("controla",))


def test_a_key_that_is_taken_gets_a_letter_and_a_problem(library: Library) -> None:
    import_texts(library, "@misc{a, title={One}}")
    report = import_texts(library, "@misc{A, title={Two}}")
    assert report.keys == ("Aa",)
    (problem,) = report.problems
    assert (problem.code, problem.line, problem.arguments) == ("key-taken", 1, ("A", "Aa"))


def test_a_paper_that_is_here_keeps_its_key_and_the_person_is_told(library: Library) -> None:
    import_texts(library, _SHORT)
    bib = "@misc{Smith24, title={A Paper on Things}, author={Ann Smith and others}, year=2024}"
    report = import_texts(library, bib)
    assert report.keys == ("smith2024paper",)
    assert [(one.code, one.arguments[1:]) for one in report.problems] == [
        ("differs", ("key", "smith2024paper", "Smith24"))
    ]


def test_notes_of_a_draft_come_with_it_once(library: Library) -> None:
    import_texts(library, _SHORT)
    plan = library.plan_import([ImportInput("x", _SHORT)], ImportOptions(CAPTURED))
    item = plan.items[0]
    plan = replace(plan, items=(replace(item, draft=replace(item.draft, notes=("read it",))),))
    assert _figures(library.apply_import(plan)) == (0, 1, 0, 0)
    assert _figures(library.apply_import(plan)) == (0, 0, 1, 0)
    assert [note.text for note in library.notes(paper_of(library, "smith2024paper").id)] == ["read it"]


# Big imports


class _Watcher:
    """Cancels after some reports."""

    def __init__(self, most: int = 1_000) -> None:
        self.reports: list[tuple[int, int | None]] = []
        self._most = most

    def report(self, done: int, total: int | None, text: str = "") -> None:
        self.reports.append((done, total))

    @property
    def is_cancelled(self) -> bool:
        return len(self.reports) >= self._most


def _many(number: int) -> str:
    entries = (f"@misc{{k{one}, title={{Title {one}}}, author={{Ann Smith}}}}\n" for one in range(number))
    return "".join(entries)


def test_a_big_import_is_one_step_in_chunks(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(applying, "CHUNK", 5)
    watcher = _Watcher()
    text = _many(12) + _many(12).replace("@misc", "\n@misc")
    plan = library.plan_import([ImportInput("many.bib", text)], ImportOptions(CAPTURED))
    report = library.apply_import(plan, watcher)
    assert _figures(report) == (12, 0, 12, 0)
    assert report.keys == tuple(f"k{one}" for one in range(12)) * 2
    assert watcher.reports == [(5, 24), (10, 24), (15, 24), (20, 24), (24, 24)]
    assert [(one.name, one.papers) for one in library.history()] == [("Import 24 papers from many.bib", 12)]
    if isinstance(library.store, FakeStore):
        assert library.store.chunks == 4
    library.undo()
    assert _papers(library) == []


def test_cancel_takes_everything_back(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(applying, "CHUNK", 5)
    plan = library.plan_import([ImportInput("many.bib", _many(12))], ImportOptions(CAPTURED))
    with pytest.raises(Cancelled):
        library.apply_import(plan, _Watcher(2))
    assert _papers(library) == []
    assert library.history() == []


def test_reading_can_be_cancelled(library: Library) -> None:
    with pytest.raises(Cancelled):
        library.plan_import([ImportInput("many.bib", _many(2))], ImportOptions(CAPTURED), _Watcher(0))


def test_entries_with_different_keys_stay_two_across_chunks(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(applying, "CHUNK", 1)
    twins = "".join(f"@misc{{{key}, title={{One}}, author={{Ann Smith}}, year=2020}}\n" for key in ("a", "b"))
    assert _figures(import_texts(library, twins)) == (2, 0, 0, 0)


def test_keep_knows_repeats_across_chunks(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(applying, "CHUNK", 1)
    report = import_texts(library, _SHORT + "\n" + _SHORT, on_duplicate=OnDuplicate.KEEP)
    assert _figures(report) == (1, 0, 1, 0)


def test_the_list_shows_new_papers_first(library: Library, clock: FakeClock) -> None:
    import_texts(library, _SHORT)
    clock.pass_seconds(60)
    import_texts(library, "LGMay 1, 2020\nAnother One\n\nZoe Last\n\nWords.\n")
    titles = [row.title for row in library.rows([PaperId(one) for one in library.ids(Listing())])]
    assert titles == ["Another One", "A Paper on Things"]
    assert library.rows([paper_of(library, "last2020another").id])[0].added == datetime(2026, 11, 22, 10, 1, tzinfo=UTC)
