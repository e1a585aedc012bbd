"""The frame around the lines: period, unit, texts, stories, pictures, each refusal in full."""

from __future__ import annotations

from base64 import b64encode
from datetime import date

import pytest

from generators.model import Acknowledgement, Document, Finding, OrgUnit, Period, Person
from tests.building import Json, error, findings, free, period_data, read

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x02\x00\x00\x00\x03\x08\x02\x00\x00\x00"
    b"\x00\x00\x00\x00\x00\x00\x00\x00IEND\xaeB`\x82"
)
ONE = free(value=1)


def test_the_frame_of_a_report() -> None:
    data = period_data(
        ONE,
        period={"id": "2020S1", "from": "2019-12-15", "to": "14/6/2020"},
        org_unit={"name": " phường  Phúc Lợi ", "within": ["quận Long Biên", " "]},
        document={"place": "Phúc Lợi", "date": "2020-08-03", "number": "15/BC-UBND",
                  "signer": {"title": "CHỦ TỊCH", "name": "A"}, "recipients": ["UBND quận", ""]},
        texts={"mo_dau": ["Một.\nHai.", " ", "Ba."], "giam_ngheo": []},
        acknowledgements=[{"finding": "x", "reason": "đã xem"}],
    )  # fmt: skip
    assert data.period == Period("2020S1", date(2019, 12, 15), date(2020, 6, 14))
    assert data.org_unit == OrgUnit("phường Phúc Lợi", ("quận Long Biên",))
    assert data.document == Document(
        "Phúc Lợi", date(2020, 8, 3), "15/BC-UBND", "CHỦ TỊCH", "A", ("UBND quận",)
    )
    assert data.texts == {"mo_dau": ("Một.", "Hai.", "Ba.")}
    assert data.acknowledgements == (
        Acknowledgement("x", "đã xem", where="/acknowledgements/0"),
    )


def test_a_period_has_the_days_of_the_calendar_unless_it_says_others() -> None:
    assert period_data(ONE).period == Period("2020S1", date(2020, 1, 1), date(2020, 6, 30))


REFUSED: list[tuple[Json, Finding]] = [
    ({"period": {"id": "2020Q1"}},
     error("period.not_of_kind", "/period/id",
           "Mục /period/id: «Báo cáo thử» không lập cho kỳ 2020Q1.",
           "Hãy chọn kỳ 2020S1 hoặc 2020S2, hoặc chọn loại báo cáo khác.")),
    ({"period": {"id": "mai"}},
     error("period.unreadable", "/period/id",
           "Mục /period/id là «mai», không phải tên một kỳ báo cáo.",
           "Hãy ghi, ví dụ, «6 tháng đầu năm 2020» hoặc mã 2020S1.")),
    ({"period": {"id": "2020S1", "from": "2020-06-30", "to": "2020-01-01"}},
     error("period.reversed", "/period/to",
           "Mục /period/to: ngày kết thúc kỳ (01/01/2020) trước ngày bắt đầu (30/06/2020).",
           "Hãy sửa lại ngày bắt đầu hoặc ngày kết thúc của kỳ.")),
    ({"period": {"id": "2020S1", "from": "2020-07-01"}},
     error("period.reversed", "/period",
           "Mục /period: ngày kết thúc kỳ (30/06/2020) trước ngày bắt đầu (01/07/2020).",
           "Hãy sửa lại ngày bắt đầu hoặc ngày kết thúc của kỳ.")),
    ({"period": {"id": "2020S1", "to": "31/6/2020"}},
     error("date.unreadable", "/period/to",
           "Mục /period/to là «31/6/2020», không đọc được thành ngày.",
           "Hãy gõ ngày/tháng/năm, ví dụ 30/6/2020.")),
    ({"period": {}},
     error("json.missing_key", "/period/id", "Thiếu khóa bắt buộc «id».",
           "Hãy thêm «id» tại /period/id.")),
    ({"org_unit": {"name": " "}},
     error("org_unit.missing", "/org_unit", "Chưa ghi tên đơn vị báo cáo.",
           "Hãy ghi tên đơn vị báo cáo, ví dụ phường Phúc Lợi.")),
    ({"lines": []},
     error("data.no_lines", "", "Chưa có dòng số liệu nào.",
           "Hãy điền số liệu vào biểu rồi gửi lại.")),
    ({"texts": {"mo_dauu": ["a"]}},
     error("text.unknown_place", "/texts/mo_dauu",
           "Mẫu báo cáo không có chỗ cho lời văn «mo_dauu».",
           "Có phải ý là «mo_dau»? Các chỗ có sẵn: mo_dau, giam_ngheo.")),
    ({"texts": {"xyz": ["a"]}},
     error("text.unknown_place", "/texts/xyz", "Mẫu báo cáo không có chỗ cho lời văn «xyz».",
           "Các chỗ có sẵn: mo_dau, giam_ngheo.")),
    ({"stories": [{"title": "Phiên chợ", "text": " "}]},
     error("story.empty", "/stories/0", "Mục /stories/0: câu chuyện chưa có nội dung.",
           "Hãy ghi nội dung, hoặc bỏ câu chuyện này.")),
    ({"stories": [{"text": "Phiên chợ mở.", "caption": "Quang cảnh"}]},
     error("story.caption_alone", "/stories/0",
           "Mục /stories/0: có chú thích ảnh «Quang cảnh» nhưng không có ảnh.",
           "Hãy ghi tên tệp ảnh, hoặc bỏ chú thích.")),
    ({"stories": [{"text": "Bà {3}", "people": [{"name": "A"}, {"name": "B"}]}]},
     error("story.no_such_person", "/stories/0",
           "Mục /stories/0: nội dung nhắc người thứ 3 ({3}) nhưng danh sách chỉ có 2 người.",
           "Hãy thêm người vào danh sách nhân vật hoặc sửa số trong ngoặc.")),
    ({"stories": [{"text": "Bà {0}", "people": [{"name": "A"}]}]},
     error("story.no_such_person", "/stories/0",
           "Mục /stories/0: nội dung nhắc người thứ 0 ({0}) nhưng danh sách chỉ có 1 người.",
           "Hãy thêm người vào danh sách nhân vật hoặc sửa số trong ngoặc.")),
    ({"stories": [{"text": "a", "title": "{1}"}]},
     error("story.no_such_person", "/stories/0",
           "Mục /stories/0: nội dung nhắc người thứ 1 ({1}) nhưng danh sách chỉ có 0 người.",
           "Hãy thêm người vào danh sách nhân vật hoặc sửa số trong ngoặc.")),
    ({"stories": [{"text": "a", "people": [{"name": " "}]}]},
     error("story.no_name", "/stories/0",
           "Mục /stories/0: người thứ 1 trong danh sách nhân vật chưa có tên.",
           "Hãy ghi tên người này, hoặc bỏ khỏi danh sách.")),
    ({"stories": [{"text": "Bà Lê Thị Hoa vui.", "people": [{"name": "Lê Thị Hoa"}]}]},
     error("story.name_without_consent", "/stories/0",
           "Mục /stories/0: tên người thứ 1 được ghi thẳng, trong khi người này chưa đồng ý cho "
           "nêu tên.", "Hãy thay tên bằng {1}, hoặc ghi nhận sự đồng ý của người này.")),
    ({"stories": [{"text": "a", "picture": "anh.png"}]},
     error("picture.missing", "/stories/0/picture",
           "Mục /stories/0/picture: không có tệp ảnh «anh.png» gửi kèm.",
           "Hãy để tệp ảnh cùng thư mục với biểu, hoặc chọn ảnh khi tải lên, đúng tên đã ghi.")),
    ({"stories": [{"text": "a", "picture": "data:image/png;base64,!!!"}]},
     error("picture.unreadable", "/stories/0/picture",
           "Mục /stories/0/picture: không đọc được ảnh «ảnh nhúng».",
           "Hãy dùng ảnh PNG hoặc JPEG không quá 8 MB.")),
    ({"stories": [{"text": "a", "picture": "data:image/gif;base64,R0lGODlh"}]},
     error("picture.unreadable", "/stories/0/picture",
           "Mục /stories/0/picture: không đọc được ảnh «ảnh nhúng».",
           "Hãy dùng ảnh PNG hoặc JPEG không quá 8 MB.")),
]  # fmt: skip


@pytest.mark.parametrize(("more", "finding"), REFUSED, ids=[f.message for _, f in REFUSED])
def test_a_frame_is_refused(more: Json, finding: Finding) -> None:
    lines = [] if "lines" in more else [ONE]
    assert findings(*lines, **more) == (finding,)


NOT_REFUSED: list[Json] = [
    {"period": {"id": "6 tháng cuối năm 2020"}},
    {"period": {"id": "2020S1", "from": "2020-06-30"}},
    {"texts": {}},
    {"stories": [{"text": "Bà {1} {1}", "people": [{"name": "A"}]}]},
    {"stories": [{"text": "a {} {x} {-1}"}]},
    {"stories": [{"text": "Hoa và Lê Hoaa", "people": [{"name": "Hoa"}, {"name": "Lê Hoa"}]}]},
    {"stories": [{"text": "Bà Hoa", "people": [{"name": "Hoa", "consent": True}]}]},
]


@pytest.mark.parametrize("more", NOT_REFUSED)
def test_a_near_miss_is_taken(more: Json) -> None:
    assert findings(ONE, **more) == ()


def test_a_frame_that_cannot_be_read_gives_no_data() -> None:
    assert read(ONE, period={"id": "mai"})[0] is None
    assert read(ONE, org_unit={"name": ""})[0] is None
    assert read(ONE, stories=[{"text": "{1}"}])[0] is not None


def test_consent_is_silence_is_no() -> None:
    people = [{"name": "A", "role": "tổ 1", "consent": True}, {"name": "B"}]
    (story,) = period_data(ONE, stories=[{"text": "{1} {2}", "people": people}]).stories
    assert story.people == (Person("A", "tổ 1", True), Person("B", "", False))


def test_a_picture_comes_as_a_file_or_within() -> None:
    by_name = read(ONE, pictures={"a.png": PNG}, stories=[{"text": "a", "picture": "a.png"}])
    uri = "data:image/png;base64," + b64encode(PNG).decode()
    within = read(ONE, stories=[{"text": "a", "picture": uri}])
    for data, found in (by_name, within):
        assert found == ()
        assert data is not None
        picture = data.stories[0].picture
        assert picture is not None
        assert (picture.data, picture.extension, picture.width, picture.height) == (
            PNG,
            "png",
            2,
            3,
        )


def test_a_file_that_is_no_picture() -> None:
    _, found = read(
        ONE, pictures={"a.png": b"GIF89a"}, stories=[{"text": "a", "picture": "a.png"}]
    )
    assert found == (
        error("picture.unreadable", "/stories/0/picture",
              "Mục /stories/0/picture: không đọc được ảnh «a.png».",
              "Hãy dùng ảnh PNG hoặc JPEG không quá 8 MB."),
    )  # fmt: skip
