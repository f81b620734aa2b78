"""What the category codes of an author page mean."""

import pytest

from refman.domain.categories import PRIMARY_CLASSES, Category, category_of, is_known


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("AI", Category("AI", "cs.AI")),
        ("LG", Category("LG", "cs.LG")),
        ("CL", Category("CL", "cs.CL")),
        ("ML", Category("ML", "stat.ML")),
        ("hep-th", Category("hep-th", "hep-th")),
        ("quant-ph", Category("quant-ph", "quant-ph")),
        ("gr-qc", Category("gr-qc", "gr-qc")),
        ("EM", Category("EM", "econ.EM")),
        ("mtrl-sci", Category("mtrl-sci", "cond-mat.mtrl-sci")),
        ("optics", Category("optics", "physics.optics")),
    ],
)
def test_a_code_of_one_archive_is_certain(code: str, expected: Category) -> None:
    assert category_of(code) == expected


@pytest.mark.parametrize(
    ("code", "primary_class"),
    [
        ("CV", "cs.CV"),  # also math.CV
        ("SY", "cs.SY"),  # also eess.SY
        ("AP", "stat.AP"),  # also math.AP
        ("CO", "stat.CO"),  # also math.CO and astro-ph.CO
        ("SP", "eess.SP"),  # also math.SP
        ("GN", "math.GN"),  # also econ.GN, q-bio.GN, q-fin.GN
    ],
)
def test_a_shared_code_is_a_guess_that_prefers_cs_then_stat_then_eess(code: str, primary_class: str) -> None:
    assert category_of(code) == Category(code, primary_class, is_guess=True)


def test_a_full_name_is_never_a_guess() -> None:
    assert [category_of(name) for name in PRIMARY_CLASSES] == [Category(name, name) for name in PRIMARY_CLASSES]


def test_case_does_not_matter_and_arxivs_spelling_comes_back() -> None:
    assert category_of("lg") == Category("LG", "cs.LG")
    assert category_of("CS.lg") == Category("cs.LG", "cs.LG")
    assert category_of("Quant-PH") == Category("quant-ph", "quant-ph")


def test_an_unknown_code_is_kept_as_it_stands() -> None:
    assert category_of("Xq") == Category("Xq")
    assert not is_known("Xq")


def test_the_list_holds_every_archive_once() -> None:
    assert len(set(PRIMARY_CLASSES)) == len(PRIMARY_CLASSES)
    archives = {name.partition(".")[0] for name in PRIMARY_CLASSES}
    assert " ".join(sorted(archives)) == (
        "astro-ph cond-mat cs econ eess gr-qc hep-ex hep-lat hep-ph hep-th math math-ph nlin nucl-ex nucl-th physics"
        " q-bio q-fin quant-ph stat"
    )
