"""Every code the lint may tell: what it is called, its place in the decree, how it is mended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generators.model import ERROR, WARNING
from lint.looks import CENTRED, FLUSH, LOOKS, Look

DECREE, _PART = "Nghị định 30/2020/NĐ-CP", "Phụ lục I, Phần I"


@dataclass(frozen=True, slots=True)
class Entry:
    """``basis`` is the place: "mục …" of Phụ lục I, Phần I; ``expected`` what it asks, in a few words."""

    title: str
    basis: str
    expected: str
    remedy: str
    severity: str = ERROR

    @property
    def source(self) -> str:
        """The place in the decree, in full."""
        own = f"{_PART}, {self.basis}" if self.basis.startswith("mục") else self.basis
        return f"{DECREE}, {own}"


_SELECT = "Hãy chọn đoạn này trong Word"
_OWN: Mapping[str, Entry] = {
    "page.size": Entry("Khổ giấy", "mục I.1", "A4, 210 x 297 mm",
                       "Vào Layout > Size, chọn A4."),
    "page.orientation": Entry("Chiều giấy", "mục I.2",
                              "trình bày theo chiều dài; chỉ trang có bảng rộng mới theo chiều rộng",
                              "Vào Layout > Orientation, chọn Portrait."),
    "page.margin_top": Entry("Lề trên", "mục I.3", "20 đến 25 mm",
                             "Vào Layout > Margins > Custom Margins, sửa ô Top."),
    "page.margin_bottom": Entry("Lề dưới", "mục I.3", "20 đến 25 mm",
                                "Vào Layout > Margins > Custom Margins, sửa ô Bottom."),
    "page.margin_left": Entry("Lề trái", "mục I.3", "30 đến 35 mm",
                              "Vào Layout > Margins > Custom Margins, sửa ô Left."),
    "page.margin_right": Entry("Lề phải", "mục I.3", "15 đến 20 mm",
                               "Vào Layout > Margins > Custom Margins, sửa ô Right."),
    "font.name": Entry("Phông chữ", "mục I.4", "Times New Roman",
                       f"{_SELECT}, đổi phông chữ sang Times New Roman."),
    "font.color": Entry("Màu chữ", "mục I.4", "màu đen", f"{_SELECT}, đổi màu chữ sang đen."),
    "font.unicode": Entry("Mã ký tự", "mục I.4", "Unicode theo TCVN 6909:2001, dựng sẵn",
                          "Hãy gõ lại đoạn này bằng bộ gõ Unicode dựng sẵn, hoặc chuyển mã rồi dán lại."),
    "page_number.missing": Entry("Số trang", "mục I.7", "đánh số từ trang 2, giữa lề trên",
                                 "Vào Insert > Page Number > Top of Page, chọn kiểu ở giữa."),
    "page_number.place": Entry("Số trang", "mục I.7", "đặt trong lề trên",
                               "Hãy bỏ số trang ở chân trang, chèn lại ở đầu trang, giữa."),
    "page_number.first": Entry("Số trang", "mục I.7", "không hiện ở trang thứ nhất",
                               "Mở đầu trang, đánh dấu Different First Page, để trống đầu trang 1."),
    "national.missing": Entry("Quốc hiệu", "mục II.1.a",
                              "có dòng «CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM» ở phía trên, bên phải trang đầu",
                              "Hãy thêm Quốc hiệu vào nửa phải đầu trang 1."),
    "national.place": Entry("Quốc hiệu", "mục II.1.a", "ở phía trên cùng, bên phải",
                            "Hãy đặt Quốc hiệu ở cột phải, tên cơ quan ở cột trái."),
    "motto.missing": Entry("Tiêu ngữ", "mục II.1.b", "có dòng «Độc lập - Tự do - Hạnh phúc» dưới Quốc hiệu",
                           "Hãy thêm Tiêu ngữ dưới Quốc hiệu."),
    "motto.text": Entry("Tiêu ngữ", "mục II.1.b",
                        "«Độc lập - Tự do - Hạnh phúc», gạch nối có cách chữ, hoa đầu mỗi cụm từ",
                        "Hãy gõ lại đúng «Độc lập - Tự do - Hạnh phúc»."),
    "motto.line": Entry("Dòng kẻ dưới Tiêu ngữ", "mục II.1.b", "nét liền, dài bằng dòng chữ",
                        "Hãy kẻ một đường nét liền dưới Tiêu ngữ, dài bằng dòng chữ."),
    "motto.line_length": Entry("Dòng kẻ dưới Tiêu ngữ", "mục II.1.b", "dài bằng dòng chữ",
                               "Hãy sửa độ dài đường kẻ bằng dòng chữ Tiêu ngữ."),
    "agency.missing": Entry("Tên cơ quan ban hành", "mục II.2.c", "ở bên trái, ngang Quốc hiệu",
                            "Hãy ghi tên cơ quan ban hành ở cột trái, ngang hàng với Quốc hiệu."),
    "agency.line": Entry("Dòng kẻ dưới tên cơ quan", "mục II.2.b", "nét liền, dài 1/3 đến 1/2 dòng chữ",
                         "Hãy kẻ một đường nét liền, ngắn, cân đối dưới tên cơ quan ban hành."),
    "agency.line_length": Entry("Dòng kẻ dưới tên cơ quan", "mục II.2.b", "dài 1/3 đến 1/2 dòng chữ",
                                "Hãy sửa độ dài đường kẻ còn 1/3 đến 1/2 dòng chữ."),
    "number.missing": Entry("Số, ký hiệu", "mục II.3.d", "có dòng «Số: …/BC-…» dưới tên cơ quan",
                            "Hãy thêm dòng số, ký hiệu dưới tên cơ quan ban hành."),
    "number.form": Entry("Số, ký hiệu", "mục II.3.c",
                         "«Số: 34/BC-UBND»: dấu hai chấm sau «Số», gạch chéo, gạch nối, chữ hoa, không cách",
                         "Hãy gõ lại theo mẫu «Số: 34/BC-UBND»."),
    "number.padding": Entry("Số của văn bản", "mục II.3.c", "số nhỏ hơn 10 ghi thêm số 0 phía trước",
                            "Hãy thêm số 0 phía trước, ví dụ «05»."),
    "date.missing": Entry("Địa danh và thời gian ban hành", "mục II.4.c",
                          "có dòng «…, ngày … tháng … năm …» dưới Tiêu ngữ",
                          "Hãy thêm địa danh và ngày, tháng, năm dưới Quốc hiệu, Tiêu ngữ."),
    "date.form": Entry("Địa danh và thời gian ban hành", "mục II.4.c",
                       "địa danh viết hoa, dấu phẩy, rồi «ngày … tháng … năm …»",
                       "Hãy gõ lại theo mẫu «Phúc Lợi, ngày 03 tháng 8 năm 2020»."),
    "date.padding": Entry("Ngày, tháng ban hành", "mục II.4.b",
                          "ngày nhỏ hơn 10 và tháng 1, 2 thêm số 0 phía trước; tháng khác không thêm",
                          "Hãy sửa, ví dụ «ngày 05 tháng 01», «ngày 05 tháng 6»."),
    "date.row": Entry("Địa danh và thời gian ban hành", "mục II.4.c", "cùng một dòng với số, ký hiệu",
                      "Hãy đặt hai dòng này ngang hàng nhau, ví dụ cùng một hàng của bảng không viền."),
    "title.missing": Entry("Tên loại văn bản", "mục II.5.b", "có tên loại, ví dụ «BÁO CÁO», trên một dòng",
                           "Hãy ghi tên loại văn bản trên một dòng riêng, canh giữa."),
    "subject.missing": Entry("Trích yếu", "mục II.5.b", "ngay dưới tên loại văn bản",
                             "Hãy ghi trích yếu ngay dưới tên loại, canh giữa, đậm."),
    "subject.form": Entry("Trích yếu", "mục II.5.b", "«V/v» chỉ dùng cho công văn, không dùng dưới tên loại",
                          "Hãy bỏ «V/v», ghi thẳng nội dung, ví dụ «Kết quả công tác …»."),
    "subject.line": Entry("Dòng kẻ dưới trích yếu", "mục II.5.b", "nét liền, dài 1/3 đến 1/2 dòng chữ",
                          "Hãy kẻ một đường nét liền, ngắn, cân đối dưới trích yếu."),
    "subject.line_length": Entry("Dòng kẻ dưới trích yếu", "mục II.5.b", "dài 1/3 đến 1/2 dòng chữ",
                                 "Hãy sửa độ dài đường kẻ còn 1/3 đến 1/2 dòng chữ."),
    "basis.punctuation": Entry("Căn cứ ban hành", "mục II.6.a",
                               "mỗi căn cứ một dòng, cuối dòng «;», dòng cuối «.»",
                               "Hãy sửa dấu cuối dòng: «;», riêng dòng cuối «.»."),
    "body.align": Entry("Nội dung văn bản", "mục II.6.e", "canh đều cả hai lề",
                        f"{_SELECT}, bấm Justify (Ctrl+J)."),
    "body.indent": Entry("Đầu dòng", "mục II.6.e", "lùi vào 1 cm hoặc 1,27 cm",
                         "Vào Paragraph > Special: First line, ghi 1,27 cm hoặc 1 cm."),
    "body.spacing": Entry("Khoảng cách giữa các đoạn", "mục II.6.e", "ít nhất 6pt",
                          "Vào Paragraph > Spacing, ghi After 6 pt."),
    "body.line_spacing": Entry("Khoảng cách giữa các dòng", "mục II.6.e", "từ dòng đơn đến 1,5 lines",
                               "Vào Paragraph > Line spacing, chọn Single hoặc đến 1,5 lines."),
    "body.end": Entry("Kết thúc văn bản", "Phụ lục III, Mẫu 1.4", "nội dung kết thúc bằng «./.»",
                      "Hãy thêm «./.» vào cuối câu cuối cùng."),
    "heading.order": Entry("Thứ tự phần, mục, khoản, điểm", "mục II.6.đ",
                           "liên tiếp: I, II, III; 1, 2, 3; a, b, c, d, đ, e, g, h, i, k",
                           "Hãy đánh lại số, chữ cho liên tiếp."),
    "heading.mark": Entry("Dấu sau số, chữ thứ tự", "mục II.6.đ",
                          "dấu chấm sau số, dấu ngoặc đơn sau chữ cái",
                          "Hãy ghi «1.» và «a)»."),
    "address.missing": Entry("Kính gửi", "mục II.9.b", "báo cáo gửi cấp trên có cả «Kính gửi» và «Nơi nhận»",
                             "Hãy thêm dòng «Kính gửi: …» dưới trích yếu, hoặc bỏ «Như trên»."),
    "address.mark": Entry("Kính gửi", "mục II.9.d", "sau «Kính gửi» có dấu hai chấm",
                          "Hãy thêm dấu hai chấm sau «Kính gửi»."),
    "address.list": Entry("Các nơi kính gửi", "mục II.9.d",
                          "mỗi nơi một dòng: gạch đầu dòng, cuối dòng «;», dòng cuối «.»",
                          "Hãy sửa gạch đầu dòng và dấu cuối dòng."),
    "recipients.missing": Entry("Nơi nhận", "mục II.9.c", "có «Nơi nhận:» bên trái, ngang chữ ký",
                                "Hãy thêm «Nơi nhận:» và danh sách ở cột trái cuối văn bản."),
    "recipients.mark": Entry("Nơi nhận", "mục II.9.d", "sau «Nơi nhận» có dấu hai chấm",
                             "Hãy thêm dấu hai chấm sau «Nơi nhận»."),
    "recipients.as_above": Entry("Nơi nhận", "mục II.9.b",
                                 "văn bản có «Kính gửi» thì dòng đầu là «- Như trên;»",
                                 "Hãy thêm dòng «- Như trên;» vào đầu danh sách."),
    "recipients.list": Entry("Danh sách nơi nhận", "mục II.9.d",
                             "đầu dòng gạch «-», cuối dòng «;», dòng cuối «.»",
                             "Hãy sửa gạch đầu dòng và dấu cuối dòng."),
    "recipients.filing": Entry("Danh sách nơi nhận", "mục II.9.d", "dòng cuối là «- Lưu: VT, … .»",
                               "Hãy thêm dòng «- Lưu: VT, <đơn vị soạn thảo>.» ở cuối."),
    "signer.missing": Entry("Người ký", "mục II.7.đ", "có quyền hạn, chức vụ và họ tên người ký bên phải",
                            "Hãy thêm quyền hạn, chức vụ và họ tên người ký ở cột phải."),
    "signer.place": Entry("Người ký", "mục II.7.đ, II.9.d",
                          "bên phải, quyền hạn ngang hàng với «Nơi nhận» ở bên trái",
                          "Hãy đặt «Nơi nhận» ở cột trái, người ký ở cột phải, cùng hàng."),
    "authority.form": Entry("Quyền hạn người ký", "mục II.7.b",
                            "«TM.», «Q.», «KT.», «TL.», «TUQ.» có dấu chấm",
                            "Hãy ghi đúng chữ viết tắt, ví dụ «TM. ỦY BAN NHÂN DÂN»."),
    "authority.collective": Entry("Quyền hạn người ký", "mục II.7.b",
                                  "ký thay mặt tập thể (Ủy ban nhân dân) ghi «TM.» trước tên tập thể",
                                  "Hãy thêm dòng «TM. ỦY BAN NHÂN DÂN» trên chức vụ."),
    "authority.deputy": Entry("Quyền hạn người ký", "mục II.7.b",
                              "sau «KT. …» là chức vụ của cấp phó ký thay",
                              "Hãy ghi chức vụ người ký thay dưới dòng «KT.», ví dụ «PHÓ CHỦ TỊCH»."),
    "signer.honours": Entry("Họ tên người ký", "mục II.7.c", "không ghi học hàm, học vị, danh hiệu",
                            "Hãy bỏ học hàm, học vị trước họ tên.", WARNING),
    "annex.mention": Entry("Phụ lục", "mục III.1.a", "trong văn bản có chỉ dẫn về phụ lục",
                           "Hãy nhắc đến phụ lục trong nội dung, ví dụ «(chi tiết tại Phụ lục I)»."),
    "annex.numbering": Entry("Số thứ tự phụ lục", "mục III.1.a",
                             "từ hai phụ lục trở lên đánh số La Mã liên tiếp",
                             "Hãy ghi «Phụ lục I», «Phụ lục II» …"),
    "annex.attached": Entry("Phụ lục", "mục III.1.c", "dưới tên phụ lục có dòng «(Kèm theo … số …)»",
                            "Hãy thêm dòng «(Kèm theo Báo cáo số … ngày … của …)» dưới tên phụ lục."),
    "annex.pages": Entry("Số trang của phụ lục", "mục III.1.đ", "đánh số riêng theo từng phụ lục",
                         "Đặt phụ lục ở một Section riêng, Format Page Numbers > Start at: 1."),
    "words.agency": Entry("Viết hoa tên cơ quan", "Phụ lục II, mục IV",
                          "«Ủy ban nhân dân», «Hội đồng nhân dân»",
                          "Hãy sửa theo cách viết bên cạnh.", WARNING),
    "words.holiday": Entry("Viết hoa ngày tết, ngày lễ", "Phụ lục II, mục V",
                           "«tết Nguyên đán», «ngày Quốc khánh»",
                           "Hãy sửa theo cách viết bên cạnh.", WARNING),
    "words.unit": Entry("Viết hoa tên đơn vị hành chính", "Phụ lục II, mục III",
                        "đơn vị đặt tên bằng chữ số viết hoa: «Phường 5», «Quận 1»",
                        "Hãy viết hoa danh từ chung chỉ đơn vị hành chính này.", WARNING),
    "words.cited": Entry("Viết hoa khi viện dẫn", "Phụ lục II, mục V",
                         "«khoản 2 Điều 5»: Phần, Chương, Mục, Điều viết hoa; khoản, điểm viết thường",
                         "Hãy sửa theo cách viết bên cạnh.", WARNING),
}  # fmt: skip


def _of_look(name: str, look: Look) -> Iterator[tuple[str, Entry]]:
    yield f"{name}.size", Entry(f"{look.label}, cỡ chữ", look.basis, look.size,
                                f"{_SELECT}, đặt {look.size}.")  # fmt: skip
    yield f"{name}.style", Entry(f"{look.label}, kiểu chữ", look.basis, look.style,
                                 f"{_SELECT}, đặt {look.style}.")  # fmt: skip
    if look.case:
        yield f"{name}.case", Entry(f"{look.label}, loại chữ", look.basis, f"chữ {look.case}",
                                    f"Hãy gõ lại bằng chữ {look.case}.")  # fmt: skip
    if look.align:
        said = {CENTRED: "canh giữa", FLUSH: "sát lề trái"}[look.align]
        yield f"{name}.align", Entry(f"{look.label}, vị trí", look.basis, said,
                                     f"{_SELECT}, {said}.")  # fmt: skip


CATALOGUE: Mapping[str, Entry] = {
    **_OWN,
    **{code: entry for name, look in LOOKS.items() for code, entry in _of_look(name, look)},
}
