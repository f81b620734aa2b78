"""What a pipe, a file or a person gives on standard input."""

import sys

from refman.domain.errors import UnreadableInput
from refman.services.input_bytes import bytes_of_stream

NAME = "standard input"


def read_standard_input() -> bytes:
    """All of it. Raises: UnreadableInput when the caller closed it (`<&-`), or it is no text or never ends."""
    # The interpreter's stand-in for a descriptor that is closed; typeshed does not know it.
    stream: object = sys.stdin
    if stream is None:
        raise UnreadableInput("no-standard-input", "Standard input is closed; give a file or a text.")
    return bytes_of_stream(sys.stdin.buffer.read, NAME)
