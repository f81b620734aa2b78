"""The command line; it imports no Qt and needs no display."""
