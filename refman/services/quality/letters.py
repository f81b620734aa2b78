"""Letters in Unicode's composed form (NFC), which searching, sorting and LaTeX expect."""

import unicodedata
from collections.abc import Iterator

from refman.domain.quality import CheckName, Finding, Severity
from refman.services.quality.subjects import Subject


def check_nfc(subject: Subject) -> Iterator[Finding]:
    """Letters whose accents stand behind them, as macOS and some PDFs write them."""
    for value in subject.values.values():
        if not unicodedata.is_normalized("NFC", value.text):
            message = f"{value.name} holds letters in parts (not NFC): they look the same and compare differently."
            fix = value.fix(unicodedata.normalize("NFC", value.text))
            yield value.finding(
                CheckName.NFC, Severity.NOTICE, "not-nfc", said=message, arguments=(value.name,), fix=fix
            )
    key = subject.draft.key
    if not unicodedata.is_normalized("NFC", key):
        message = f"The key {key} holds letters in parts (not NFC): a \\cite typed anew does not find it."
        yield Finding(CheckName.NFC, Severity.WARNING, "key", "key-not-nfc", message, (key,), key)
