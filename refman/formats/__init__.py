"""Text formats: each importer and exporter translates between text and domain values."""
