"""Languages of papers, as far as titles and biblatex's `langid` need them."""

from types import MappingProxyType

from refman.domain.paper import Draft

_ENGLISH = frozenset(
    {"english", "american", "british", "usenglish", "ukenglish", "australian", "canadian", "newzealand", "eng"}
)
_NAMES_OF_CODES = MappingProxyType(
    {
        "de": "german", "fr": "french", "es": "spanish", "it": "italian", "pt": "portuguese", "nl": "dutch",
        "pl": "polish", "ru": "russian", "sv": "swedish", "da": "danish", "no": "norwegian", "nb": "norwegian",
        "fi": "finnish", "cs": "czech", "hu": "hungarian", "tr": "turkish", "el": "greek", "ca": "catalan",
        "ro": "romanian", "hr": "croatian", "sl": "slovene", "sk": "slovak", "bg": "bulgarian", "uk": "ukrainian",
    }
)  # fmt: skip
_LANGUAGES = frozenset(_NAMES_OF_CODES.values()) | {"ngerman", "naustrian", "brazilian", "latin"}


def is_foreign(draft: Draft) -> bool:
    """True when a language is given and is not English: then no word of the title may change its case."""
    language = (draft.plain("langid") or draft.plain("language")).strip().lower()
    return language != "" and language not in _ENGLISH and not language.startswith(("en-", "en_")) and language != "en"


def langid(draft: Draft) -> str:
    """babel's name of the paper's language for a paper that has none yet, "" when it is not known or English."""
    if draft.plain("langid") or not is_foreign(draft):
        return ""
    language = draft.plain("language").strip().lower()
    language = _NAMES_OF_CODES.get(language[:2], "") if len(language) == 2 or language[2:3] in {"-", "_"} else language
    return language if language in _LANGUAGES else ""
