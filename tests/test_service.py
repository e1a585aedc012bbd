"""The command line and the settings: what is written, what is told, how it ends."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

import service
from commands.files import FolderPictures
from generators.wording.reading import read_number

ROOT = Path(__file__).resolve().parent.parent
INPUT = ROOT / "fixtures/accepted/hau-giang-2024/input.json"
KIND = "ban-tin-6-thang"
HEAVY = ("pandas", "docxtpl", "docx", "xlsxwriter", "python_calamine", "numpy", "pydantic")


@pytest.fixture
def app() -> Flask:
    return service.create_app()


def run(app: Flask, *args: str | Path, given: str | bytes | None = None) -> Result:
    result = app.test_cli_runner().invoke(args=[str(arg) for arg in args], input=given)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def shell(
    *args: str | Path, given: bytes = b"", environment: Mapping[str, str] = os.environ
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "flask", "--app", "service", *map(str, args)]
    return subprocess.run(
        command, input=given, capture_output=True, cwd=ROOT, check=False,
        env={**os.environ, **environment},
    )  # fmt: skip


def wrong(folder: Path) -> Path:
    path = folder / "wrong.json"
    lines = [{"code": "ho_can_ngheo", "value": "262.500.00"}, {"code": "ho_ngheo", "value": 2}]
    body = {
        "kind": KIND,
        "period": {"id": "2020S1"},
        "org_unit": {"name": "xã A"},
        "lines": lines,
    }
    path.write_text(json.dumps(body), encoding="utf-8")
    return path


GROUPING = (
    "Dữ liệu JSON\n"
    "  /lines/0/value: Phải sửa (mã number.grouping-89179af0)\n"
    "    Mục /lines/0/value ghi «262.500.00», không đủ ba chữ số sau mỗi dấu chấm hay khoảng "
    "trống.\n"
    "    Có phải 262.500.000 hoặc 26.250.000? Hãy gõ lại đủ ba chữ số sau mỗi dấu chấm.\n"
)

# ---------------------------------------------------------------- the application


def test_importing_the_service_stays_light() -> None:
    code = (
        "import service, sys; service.create_app(); "
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=True, text=True
    )
    assert done.stdout == "[]\n"


def test_settings_come_from_the_environment_and_then_the_caller(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert service.create_app().config["MAX_CONTENT_LENGTH"] == 17 * 1024 * 1024
    monkeypatch.setenv("BAO_CAO_MAX_UPLOAD_BYTES", "1000")
    assert service.create_app().config["MAX_CONTENT_LENGTH"] == 1000
    assert service.create_app({"MAX_UPLOAD_BYTES": 5}).config["MAX_CONTENT_LENGTH"] == 5


# ---------------------------------------------------------------- generate


def test_generate_writes_the_report(app: Flask, tmp_path: Path) -> None:
    target = tmp_path / "out.docx"
    result = run(app, "generate", INPUT, "-o", target)
    assert (result.exit_code, result.output) == (0, f"Đã lập báo cáo: {target}\n")
    assert zipfile.is_zipfile(target)
    assert list(tmp_path.iterdir()) == [target]
    assert stat.S_IMODE(target.stat().st_mode) & 0o600 == 0o600


def test_generate_replaces_what_was_there(app: Flask, tmp_path: Path) -> None:
    target = tmp_path / "out.docx"
    target.write_bytes(b"old")
    run(app, "generate", INPUT, "-o", target)
    first = target.read_bytes()
    run(app, "generate", INPUT, "-o", target, "--kind", KIND)
    assert target.read_bytes() == first


def test_findings_that_stop_write_nothing(app: Flask, tmp_path: Path) -> None:
    source, target = wrong(tmp_path), tmp_path / "out.docx"
    result = run(app, "generate", source, "-o", target)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"Chưa lập được báo cáo: có 1 điều phải sửa.\n\n{GROUPING}"
    assert list(tmp_path.iterdir()) == [source]


def test_pictures_come_from_the_inputs_own_folder(app: Flask, tmp_path: Path) -> None:
    body = json.loads(INPUT.read_text(encoding="utf-8"))
    body["stories"] = [{"text": "Một việc tốt.", "picture": "a.png", "caption": "Ảnh"}]
    source = tmp_path / "input.json"
    source.write_text(json.dumps(body), encoding="utf-8")
    assert run(app, "generate", source, "-o", tmp_path / "a.docx").exit_code == 1
    (tmp_path / "a.png").write_bytes(png())
    assert run(app, "generate", source, "-o", tmp_path / "a.docx").exit_code == 0
    with zipfile.ZipFile(tmp_path / "a.docx") as file:
        assert any("media" in name for name in file.namelist())


def png() -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        body = name + data
        return len(data).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big")

    header = chunk(b"IHDR", b"\0\0\0\1\0\0\0\1\x08\0\0\0\0")
    data = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"\x89PNG\r\n\x1a\n" + header + data + chunk(b"IEND", b"")


def test_only_pictures_of_the_folder_itself_are_offered(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    (inside / "deeper").mkdir(parents=True)
    outside.mkdir()
    for path in (inside / "a.png", inside / "b.JPG", inside / "c.txt", inside / "deeper/d.png",
                 inside / "e\u0301.jpeg", outside / "f.png"):  # fmt: skip
        path.write_bytes(path.name.encode())
    (inside / "g.png").symlink_to(outside / "f.png")
    pictures = FolderPictures(inside)
    assert sorted(pictures) == ["a.png", "b.JPG", "é.jpeg"]
    assert (len(pictures), pictures["a.png"], pictures.get("../outside/f.png")) == (
        3, b"a.png", None,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        ("no.json", "out.docx", "Không mở được tệp {0}/no.json: không có tệp hoặc thư mục này."),
        (".", "out.docx", "Không mở được tệp {0}: đây là thư mục, không phải tệp."),
        ("in.json", "no/out.docx",
         "Không ghi được tệp {0}/no/out.docx: không có tệp hoặc thư mục này."),
        ("in.json", ".", "Không ghi được tệp {0}: đây là thư mục, không phải tệp."),
        ("in.json", "in.json",
         "Tệp ghi ra trùng với tệp đầu vào {0}/in.json. Hãy đặt tên khác."),
    ],
)  # fmt: skip
def test_files_that_cannot_be_used(
    app: Flask, tmp_path: Path, source: str, target: str, said: str
) -> None:
    shutil.copy(INPUT, tmp_path / "in.json")
    result = run(app, "generate", tmp_path / source, "-o", tmp_path / target)
    assert (result.exit_code, result.output) == (2, said.format(tmp_path) + "\n")
    assert [path.name for path in tmp_path.iterdir()] == ["in.json"]
    assert (tmp_path / "in.json").read_bytes() == INPUT.read_bytes()


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    app = service.create_app({"MAX_UPLOAD_BYTES": 100})
    result = run(app, "generate", INPUT, "-o", tmp_path / "a.docx")
    assert (result.exit_code, result.output) == (
        2, f"Tệp {INPUT} quá lớn. Hãy bỏ bớt hình ảnh, trang và vùng định dạng thừa.\n",
    )  # fmt: skip


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"{", b"%PDF-1.7", b"PK\x03\x04junk", b'{"kind": "khac"}']
)
def test_what_cannot_be_read_ends_with_two(app: Flask, tmp_path: Path, data: bytes) -> None:
    source = tmp_path / "input"
    source.write_bytes(data)
    for command in (("generate", source, "-o", tmp_path / "out"), ("check", source)):
        result = run(app, *command)
        assert result.exit_code == 2
        assert "Phải sửa" in result.output
    assert list(tmp_path.iterdir()) == [source]


# ---------------------------------------------------------------- check


def test_check_tells_figures_and_findings(app: Flask, tmp_path: Path) -> None:
    result = run(app, "check", wrong(tmp_path))
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout == (
        f"Số hộ nghèo: 2 hộ\n\nKết quả kiểm tra: 1 điều phải sửa.\n\n{GROUPING}"
    )


def test_check_of_good_data(app: Flask) -> None:
    result = run(app, "check", INPUT)
    assert result.exit_code == 0
    assert "Hồ sơ người có công tiếp nhận: 1.266 hồ sơ\n" in result.output
    assert result.output.endswith("\nKết quả kiểm tra: số liệu khớp.\n")


def test_check_as_json(app: Flask, tmp_path: Path) -> None:
    result = run(app, "check", wrong(tmp_path), "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout) == {
        "figures": [{
            "code": "ho_ngheo.value", "label": "Số hộ nghèo", "value": 2, "unit": "hộ",
            "rule": "số liệu nhập", "where": "/lines/1/value", "made_from": [],
        }],
        "findings": [{
            "id": "number.grouping-89179af0", "code": "number.grouping",
            "severity": "error", "where": "/lines/0/value",
            "message": "Mục /lines/0/value ghi «262.500.00», không đủ ba chữ số sau mỗi dấu "
            "chấm hay khoảng trống.",
            "remedy": "Có phải 262.500.000 hoặc 26.250.000? Hãy gõ lại đủ ba chữ số sau mỗi "
            "dấu chấm.",
            "about": "ho_can_ngheo.value",
        }],
        "may_be_issued": False, "open": [], "acknowledged": [],
    }  # fmt: skip


# ---------------------------------------------------------------- kinds and forms


def test_kinds(app: Flask) -> None:
    assert f"{KIND}\tBản tin công tác an sinh xã hội 6 tháng\n" in run(app, "kinds").output


@pytest.mark.parametrize(
    "command",
    [("form", "x", "-o", "f.xlsx"), ("check", str(INPUT), "--kind", "x"),
     ("generate", str(INPUT), "-o", "f.docx", "--kind", "x")],
)  # fmt: skip
def test_an_unknown_kind_ends_with_two(app: Flask, command: tuple[str, ...]) -> None:
    result = run(app, *command)
    assert result.exit_code == 2
    assert result.output.startswith("Không có loại báo cáo «x». Hãy dùng một trong: ban-tin-")


def test_form_writes_the_workbook(app: Flask, tmp_path: Path) -> None:
    target = tmp_path / "form.xlsx"
    result = run(app, "form", KIND, "-o", target)
    assert (result.exit_code, result.output) == (0, f"Đã ghi biểu: {target}\n")
    assert zipfile.is_zipfile(target)


def test_a_filled_form_gives_the_same_report(app: Flask, tmp_path: Path) -> None:
    form = tmp_path / "form.xlsx"
    assert run(app, "form", KIND, "-o", form, "--fill", INPUT).exit_code == 0
    for source, target in ((INPUT, "a.docx"), (form, "b.docx")):
        result = run(app, "generate", source, "-o", tmp_path / target)
        assert (result.exit_code, result.stderr) == (0, "")
    assert body_of(tmp_path / "a.docx") == body_of(tmp_path / "b.docx")


def body_of(document: Path) -> bytes:
    with zipfile.ZipFile(document) as file:
        return file.read("word/document.xml")


@pytest.mark.parametrize(("data", "code"), [(b"{", 2), (b"hello", 2), (b'{"kind": "khac"}', 1)])
def test_a_form_is_not_filled_from_faulty_data(
    app: Flask, tmp_path: Path, data: bytes, code: int
) -> None:
    source = tmp_path / "in.json"
    source.write_bytes(data)
    result = run(app, "form", KIND, "-o", tmp_path / "f.xlsx", "--fill", source)
    assert result.exit_code == code
    assert list(tmp_path.iterdir()) == [source]


# ---------------------------------------------------------------- words


def test_words_of_arguments(app: Flask) -> None:
    result = run(app, "words", "5", "-5", "-5,3", "1.254", "02 tỷ", "trên 6 tỷ", "33,3%")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines() == [
        "năm", "âm năm", "âm năm phẩy ba", "một nghìn hai trăm năm mươi tư", "hai tỷ",
        "trên sáu tỷ", "ba mươi ba phẩy ba phần trăm",
    ]  # fmt: skip


def test_a_refused_number_is_told_and_the_rest_said(app: Flask) -> None:
    result = run(app, "words", "1.5", "abc", "24")
    assert (result.exit_code, result.stdout) == (2, "hai mươi tư\n")
    assert result.stderr == (
        "Mục ghi «1.5», không rõ dấu chấm ngăn hàng nghìn hay đứng trước phần lẻ. Nếu là số "
        "nguyên, gõ 15 hoặc 1.500; nếu là số có phần lẻ, gõ 1,5.\n"
        "Mục ghi «abc», không đọc được thành số. Hãy chỉ gõ số, ví dụ 249, 1.500 hoặc 51,2 "
        "triệu; nếu là số gần đúng, thêm một chữ ở trước: trên, hơn, gần, dưới, khoảng, xấp xỉ, "
        "ước (ví dụ trên 6 tỷ).\n"
    )


def test_words_of_lines(app: Flask) -> None:
    given = "\ufeff5\r\n 1.254 \n\nabc\n-7".encode() + b"\n\xff\n8"
    result = run(app, "words", "--stdin", given=given)
    assert result.exit_code == 2
    assert result.stdout == (
        "5\tnăm\n 1.254 \tmột nghìn hai trăm năm mươi tư\n-7\tâm bảy\n8\ttám\n"
    )
    assert [line.partition(",")[0] for line in result.stderr.splitlines()] == [
        "Dòng 4. Mục ghi «abc»", "Dòng 6. Mục ghi «�»",
    ]  # fmt: skip


def test_a_hundred_thousand_lines() -> None:
    done = shell("words", "--stdin", given="".join(f"{n}\n" for n in range(100_000)).encode())
    lines = done.stdout.decode().splitlines()
    assert (done.returncode, done.stderr, len(lines)) == (0, b"", 100_000)
    assert lines[::9973] == [f"{n}\t{read_number(n)}" for n in range(0, 100_000, 9973)]


# ---------------------------------------------------------------- a real shell


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "cp1252", "LANG": "C"},
    ],
)
def test_output_is_utf_8_everywhere(environment: dict[str, str]) -> None:
    done = shell("words", "-5", "abc", environment=environment)
    assert (done.returncode, done.stdout) == (2, "âm năm\n".encode())
    assert done.stderr.decode().startswith("Mục ghi «abc», không đọc được thành số.")
    assert (
        "Lập báo cáo Word"
        in shell("generate", "--help", environment=environment).stdout.decode()
    )


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (
            ("generate", "a.json"),
            "Thiếu OUT.docx. Xem cách dùng: flask --app service generate ",
        ),
        (("generate",), "Thiếu INPUT. Xem cách dùng: flask --app service generate --help"),
        (("check", "a", "--nope"), "Không có tùy chọn --nope. Xem cách dùng: "),
        (("check", "a", "b"), "Cách gõ lệnh chưa đúng. Xem cách dùng: "),
        (("words",), "Hãy ghi các số cần đọc, hoặc dùng --stdin để đọc từ đầu vào."),
        (("words", "5", "--stdin"), "Hãy ghi các số cần đọc, hoặc dùng --stdin để đọc "),
    ],
)
def test_wrong_usage_ends_with_two(app: Flask, command: tuple[str, ...], said: str) -> None:
    result = run(app, *command)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(said)


def test_a_report_from_a_real_shell(tmp_path: Path) -> None:
    done = shell("generate", INPUT, "-o", tmp_path / "a.docx")
    assert (done.returncode, done.stderr) == (0, b"")
    assert zipfile.is_zipfile(tmp_path / "a.docx")
    missing = shell("check", tmp_path / "no.json")
    assert (missing.returncode, missing.stdout) == (2, b"")
    assert b"Traceback" not in missing.stderr
