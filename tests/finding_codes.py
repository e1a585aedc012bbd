"""Every finding code that the sources can raise, read from them: no code goes without fixtures.

A code is the first argument of ``Finding(…)``. Where that is a parameter of the function around
it, perhaps behind a prefix (``f"number.{code}"``), the code is what callers hand over.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("archive", "commands", "generators", "web")
Function = ast.FunctionDef | ast.AsyncFunctionDef


class UnknownCode(Exception):
    """A finding whose code cannot be told from the source; give it a plain string."""


@dataclass(frozen=True)
class Helper:
    """A function that makes findings: which argument is the code, and what stands before it."""

    module: Path
    name: str
    position: int
    parameter: str
    prefix: str
    method: bool
    needed: int


@dataclass(frozen=True)
class Scope:
    """A module, and the function in it that a call stands in."""

    module: Path
    tree: ast.Module
    function: Function | None


def sources() -> list[Path]:
    """Return every module that may make a finding."""
    return [path for name in PACKAGES for path in sorted(ROOT.glob(f"{name}/**/*.py"))]


def codes_in(paths: list[Path]) -> set[str]:
    """Return the codes of all findings that the modules at `paths` make."""
    trees = {path: _tree(path) for path in paths}
    codes: set[str] = set()
    waiting: list[Helper | None] = [None]
    seen: set[Helper] = set()
    while waiting:
        helper = waiting.pop()
        for scope, value in _told(trees, helper):
            for found in _resolved(value, scope, helper):
                if isinstance(found, str):
                    codes.add(found)
                elif found not in seen:
                    seen.add(found)
                    waiting.append(found)
    return codes


# ---------------------------------------------------------------- calls


def _told(
    trees: Mapping[Path, ast.Module], helper: Helper | None
) -> Iterator[tuple[Scope, ast.expr]]:
    """Each expression handed over as a code: to Finding itself, or to one of its helpers."""
    for path, tree in trees.items():
        for function, call in _calls(tree):
            if helper is None and _name(call) == "Finding":
                yield Scope(path, tree, function), call.args[0]
            elif helper is not None and _is_to(call, helper, path, tree):
                value = _argument(call, helper)
                if value is not None:
                    yield Scope(path, tree, function), value


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def _calls(tree: ast.Module) -> list[tuple[Function | None, ast.Call]]:
    owner = {
        id(inner): node
        for node in ast.walk(tree)
        if isinstance(node, Function)
        for inner in ast.walk(node)
    }
    return [
        (owner.get(id(node)), node) for node in ast.walk(tree) if isinstance(node, ast.Call)
    ]


def _name(call: ast.Call) -> str:
    called = call.func
    return called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")


def _is_to(call: ast.Call, helper: Helper, path: Path, tree: ast.Module) -> bool:
    """Whether a call is to the helper: of its own module, imported, or a method of anything."""
    if _name(call) != helper.name or isinstance(call.func, ast.Attribute) != helper.method:
        return False
    imported = any(
        name == helper.name and module.endswith(helper.module.stem)
        for module, name in _imported(tree)
    )
    return helper.method or path == helper.module or imported


@cache
def _imported(tree: ast.Module) -> list[tuple[str, str]]:
    return [
        (node.module or "", alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]


def _argument(call: ast.Call, helper: Helper) -> ast.expr | None:
    """The code among a call's arguments; None where the call is to another, which takes fewer."""
    starred = any(isinstance(each, ast.Starred) for each in call.args)
    if not starred and len(call.args) + len(call.keywords) < helper.needed:
        return None
    for keyword in call.keywords:
        if keyword.arg == helper.parameter:
            return keyword.value
    return call.args[helper.position] if len(call.args) > helper.position else None


# ---------------------------------------------------------------- what a code may be


def _resolved(value: ast.expr, scope: Scope, helper: Helper | None) -> Iterator[str | Helper]:
    """Yield the codes that an expression comes to, or the helper that is handed them."""
    prefix = helper.prefix if helper else ""
    for found in _parts(value, scope):
        if isinstance(found, str):
            yield prefix + found
        else:
            own, parameter = found
            yield _helper(scope, prefix + own, parameter)


def _parts(value: ast.expr, scope: Scope) -> Iterator[str | tuple[str, str]]:
    """Yield texts, and parameters with what stands before them."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        yield value.value
    elif isinstance(value, ast.IfExp):
        yield from _parts(value.body, scope)
        yield from _parts(value.orelse, scope)
    elif isinstance(value, ast.JoinedStr):
        yield from _joined(value, scope)
    elif isinstance(value, ast.Attribute):
        yield from _fields(value.attr, scope)
    elif isinstance(value, ast.Name):
        yield from _named(value.id, scope)
    else:
        raise UnknownCode(f"{scope.module.name}:{value.lineno}: {ast.unparse(value)}")


def _joined(value: ast.JoinedStr, scope: Scope) -> Iterator[str | tuple[str, str]]:
    found: list[str | tuple[str, str]] = [""]
    for piece in value.values:
        inner = piece.value if isinstance(piece, ast.FormattedValue) else piece
        tails = list(_parts(inner, scope))
        found = [_after(head, tail) for head in found for tail in tails]
    yield from found


def _after(head: str | tuple[str, str], tail: str | tuple[str, str]) -> str | tuple[str, str]:
    if not isinstance(head, str):
        raise UnknownCode(f"something stands behind {head}")
    return head + tail if isinstance(tail, str) else (head + tail[0], tail[1])


def _named(name: str, scope: Scope) -> Iterator[str | tuple[str, str]]:
    """What a name is: a parameter, or whatever is assigned to it nearby."""
    if scope.function and name in _parameters(scope.function):
        yield "", name
        return
    values = [*_assigned(name, scope.function), *_assigned(name, scope.tree)]
    if not values:
        raise UnknownCode(f"{scope.module.name}: {name}")
    for value in values:
        yield from _parts(value, scope)


def _assigned(name: str, where: ast.AST | None) -> Iterator[ast.expr]:
    body = (
        where.body if isinstance(where, ast.Module) else list(ast.walk(where)) if where else []
    )
    for node in body:
        if not isinstance(node, ast.Assign):
            continue
        for target in node.targets:
            pairs = [(target, node.value)]
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = list(zip(target.elts, node.value.elts, strict=True))
            yield from (v for t, v in pairs if isinstance(t, ast.Name) and t.id == name)


def _fields(name: str, scope: Scope) -> Iterator[str | tuple[str, str]]:
    """What the module's own records hold in their field `name`."""
    for node in ast.walk(scope.tree):
        if isinstance(node, ast.ClassDef):
            fields = [each.target.id for each in node.body
                      if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)]  # fmt: skip
            made = [call for _, call in _calls(scope.tree) if _name(call) == node.name]
            for call in made if name in fields else ():
                yield from _parts(call.args[fields.index(name)], scope)


def _parameters(function: Function) -> list[str]:
    arguments = function.args
    return [
        each.arg for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    ]


def _helper(scope: Scope, prefix: str, parameter: str) -> Helper:
    assert scope.function is not None
    named = _parameters(scope.function)
    method = named[0] == "self"
    known = scope.function.args
    needed = len(named) - method - len(known.defaults)
    needed -= sum(default is not None for default in known.kw_defaults)
    position = named.index(parameter) - method
    return Helper(
        scope.module, scope.function.name, position, parameter, prefix, method, needed
    )
