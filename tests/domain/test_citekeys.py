import json
import re
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from refman.domain.citekeys import key_candidates, significant_words
from refman.domain.errors import InvalidValue
from refman.domain.key_patterns import check_pattern
from refman.domain.names import Name, parse_name
from refman.domain.paper import Draft, FieldValue, People
from refman.domain.settings import Settings
from tests.source import ROOT

DEFAULT = Settings().citation_key_pattern


def draft(title: str = "", *authors: str, role: str = "author", **fields: str) -> Draft:
    people = {role: People(tuple(map(parse_name, authors)))} if authors else {}
    values = {name: FieldValue(value) for name, value in {"title": title, **fields}.items() if value}
    return Draft(fields=values, people=people)


def first(paper: Draft, pattern: str = DEFAULT, most: int = 1) -> list[str]:
    return list(islice(key_candidates(paper, pattern), most))


def test_keys_of_the_author_page_are_name_year_and_first_significant_word() -> None:
    page = json.loads((ROOT / "tests/data/profile/lars-buesing.expected.json").read_text("utf-8"))
    keys = [first(draft(p["title"], *p["authors"], year=str(p["year"])))[0] for p in page["papers"]]
    assert keys == [
        "zheng2026ai",
        "velickovic2024amplifying",
        "tomasev2022pushing",
        "mesnard2020counterfactual",
        "hamrick2020role",
        "mitrovic2020representation",
        "karkus2020beyond",
        "mirza2020physically",
        "velickovic2020pointer",
        "parascandolo2020divide",
        "guez2020value",
        "rezende2020causally",
        "hamrick2019combining",
        "buesing2019approximate",
        "weber2019credit",
        "buesing2018woulda",
        "gregor2018temporal",
        "buesing2018learning",
        "speiser2017fast",
        "weber2017imagination",
        "pascanu2017learning",
        "archer2015black",
        "park2014bayesian",
    ]


def test_a_clash_takes_the_next_significant_word_and_then_a_letter() -> None:
    paper = draft("Learning to Search", "Ada Lovelace", year="2020")
    assert first(paper, most=4) == [
        "lovelace2020learning",
        "lovelace2020learningsearch",
        "lovelace2020learninga",
        "lovelace2020learningb",
    ]
    assert list(islice(key_candidates(paper, DEFAULT), 29))[-2:] == ["lovelace2020learningz", "lovelace2020learningaa"]


def test_a_word_that_looks_like_a_letter_is_offered_once() -> None:
    assert first(draft("Plan B", "A B", year="2020"), most=4) == ["b2020plan", "b2020planb", "b2020plana", "b2020planc"]


@pytest.mark.parametrize(
    ("paper", "key"),
    [
        (draft("The Planning of Search", "Ingrid von Glehn", year="2020"), "glehn2020planning"),
        (draft("X Rays", "Brinch Hansen, Per", year="1970"), "brinchhansen1970x"),
        (draft("Q-Learning", "Jean Łukasiewicz", year="1930"), "lukasiewicz1930qlearning"),
        (draft("Straße und Weg", "Åse Østergaard", year="2001"), "ostergaard2001strasse"),
        (draft("L’apprentissage", "Émile Borel", year="1920"), "borel1920apprentissage"),
        (draft("Les probabilités", "Андрей Марков", year="1906"), "markov1906probabilites"),
        (draft("Higgs", "{The ATLAS Collaboration}", year="2012"), "atlas2012higgs"),
        (draft("Handbook", "Roe, R.", role="editor", year="2012"), "roe2012handbook"),
        (draft("Handbook", organization="World Health Organization", year="2012"), "world2012handbook"),
        (draft("On Deep Learning", year="2012"), "deep2012learning"),
        (draft("Deep", year="2012"), "deep2012"),
        (draft("Deep Learning", "王小明", year="2012"), "deep2012learning"),
        (draft("深度学习", "王小明", year="2012"), "paper2012"),
        (draft("Deep Learning", "Ada Lovelace"), "lovelacedeep"),
        (draft("Deep Learning", "Ada Lovelace", date="1999-10/2000-02"), "lovelace1999deep"),
        (draft("The The", "Matt Johnson", year="1983"), "johnson1983the"),
        (draft("$k$-means \\emph{fast}", "A B", year="1983"), "b1983k"),
        (draft(), "paper"),
    ],
)
def test_default_key(paper: Draft, key: str) -> None:
    assert first(paper) == [key]


@pytest.mark.parametrize(
    ("pattern", "key"),
    [
        ("[auth][year]", "Lovelace1843"),
        ("[auth3:upper]-[shortyear]", "LOV-43"),
        ("[authors]", "LovelaceBabbageMenabrea"),
        ("[authors2]", "LovelaceBabbageEtAl"),
        ("[shorttitle]", "SketchAnalyticalEngine"),
        ("[title:abbr]", "SAEIB"),
        ("[title:truncate9:lower]", "sketchana"),
        ("[journal:abbr]:[firstpage]-[lastpage]", "TSM:666-731"),
        ("[keyword2][keyword9]", "Algorithms"),
        ("[month]_[entrytype]", "oct_Misc"),
        ("[edtr][doi]", "101000X"),
        ("[veryshorttitle:nonsense]", "Sketch"),
        ("plain text, no marker", "plaintextnomarker"),
        ("[TITLE]", "SketchoftheAnalyticalEngineInventedbyBabbage"),
        ("[fulltitle:truncate9]", "Sketchof"),
        ("[camel3]", "SketchOfThe"),
        ("[shorttitleINI]", "SAE"),
        ("[authorsAlpha][shortyear]", "LBM43"),
        ("[authshort]", "LBM"),
        ("[auth.etal]", "Lovelaceetal"),
        ("[authEtAl:lower]", "lovelaceetal"),
        ("[auth.auth.ea]", "LovelaceBabbageea"),
        ("[authorLast][authForeIni]", "MenabreaA"),
        ("[authorIni]", "LovelBM"),
        ("[authorLastForeIni]", "L"),
        ("[authIni4]", "LoBM"),
        ("[auth3_2]", "Bab"),
        ("[auth3_9]x", "x"),
        ("[keywords2]", "EnginesAlgorithms"),
        ("[edtr3][edtr.edtr.ea][editors][editorLast]y", "y"),
        ("[AUTHOR:truncate11]", "LovelaceAda"),
        ("[nofield:(none)][year]", "none1843"),
        ('[title:regex("[aeiou]+","")]', "SktchAnlytclEngnInvntdBbbg"),
        ('[title:regex("(S)k(e)","$2-$1"):lower]', "e-stchanalyticalengineinventedbabbage"),
        ('[title:regex("(","x"):truncate3]', "Ske"),
        ("[title:sentencecase:truncate12]", "Sketchanalyt"),
        ("[auth]; book = [year]; misc, article = [year][auth3]", "1843Lov"),
        ("[auth]; book = [year]", "Lovelace"),
        ('[auth:regex("L;","x")]; MISC=[shortyear]', "43"),
    ],
)
def test_markers_and_modifiers(pattern: str, key: str) -> None:
    paper = draft(
        "Sketch of the Analytical Engine Invented by Babbage",
        "Lovelace, Ada",
        "Babbage, Charles",
        "Menabrea, Luigi",
        year="1843",
        month="10",
        journal="Taylor's Scientific Memoirs",
        pages="p666--731",
        keywords="engines, algorithms",
        doi="10.1000/x",
    )
    assert first(paper, pattern) == [key]


@pytest.mark.parametrize(
    "pattern",
    [
        DEFAULT,
        "[auth][year]",
        "x[title:truncate20:abbr:capitalize]",
        '[title:regex("[a-z]","$0")]',
        "[auth:(x)]; book, inbook = [edtr]",
    ],
)
def test_patterns_that_can_be_meant(pattern: str) -> None:
    check_pattern(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "auth",
        "[auth",
        "[auth]]",
        "[auth:lowr]",
        "[auth:truncate]",
        "[auth]; [year]",
        "[auth]; book = x",
        '[auth:regex("(","")]',
        '[a:regex("a","$3")]',
    ],
)
def test_patterns_that_cannot_be_meant_are_refused_with_a_sentence(pattern: str) -> None:
    with pytest.raises(InvalidValue) as error:
        check_pattern(pattern)
    assert error.value.message.endswith(".")


def test_significant_words_of_a_title() -> None:
    assert significant_words("Divide-and-Conquer Monte Carlo's Q-Learning for the {AI}") == [
        "Divide", "Conquer", "Monte", "Carlos", "QLearning", "AI",
    ]  # fmt: skip


_TEXT = st.text(max_size=30)


@given(
    title=_TEXT, family=_TEXT, literal=_TEXT, year=_TEXT, pattern=st.sampled_from([DEFAULT, "[auth]:[title]"]) | _TEXT
)
def test_every_candidate_is_legal_for_every_engine_and_new(
    title: str, family: str, literal: str, year: str, pattern: str
) -> None:
    paper = Draft(
        fields={"title": FieldValue(title), "year": FieldValue(year)},
        people={"author": People((Name(family=family, literal=literal),))},
    )
    keys = first(paper, pattern, 40)
    assert all(re.fullmatch(r"[A-Za-z0-9:_-]+", key) for key in keys)
    assert len(set(keys)) == 40
    assert first(paper, pattern, 40) == keys
