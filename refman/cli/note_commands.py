"""Notes of papers."""

import argparse

from refman.cli.commands import Commands, add_json_option
from refman.cli.dashed_text import Parser, reveal
from refman.cli.numbers import parse_number
from refman.cli.output import print_json, say
from refman.cli.session import ids_of, library_of
from refman.cli.typed_text import typed_text
from refman.cli.world import World
from refman.domain.errors import InvalidValue, NotFound
from refman.domain.paper import Note, NoteId
from refman.services.library import Library


def add_to(commands: Commands) -> None:
    """Declares the commands."""
    note = commands.group("note", summary="write and list notes of papers")
    add = note.add("add", _add, summary="add a note (Markdown) to a paper")
    add.add_argument("key", metavar="KEY")
    _add_text(add)
    listed = note.add("list", _list, summary="list the notes of a paper")
    add_json_option(listed)
    listed.add_argument("key", metavar="KEY")
    edit = note.add("edit", _edit, summary="replace the text of a note")
    edit.add_argument("id", metavar="ID", type=parse_number, help="its number, as note list shows it")
    _add_text(edit)
    delete = note.add("delete", _delete, summary="delete a note")
    delete.add_argument("id", metavar="ID", type=parse_number, help="its number, as note list shows it")


def _add_text(parser: Parser) -> None:
    parser.is_last_text = True
    parser.add_argument(
        "text", metavar="TEXT", nargs="?", type=reveal, help="the note; - or nothing: standard input, or your $EDITOR"
    )


def _add(arguments: argparse.Namespace, world: World) -> int:
    with library_of(arguments, world) as library:
        (paper_id,) = ids_of(library, [arguments.key])
        outcome = library.add_note(paper_id, typed_text(arguments.text))
    say(f"{outcome.message} (note {outcome.note_id})")
    return 0


def _list(arguments: argparse.Namespace, world: World) -> int:
    with library_of(arguments, world) as library:
        (paper_id,) = ids_of(library, [arguments.key])
        notes = library.notes(paper_id)
    if arguments.json:
        print_json([{"id": note.id, "text": note.text} for note in notes])
        return 0
    if notes:
        say("\n\n".join(f"[{note.id}]\n{note.text}" for note in notes))
    return 0


def _edit(arguments: argparse.Namespace, world: World) -> int:
    note_id = NoteId(arguments.id)
    with library_of(arguments, world) as library:
        present = _note(library, note_id)
        text = typed_text(arguments.text, present=present.text)
        if not text.strip():
            raise InvalidValue(
                "empty-note",
                f"The new text is empty, so note {note_id} is as it was; note delete {note_id} deletes it.",
            )
        say(library.edit_note(note_id, text, expected=present.text).message)
    return 0


def _delete(arguments: argparse.Namespace, world: World) -> int:
    with library_of(arguments, world) as library:
        say(library.delete_note(NoteId(arguments.id)).message)
    return 0


def _note(library: Library, note_id: NoteId) -> Note:
    note = library.note(note_id)
    if note is None:
        raise NotFound("no-note", f"There is no note {note_id} in {library.location}; check its number.", str(note_id))
    return note
