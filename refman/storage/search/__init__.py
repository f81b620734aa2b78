"""Compiles searches to SQL: docs/decisions/0020-search.md."""
