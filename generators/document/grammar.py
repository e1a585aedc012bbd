"""What a template may say in its tags; all else is refused by name before it can run.

A template is edited by people who do not program, and may come from outside: allowed are
names, a few filters, ``if`` over names, and ``for`` over lists of the data. Nothing else of
Jinja, so that no template can run code, or grow without end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import nodes

from generators.document.names import dotted_name

Fault = tuple[int, str]
TAG = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)
FILTERS = ("anh", "hoa_dau", "in_hoa")
_TIDYING = frozenset({"doan", "doan_giu"})
_WORDS = ("if", "elif", "else", "endif", "for", "endfor")
_OPENINGS = ("{{", "{%", "{#", "}}", "%}", "#}")
_BLOCK = re.compile(r"\{%(?:(?:p|tr)(?= ))?\s*([a-z_]*)\b")
_PRINTED = re.compile(r"\{\{\s")
_SEPARATE = re.compile(r"\{%(?:p|tr) ")
_KINDS: tuple[tuple[type[nodes.Node], str], ...] = (
    (nodes.Call, "gọi hàm"), (nodes.BinExpr, "phép tính"), (nodes.UnaryExpr, "phép tính"),
    (nodes.Compare, "phép so sánh"), (nodes.Test, "phép thử «is»"),
    (nodes.CondExpr, "if … else trong dấu {{ }}"), (nodes.Getitem, "dấu [ ] sau một tên"),
    (nodes.Literal, "giá trị viết sẵn"), (nodes.Filter, "bộ lọc «|»"),
)  # fmt: skip


def check_tags(text: str) -> Iterator[str]:
    """Yield what is wrong with the tags in the text of one paragraph, as it was typed."""
    tags = TAG.findall(text)
    for tag in tags:
        yield from _check_tag(tag, text)
    rest = TAG.sub("", text)
    if any(mark in rest for mark in _OPENINGS):
        yield "thẻ mở mà không đóng, hoặc đóng mà không mở; mỗi thẻ nằm trọn trong một đoạn"


def _check_tag(tag: str, text: str) -> Iterator[str]:
    if tag.startswith("{#"):
        yield "ghi chú {# … #} không dùng được trong mẫu"
    elif tag.startswith("{{"):
        if not _PRINTED.match(tag) or tag.endswith("-}}"):
            yield f"thẻ «{tag}» phải viết dạng {{{{ tên }}}}, có dấu cách sau {{{{"
    elif (found := _BLOCK.match(tag)) is None or found[1] not in _WORDS or tag.endswith("-%}"):
        yield f"thẻ «{tag}» không dùng được: mẫu chỉ dùng {', '.join(_WORDS)}"
    elif _SEPARATE.match(tag) and text.strip() != tag:
        yield f"thẻ «{tag}» phải đứng riêng một đoạn"


def check_grammar(tree: nodes.Template) -> Iterator[Fault]:
    """Yield the line and a sentence for each thing in `tree` that a template may not say."""
    for node in tree.body:
        yield from _check_block(node, ())


def _check_block(node: nodes.Node, loops: tuple[str, ...]) -> Iterator[Fault]:
    if isinstance(node, nodes.Output):
        for printed in node.nodes:
            yield from _check_printed(printed)
    elif isinstance(node, nodes.For):
        yield from _check_loop(node, loops)
    elif isinstance(node, nodes.If):
        yield from _check_test(node.test)
        for child in (*node.body, *node.elif_, *node.else_):
            yield from _check_block(child, loops)
    elif isinstance(node, nodes.FilterBlock) and node.filter.name in _TIDYING:
        for child in node.body:
            yield from _check_block(child, loops)
    else:
        yield node.lineno, f"mẫu không dùng được «{type(node).__name__.lower()}»"


def _check_printed(node: nodes.Node) -> Iterator[Fault]:
    if isinstance(node, nodes.TemplateData):
        return
    if isinstance(node, nodes.Filter) and node.node is not None:
        yield from _check_filter(node)
        yield from _check_printed(node.node)
    elif not dotted_name(node):
        yield node.lineno, f"{{{{ }}}} chỉ chứa được một tên; không dùng được {_said(node)}"
    elif dotted_name(node) in ("loop.first", "loop.last"):
        yield node.lineno, f"«{dotted_name(node)}» chỉ dùng trong if"


def _check_filter(node: nodes.Filter) -> Iterator[Fault]:
    if node.name not in FILTERS:
        yield node.lineno, f"không có bộ lọc «{node.name}»; chỉ có: {', '.join(FILTERS)}"
    arguments = [*node.args, *node.kwargs, node.dyn_args, node.dyn_kwargs]
    given = [argument for argument in arguments if argument is not None]
    if given and not (node.name == "anh" and len(given) == 1 and _is_words(given[0])):
        yield node.lineno, f"bộ lọc «{node.name}» không nhận giá trị như vậy trong ngoặc"


def _is_words(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Const):
        return isinstance(node.value, str)
    return bool(dotted_name(node))


def _check_test(node: nodes.Node) -> Iterator[Fault]:
    if isinstance(node, nodes.And | nodes.Or):
        yield from _check_test(node.left)
        yield from _check_test(node.right)
    elif isinstance(node, nodes.Not):
        yield from _check_test(node.node)
    elif not dotted_name(node):
        yield node.lineno, f"if chỉ xét các tên với and, or, not; không dùng được {_said(node)}"


def _check_loop(node: nodes.For, loops: tuple[str, ...]) -> Iterator[Fault]:
    name = dotted_name(node.iter)
    if not name:
        yield node.lineno, f"for chỉ lặp qua một tên; không dùng được {_said(node.iter)}"
    elif loops and name.split(".")[0] != loops[-1]:
        yield (
            node.lineno,
            f"for lồng nhau phải lặp qua phần của «{loops[-1]}», không phải «{name}»",
        )
    if node.test or node.recursive or node.else_ or not isinstance(node.target, nodes.Name):
        yield node.lineno, "for chỉ viết được dạng «for tên in danh sách»"
    inner = node.target.name if isinstance(node.target, nodes.Name) else ""
    for child in node.body:
        yield from _check_block(child, (*loops, inner))


def _said(node: nodes.Node) -> str:
    found = (said for kind, said in _KINDS if isinstance(node, kind))
    return next(found, type(node).__name__.lower())
