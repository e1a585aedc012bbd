"""The names a template uses, held against the names there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from jinja2 import nodes

Scope = Mapping[str, Any]
_FREE = frozenset({"loop"})


def dotted_paths(tree: nodes.Node) -> set[str]:
    """Return every dotted name in `tree`, and all that lead to it: a.b.c, a.b, a."""
    found: set[str] = set()
    for node in (tree, *tree.find_all((nodes.Getattr, nodes.Name))):
        steps = _steps(node)
        found |= {".".join(steps[: n + 1]) for n in range(len(steps))}
    return found


def check_names(tree: nodes.Node, vocabulary: Scope) -> Iterator[str]:
    """Yield a sentence for each name `vocabulary` lacks, and each that may print a blank."""
    yield from dict.fromkeys(_check(tree, vocabulary, frozenset()))


def _check(node: nodes.Node, scope: Scope, guards: frozenset[str]) -> Iterator[str]:
    if isinstance(node, nodes.For):
        yield from _check(node.iter, scope, guards | {_name(node.iter)})
        scope = {**scope, **_loop_names(node, scope)}
        for child in (*node.body, *node.else_):
            yield from _check(child, scope, guards)
    elif isinstance(node, nodes.If):
        tested = dotted_paths(node.test)
        yield from _check(node.test, scope, guards | tested)
        for child in (*node.body, *node.elif_):
            yield from _check(child, scope, guards | tested)
        for child in node.else_:
            yield from _check(child, scope, guards)
    elif _name(node):
        yield from _missing(_name(node), scope, guards)
    else:
        for child in node.iter_child_nodes():
            yield from _check(child, scope, guards)


def _loop_names(node: nodes.For, scope: Scope) -> Scope:
    item = _look_up(_name(node.iter), scope)
    found = item.get("*") if isinstance(item, Mapping) else None
    return {node.target.name: found} if isinstance(node.target, nodes.Name) else {}


def _look_up(name: str, scope: Scope) -> Any:
    found: Any = scope
    for step in name.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def _missing(name: str, scope: Scope, guards: frozenset[str]) -> Iterator[str]:
    found: Any = scope
    steps = name.split(".")
    if steps[0] in _FREE:
        return
    for index, step in enumerate(steps):
        if not isinstance(found, Mapping) or step not in found:
            known = [name for name in found if name != "*"] if isinstance(found, Mapping) else []
            near = get_close_matches(step, known, 1, 0.6)
            hint = f", có phải ý là «{near[0]}»?" if near else ""
            yield f"không có tên «{'.'.join(steps[: index + 1])}»{hint}"
            return
        found = found[step]
    if found is not True and name not in guards:
        yield f"«{name}» có kỳ không có số liệu: hãy đặt câu chứa nó trong [[ … ]]"


def _name(node: nodes.Node) -> str:
    return ".".join(_steps(node))


def _steps(node: nodes.Node) -> list[str]:
    """The steps of a plain dotted name, [] for any other expression."""
    if isinstance(node, nodes.Name):
        return [node.name]
    if isinstance(node, nodes.Getattr):
        before = _steps(node.node)
        return [*before, node.attr] if before else []
    return []
