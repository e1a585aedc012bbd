"""The names a template uses, held against the names there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any

from jinja2 import nodes

Scope = Mapping[str, Any]
Fault = tuple[int, str]
_LOOP: Scope = {"first": False, "last": False, "index": True}
_UNTOLD = (".ten", ".don_vi")  # words that name a line and say nothing of its numbers
_FORMAL = frozenset({"ky", "don_vi", "van_ban", "loop"})
_GROUPS = frozenset({"muc", "loi_van"})


@dataclass(frozen=True)
class _Here:
    """What is known where a tag stands: names, those that were tested, what they belong to."""

    scope: Scope
    guards: frozenset[str] = frozenset()
    within: frozenset[str] = frozenset()
    owners: Mapping[str, str] = field(default_factory=dict)

    def owner(self, name: str) -> str:
        """What `name` is part of: a line, a section, a text; for a loop's name, its list's."""
        first, *rest = name.split(".")
        if first in self.owners:
            return self.owners[first]
        return ".".join((first, *rest[:1])) if first in _GROUPS else first


def dotted_name(node: nodes.Node) -> str:
    """Return the plain dotted name that `node` is, "" for any other expression."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        before = dotted_name(node.node)
        return f"{before}.{node.attr}" if before else ""
    return ""


def said_names(tree: nodes.Node) -> frozenset[str]:
    """Return the dotted names whose words `tree` prints, and all they belong to: a.b, a."""
    said = [name for node in tree.find_all(nodes.Output) for name in _names(node)]
    said += [name for node in tree.find_all(nodes.For) for name in _names(node.iter)]
    return frozenset(
        prefix for name in said if not name.endswith(_UNTOLD) for prefix in _prefixes(name)
    )


def check_names(tree: nodes.Node, vocabulary: Scope) -> Iterator[Fault]:
    """Yield line and sentence for each name `vocabulary` lacks, or that may print a blank."""
    yield from _check(tree, _Here(vocabulary))


def _names(node: nodes.Node) -> Iterator[str]:
    """Every whole dotted name in an expression."""
    if name := dotted_name(node):
        yield name
        return
    for child in node.iter_child_nodes():
        yield from _names(child)


def _prefixes(name: str) -> list[str]:
    steps = name.split(".")
    return [".".join(steps[: n + 1]) for n in range(len(steps))]


def _check(node: nodes.Node, here: _Here) -> Iterator[Fault]:
    if isinstance(node, nodes.For):
        yield from _check_loop(node, here)
    elif isinstance(node, nodes.If):
        yield from _check_if(node, here)
    elif isinstance(node, nodes.Output):
        for printed in node.nodes:
            for name in _names(printed):
                found = _unknown(name, here) or _unsafe(printed, name, here)
                yield from ((printed.lineno, message) for message in found)
    else:
        for child in node.iter_child_nodes():
            yield from _check(child, here)


# ---------------------------------------------------------------- if and for


def _check_if(node: nodes.If, here: _Here) -> Iterator[Fault]:
    tested = list(_names(node.test))
    for name in tested:
        yield from ((node.lineno, message) for message in _unknown(name, here))
    within = here.within | {here.owner(name) for name in tested if _may_fail(name, here)}
    inside = replace(here, within=within, guards=here.guards | _holding(node.test, true=True))
    outside = replace(here, within=within, guards=here.guards | _holding(node.test, true=False))
    for child in node.body:
        yield from _check(child, inside)
    for child in (*node.elif_, *node.else_):
        yield from _check(child, outside)


def _may_fail(name: str, here: _Here) -> bool:
    """Whether a test of `name` can come out false."""
    found = _look_up(name, here.scope)
    always = found is True or name in _GROUPS or name.startswith("loop.")
    return not always and not (name in _FORMAL and isinstance(found, Mapping))


def _holding(test: nodes.Node, *, true: bool) -> frozenset[str]:
    """The names sure to have something to say where `test` came out as `true`."""
    if isinstance(test, nodes.Not):
        return _holding(test.node, true=not true)
    if isinstance(test, nodes.And if true else nodes.Or):
        return _holding(test.left, true=true) | _holding(test.right, true=true)
    if isinstance(test, nodes.And | nodes.Or):
        return _holding(test.left, true=true) & _holding(test.right, true=true)
    return frozenset(_prefixes(dotted_name(test))) if true else frozenset()


def _check_loop(node: nodes.For, here: _Here) -> Iterator[Fault]:
    name, target = dotted_name(node.iter), getattr(node.target, "name", "")
    faults = _unknown(name, here) if name else []
    item = _look_up(name, here.scope)
    items = item.get("*") if isinstance(item, Mapping) else None
    if not faults and items is None:
        faults = [f"«{name}» không phải danh sách để lặp bằng for"]
    if target in here.scope:
        faults.append(f"tên «{target}» đã có nghĩa khác: hãy đặt tên khác sau chữ for")
    yield from ((node.lineno, message) for message in (*faults, *_hidden(name, here)))
    scope = {**here.scope, target: {} if items is None else items, "loop": _LOOP}
    owner = here.owner(name)
    inside = replace(
        here, scope=scope, within=here.within | {owner}, owners={**here.owners, target: owner}
    )
    for child in node.body if items is not None else ():
        yield from _check(child, inside)


# ---------------------------------------------------------------- one name


def _look_up(name: str, scope: Scope) -> Any:
    found: Any = scope
    for step in name.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def _unknown(name: str, here: _Here) -> list[str]:
    """That `name` is not known, with the nearest that is; nothing where it is known."""
    found: Any = here.scope
    steps = name.split(".")
    for index, step in enumerate(steps):
        known = [known for known in found if known != "*"] if isinstance(found, Mapping) else []
        if step not in known:
            near = get_close_matches(step, known, 1, 0.6)
            hint = f", có phải ý là «{near[0]}»?" if near else ""
            return [f"không có tên «{'.'.join(steps[: index + 1])}»{hint}"]
        found = found[step]
    return []


def _unsafe(printed: nodes.Node, name: str, here: _Here) -> list[str]:
    """Why printing `name`, which is known, may leave a blank, a heap or a loss behind."""
    found = _look_up(name, here.scope)
    if isinstance(found, Mapping) and "day_du" not in found:
        return [f"«{name}» không in được cả gói: hãy dùng một từ của nó, hoặc lặp bằng for"]
    if name.endswith(".anh") != _is_placed(printed, name) and not _is_alt(printed, name):
        return [f"«{name}»: ảnh in bằng «| anh», và «| anh» chỉ dùng cho ảnh"]
    if found is not True and name not in here.guards:
        return [f"«{name}» có kỳ không có số liệu: hãy đặt câu chứa nó trong [[ … ]]"]
    return _hidden(name, here)


def _is_placed(printed: nodes.Node, name: str) -> bool:
    return any(node.name == "anh" and node.node is not None and dotted_name(node.node) == name
               for node in _filters(printed))  # fmt: skip


def _is_alt(printed: nodes.Node, name: str) -> bool:
    return any(dotted_name(argument) == name for node in _filters(printed)
               for argument in node.args)  # fmt: skip


def _filters(printed: nodes.Node) -> Iterator[nodes.Filter]:
    if isinstance(printed, nodes.Filter):
        yield printed
    yield from printed.find_all(nodes.Filter)


def _hidden(name: str, here: _Here) -> list[str]:
    """That `name` is only said where something else has data: its numbers could be lost."""
    own = here.owner(name)
    if own in _FORMAL:
        return []
    others = sorted(other for other in here.within if other != own and not _holds(other, own))
    if not others:
        return []
    return [f"«{name}» chỉ được in khi có «{others[0]}», nên có kỳ bị mất: "
            "hãy đặt mỗi chỉ tiêu trong [[ … ]] của riêng nó"]  # fmt: skip


def _holds(outer: str, own: str) -> bool:
    """Whether a test of `outer`, a section, may stand around `own`, one of its lines."""
    return outer.startswith("muc.") and not own.startswith("muc.")
