"""Where the records of renamed keys are. Light to import: every start and every undo looks here."""

from pathlib import Path


def record_folder(location: str) -> Path:
    """Beside the library, as its attachments and backups are."""
    library = Path(location)
    return library.with_name(f"{library.stem or 'library'}.renames")


def has_records(location: str) -> bool:
    """Whether there is anything to look at; one look at the disk."""
    return record_folder(location).is_dir()
