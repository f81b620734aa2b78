from refman.formats.abbreviations import folded_title, read_abbreviations, short_name


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
        "the computer journal": "Comput. J.",
        "computer journal": "Comput. J.",
    }


def test_the_line_of_the_very_title_wins_over_one_without_its_article() -> None:
    names = read_abbreviations(["Physics Letters;Phys. Lett.", "The Physics Letters;TPL", "The Sun;Sun", "Sun = Sun"])
    assert short_name(names, "the physics  letters") == "TPL"
    assert short_name(names, "Physics Letters") == "Phys. Lett."
    assert (short_name(names, "The Sun"), short_name(names, "Sun")) == ("Sun", "")
    assert short_name(read_abbreviations(["A & B;AB"]), "The A and B") == "AB"


def test_the_first_of_two_counts() -> None:
    assert read_abbreviations(["A b;X", "a  B;Y"]) == {"a b": "X"}


def test_spellings_of_one_journal_are_one() -> None:
    assert folded_title("The Journal of  Foo & Bar") == folded_title("Journal of Foo and bar")
