"""Separate processes with limits, for parsing big or hostile files."""
