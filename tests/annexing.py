"""A kind with annexes, and reports of it: the bulletin's catalogue, three annexes, few words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from generators.document.scaffold import build_template
from generators.pipeline import Examined, Source, examine

ROOT = Path(__file__).resolve().parent.parent
ID = "ban-tin-6-thang"
PAYLOAD = {"kind": ID, "period": {"id": "2026S1"}, "org_unit": {"name": "xã Đông Lộc"}}
REST = """## {{{{ muc.{id}.ten }}}}
{{%p for dong in muc.{id}.dong_khac %}}
- {{{{ dong.cau }}}};
{{%p endfor %}}
[[{{{{ muc.{id}.khong_phat_sinh }}}}]] [[{{{{ muc.{id}.chua_co_so_lieu }}}}]]
[[{{{{ muc.{id}.xet_cuoi_nam }}}}]]
"""
POINTING = "[[(Số liệu chi tiết tại {{ phu_luc.chi_dan }}.)]]\n"
_WORDS = "hộ gia đình chính sách được thăm hỏi, tặng quà và hỗ trợ sửa chữa nhà ở"
ANNEXES = """
[[annexes]]
id = "so_lieu"
label = "số liệu"
shows = "figures"
title = "Biểu số liệu"
landscape = true
totals = ["tong_kinh_phi"]
in_words = "tong_kinh_phi"

[[annexes]]
id = "qua_tang"
label = "quà tặng"
shows = "gifts"
title = "Quà tặng theo nguồn tặng và nhóm đối tượng"
lines = ["qua_tet", "qua_27_7", "qua_ho_ngheo"]
totals = ["tong_qua_tet", "tong_qua_27_7"]

[[annexes]]
id = "bieu_do"
label = "biểu đồ"
shows = "plan_chart"
title = "Biểu đồ tỷ lệ thực hiện kế hoạch"
"""


def annexed_kinds(root: Path, annexes: str = ANNEXES, pointing: str = POINTING) -> Path:
    """Write a folder of kinds with one that has annexes; its body says the rest of all lines."""
    folder = root / ID
    folder.mkdir(parents=True)
    catalogue = (ROOT / "doc_templates" / ID / "kind.toml").read_text(encoding="utf-8")
    (folder / "kind.toml").write_text(catalogue + annexes, encoding="utf-8")
    sections = [line.split('"')[1] for before, line in zip(catalogue.splitlines(),
                catalogue.splitlines()[1:], strict=False) if before == "[[sections]]"]  # fmt: skip
    text = "# Báo cáo\n" + "".join(REST.format(id=id_) for id_ in sections) + pointing
    (folder / "template.docx").write_bytes(build_template(text, "Báo cáo"))
    return root


def report_of(kinds: Path, *lines: Any, **more: Any) -> Examined:
    """What is examined of a payload with `lines`."""
    payload = {**PAYLOAD, "lines": list(lines), **more}
    examined = examine(Source(json.dumps(payload).encode()), kinds)
    assert not examined.stopped, examined.findings
    return examined


def many_lines(count: int, sections: int = 8) -> list[Any]:
    """So many lines, of all widths and heights that a clerk may need, none a rate."""
    from generators.kinds import load_kind

    kind = load_kind(ROOT / "doc_templates" / ID)
    return [_line(n, kind.sections[n % sections].id) for n in range(count)]


def _line(n: int, section: str) -> Any:
    words = _WORDS.split()
    line: Any = {"section": section, "unit": ("người", "hộ", "suất")[n % 3], "value": n * 37 % 4001,
                 "label": " ".join((words * 2)[: 3 + n * 5 % 21]).capitalize() + f" {n}"}  # fmt: skip
    if n % 2:
        line["amount"] = (n * 7919 + 1) * 1_250_000
    if n % 3 == 0:
        line["plan"] = n * 41 % 3999 + 1
    if n % 4 == 0:
        line["previous"] = n * 29 % 2999 + 1
    if n % 9 == 0:
        line["note"] = " ".join(words * (1 + n % 4))
    if n % 11 == 0:
        line["parts"] = [{"label": "nam", "value": line["value"] // 3},
                         {"label": "nữ", "value": line["value"] - line["value"] // 3}]  # fmt: skip
    return line
