"""Lines as offices publish them, entered as they stand: none of what is right in them is accused."""

from __future__ import annotations

import pytest

from generators.model import NOTE
from generators.pipeline import Source, examine
from tests.building import Json, as_json


def line(section: str, label: str, unit: str, value: Json, **more: Json) -> Json:
    return {"section": section, "label": label, "unit": unit, "value": value, **more}


def of(code: str, value: Json = None, **more: Json) -> Json:
    return {"code": code, **({} if value is None else {"value": value}), **more}


def share(label: str, value: Json, stated: str) -> Json:
    return {"label": label, "value": value, "whole": {"share": stated}}


ORDINARY: dict[str, list[Json]] = {
    "all households beside poor ones": [
        line("giam_ngheo", "Tổng số hộ dân", "hộ", 3350), of("ho_ngheo", 120), of("ho_can_ngheo", 80)],
    "a sum that has more than its rows": [
        line("bao_tro", "Tổng kinh phí chi trả trợ cấp xã hội", "đồng", "5,4 tỷ"),
        of("btxh_luot", 3000, amount="5,35 tỷ")],
    "a number of its own called tổng số": [
        line("nha_o", "Tổng số nhà xây mới, sửa chữa", "nhà", 10760), of("nha_ho_ngheo", 300),
        of("nha_tam", 10760)],
    "gifts of which some are told": [
        line("qua_tang", "Tổng số suất quà", "suất", 900),
        line("qua_tang", "Suất quà cho hộ nghèo", "suất", 30),
        line("qua_tang", "Suất quà cho trẻ em", "suất", 40)],
    "rates above a hundred that may be": [
        line("nhiem_vu", "Tỷ lệ thu ngân sách", "%", "112,5"),
        line("nhiem_vu", "Chỉ số giá tiêu dùng", "%", "104,08"),
        line("nhiem_vu", "Hoàn thành chỉ tiêu giao quân", "%", "172,22")],
    "a rate kept to its zero beside its count": [
        of("bhyt_ty_le", "91,0%", previous={"value": "89,5%", "change": "tăng 1,5 điểm %"}),
        of("bhyt_tham_gia", 45510, whole={"value": 50011, "label": "dân số"})],
    "a rate that fell to its count": [
        of("ho_ngheo_ty_le", "giảm còn 1,35%"),
        of("ho_ngheo", 203, whole={"value": 15030, "label": "tổng số hộ"})],
    "shares of all near-poor households": [
        of("qua_ho_ngheo", 5332, parts=[share("hộ nghèo", 4375, "100%"),
                                        share("hộ cận nghèo", 957, "21,3%")])],
    "shares of the line": [
        of("nha_tinh_nghia", "703 căn", parts=[share("xây mới", "304 căn", "43,2%"),
                                               share("sửa chữa", 399, "56,8%")])],
    "heads of households among them": [
        line("giam_ngheo", "Hộ được hỗ trợ sinh kế", "hộ", 12,
             of_which=[{"label": "nhân khẩu", "unit": "người", "value": 40}])],
    "changes in words": [
        of("mai_tang_phi", 30, previous={"value": 30, "change": "bằng cùng kỳ"}),
        of("btxh_moi", 15, previous={"value": 30, "change": "giảm một nửa"}),
        of("tro_giup_khan_cap", 61, previous={"value": 20, "change": "gấp 3 lần"}),
        of("gioi_thieu_viec_lam", 1810, previous={"value": 1800, "change": "tăng dưới 1%"})],
    "a fund in triệu": [
        of("quy_den_on_dap_nghia", "86,5 triệu đồng", plan={"value": "80 triệu", "share": "108,1%"},
           previous={"value": "79,2 triệu", "change": "tăng 7,3 triệu đồng (9,2%)"})],
    "hedged lũy kế of an annual plan": [
        of("viec_lam", "gần 2.500", cumulative="trên 5.100", plan={"value": 5000, "share": "102,4%"})],
    "money in tỷ of several groups": [
        of("ncc_tro_cap", 22850, amount="45,7 tỷ", parts=[
            {"label": "trợ cấp hằng tháng", "value": 18600, "amount": "37,2 tỷ"},
            {"label": "trợ cấp một lần", "value": 4250, "amount": "8,5 tỷ"}])],
    "operations": [
        line("tre_em", "Trẻ em được phẫu thuật tim bẩm sinh", "trẻ em", 3, amount="285 triệu"),
        line("tre_em", "Cháu được hỗ trợ ghép gan", "cháu", 1, amount="450.000.000")],
    "dossiers of their own in each line": [
        of("ncc_ho_so", 41, whole={"value": 62, "label": "hồ sơ"}),
        of("that_nghiep_ho_so", 30, whole={"value": 40, "label": "tổng số hồ sơ"})],
}  # fmt: skip


@pytest.mark.parametrize("name", ORDINARY)
def test_what_is_right_is_not_accused(name: str) -> None:
    payload = {"kind": "ban-tin-6-thang", "period": {"id": "2024S1"},
               "org_unit": {"name": "phường Phúc Lợi"}, "lines": ORDINARY[name]}  # fmt: skip
    found = examine(Source(as_json(payload))).findings
    assert [(f.code, f.message) for f in found if f.severity != NOTE] == []
