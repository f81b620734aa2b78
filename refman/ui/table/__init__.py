"""The list of papers: model, page cache, columns, view."""
