"""Finds which tests say that they prove something: `@pytest.mark.<mark>("X01", ...)`, read without running them."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

TESTS = Path(__file__).parents[1]


def proofs(mark: str, root: Path = TESTS, *, own: bool = False) -> Mapping[str, tuple[str, ...]]:
    """List the tests by what they prove; `tests/room/test_x.py::name` each, in the order of the files.

    `own` leaves out what is said of a whole module.
    """
    found: dict[str, list[str]] = {}
    for path in sorted(root.rglob("test_*.py")):
        name = path.relative_to(root.parent).as_posix()
        for test, items in _marked(_read(path), mark, own=own):
            for item in items:
                found.setdefault(item, []).append(f"{name}::{test}")
    return {item: tuple(tests) for item, tests in found.items()}


def _read(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _marked(
    tree: ast.Module, mark: str, *, own: bool = False
) -> Iterator[tuple[str, tuple[str, ...]]]:
    of_all = () if own else tuple(_whole_module(tree, mark))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            of_it = tuple(item for one in node.decorator_list for item in _items(one, mark))
            if items := tuple(dict.fromkeys((*of_it, *of_all))):
                yield node.name, items
        if isinstance(node, ast.ClassDef):
            yield from _of_class(node, mark)


def _of_class(node: ast.ClassDef, mark: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A state machine is a class; what marks it proves as a test does."""
    if items := tuple(item for one in node.decorator_list for item in _items(one, mark)):
        yield node.name, items


def _whole_module(tree: ast.Module, mark: str) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == "pytestmark" for target in node.targets
        ):
            yield from _items(node.value, mark)


def _items(node: ast.AST, mark: str) -> Iterator[str]:
    """Give the arguments of every `….mark.<mark>(…)` in an expression, a parameter's marks too."""
    for call in ast.walk(node):
        if (
            isinstance(call, ast.Call)
            and isinstance(call.func, ast.Attribute)
            and call.func.attr == mark
        ):
            yield from (str(one.value) for one in call.args if isinstance(one, ast.Constant))
