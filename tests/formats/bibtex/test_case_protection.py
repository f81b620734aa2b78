import json
import re

import pytest

from refman.formats.bibtex.text_to_latex import title_to_latex
from tests.formats.bibtex.bib import BIBTEX, DATA


def test_titles_of_the_author_page_are_those_of_the_hand_made_bib() -> None:
    gold = (DATA / "bibtex" / "lars-buesing.gold.bib").read_text("utf-8")
    page = json.loads((DATA / "profile" / "lars-buesing.expected.json").read_text("utf-8"))
    assert [title_to_latex(paper["title"], BIBTEX) for paper in page["papers"]] == re.findall(
        r"  title = \{(.*)\},", gold
    )


@pytest.mark.parametrize(
    ("plain", "tex"),
    [
        ("Combining Q-Learning and Model-Free Search", "Combining {Q}-Learning and Model-Free Search"),
        ("I2As, 3D and 2026: NAS-Bench", "{I2As}, {3D} and 2026: {NAS}-Bench"),
        ("A Survey: A-Optimal Design", "A Survey: {A}-Optimal Design"),
        ("What Can I Do with C++?", "What Can {I} Do with {C}++?"),
        ("Newton's Method by O'Brien", "{Newton's} Method by {O'Brien}"),
        ("Non-Bayesian BERT/GPT-2 (AI)", "Non-{Bayesian} {BERT}/{GPT}-2 ({AI})"),
        ("Vision AND LANGUAGE", "Vision {AND} {LANGUAGE}"),
        ("DEEP LEARNING FOR VISION", "DEEP LEARNING FOR VISION"),
        ("AI", "{AI}"),
        ("U.S. and pH of mRNA", "{U.S}. and {pH} of {mRNA}"),
        ("", ""),
    ],
)
def test_words_that_styles_must_not_write_small_stand_in_braces(plain: str, tex: str) -> None:
    assert title_to_latex(plain, BIBTEX) == tex
