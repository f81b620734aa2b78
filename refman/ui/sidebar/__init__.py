"""The sidebar: tags, saved searches, author profiles."""
