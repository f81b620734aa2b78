from refman.formats.abbreviations import folded_title, read_abbreviations


def test_lists_of_all_three_kinds() -> None:
    lines = [
        "\ufeffJournal of Machine Learning Research;J. Mach. Learn. Res.;JMLR",
        '"Proteins, Structure & Function",Proteins Struct. Funct.',
        "Physical Review A = Phys. Rev. A",
        "# a comment",
        "",
        "The Computer Journal;Comput. J.",
        "Nature;Nature",
        "Only one column",
    ]
    assert read_abbreviations(lines) == {
        "journal of machine learning research": "J. Mach. Learn. Res.",
        "proteins, structure and function": "Proteins Struct. Funct.",
        "physical review a": "Phys. Rev. A",
        "computer journal": "Comput. J.",
    }


def test_the_first_of_two_counts() -> None:
    assert read_abbreviations(["A b;X", "a  B;Y"]) == {"a b": "X"}


def test_spellings_of_one_journal_are_one() -> None:
    assert folded_title("The Journal of  Foo & Bar") == folded_title("Journal of Foo and bar")
