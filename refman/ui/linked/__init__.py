"""Linked .bib files in the window: how they stand, what would change, and whose value counts."""
