"""The commands for tables and templates, as they are typed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskCliRunner

from generators.kinds import load_kind
from generators.pipeline import KINDS, build_template_of, template_faults, text_of_template
from service import create_app
from tests.building import ROOT

KIND = KINDS / "ban-tin-6-thang"
PHUC_LOI = str(ROOT / "fixtures/accepted/phuc-loi-2020/input.xlsx")
THANH_KHE = str(ROOT / "fixtures/accepted/thanh-khe-2023/input.json")


@pytest.fixture
def runner() -> FlaskCliRunner:
    return create_app().test_cli_runner()


def copied_kind(folder: Path, text: str) -> Path:
    kind = folder / "ban-tin-6-thang"
    kind.mkdir()
    shutil.copy(KIND / "kind.toml", kind)
    (kind / "template.docx").write_bytes(build_template_of(text))
    return kind


def test_a_table_of_two_reports(runner: FlaskCliRunner, tmp_path: Path) -> None:
    target = tmp_path / "all.csv"
    ran = runner.invoke(args=["table", PHUC_LOI, THANH_KHE, "-o", str(target)])
    assert (ran.exit_code, ran.output) == (0, f"Đã ghi bảng: {target}\n")
    lines = target.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == (
        'Mã,Chỉ tiêu,Đơn vị tính,"phường Phúc Lợi, 2020S1","quận Thanh Khê, 2023S1",Cộng,'
        "Số đơn vị có số liệu"
    )
    assert "tong_qua_tet.value,Tổng cộng quà tết Nguyên đán,lượt người,1254,,,1" in lines


def test_a_table_is_xlsx_or_csv(runner: FlaskCliRunner, tmp_path: Path) -> None:
    ran = runner.invoke(args=["table", PHUC_LOI, "-o", str(tmp_path / "all.pdf")])
    assert ran.exit_code == 2
    assert ran.output == "Bảng ghi ra phải là .xlsx hoặc .csv, không phải all.pdf.\n"


def test_a_table_stops_at_what_cannot_be_read(runner: FlaskCliRunner, tmp_path: Path) -> None:
    wrong, target = tmp_path / "wrong.json", tmp_path / "all.csv"
    wrong.write_text("{", encoding="utf-8")
    ran = runner.invoke(args=["table", PHUC_LOI, str(wrong), "-o", str(target)])
    assert ran.exit_code == 2
    assert not target.exists()


def test_the_template_in_the_house_is_sound(runner: FlaskCliRunner) -> None:
    ran = runner.invoke(args=["template", "check", "ban-tin-6-thang"])
    assert (ran.exit_code, ran.output) == (0, "Mẫu của ban-tin-6-thang dùng được.\n")


def test_a_template_is_not_built_over_one_somebody_edited(runner: FlaskCliRunner) -> None:
    before = (KIND / "template.docx").read_bytes()
    ran = runner.invoke(args=["template", "build", "ban-tin-6-thang"])
    assert ran.exit_code == 1
    assert ran.output.endswith("có thể đã được sửa bằng Word. Muốn dựng lại, thêm --force.\n")
    assert (KIND / "template.docx").read_bytes() == before


def test_a_template_says_again_the_text_it_was_built_from(tmp_path: Path) -> None:
    text = (KIND / "template.txt").read_text(encoding="utf-8")
    assert text_of_template(load_kind(copied_kind(tmp_path, text))) == text


def test_a_section_without_its_rest_is_a_fault(tmp_path: Path) -> None:
    text = (KIND / "template.txt").read_text(encoding="utf-8")
    loop = re.compile(r"\{%p for dong in muc\.tre_em\.dong_khac %\}\n.*\n\{%p endfor %\}\n")
    kind = load_kind(copied_kind(tmp_path, loop.sub("", text)))
    assert template_faults(kind) == (
        "template.docx: mục «Bảo vệ, chăm sóc trẻ em» thiếu chỗ in muc.tre_em.dong_khac"
    )


def test_a_misspelt_name_is_told_with_the_right_one(tmp_path: Path) -> None:
    text = (KIND / "template.txt").read_text(encoding="utf-8")
    kind = load_kind(copied_kind(tmp_path, text.replace("viec_lam.day_du", "viec_lm.day_du")))
    assert "không có tên «viec_lm», có phải ý là «viec_lam»?" in template_faults(kind)
