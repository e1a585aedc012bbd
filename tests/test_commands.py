"""The commands for tables, templates, drafts, acknowledgements and explanations, as typed."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest
from flask.testing import FlaskCliRunner

from generators import pipeline
from generators.kinds import load_kind
from generators.model import WARNING, Finding
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


# ---------------------------------------------------------------- acknowledgements, drafts


BY = ("--by", "Nguyễn Thị Hoa")
DOUBT = Finding("norm.amount", WARNING, "Số liệu!F32", "Mức cao.", "Hãy xem lại.")
HOW = (
    "Chưa đủ điều kiện ban hành: còn 1 điều nên xem lại chưa được xác nhận.\n"
    'Nếu số liệu đúng, thêm --by "Họ tên" và --accept "MÃ=LÝ DO" cho từng điều, hoặc ghi mã và lý '
    'do vào trang «Xác nhận» của biểu rồi thêm --by "Họ tên".\n'
)


@pytest.fixture
def doubted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every report has one warning besides its own findings."""
    monkeypatch.setattr(pipeline, "run_checks", lambda report: (DOUBT,))


@pytest.mark.usefixtures("doubted")
def test_an_open_warning_is_told_with_its_id_and_how_to_acknowledge_it(
    runner: FlaskCliRunner, tmp_path: Path
) -> None:
    target = tmp_path / "a.docx"
    ran = runner.invoke(args=["generate", PHUC_LOI, "-o", str(target)])
    assert (ran.exit_code, ran.stdout) == (0, f"Đã lập báo cáo: {target}\n")
    assert ran.stderr == (
        "Có 1 điều nên xem lại.\n\nTrang «Số liệu»\n"
        f"  Ô F32: Nên xem lại (mã {DOUBT.id})\n    Mức cao.\n    Hãy xem lại.\n\n{HOW}"
    )


@pytest.mark.usefixtures("doubted")
def test_a_warning_is_acknowledged_on_the_command_line(
    runner: FlaskCliRunner, tmp_path: Path
) -> None:
    accept = ("--accept", f"{DOUBT.id}=theo Quyết định 12 = đúng")
    target = str(tmp_path / "a.docx")
    ran = runner.invoke(args=["generate", PHUC_LOI, "-o", target, *accept, *BY])
    assert ran.stderr == (
        "Có 1 điều nên xem lại.\n\nTrang «Số liệu»\n"
        f"  Ô F32: Nên xem lại, đã xác nhận (mã {DOUBT.id})\n    Mức cao.\n    Hãy xem lại.\n"
    )
    ran = runner.invoke(args=["check", PHUC_LOI, "--json", *accept, *BY])
    told = json.loads(ran.stdout)
    assert (told["may_be_issued"], told["open"], told["acknowledged"]) == (True, [], [
        {"finding": DOUBT.id, "reason": "theo Quyết định 12 = đúng", "by": "Nguyễn Thị Hoa"},
    ])  # fmt: skip


@pytest.mark.usefixtures("doubted")
def test_without_a_name_the_warning_stays_open(runner: FlaskCliRunner) -> None:
    ran = runner.invoke(args=["check", PHUC_LOI, "--json", "--accept", f"{DOUBT.id}=đúng"])
    told = json.loads(ran.stdout)
    assert (told["may_be_issued"], told["open"]) == (False, [DOUBT.id])
    assert [f["code"] for f in told["findings"]] == ["norm.amount", "acknowledgement.nobody"]


@pytest.mark.usefixtures("doubted")
def test_an_acknowledgement_without_a_reason_is_told(runner: FlaskCliRunner) -> None:
    ran = runner.invoke(args=["check", PHUC_LOI, "--json", "--accept", DOUBT.id, *BY])
    assert [(f["code"], f["where"]) for f in json.loads(ran.stdout)["findings"]] == [
        ("norm.amount", "Số liệu!F32"), ("acknowledgement.no_reason", "--accept"),
    ]  # fmt: skip


def faulty(folder: Path, **changes: object) -> Path:
    body = json.loads(Path(PHUC_LOI).with_suffix(".json").read_text(encoding="utf-8"))
    lines = [*body["lines"], {"code": "cai_nghien_tu_nguyen", "value": "262.500.00"}]
    path = folder / "faulty.json"
    path.write_text(json.dumps({**body, "lines": lines, **changes}), encoding="utf-8")
    return path


def test_a_draft_is_written_in_spite_of_errors_which_are_told(
    runner: FlaskCliRunner, tmp_path: Path
) -> None:
    target = tmp_path / "a-du-thao.docx"
    ran = runner.invoke(args=["generate", str(faulty(tmp_path)), "--draft", "-o", str(target)])
    assert (ran.exit_code, ran.stdout) == (0, f"Đã lập bản dự thảo: {target}\n")
    assert "Phải sửa (mã number.grouping-" in ran.stderr
    assert zipfile.is_zipfile(target)


def test_a_draft_needs_a_period_and_a_unit(runner: FlaskCliRunner, tmp_path: Path) -> None:
    source, target = faulty(tmp_path, period={}), tmp_path / "a.docx"
    ran = runner.invoke(args=["generate", str(source), "--draft", "-o", str(target)])
    assert ran.exit_code == 1
    assert ran.stderr.startswith("Chưa lập được báo cáo: có 3 điều phải sửa.")
    assert not target.exists()


# ---------------------------------------------------------------- explain


def explained(runner: FlaskCliRunner, *args: str) -> tuple[int, str, str]:
    ran = runner.invoke(args=["explain", *args])
    return ran.exit_code, ran.stdout, ran.stderr


def test_a_printed_number_is_explained(runner: FlaskCliRunner) -> None:
    digest = sha256(Path(PHUC_LOI).read_bytes()).hexdigest()
    assert explained(runner, PHUC_LOI, "107%") == (0, (
        "Vận động Quỹ “Đền ơn đáp nghĩa”: tỷ lệ so với kế hoạch năm 2020 do quận giao\n107%\n"
        "tính bằng 107.000.000 / 100.000.000 × 100 = 107%:\n"
        "  • Vận động Quỹ “Đền ơn đáp nghĩa” — 107.000.000 đồng, ô E19 trang «Số liệu»\n"
        "  • Vận động Quỹ “Đền ơn đáp nghĩa”: kế hoạch năm 2020 do quận giao — "
        "100.000.000 đồng, ô D19 trang «Số liệu»\n"
        f"Nguồn: tệp input.xlsx, SHA-256 {digest}\n"), "")  # fmt: skip


def test_a_report_explains_its_own_numbers(runner: FlaskCliRunner, tmp_path: Path) -> None:
    report = str(tmp_path / "a.docx")
    runner.invoke(args=["generate", PHUC_LOI, "-o", report])
    asked = "633,2 triệu đồng"
    assert explained(runner, report, asked) == explained(runner, PHUC_LOI, asked)
    assert explained(runner, report, asked)[0] == 0


def test_several_that_fit_are_listed(runner: FlaskCliRunner) -> None:
    assert explained(runner, PHUC_LOI, "1 người") == (1, "", (
        "Có 2 số cùng được gọi là «1 người». Hãy ghi mã của một số:\n"
        "cai_nghien_cong_dong.value\tCai nghiện tại cộng đồng: 1 người\n"
        "cai_nghien_bat_buoc.value\tCai nghiện bắt buộc: 1 người\n"))  # fmt: skip


def test_an_unknown_figure_is_told_with_the_nearest(runner: FlaskCliRunner) -> None:
    code, out, err = explained(runner, PHUC_LOI, "tong_covi.amount")
    assert (code, out) == (1, "")
    assert err.splitlines()[:2] == [
        "Không có số nào là «tong_covi.amount». Các số gần giống:",
        "tong_covid.amount\tTổng kinh phí hỗ trợ do Covid-19: 361.500.000 đồng",
    ]
    assert explained(runner, PHUC_LOI, "zzzz") == (1, "", "Không có số nào là «zzzz».\n")


def test_without_a_figure_all_are_listed(runner: FlaskCliRunner) -> None:
    code, out, err = explained(runner, PHUC_LOI)
    assert (code, err) == (0, "")
    assert "tong_qua_tet.value\tTổng cộng quà tết Nguyên đán: 1.254 lượt người\n" in out
    listed = json.loads(explained(runner, PHUC_LOI, "--json")[1])
    assert [one["figure"] for one in listed["explanations"]] == [
        line.partition("\t")[0] for line in out.splitlines()
    ]


def test_what_cannot_be_read_is_not_explained(runner: FlaskCliRunner, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text("{", encoding="utf-8")
    code, out, err = explained(runner, str(wrong))
    assert (code, out) == (2, "")
    assert err.startswith("Chưa đọc được số liệu: có 1 điều phải sửa.\n")
