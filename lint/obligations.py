"""The decree rule by rule: which codes judge each one, or why no program can."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Obligation:
    """A rule: its place in Phụ lục I, what it asks, the codes that judge it, what none judges."""

    basis: str
    asks: str
    codes: tuple[str, ...] = ()
    unjudged: str = ""


def _rule(basis: str, asks: str, codes: str = "", unjudged: str = "") -> Obligation:
    """A rule; `codes` like "motto: size style; date: row"."""
    told = []
    for family in filter(None, codes.split("; ")):
        name, _, aspects = family.partition(": ")
        told += [f"{name}.{aspect}" for aspect in aspects.split()]
    return Obligation(basis, asks, tuple(told), unjudged)


OBLIGATIONS: tuple[Obligation, ...] = (
    _rule("I.1", "Khổ A4", "page: size"),
    _rule("I.2", "Theo chiều dài; chiều rộng khi có bảng, biểu", "page: orientation"),
    _rule("I.3", "Lề 20-25, 20-25, 30-35, 15-20 mm",
          "page: margin_top margin_bottom margin_left margin_right"),
    _rule("I.4", "Times New Roman, Unicode, màu đen", "font: name unicode color"),
    _rule("I.7", "Số trang: từ 1, Ả Rập, cỡ 13-14, đứng, giữa lề trên, trang 1 không hiện",
          "page_number: missing place first start digits size style align"),
    _rule("II.1.a", "Quốc hiệu", "national: missing text place size style case align"),
    _rule("II.1.b", "Tiêu ngữ và dòng kẻ bằng dòng chữ",
          "motto: missing text place size style case align line line_length"),
    _rule("II.1.c", "Quốc hiệu, Tiêu ngữ cách nhau dòng đơn", "motto: spacing"),
    _rule("II.2.a", "Tên cơ quan đầy đủ; chủ quản ở địa phương có tên địa phương",
          "agency: full_name; superior: place_name",
          "tên có đúng là tên chính thức, cơ quan có chủ quản hay không: phải biết cơ quan ấy"),
    _rule("II.2.b", "Tên cơ quan chủ quản", "superior: size style case align"),
    _rule("II.2.b, c", "Tên cơ quan ban hành, dòng kẻ 1/3-1/2 cân đối, hai tên cách dòng đơn",
          "agency: missing size style case align spacing line line_length line_place"),
    _rule("II.3.a", "Số theo thứ tự trong năm, từ 01", unjudged="phải có sổ đăng ký văn bản"),
    _rule("II.3.b", "Ký hiệu: chữ viết tắt tên loại, tên cơ quan", "number: type",
          "chữ viết tắt tên cơ quan: do người đứng đầu cơ quan quy định"),
    _rule("II.3.c, d", "Số, ký hiệu: dưới tên cơ quan, «Số:», thêm 0, gạch chéo, gạch nối, cỡ 13",
          "number: missing form padding place size style align"),
    _rule("II.4.a", "Địa danh: tên chính thức, đầy đủ", "date: full_name",
          "cơ quan đóng ở đâu; tên nào là tên người, tên sự kiện"),
    _rule("II.4.b", "Ngày dưới 10, tháng 1, 2 thêm 0", "date: padding"),
    _rule("II.4.c", "Địa danh và ngày: cùng dòng với số, dưới Quốc hiệu, dấu phẩy, nghiêng",
          "date: missing form row place size style align"),
    _rule("II.5.b", "Tên loại", "title: missing size style case align"),
    _rule("II.5.b", "Trích yếu ngay dưới tên loại, dòng kẻ 1/3-1/2 cân đối",
          "subject: missing form size style case align line line_length line_place",
          "trích yếu có ngắn gọn, đúng nội dung hay không (II.5.a)"),
    _rule("II.5.b", "Trích yếu công văn: sau «V/v», cỡ 12-13, giữa, cách 6pt",
          "about: size style case align spacing"),
    _rule("II.6.a", "Căn cứ: ghi đủ, nghiêng, «;» và «.»",
          "basis: cited law punctuation size style case", "căn cứ có đúng, đủ thẩm quyền hay không"),
    _rule("II.6.b", "Viện dẫn lần đầu ghi đủ, lần sau ghi gọn", "body: cited"),
    _rule("II.6.c, d", "Bố cục theo nội dung; có tiêu đề", unjudged="phải hiểu nội dung"),
    _rule("II.6.đ", "Phần, chương, mục, tiểu mục và tiêu đề",
          "part: own_line numeral size style case align; part_title: size style case align"),
    _rule("II.6.đ", "Điều", "article: size style case"),
    _rule("V, 6b", "I. Tiêu đề của mục trong báo cáo", "section: size style case"),
    _rule("II.6.đ", "Khoản, điểm: thứ tự, dấu, kiểu, cỡ chữ bằng lời văn",
          "clause: size style case; point: size style case; heading: order mark size"),
    _rule("II.6.e", "Nội dung: cỡ 13-14, đứng, đều hai lề, lùi 1 hoặc 1,27 cm, cách 6pt, 1-1,5 dòng",
          "body: size style case align indent spacing line_spacing",
          "chữ trong bảng, biểu và trong phụ lục: Nghị định không quy định cỡ chữ, canh lề"),
    _rule("II.7.a, d; II.8", "Chữ ký, chữ ký số, dấu",
          unjudged="ký và đóng dấu sau, trên giấy hoặc trên tệp PDF, không có trong tệp Word"),
    _rule("II.7.b", "TM., Q., KT., TL., TUQ.", "authority: form collective deputy whose in_place by_order",
          "người ký có thẩm quyền, có được ủy quyền hay không"),
    _rule("II.7.c", "Họ tên không kèm học hàm, học vị; chức vụ chính thức", "signer: honours",
          "chức vụ có đúng là chức vụ của người ấy"),
    _rule("II.7.đ", "Quyền hạn, chức vụ: in hoa, đậm", "authority: size style case align"),
    _rule("II.7.đ", "Họ tên: in thường, đậm, bên phải, dưới chức vụ",
          "signer: missing place size style case align"),
    _rule("II.9.b", "Báo cáo gửi cấp trên có Kính gửi và «Như trên»",
          "address: missing; recipients: as_above",
          "văn bản không có «Như trên» có gửi lên cấp trên hay không"),
    _rule("II.9.d", "Kính gửi: dấu hai chấm; một nơi cùng dòng; nhiều nơi gạch thẳng hàng dưới dấu hai chấm",
          "address: mark one_line list dashes size style case"),
    _rule("II.9.c, d", "Nơi nhận: sát lề, cỡ 12, nghiêng, đậm, ngang chức vụ; «- Lưu: VT, … .»",
          "recipients: missing mark list filing size style case align",
          "đủ nơi cần gửi hay không (II.9.a)"),
    _rule("II.9.d", "Danh sách nơi nhận: cỡ 11, sát lề", "recipient_list: size style align"),
    _rule("III.1.a", "Có chỉ dẫn về từng phụ lục; từ hai phụ lục đánh số La Mã", "annex: mention numbering"),
    _rule("III.1.b", "Từ «Phụ lục» dòng riêng, tên phụ lục",
          "annex: own_line size style case align; annex_title: size style case align"),
    _rule("III.1.c", "«(Kèm theo … số … ngày … của …)» dưới tên phụ lục",
          "annex: attached; attached: form same size style case align"),
    _rule("III.1.đ", "Phụ lục đánh số trang riêng", "annex: pages"),
    _rule("Phụ lục III", "Văn bản, phụ lục kết thúc bằng «./.»", "body: end; annex: end"),
    _rule("III.2.a", "Dấu chỉ độ mật đóng bằng con dấu", "secrecy: stamp"),
    _rule("III.2.b", "Dấu khẩn: khung 30x8, 40x8, 20x8 mm viền đơn, đỏ tươi",
          "urgency: size style case frame frame_size color",
          "vị trí trong ô 10b: con dấu được đóng lên giấy"),
    _rule("III.2.c", "Phạm vi lưu hành: khung viền đơn", "circulation: size style case frame"),
    _rule("III.3", "Ký hiệu người soạn thảo, số lượng bản: cỡ 11, đứng", "drafter: size style case"),
    _rule("III.4", "Địa chỉ: cỡ 11-12, trang thứ nhất, dưới đường kẻ hết chiều ngang",
          "contact: size style case line page"),
    _rule("Phụ lục II, I", "Viết hoa đầu câu, khi xuống dòng", "words: sentence"),
    _rule("Phụ lục II, III", "Quận 1, Phường 5; Thủ đô Hà Nội, Thành phố Hồ Chí Minh", "words: unit",
          "tên riêng nào là tên người, tên sự kiện; tên riêng chưa biết"),
    _rule("Phụ lục II, IV", "Ủy ban nhân dân, Hội đồng nhân dân", "words: agency", "tên cơ quan khác"),
    _rule("Phụ lục II, V", "Nhân dân, Nhà nước; danh hiệu; chức vụ; ngày lễ, tết; viện dẫn; năm âm lịch",
          "words: people honour office holiday cited year", "chữ đồng âm: thứ hai, đảng, người, bác"),
    _rule("Phần II", "Bản sao văn bản", unjudged="bản sao là bản chụp hoặc PDF, không phải tệp Word"),
)  # fmt: skip
