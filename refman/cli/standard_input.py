"""What a pipe, a file or a person gives on standard input."""

import sys

from refman.domain.errors import UnreadableInput


def read_standard_input() -> bytes:
    """All of it. Raises: UnreadableInput when the caller closed it (`<&-`)."""
    # The interpreter's stand-in for a descriptor that is closed; typeshed does not know it.
    stream: object = sys.stdin
    if stream is None:
        raise UnreadableInput("no-standard-input", "Standard input is closed; give a file or a text.")
    return sys.stdin.buffer.read()
