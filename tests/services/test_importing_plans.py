"""Plans of imports, and inputs that give nothing."""

from dataclasses import replace

import pytest

from refman.domain.errors import InvalidValue
from refman.services.import_plan import (
    ImportInput,
    ImportOptions,
    OnDuplicate,
    Status,
)
from refman.services.library import Library
from tests.services.papers import CAPTURED, PAGE, import_texts, paper_of
from tests.services.short_pages import LONG, OTHER, SHORT, figures


def _page() -> str:
    return PAGE.read_text("utf-8")


def test_a_plan_says_what_is_new_here_and_different_and_writes_nothing(library: Library) -> None:
    import_texts(library, SHORT)
    version = library.version()
    new = "LGMay 1, 2020\nAnother One\n\nZoe Last\n\nWords.\n"
    plan = library.plan_import([ImportInput("x", "\n".join((OTHER, new, new, LONG)))], ImportOptions(CAPTURED))
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
    import_texts(library, SHORT)
    bib = "@misc{smith2024paper, title={Quite Another}}\n@misc{free, title={Third}}"
    new = "LGMay 1, 2020\nAnother One\n\nZoe Last\n\nWords.\n"
    texts = ["\n".join((OTHER, LONG, new, new)), bib, new]
    inputs = [ImportInput(str(place), text) for place, text in enumerate(texts)]
    plan = library.plan_import(inputs, ImportOptions(CAPTURED, on_duplicate=policy))
    plan = replace(plan, items=(*plan.items[:-2], replace(plan.items[-2], chosen=False), plan.items[-1]))
    version = library.version()
    foreseen = library.foresee_import(plan)
    assert library.version() == version
    done = library.apply_import(plan)
    assert (figures(foreseen), foreseen.keys, foreseen.problems) == (figures(done), done.keys, done.problems)
    assert sum(figures(done)) == len(plan.items) == len(done.keys)


def test_a_plan_can_be_narrowed(library: Library) -> None:
    plan = library.plan_import([ImportInput("page", _page())], ImportOptions(CAPTURED))
    items = tuple(replace(item, chosen=place < 2) for place, item in enumerate(plan.items))
    report = library.apply_import(replace(plan, items=items))
    assert figures(report) == (2, 0, 0, 21)
    assert report.keys[:3] == ("zheng2026ai", "velickovic2024amplifying", "")


def test_a_plan_of_which_nothing_is_wanted_does_nothing(library: Library) -> None:
    plan = library.plan_import([ImportInput("x", SHORT)], ImportOptions(CAPTURED))
    report = library.apply_import(replace(plan, items=(replace(plan.items[0], chosen=False),)))
    assert figures(report) == (0, 0, 0, 1)
    assert library.history() == []


def test_what_changed_since_the_plan_is_seen(library: Library) -> None:
    plan = library.plan_import([ImportInput("x", LONG)], ImportOptions(CAPTURED))
    import_texts(library, SHORT)
    assert figures(library.apply_import(plan)) == (0, 1, 0, 0)
    again = library.plan_import([ImportInput("x", LONG)], ImportOptions(CAPTURED))
    assert again.items[0].status is Status.HERE
    library.trash([paper_of(library, "smith2024paper").id])
    assert figures(library.apply_import(again)) == (1, 0, 0, 0)


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
        import_texts(library, SHORT, format="word")
    with pytest.raises(InvalidValue, match="profile, bibtex"):
        library.plan_import([ImportInput("x", SHORT, format="word")], ImportOptions(CAPTURED))


def test_a_head_alone_is_refused_and_leaves_no_profile(library: Library) -> None:
    head = _page().split("23 Papers")[0]
    plan = library.plan_import([ImportInput("head.txt", head)], ImportOptions(CAPTURED))
    assert [refusal.code for refusal in plan.refused] == ["no-drafts"]
    report = library.apply_import(plan)
    assert (figures(report), report.profiles) == ((0, 0, 0, 0), ())
    assert library.history() == []


def test_links_of_pasted_html_give_identifiers(library: Library) -> None:
    html = '<a href="https://arxiv.org/abs/2411.19744">A Paper on Things</a>'
    plan = library.plan_import([ImportInput("clipboard", SHORT, html)], ImportOptions(CAPTURED))
    assert plan.items[0].draft.plain("eprint") == "2411.19744"
