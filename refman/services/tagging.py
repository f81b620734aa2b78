"""Putting tags on papers, and keeping the tree of tags."""

from collections.abc import Sequence

from refman.domain.changes import OperationKind
from refman.domain.errors import InvalidValue, NotFound
from refman.domain.frozen import dataclass
from refman.domain.listing import TagInfo
from refman.domain.paper import PaperId
from refman.domain.ports import Reader, Store, Writer
from refman.domain.tags import fold_tag, is_same_or_below, parse_tag, show_tag
from refman.services.labels import papers_label
from refman.services.operations import Step, change
from refman.services.outcome import Outcome, Sentence, count_of
from refman.services.tag_names import parse_tags

COLOURS = 12
"""How many hues the theme has for tags."""


def tag(store: Store, ids: Sequence[PaperId], names: Sequence[str]) -> Outcome:
    """Puts tags on papers. Raises: InvalidValue."""
    tags = parse_tags(names)
    label = papers_label(store, ids)
    step = Step(OperationKind.TAG, f"Tag {label} with {', '.join(tags)}")
    return change(store, step, lambda w: w.put_tags(ids, tags), done=_tagged(label, tags))


def retag(store: Store, ids: Sequence[PaperId], *, put: Sequence[str], take: Sequence[str]) -> Outcome:
    """Puts tags on papers and takes others off, as one step. Raises: InvalidValue, NotFound for a tag to take."""
    if not take:
        return tag(store, ids, put)
    if not put:
        return untag(store, ids, take)
    added = parse_tags(put)
    with store.read() as reader:
        taken = [_existing(reader, name) for name in take]
    label = papers_label(store, ids)

    def work(writer: Writer) -> None:
        writer.take_tags(ids, taken)
        writer.put_tags(ids, added)

    step = Step(OperationKind.TAG, f"Tag {label} with {', '.join(added)} and take {', '.join(taken)} off")
    message = f"{label} tagged with {_quoted(added)}, {_quoted(taken)} taken off"
    return change(store, step, work, done=Sentence("retagged", message, (label, _quoted(added), _quoted(taken))))


def untag(store: Store, ids: Sequence[PaperId], names: Sequence[str]) -> Outcome:
    """Takes tags off papers. Raises: NotFound for a tag that does not exist."""
    with store.read() as reader:
        tags = [_existing(reader, name) for name in names]
    label = papers_label(store, ids)
    step = Step(OperationKind.TAG, f"Take {', '.join(tags)} off {label}")
    return change(store, step, lambda w: w.take_tags(ids, tags), done=_untagged(label, tags))


def toggle_tag(store: Store, ids: Sequence[PaperId], name: str) -> Outcome:
    """Takes the tag off when all of these papers carry it, else puts it on all."""
    with store.read() as reader:
        carried = {fold_tag(tag): number for tag, number in reader.tags_of(ids).items()}
    is_on_all = bool(ids) and carried.get(fold_tag(parse_tag(name)), 0) == len(set(ids))
    return untag(store, ids, [name]) if is_on_all else tag(store, ids, [name])


def untag_all(store: Store, ids: Sequence[PaperId]) -> Outcome:
    """Takes every tag off papers."""
    with store.read() as reader:
        tags = list(reader.tags_of(ids))
    label = papers_label(store, ids)
    step = Step(OperationKind.TAG, f"Take all tags off {label}")
    done = Sentence("untagged-all", f"All tags taken off {label}", (label,))
    return change(store, step, lambda w: w.take_tags(ids, tags), done=done)


def create_tag(store: Store, name: str) -> Outcome:
    """Makes an empty tag. Raises: InvalidValue."""
    tag = parse_tag(name)
    step = Step(OperationKind.TAG_TREE, f"Make the tag {tag}")
    done = Sentence("tag-made", f"Tag {_quoted([tag])} made", (_quoted([tag]),))
    return change(store, step, lambda w: w.create_tag(tag), done=done)


def rename_tag(store: Store, old: str, new: str) -> Outcome:
    """Renames a tag with all below it; where the new name exists they become one. Raises: NotFound, InvalidValue."""
    with store.read() as reader:
        source = _existing(reader, old)
    target = _moved_name(source, new)
    step = Step(OperationKind.TAG_TREE, f"Rename the tag {source} to {target}")
    before, after = _quoted([source]), _quoted([target])
    done = Sentence("tag-renamed", f"Tag {before} renamed to {after}", (before, after))
    return change(store, step, lambda w: w.rename_tag(source, target), done=done)


def merge_tags(store: Store, names: Sequence[str], into: str) -> Outcome:
    """Makes tags, with all below them, one with `into`. Raises: NotFound, InvalidValue."""
    with store.read() as reader:
        sources = [_existing(reader, name) for name in names]
    targets = {source: _moved_name(source, into) for source in sources}
    different = [source for source in sources if fold_tag(source) != fold_tag(targets[source])]

    def work(writer: Writer) -> None:
        for source in different:
            # One of them may have stood below another and have moved with it.
            if _find(writer, source):
                writer.rename_tag(source, targets[source])

    listed = ", ".join(different)
    step = Step(OperationKind.TAG_TREE, f"Merge {count_of(len(different), 'tag')} ({listed}) into {parse_tag(into)}")
    word = "Tag" if len(different) == 1 else "Tags"
    names_shown, target = _quoted(different), _quoted([parse_tag(into)])
    done = Sentence("tags-merged", f"{word} {names_shown} merged into {target}", (names_shown, target))
    return change(store, step, work, done=done)


def delete_tag(store: Store, name: str) -> Outcome:
    """Deletes a tag with all below it from everywhere; the papers stay. Raises: NotFound."""
    with store.read() as reader:
        tag = _existing(reader, name)
    # Its own kind: a tag that becomes one with another does not lie in the trash.
    step = Step(OperationKind.TRASH, f"Delete the tag {tag}")
    done = Sentence("tag-deleted", f"Tag {_quoted([tag])} deleted", (_quoted([tag]),))
    return change(store, step, lambda w: w.delete_tag(tag), done=done)


def set_colour(store: Store, name: str, colour: int) -> Outcome:
    """Gives a tag one of the 12 hues of the theme, or (0) none. Raises: NotFound, InvalidValue."""
    if not 0 <= colour <= COLOURS:
        raise InvalidValue(
            "bad-colour", f"{colour} is not a colour of a tag; they go from 0 to {COLOURS}.", str(colour)
        )
    return _set_look(store, name, _Look(colour=colour))


def set_number(store: Store, name: str, number: int) -> Outcome:
    """Gives a tag one of the keys 1 to 9, or (0) none. Raises: NotFound, InvalidValue."""
    if not 0 <= number <= 9:
        raise InvalidValue("bad-number-key", f"{number} is not a key for a tag; they go from 1 to 9.", str(number))
    return _set_look(store, name, _Look(number=number))


@dataclass(frozen=True, slots=True)
class _Look:
    """What should change of a tag's look; None stays as it is."""

    colour: int | None = None
    number: int | None = None


def _set_look(store: Store, name: str, look: _Look) -> Outcome:
    with store.read() as reader:
        tag = _existing(reader, name)

    def work(writer: Writer) -> None:
        present = _find(writer, tag)
        colour = present.colour if present and look.colour is None else look.colour
        number = present.number_key if present and look.number is None else look.number
        writer.set_tag_look(tag, colour=colour or 0, number_key=number or 0)

    code, what = ("tag-colour", "colour") if look.number is None else ("tag-key", "number key")
    step = Step(OperationKind.TAG_TREE, f"Change the {what} of the tag {tag}")
    message = f"{what.capitalize()} of the tag {_quoted([tag])} changed"
    return change(store, step, work, done=Sentence(code, message, (_quoted([tag]),)))


def _tagged(label: str, tags: Sequence[str]) -> Sentence:
    return Sentence("tagged", f"{label} tagged with {_quoted(tags)}", (label, _quoted(tags)))


def _untagged(label: str, tags: Sequence[str]) -> Sentence:
    return Sentence("untagged", f"{_quoted(tags)} taken off {label}", (label, _quoted(tags)))


def _quoted(tags: Sequence[str]) -> str:
    """Tags as sentences name them: `"rl/planning", "todo"`."""
    return ", ".join(f'"{show_tag(name)}"' for name in tags)


def _existing(reader: Reader, name: str) -> str:
    """The name of a tag as it is stored. Raises: NotFound."""
    found = _find(reader, name)
    if not found:
        raise NotFound("no-tag", f'There is no tag "{name}" in this library; check its name.', name)
    return found.name


def _find(reader: Reader, name: str) -> TagInfo | None:
    folded = fold_tag(parse_tag(name))
    return next((tag for tag in reader.tags() if fold_tag(tag.name) == folded), None)


def _moved_name(source: str, target: str) -> str:
    """The checked new name of a tag. Raises: InvalidValue when it would stand below itself."""
    name = parse_tag(target)
    folded, top = fold_tag(name), fold_tag(source)
    if folded != top and is_same_or_below(folded, top):
        raise InvalidValue("tag-below-itself", f"The tag {source} cannot be put below itself ({name}).", source, name)
    return name
