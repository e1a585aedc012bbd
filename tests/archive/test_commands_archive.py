"""The commands of the archive's keeper, as typed, and how an archive is opened."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import text

from archive.inspection import inspect
from archive.opening import (
    newest_revision,
    open_archive,
    revision_of,
    upgrade_archive,
)
from archive.records import ArchiveFault
from service import create_app
from tests.archive.keeping import BY, deposit
from tests.archive.test_bags import validates
from tests.building import ROOT

PHUC_LOI = ROOT / "fixtures/accepted/phuc-loi-2020/input.json"
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Type a command of the archive that lies in `data`."""
    app = create_app({"DATA_DIR": str(tmp_path / "data"), "DATABASE_URL": ""})
    return lambda *args: app.test_cli_runner().invoke(args=["archive", *map(str, args)])


@pytest.fixture
def report(run: Run) -> str:
    """The id of the Phúc Lợi report, kept."""
    ran = run("keep", PHUC_LOI, "--by", BY)
    assert ran.exit_code == 0, ran.output
    (report_id,) = re.findall(r"[0-9a-f]{32}", ran.output)
    return str(report_id)


def told(ran: Result) -> tuple[int, str]:
    return ran.exit_code, ran.output


# ---------------------------------------------------------------- keeping


def test_a_report_is_kept_once(run: Run, report: str) -> None:
    assert told(run("keep", PHUC_LOI, "--by", BY)) == (
        0, f"Báo cáo này đã có trong kho: {report}, bản 1.\n",
    )  # fmt: skip


def test_a_correction_names_what_it_replaces_and_tells_what_changed(
    run: Run, report: str, tmp_path: Path
) -> None:
    other = tmp_path / "input.json"
    before, after = '"code": "viec_lam", "value": 224', '"code": "viec_lam", "value": 225'
    payload = PHUC_LOI.read_text(encoding="utf-8")
    payload = re.sub(r"\s+", " ", payload).replace(before, after)
    assert after in payload
    other.write_text(re.sub(r'"value": 118', '"value": 119', payload), encoding="utf-8")
    code, said = told(run("keep", other, "--by", BY))
    assert (code, said) == (
        1, f"Đơn vị đã có báo cáo kỳ này (bản 1, mã {report}). Nếu lập bản thay thế, hãy nêu mã của "
        "bản được thay.\n",
    )  # fmt: skip
    code, said = told(run("keep", other, "--by", BY, "--replaces", report))
    assert code == 0
    assert re.match(r"Đã lưu báo cáo [0-9a-f]{32}, bản 2\.\n", said)
    assert said.splitlines()[1] == (
        "  Lao động được giải quyết việc làm (cộng các phần): 224 người → 225 người"
    )
    part = "vay vốn Ngân hàng Chính sách xã hội: 118 người → 119 người"
    assert f"  Lao động được giải quyết việc làm – {part}\n" in said
    (new,) = re.findall(r"báo cáo ([0-9a-f]{32})", said)
    shown = run("show", new).output
    assert f"Khác bản trước: Lao động được giải quyết việc làm – {part}\n" in shown
    assert f"Các bản: 1 ({report}), 2 ({new})\n" in shown


def test_a_report_with_errors_is_not_kept(run: Run, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.json"
    wrong.write_text("{}", encoding="utf-8")
    code, said = told(run("keep", wrong, "--by", BY))
    assert code == 1
    assert said.startswith("Chưa lưu được báo cáo: có ")
    assert not (tmp_path / "data").exists()


def test_an_open_warning_keeps_a_report_out_until_it_is_acknowledged(
    run: Run, tmp_path: Path
) -> None:
    doubted = tmp_path / "doubted.json"
    payload = PHUC_LOI.read_text(encoding="utf-8").replace(
        "Sáu tháng đầu năm", "Sáu tháng nổ lực đầu năm"
    )
    doubted.write_text(payload, encoding="utf-8")
    code, said = told(run("keep", doubted, "--by", BY))
    assert code == 1
    assert "Chưa đủ điều kiện ban hành: còn 1 điều nên xem lại chưa được xác nhận." in said
    (finding,) = set(re.findall(r"text\.spelling-[0-9a-f]{8}", said))
    ran = run("keep", doubted, "--by", BY, "--accept", f"{finding}=Nguyên văn nghị quyết.")
    assert ran.exit_code == 0, ran.output
    (kept,) = re.findall(r"[0-9a-f]{32}", ran.output)
    assert told(run("rebuild", kept)) == (0, "Văn bản lập lại giống hệt bản đã lưu.\n")


def test_somebody_must_answer_for_every_act(run: Run, report: str) -> None:
    for args in (("keep", PHUC_LOI), ("hold", report, "--reason", "x"), ("remove", report)):
        code, said = told(run(*args))
        assert (code, said.startswith("Thiếu ")) == (2, True)
    assert len(re.findall("Nhật ký: ", run("show", report).output)) == 1


def test_the_paper_is_entered_when_it_was_issued(run: Run, report: str) -> None:
    paper = (
        "--number",
        "34",
        "--notation",
        "BC-UBND",
        "--signer",
        "Trần Văn Hòa",
        "--title",
        "CHỦ TỊCH",
    )
    day = ("--date", "03/08/2020", "--by", BY)
    assert told(run("issue", report, *paper, *day)) == (
        1, "Báo cáo chưa được duyệt nên chưa ghi số được.\n",
    )  # fmt: skip
    assert told(run("approve", report, "--by", "Lê An")) == (
        0, f"Đã duyệt báo cáo {report}.\n",
    )  # fmt: skip
    assert told(run("issue", report, *paper, *day)) == (
        0, "Đã ghi số 34/BC-UBND, ngày 03/08/2020.\n",
    )  # fmt: skip
    assert told(run("issue", report, *paper, "--date", "04/08/2020", "--by", BY)) == (
        1, "Báo cáo này đã ban hành; sửa số liệu thì lập bản thay thế.\n",
    )  # fmt: skip
    shown = run("show", report).output
    assert [line.split("\t")[2:] for line in shown.splitlines() if line.startswith("Nhật ký")] == [
        ["keep", BY], ["approve", "Lê An"], ["issue", BY],
    ]  # fmt: skip
    assert "Trạng thái: đã ban hành\n" in shown
    assert "Số: 34/BC-UBND, ngày 03/08/2020\n" in shown
    assert "Người ký: CHỦ TỊCH Trần Văn Hòa\n" in shown


def test_a_report_is_returned_with_its_reason(run: Run, report: str) -> None:
    assert told(run("return", report, "--reason", "thiếu số", "--by", BY)) == (
        0, f"Đã trả lại báo cáo {report} để sửa.\n",
    )  # fmt: skip
    assert told(run("approve", report, "--by", BY)) == (
        1, "Báo cáo này đã được trả lại để sửa nên không làm được bước đó.\n",
    )  # fmt: skip
    assert "Trạng thái: trả lại để sửa\n" in run("show", report).output


@pytest.mark.parametrize("typed", ["2020-08-03", "3/8/2020"])
def test_a_day_is_typed_either_way(run: Run, report: str, typed: str) -> None:
    args = ("issue", report, "--number", "34", "--notation", "BC-UBND", "--by", BY, "--date")
    run("approve", report, "--by", BY)
    assert told(run(*args, typed)) == (0, "Đã ghi số 34/BC-UBND, ngày 03/08/2020.\n")


@pytest.mark.parametrize("typed", ["31/02/2020", "2020", "08-03-2020", "3/8/20", "mai"])
def test_what_is_no_day_is_refused(run: Run, report: str, typed: str) -> None:
    args = ("issue", report, "--number", "34", "--notation", "BC-UBND", "--by", BY, "--date")
    assert told(run(*args, typed)) == (
        2, f"«{typed}» không phải là ngày. Hãy ghi như 03/08/2020.\n",
    )  # fmt: skip


def test_the_signed_paper_is_added_and_shown(run: Run, report: str, tmp_path: Path) -> None:
    signed = tmp_path / "34-BC.pdf"
    signed.write_bytes(b"%PDF-1.7")
    assert told(run("attach", report, signed, "--role", "signed", "--by", BY)) == (
        0, f"Đã thêm 34-BC.pdf vào hồ sơ của báo cáo {report}.\n",
    )  # fmt: skip
    assert "Tệp: signed\t34-BC.pdf\t8 byte\t" in run("show", report).output
    assert told(run("attach", report, signed, "--role", "input", "--by", BY)) == (
        1, "Tệp kèm phải là một trong: signed, returned, original, request, pdf, other.\n",
    )  # fmt: skip


def test_a_report_is_held_released_and_not_removed_before_its_time(
    run: Run, report: str
) -> None:
    assert told(run("hold", report, "--reason", "thanh tra", "--by", BY)) == (
        0, f"Báo cáo {report} được giữ lại.\n",
    )  # fmt: skip
    assert "Giữ lại: thanh tra\n" in run("show", report).output
    assert told(run("remove", report, "--by", BY)) == (
        1, "Báo cáo đang được giữ lại (thanh tra), chưa được hủy.\n",
    )  # fmt: skip
    assert told(run("hold", report, "--reason", "", "--by", BY)) == (
        0, f"Báo cáo {report} không còn bị giữ lại.\n",
    )  # fmt: skip
    code, said = told(run("remove", report, "--by", BY))
    assert code == 1
    assert said.startswith("Báo cáo phải giữ đến ")


# ---------------------------------------------------------------- reading and proving


def test_reports_are_listed_a_line_each(run: Run, report: str) -> None:
    assert told(run("list")) == (
        0, f"{report}\t2020S1\tphường Phúc Lợi\tban-tin-6-thang\tbản 1\tđã lưu\t-\n",
    )  # fmt: skip


def test_all_that_is_known_of_a_report_is_shown(run: Run, report: str) -> None:
    lines = run("show", report).output.splitlines()
    heads = [line.split(": ")[0] for line in lines]
    assert list(dict.fromkeys(heads)) == [
        "Báo cáo", "Đơn vị", "Kỳ", "Loại", "Trạng thái", "Trích yếu", "Lưu bởi", "Thời hạn lưu trữ",
        "Các bản", "Tệp", "Nhật ký",
    ]  # fmt: skip
    assert lines[:3] == [
        f"Báo cáo: {report}", "Đơn vị: phường Phúc Lợi, quận Long Biên, thành phố Hà Nội",
        "Kỳ: 2020S1 (01/01/2020 – 30/06/2020)",
    ]  # fmt: skip
    assert f"Các bản: 1 ({report})" in lines


def test_an_unknown_report_is_told_by_every_command(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"x")
    paper = ("--number", "1", "--notation", "BC", "--date", "03/08/2020", "--by", BY)
    for args in (("show", "x"), ("rebuild", "x"), ("export", "x", "--bagit", tmp_path / "bag"),
                 ("remove", "x", "--by", BY), ("hold", "x", "--reason", "y", "--by", BY),
                 ("issue", "x", *paper), ("attach", "x", file, "--role", "signed", "--by", BY)):  # fmt: skip
        assert told(run(*args)) == (1, "Không có báo cáo «x» trong kho.\n")
    assert not (tmp_path / "bag").exists()


def test_an_inspection_ends_with_what_it_found(run: Run, report: str, tmp_path: Path) -> None:
    code, said = told(run("inspect"))
    assert code == 0
    assert re.fullmatch(r"Đã kiểm tra 1 báo cáo, \d+ tệp \(\d+ byte\): .*\n", said)
    (path, *_) = sorted(p for p in (tmp_path / "data/files").rglob("*") if p.is_file())
    whole = path.read_bytes()
    path.chmod(0o640)
    path.write_bytes(b"")
    code, said = told(run("inspect"))
    assert code == 1
    assert said.startswith(f"Tệp {path.name} đã bị sửa đổi; thuộc báo cáo {report}.\n")
    path.unlink()
    path.mkdir()
    assert run("inspect").exit_code == 2
    path.rmdir()
    path.write_bytes(whole)
    assert run("inspect").exit_code == 0


def test_a_report_is_rebuilt_and_exported(run: Run, report: str, tmp_path: Path) -> None:
    assert told(run("rebuild", report)) == (0, "Văn bản lập lại giống hệt bản đã lưu.\n")
    target = tmp_path / "bag"
    assert told(run("export", report, "--bagit", target)) == (0, f"Đã đóng gói: {target}\n")
    assert validates(target)


# ---------------------------------------------------------------- backup


def test_an_archive_is_backed_up_lost_and_restored(
    run: Run, report: str, tmp_path: Path
) -> None:
    saved, shown = tmp_path / "saved", run("show", report).output
    code, said = told(run("backup", saved))
    assert code == 0
    assert re.fullmatch(
        rf"Đã sao lưu vào {saved}: 1 báo cáo, \d+ tệp, 1 bút toán nhật ký\.\n", said
    )
    shutil.rmtree(tmp_path / "data")
    code, said = told(run("restore", saved))
    assert code == 0
    assert re.fullmatch(rf"Đã phục hồi từ {saved}: 1 báo cáo, \d+ tệp\.\n", said)
    assert run("show", report).output == shown
    assert run("inspect").exit_code == 0
    assert run("hold", report, "--reason", "thanh tra", "--by", BY).exit_code == 0
    code, said = told(run("restore", saved))
    assert code == 1
    assert said.startswith(
        "Kho lưu trữ có việc ghi sau bản sao lưu này hoặc khác nó (từ bút toán 2 "
    )


# ---------------------------------------------------------------- opening


def test_a_new_folder_is_for_its_owner_alone(tmp_path: Path) -> None:
    opened = open_archive(tmp_path / "kho dữ liệu" / "2026")
    opened.keep(deposit(1))
    opened.database.close()
    assert (tmp_path / "kho dữ liệu" / "2026").stat().st_mode & 0o777 == 0o700
    again = open_archive(tmp_path / "kho dữ liệu" / "2026")
    assert inspect(again).reports == 1
    again.database.close()


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("x")
    with pytest.raises(ArchiveFault) as refused:
        open_archive(tmp_path / "data")
    assert str(refused.value) == (
        f"Không dùng được thư mục {tmp_path / 'data'} làm kho lưu trữ: đây không phải thư mục."
    )


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "Địa chỉ cơ sở dữ liệu (DATABASE_URL) không đúng dạng "
                     "postgresql://người-dùng:mật-khẩu@máy/tên."),
        ("nosuch://host/name", "Địa chỉ cơ sở dữ liệu (DATABASE_URL) không đúng dạng "
                               "postgresql://người-dùng:mật-khẩu@máy/tên."),
    ],
)  # fmt: skip
def test_an_address_that_is_none_is_refused(tmp_path: Path, url: str, said: str) -> None:
    with pytest.raises(ArchiveFault) as refused:
        open_archive(tmp_path, url)
    assert str(refused.value) == said


def test_a_server_that_does_not_answer_is_told_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(
        ArchiveFault, match=r"^Không mở được cơ sở dữ liệu của kho lưu trữ: "
    ) as refused:
        open_archive(tmp_path, f"postgresql://ai:bi-mat@/name?host={tmp_path}")
    assert "bi-mat" not in str(refused.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_postgresql_goes_by_each_of_its_names(
    tmp_path: Path, postgres_url: str, scheme: str
) -> None:
    opened = open_archive(tmp_path, postgres_url.replace("postgresql", scheme, 1))
    assert (opened.database.is_sqlite, revision_of(opened.database)) == (
        False, newest_revision(),
    )  # fmt: skip
    opened.database.close()


def revise(folder: Path, revision: str, url: str = "") -> None:
    opened = open_archive(folder, url)
    with opened.database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :n"), {"n": revision})
    opened.database.close()


def test_newer_tables_are_refused_and_not_upgraded(tmp_path: Path, url: str) -> None:
    revise(tmp_path, "9999", url)
    said = (
        "Kho lưu trữ do phiên bản mới hơn của phần mềm lập (bảng 9999, phần mềm này biết đến "
        f"{newest_revision()}). Hãy dùng phiên bản mới."
    )
    for act in (open_archive, upgrade_archive):
        with pytest.raises(ArchiveFault) as refused:
            act(tmp_path, url)
        assert str(refused.value) == said


def test_older_tables_ask_for_the_upgrade(tmp_path: Path, url: str) -> None:
    revise(tmp_path, "0000", url)
    with pytest.raises(ArchiveFault) as refused:
        open_archive(tmp_path, url)
    assert str(refused.value) == (
        f"Kho lưu trữ còn ở dạng cũ (bảng 0000, cần {newest_revision()}). Hãy chạy: "
        "flask --app service upgrade"
    )


def test_somebody_elses_tables_are_left_alone(tmp_path: Path, url: str) -> None:
    opened = open_archive(tmp_path / "other", url)
    with opened.database.engine.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    opened.database.close()
    place = url or ""
    with pytest.raises(
        ArchiveFault, match=r"^Cơ sở dữ liệu có bảng trùng tên nhưng không phải"
    ):
        open_archive(tmp_path / "other", place)


def test_our_own_setting_goes_before_the_common_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://x/common")
    monkeypatch.setenv("BAO_CAO_DATABASE_URL", "postgresql://x/own")
    monkeypatch.setenv("BAO_CAO_DATA_DIR", "/var/lib/bao-cao")
    config = create_app().config
    assert (config["DATA_DIR"], config["DATABASE_URL"]) == (
        "/var/lib/bao-cao",
        "postgresql://x/own",
    )
