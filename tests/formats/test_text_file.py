"""Files decoded in blocks are the text that they are as a whole."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from refman.domain.errors import UnreadableInput
from refman.formats import text_file
from refman.formats.decoding import decode
from refman.formats.text_file import text_blocks, text_form, text_size_and_sha256, utf8_pieces

_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)
_CODECS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252")
_BYTES = st.one_of(
    st.binary(max_size=60),
    st.tuples(st.sampled_from(["Cp1251", "Shift_JIS", "latin-1"]), st.binary(min_size=1, max_size=9)).map(
        lambda pair: f"% Encoding: {pair[0]}\n\n".encode() + pair[1] + b"\xcf\xe5"
    ),
    st.tuples(_TEXTS, st.sampled_from(_CODECS)).map(lambda pair: pair[0].encode(pair[1], "replace")),
    st.tuples(_TEXTS, st.binary(max_size=3)).map(lambda pair: pair[0].encode() + b"\n\xc3\xa9\xc3\xa9" + pair[1]),
    st.tuples(_TEXTS, st.binary(max_size=5)).map(lambda pair: pair[0].encode("utf-16") + pair[1]),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_BYTES, st.integers(1, 9))
def test_a_file_in_blocks_is_the_whole_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, block: int
) -> None:
    path = tmp_path / "file.bib"
    path.write_bytes(data)
    with monkeypatch.context() as patch:
        patch.setattr(text_file, "BLOCK_BYTES", block)
        try:
            expected = decode(data, "file.bib")
        except UnreadableInput as error:
            with pytest.raises(UnreadableInput) as raised:
                text_form(path, "file.bib")
            assert raised.value.code == error.code
            return
        form = text_form(path, "file.bib")
        assert "".join(text_blocks(path, form)) == expected.text
        assert form.problems == expected.problems
        pieces = list(utf8_pieces(path, form, 7))
        assert b"".join(pieces).decode() == expected.text
        assert {len(piece) for piece in pieces[:-1]} <= {7}
        assert text_size_and_sha256(path, form) == (
            len(expected.text),
            hashlib.sha256(expected.text.encode()).hexdigest(),
        )
