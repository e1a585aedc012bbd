"""Past years come in by an input or a plain table: what is taken is exact, what is not is told."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from archive.importing import (
    Imported,
    Refused,
    TableOf,
    import_report,
    import_table,
    is_table,
)
from archive.keeping import Archive
from archive.matching import LeftOut
from archive.records import DATA, FIGURES, INPUT, Conflict, Deposit, FigureRow, Paper
from archive.searching import Query, search
from generators.kinds import load_kind
from generators.model import OrgUnit
from generators.pipeline import KINDS, Source, examine, make_form, make_table, read_input
from service import create_app
from tests.archive.keeping import BY, deposit

KIND = load_kind(KINDS / "ban-tin-6-thang")
UNIT = OrgUnit("phường Phúc Lợi", ("quận Long Biên", "thành phố Hà Nội"))
OF = TableOf(KIND, "2019S1", UNIT)
LINES = [{"code": "viec_lam", "value": 200}, {"code": "qua_tet", "giver": "quận", "value": 140,
                                              "amount": 150_000_000}]  # fmt: skip


def body(**changes: Any) -> dict[str, Any]:
    frame = {"kind": KIND.id, "period": {"id": "2019S1"}, "lines": LINES,
             "org_unit": {"name": UNIT.name, "within": list(UNIT.within)},
             "document": {"date": "2019-07-15", "number": "21/BC-UBND",
                          "signer": {"title": "CHỦ TỊCH", "name": "Nguyễn Mạnh Hùng"}}}  # fmt: skip
    return {**frame, **changes}


def source(name: str = "2019.json", **changes: Any) -> Source:
    return Source(json.dumps(body(**changes), ensure_ascii=False).encode(), name=name)


def made_here() -> Deposit:
    return deposit(1, kind=KIND.id, period="2019S1", unit=UNIT.name, within=UNIT.within)


def csv(text: str, name: str = "2019.csv") -> Source:
    return Source(text.encode(), name=name)


def book(*rows: tuple[Any, ...]) -> Source:
    made, buffer = openpyxl.Workbook(), io.BytesIO()
    sheet = made.active
    assert sheet is not None
    sheet.title = "Số liệu"
    for row in rows:
        sheet.append(row)
    made.save(buffer)
    return Source(buffer.getvalue(), name="2019.xlsx")


def figures(archive: Archive, imported: Imported) -> dict[str, tuple[str, str, str]]:
    return {id_: (f"{one.hedge} {one.value:f}".strip(), one.unit, one.label)
            for id_, one in archive.figures(imported.record.id).items()}  # fmt: skip


# ---------------------------------------------------------------- an input of this service


def test_an_input_is_kept_as_imported_with_who_when_and_from_which_file(
    either: Archive,
) -> None:
    given = source()
    imported = import_report(either, given, BY, "2019S1")
    record = imported.record
    assert (imported.is_new, imported.left_out, imported.findings) == (True, (), ())
    assert (record.state, record.by, record.period, record.unit, record.within) == (
        "imported", BY, "2019S1", UNIT.name, UNIT.within,
    )  # fmt: skip
    assert record.paper == Paper(KIND.title, "21", "BC-UBND", date(2019, 7, 15), "CHỦ TỊCH",
                                 "Nguyễn Mạnh Hùng")  # fmt: skip
    assert [ref.role for ref in record.files] == [INPUT, DATA, FIGURES]
    assert record.file(INPUT).name == "2019.json"
    assert either.read(record.file(INPUT)) == given.data


def test_all_figures_of_an_input_are_kept_the_computed_ones_too(archive: Archive) -> None:
    imported = import_report(archive, source(), BY)
    examined = examine(source())
    kept = archive.figures(imported.record.id)
    assert imported.figures == len(kept) == len(examined.figures)
    assert kept["tong_qua_tet.value"] == FigureRow(
        "tong_qua_tet.value", "Tổng cộng quà tết Nguyên đán", Decimal(140), "", "lượt người"
    )


def test_a_workbook_is_imported_as_json_is(archive: Archive) -> None:
    form = make_form(KIND, read_input(source().data))
    imported = import_report(archive, Source(form, name="2019.xlsx"), BY, "2019S1")
    again = import_report(archive, source(period={"id": "2018S1"}, document={}), BY)
    assert archive.figures(imported.record.id) == archive.figures(again.record.id)


def test_an_imported_report_is_found(archive: Archive) -> None:
    record = import_report(archive, source(), BY).record
    query = Query(
        words="giai quyet viec lam", signer="manh hung", number="21", state="imported"
    )
    assert [one.id for one in search(archive, query)] == [record.id]


def test_the_same_input_again_is_the_one_that_is_kept(archive: Archive) -> None:
    first = import_report(archive, source(), BY)
    again = import_report(archive, source(), "Người khác")
    assert (again.record, again.is_new) == (first.record, False)


def test_another_input_of_the_period_takes_its_place_and_both_are_kept(
    archive: Archive,
) -> None:
    first = import_report(archive, source(), BY).record
    other = source(lines=[{"code": "viec_lam", "value": 201}], document={})
    second = import_report(archive, other, BY).record
    assert (second.version, second.replaces) == (2, first.id)
    with pytest.raises(Conflict, match="không phải bản mới nhất"):
        import_report(archive, source(), BY, replaces=first.id)


@pytest.mark.parametrize("named", [True, False])
def test_an_input_takes_the_place_of_nothing_that_was_made_here(
    archive: Archive, named: bool
) -> None:
    made, _ = archive.keep(made_here())
    with pytest.raises(Conflict) as refused:
        import_report(archive, source(), BY, replaces=made.id if named else "")
    assert str(refused.value) == (
        f"Kỳ này đã có báo cáo lập bằng phần mềm (bản 1, mã {made.id}). Bản cũ nhập vào không thay được "
        "báo cáo ấy; muốn sửa số liệu, hãy lập bản sửa."
    )


def test_what_was_imported_gives_way_to_what_is_made(archive: Archive) -> None:
    first = import_report(archive, source(), BY).record
    second, _ = archive.keep(made_here())
    assert (second.version, second.replaces) == (2, first.id)


def test_an_error_refuses_an_input_and_nothing_is_kept(archive: Archive) -> None:
    wrong = source(lines=[{"code": "viec_lam", "value": 5, "parts": [
        {"label": "a", "value": 1}, {"label": "b", "value": 1}]}])  # fmt: skip
    with pytest.raises(Refused, match=r"^Chưa nhập được: tệp có 1 điều phải sửa.$") as refused:
        import_report(archive, wrong, BY)
    assert [one.code for one in refused.value.findings] == ["sum.parts"]
    assert search(archive, Query()) == []


def test_a_warning_refuses_nothing_and_needs_nobody(archive: Archive) -> None:
    doubtful = source(lines=[{"code": "qua_tet", "giver": "quận", "value": 10, "amount": 1000}])
    imported = import_report(archive, doubtful, BY)
    assert imported.is_new
    assert "warning" in {one.severity for one in imported.findings}


def test_an_input_of_another_period_is_refused(archive: Archive) -> None:
    with pytest.raises(Refused, match=r"^Tệp là báo cáo kỳ 2019S1, không phải kỳ 2018S1.$"):
        import_report(archive, source(), BY, "2018S1")


def test_a_period_that_is_not_over_is_refused(archive: Archive) -> None:
    message = (
        r"^Kỳ báo cáo đến hết ngày 30/06/2099, chưa qua; chỉ nhập báo cáo của các kỳ trước.$"
    )
    with pytest.raises(Refused, match=message):
        import_report(archive, source(period={"id": "2099S1"}, document={}), BY)
    with pytest.raises(Refused, match=message):
        import_table(archive, csv("Mã,Kết quả\nviec_lam,1\n"), replace(OF, period="2099S1"), BY)


def test_a_number_without_its_day_is_no_number(archive: Archive) -> None:
    imported = import_report(archive, source(document={"number": "21/BC-UBND"}), BY)
    assert imported.record.paper == Paper(KIND.title)


# ---------------------------------------------------------------- a table as people write it


def test_a_plain_table_is_taken_by_code_and_by_label(either: Archive) -> None:
    text = (
        "Mã,Chỉ tiêu,Đơn vị tính,Kết quả,Kinh phí\n"
        "viec_lam,,người,1.200,\n"
        ",Quà Tết của quận,người,trên 140,\"150,5 triệu\"\n"
        ",cai nghiện TẠI cộng đồng,,1/2,\n"
        "qua_tet@hoi_chu_thap_do,Quà Tết của Hội,,5,\n"
        "quy_den_on_dap_nghia,,,107 triệu đồng,\n"
    )  # fmt: skip
    imported = import_table(either, csv(text), OF, BY)
    assert imported.left_out == ()
    assert figures(either, imported) == {
        "viec_lam.value": ("1200", "người", "Lao động được giải quyết việc làm"),
        "qua_tet@quan.value": ("trên 140", "người", "Quà Tết của quận"),
        "qua_tet@quan.amount": ("150500000", "đồng", "Quà Tết của quận: kinh phí"),
        "cai_nghien_cong_dong.value": ("1", "người", "cai nghiện TẠI cộng đồng"),
        "cai_nghien_cong_dong.plan": ("2", "người", "cai nghiện TẠI cộng đồng: kế hoạch"),
        "qua_tet@hoi_chu_thap_do.value": ("5", "người", "Quà Tết của Hội"),
        "quy_den_on_dap_nghia.value": (
            "107000000", "đồng", "Vận động Quỹ “Đền ơn đáp nghĩa”"),
    }  # fmt: skip


def test_a_workbook_of_a_plain_table_is_taken_below_its_title(archive: Archive) -> None:
    given = book(("KẾT QUẢ NĂM 2019",), (), ("Chỉ tiêu", "ĐVT", "Thực hiện", "Kinh phí (đồng)"),
                 ("Số hộ cận nghèo", "hộ", 34, None),
                 ("Quà Tết của quận", "người", 140, 150_000_000))  # fmt: skip
    imported = import_table(archive, given, OF, BY)
    assert {id_: value for id_, (value, *_) in figures(archive, imported).items()} == {
        "ho_can_ngheo.value": "34", "qua_tet@quan.value": "140", "qua_tet@quan.amount": "150000000",
    }  # fmt: skip


def test_what_is_not_taken_is_told_with_its_place_and_reason(archive: Archive) -> None:
    text = (
        "Mã;Chỉ tiêu;ĐVT;Kết quả;Kinh phí;Ghi chú\n"
        "viec_lam;Việc làm;người;200;;tốt\n"
        ";Hộ thoát nghèo;người;5;;\n"
        ";Chuyện lạ;hộ;5;;\n"
        "khong_co;Chuyện khác;hộ;5;;\n"
        "hoc_nghe;Học nghề;;nhiều;;\n"
        "ho_ngheo;Hộ nghèo;;-5;;\n"
        ";Số hộ cận nghèo;hộ;;;\n"
        "viec_lam;Việc làm lần nữa;;201;;\n"
    )
    imported = import_table(archive, csv(text), OF, BY)
    assert figures(archive, imported) == {"viec_lam.value": ("200", "người", "Việc làm")}
    told = [(row.place, row.named, row.reason) for row in imported.left_out]
    assert told[:4] == [
        ("", "Ghi chú", "cột này không được đọc"),
        ("2019.csv!D3", "Hộ thoát nghèo", "đơn vị tính là «người», của danh mục là «hộ»"),
        ("2019.csv!D4", "Chuyện lạ", "không có trong danh mục của loại báo cáo"),
        ("2019.csv!D5", "Chuyện khác", "không có trong danh mục của loại báo cáo"),
    ]
    assert told[4][:2] == ("2019.csv!D6", "Học nghề")
    assert "nhiều" in told[4][2]
    assert told[5:] == [
        ("2019.csv!D7", "Hộ nghèo", "số âm"), ("2019.csv!D8", "Số hộ cận nghèo", "không có số"),
        ("2019.csv!D9", "Việc làm lần nữa", "số liệu này đã có ở một hàng trên"),
    ]  # fmt: skip
    kept = json.loads(archive.read(imported.record.file(FIGURES)))
    assert [tuple(row.values()) for row in kept["left_out"]] == told


def test_an_english_number_in_a_typed_table_is_told_not_guessed(archive: Archive) -> None:
    text = "Mã,Kết quả\nviec_lam,200\nho_ngheo_ty_le,1.35\n"
    imported = import_table(archive, csv(text), OF, BY)
    assert list(figures(archive, imported)) == ["viec_lam.value"]
    assert [row.place for row in imported.left_out] == ["2019.csv!B3"]


# ---------------------------------------------------------------- a table as `flask table` writes it


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_table_of_this_service_gives_all_its_figures_back(
    archive: Archive, suffix: str
) -> None:
    lines = [*LINES, {"code": "hoc_nghe", "value": "trên 30"}, {"code": "ho_ngheo_ty_le", "value": "1,35"},
             {"code": "ho_can_ngheo", "value": 30, "previous": 34},
             {"section": "lao_dong", "label": "Hội chợ", "unit": "phiên", "value": 3}]  # fmt: skip
    examined = examine(source(lines=lines))
    other = examine(source(org_unit={"name": "phường Khác"}))
    table = Source(make_table([other, examined], suffix), name=f"bang{suffix}")
    imported = import_table(archive, table, OF, BY)
    kept = archive.figures(imported.record.id)
    assert set(kept) == set(examined.figures)
    for id_, figure in examined.figures.items():
        own = kept[id_]
        assert (own.label, own.hedge, own.unit) == (
            figure.label,
            figure.quantity.hedge,
            figure.unit,
        )
        assert abs(own.value - figure.quantity.value) <= Decimal("1e-9") * abs(
            figure.quantity.value
        )
    assert kept["ho_can_ngheo.previous_change"].value == Decimal(-4)
    assert [row.named for row in imported.left_out] == [
        "phường Khác, 2019S1", "Cộng", "Số đơn vị có số liệu",
    ]  # fmt: skip


def test_a_table_without_the_units_column_is_refused(archive: Archive) -> None:
    table = Source(
        make_table([examine(source(org_unit={"name": "phường Khác"}))], ".csv"), name="b.csv"
    )
    with pytest.raises(Refused, match=r"^Chưa nhập được bảng.$") as refused:
        import_table(archive, table, OF, BY)
    (finding,) = refused.value.findings
    assert finding.message == (
        "Không thấy hàng tiêu đề có cột Mã hoặc Chỉ tiêu và cột Kết quả, Kinh phí hay «phường Phúc "
        "Lợi, 2019S1»."
    )


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"PK\3\4", b"\xd0\xcf\x11\xe0"])
def test_what_is_no_table_is_refused(archive: Archive, data: bytes) -> None:
    with pytest.raises(Refused, match=r"^Chưa nhập được bảng.$"):
        import_table(archive, Source(data, name="x.csv"), OF, BY)


def test_a_table_of_which_nothing_matches_is_refused_and_told(archive: Archive) -> None:
    with pytest.raises(
        Refused, match=r"^Không hàng nào của bảng khớp với danh mục.$"
    ) as refused:
        import_table(archive, csv("Mã,Kết quả\nx,1\n"), OF, BY)
    assert refused.value.left_out == (
        LeftOut("2019.csv!B2", "x", "không có trong danh mục của loại báo cáo"),
    )
    assert search(archive, Query()) == []


def test_an_unknown_period_is_refused(archive: Archive) -> None:
    with pytest.raises(
        Refused, match=r"^Không có kỳ «2019H1». Hãy ghi như 2019S1, 2019Q3, 2019N9, 2019.$"
    ):
        import_table(archive, csv("Mã,Kết quả\nviec_lam,1\n"), replace(OF, period="2019H1"), BY)


def test_inputs_and_tables_are_told_apart() -> None:
    assert not is_table(source().data)
    assert not is_table(make_form(KIND))
    assert not is_table(b'{"lines": []}')
    assert is_table(make_table([examine(source())], ".xlsx"))
    assert is_table(make_table([examine(source())], ".csv"))


# ---------------------------------------------------------------- the commands


def test_a_past_year_is_imported_and_found_from_the_command_line(tmp_path: Path) -> None:
    path = tmp_path / "2019.json"
    path.write_bytes(source().data)
    runner = create_app(
        {"DATA_DIR": str(tmp_path / "kho"), "DATABASE_URL": ""}
    ).test_cli_runner()
    put = runner.invoke(args=["archive", "import", str(path), "--period", "2019S1", "--by", BY])
    record = put.output.strip().rpartition(" ")[2]
    assert (put.exit_code, put.output) == (
        0, f"Đã nhập báo cáo kỳ 2019S1 của phường Phúc Lợi: 7 số liệu. Mã {record}\n",
    )  # fmt: skip
    again = runner.invoke(
        args=["archive", "import", str(path), "--period", "2019S1", "--by", BY]
    )
    assert again.output == f"Báo cáo này đã có trong kho: {record}\n"
    found = runner.invoke(args=["archive", "search", "viec", "lam", "--value", "150 triệu"])
    assert found.output == (
        f"{record}\t2019S1\tphường Phúc Lợi, quận Long Biên, thành phố Hà Nội\tbản 1\tnhập từ bản cũ\t"
        "số 21/BC-UBND\t15/07/2019\tNguyễn Mạnh Hùng\tQuà Tết của quận: kinh phí: 150.000.000 đồng; "
        "Tổng kinh phí tặng quà, hỗ trợ trực tiếp trong kỳ: 150.000.000 đồng; Tổng cộng quà "
        "tết Nguyên đán: kinh phí: 150.000.000 đồng\n"
    )
    none = runner.invoke(
        args=["archive", "search", "--value", "151..200", "--figure", "viec_lam.valu"]
    )
    assert (none.exit_code, none.output) == (0, "Không tìm thấy báo cáo nào.\n")
    unread = runner.invoke(args=["archive", "search", "--value", "nhiều"])
    assert (unread.exit_code, unread.output) == (2, "«nhiều» không phải một số.\n")


def test_what_stops_an_import_is_told_on_the_command_line(tmp_path: Path) -> None:
    table = tmp_path / "2019.csv"
    table.write_text("Mã,Kết quả\nx,1\n", encoding="utf-8")
    runner = create_app(
        {"DATA_DIR": str(tmp_path / "kho"), "DATABASE_URL": ""}
    ).test_cli_runner()
    asked = ["archive", "import", str(table), "--period", "2019S1", "--by", BY]
    bare = runner.invoke(args=asked)
    assert (bare.exit_code, bare.output) == (
        2, "Bảng số liệu không tự nói là của ai: hãy thêm --kind và --unit (và --within).\n",
    )  # fmt: skip
    ran = runner.invoke(args=[*asked, "--kind", KIND.id, "--unit", UNIT.name])
    assert (ran.exit_code, ran.output) == (
        1,
        "Không hàng nào của bảng khớp với danh mục.\n"
        "Không lấy 2019.csv!B2: «x», vì không có trong danh mục của loại báo cáo.\n",
    )
