"""YAML text to plain values with the position of every key and value.

Scalars stay the text they were written as (only an empty one is nothing): whether `102`, `no` or
`2026-12-31` is a number, a word or a date is for the schema to say, and a mistyped date is its
error with a position instead of the YAML library's.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from bot.desk_config.problems import DeskFileError, Finding, Mark, Path, Problem

Tree = str | list["Tree"] | dict[str, "Tree"] | None

MERGE_TAG = "tag:yaml.org,2002:merge"
MAX_NODES = 50_000  # aliases of aliases may grow without end; the longest desk has some 2,000


@dataclass(slots=True)
class Document:
    """A desk file as read: its values, where each stands, and what was already wrong."""

    file: str
    data: Tree = None
    keys: dict[Path, Mark] = field(default_factory=dict)
    values: dict[Path, Mark] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def key_mark(self, path: Path) -> Mark:
        """Find where a key (or a list's entry) stands, or the nearest entry around it."""
        while path and path not in self.keys:
            path = path[:-1]
        return self.keys.get(path, Mark(1, 1))

    def mark(self, path: Path) -> Mark:
        """Find where a word stands that is wrong; for a whole entry or nothing, its key."""
        while path and path not in self.values:
            path = path[:-1]
        return self.values[path] if isinstance(self.at(path), str) else self.key_mark(path)

    def at(self, path: Path) -> Tree:
        """Give the value at a path, or nothing."""
        here = self.data
        for step in path:
            if isinstance(here, dict):
                here = here.get(str(step))
            elif isinstance(here, list) and isinstance(step, int) and step < len(here):
                here = here[step]
            else:
                return None
        return here

    def keys_under(self, path: Path) -> list[str]:
        """Give the keys of the mapping at a path as written; none where there is no mapping."""
        here = self.at(path)
        return list(here) if isinstance(here, dict) else []

    def problem(self, mark: Mark, text: str) -> Problem:
        """Make a problem of this file; what was typed there may hold line breaks and worse."""
        line = "".join(sign if sign.isprintable() else " " for sign in text)
        return Problem(mark, line, self.file)

    def found(self, finding: Finding) -> Problem:
        """Give a finding its place in the file."""
        place = self.key_mark if finding.is_about_key else self.mark
        return self.problem(place(finding.path), finding.text)


def read_tree(text: str, *, file: str) -> Document:
    """Read YAML text.

    Raises DeskFileError if it is not YAML; duplicate keys are noted in the document's problems.
    """
    document = Document(file)
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # lines as editors count them
    try:
        root = YAML(typ="safe", pure=True).compose(text)
        if root is not None:
            document.data = _Reader(document).read(root, ())
    except MarkedYAMLError as error:
        raise _syntax_error(document, error, text) from None
    except ReaderError as error:
        mark = _mark_of_offset(text, error.position)
        raise DeskFileError([document.problem(mark, "expected printable text")]) from None
    except (YAMLError, RecursionError, ValueError) as error:
        wrong = f"expected YAML that can be read: {error}".splitlines()[0]
        raise DeskFileError([document.problem(Mark(1, 1), wrong)]) from None
    return document


class _Reader:
    """One walk over the nodes of a file."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._around: list[Node] = []
        self._seen = 0

    def read(self, node: Node, path: Path) -> Tree:
        """Give the value of a node, noting the positions in it."""
        mark = _mark(node)
        self._document.values.setdefault(path, mark)
        self._seen += 1
        if node in self._around or self._seen > MAX_NODES:
            wrong = "expected an alias (*name) of something finished and of modest size"
            raise DeskFileError([self._document.problem(mark, wrong)])
        self._around.append(node)
        try:
            return self._content(node, path)
        finally:
            self._around.pop()

    def _content(self, node: Node, path: Path) -> Tree:
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self._entry(child, (*path, place)) for place, child in enumerate(node.value)]
        if not isinstance(node, ScalarNode) or node.tag == "tag:yaml.org,2002:null":
            return None
        return str(node.value)

    def _entry(self, node: Node, path: Path) -> Tree:
        self._document.keys[path] = _mark(node)
        return self.read(node, path)

    def _mapping(self, node: MappingNode, path: Path) -> dict[str, Tree]:
        entries: dict[str, Tree] = {}
        for key, value in self._pairs(node):
            if not isinstance(key, ScalarNode):
                self._note(key, "expected a plain word as key")
                continue
            name = str(key.value)
            if name in entries:
                first = self._document.keys[(*path, name)].line
                self._note(key, f"expected each key once; '{name}' is already in line {first}")
                continue
            self._document.keys[(*path, name)] = _mark(key)
            entries[name] = self.read(value, (*path, name))
        for name, merged in self._merged(node, path).items():
            entries.setdefault(name, merged)
        return entries

    def _pairs(self, node: MappingNode) -> Iterator[tuple[Node, Node]]:
        return ((key, value) for key, value in node.value if key.tag != MERGE_TAG)

    def _merged(self, node: MappingNode, path: Path) -> dict[str, Tree]:
        """Read what `<<: *name` brings in; the mapping's own keys win."""
        merged: dict[str, Tree] = {}
        for key, value in node.value:
            if key.tag != MERGE_TAG:
                continue
            for source in value.value if isinstance(value, SequenceNode) else [value]:
                content = self.read(source, path)
                if not isinstance(content, dict):
                    self._note(key, "expected << to be followed by a mapping's alias (*name)")
                    continue
                merged = content | merged
        return merged

    def _note(self, node: Node, text: str) -> None:
        self._document.problems.append(self._document.problem(_mark(node), text))


def _mark(node: Node) -> Mark:
    return Mark(node.start_mark.line + 1, node.start_mark.column + 1)


def _syntax_error(document: Document, error: MarkedYAMLError, text: str) -> DeskFileError:
    at = error.problem_mark or error.context_mark
    mark = _inside(Mark(at.line + 1, at.column + 1), text) if at else Mark(1, 1)
    context = f" ({error.context})" if error.context else ""
    wrong = (
        f"expected valid YAML: {error.problem or 'this cannot be read'}{context};"
        " look at the indentation, colons and quotes of this line and the one before"
    )
    return DeskFileError([document.problem(mark, " ".join(wrong.split()))])


def _inside(mark: Mark, text: str) -> Mark:
    """Move a mark behind the end (a bracket never closed) to the last line there is."""
    lines = text.removesuffix("\n").split("\n")
    return mark if mark.line <= len(lines) else Mark(len(lines), len(lines[-1]) + 1)


def _mark_of_offset(text: str, offset: int) -> Mark:
    before = text[:offset]
    return Mark(before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)
