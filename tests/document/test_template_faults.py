"""What a template may not do, held shut: each trap of docxtpl and Jinja is named at compile time."""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from jinja2.exceptions import SecurityError, UndefinedError

from generators.document.fill import fill
from generators.document.sandbox import Sandbox, TemplateFault
from generators.document.template import COMMENTS, DOCUMENT, MACROS
from tests.document.making import VOCABULARY, compiled, context, text_of, write_template


@pytest.fixture
def faults(tmp_path: Path) -> Callable[..., list[str]]:
    """The faults of a template of some text."""

    def found(text: str, edit: Callable[[Any], None] | None = None) -> list[str]:
        with pytest.raises(TemplateFault) as caught:
            compiled(write_template(tmp_path, text, edit), VOCABULARY)
        return [line.removeprefix("template.docx: ") for line in str(caught.value).splitlines()]

    return found


@pytest.fixture
def filled(tmp_path: Path) -> Callable[..., str]:
    """The text of a template filled."""

    def text(source: str, edit: Callable[[Any], None] | None = None, **more: Any) -> str:
        template = compiled(write_template(tmp_path, source, edit), VOCABULARY)
        return text_of(fill(template, context(**more)))

    return text


# ---------------------------------------------------------------- names


def test_an_unknown_name_is_told_with_its_paragraph_and_the_nearest_name(faults: Any) -> None:
    assert faults("[[Đã có việc cho {{ viec_lm.day_du }}.]]") == [
        "đoạn «[[Đã có việc cho {{ viec_lm.day_du }}.]]»: "
        "không có tên «viec_lm», có phải ý là «viec_lam»?"
    ]  # fmt: skip


def test_all_faults_of_a_template_are_told_at_once(faults: Any) -> None:
    text = (
        "{{ viec_lam.day_du }}\n[[{{ zzz }}]]\n{{ ky.ten | lower }}\n{{ ky ten }}\n"
        "Dòng sạch {{ ky.ten }}.\n{%p for x y %}\n{{ x }}\n{%p endfor %}\n{{ 2 * 2 }}\n"
    )
    assert faults(text) == [
        "đoạn «{{ viec_lam.day_du }}»: «viec_lam.day_du» có kỳ không có số liệu: "
        "hãy đặt câu chứa nó trong [[ … ]]",
        "đoạn «[[{{ zzz }}]]»: không có tên «zzz»",
        "đoạn «{{ ky.ten | lower }}»: không có bộ lọc «lower»; chỉ có: anh, hoa_dau, in_hoa",
        "đoạn «{{ ky ten }}»: thẻ viết sai (expected token 'end of print statement', got 'ten')",
        "đoạn «{% for x y %}»: thẻ viết sai (expected token 'in', got 'y')",
        "đoạn «{{ 2 * 2 }}»: {{ }} chỉ chứa được một tên; không dùng được phép tính",
    ]


def test_names_wrong_in_many_paragraphs_are_all_told(faults: Any) -> None:
    told = faults("[[{{ mot }}]]\n[[{{ hai.ba }}]]\n{{ ky.ban }}\n[[{{ viec_lam.sai }}]]")
    assert [fault.split("»: ")[0] for fault in told] == [
        "đoạn «[[{{ mot }}]]", "đoạn «[[{{ hai.ba }}]]", "đoạn «{{ ky.ban }}", "đoạn «[[{{ viec_lam.sai }}]]",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Có {{ viec_lam.day_du }}.",
        "{% if viec_lam %}{{ qua_tet.tien }}{% endif %}",
        "{% if not viec_lam.tien %}{{ viec_lam.tien }}{% endif %}",
        "{% if viec_lam.tien or viec_lam.co %}{{ viec_lam.tien }}{% endif %}",
        "{% if viec_lam.tien %}Có.{% else %}{{ viec_lam.tien }}{% endif %}",
    ],
)
def test_a_name_that_may_be_blank_needs_a_guard(faults: Any, text: str) -> None:
    assert "có kỳ không có số liệu: hãy đặt câu chứa nó trong [[ … ]]" in faults(text)[0]


@pytest.mark.parametrize(
    "text",
    [
        "[[Có {{ viec_lam.tien }}.]]",
        "{% if viec_lam.tien and qua_tet %}{{ ky.ten }}{% endif %}",
        "{% if viec_lam.tien %}{{ viec_lam.tien }}{% else %}{{ ky.ten }}{% endif %}",
        "{% if not viec_lam.tien %}Không.{% else %}{{ viec_lam.tien }}{% endif %}",
        "{% if van_ban.tit %}{{ van_ban.tit }}{% elif ky.tu_den_rieng %}{{ ky.tu_den_rieng }}{% endif %}",
        "[[{{ viec_lam.so_luong }}[[, {{ viec_lam.tien }}[[ {{ viec_lam.co }}]] {{ viec_lam.ten }}]].]]",
    ],
)
def test_a_guard_is_understood(filled: Any, text: str) -> None:
    filled(text)


def test_a_line_said_only_where_another_has_data_would_be_lost(faults: Any) -> None:
    told = faults("[[Có {{ viec_lam.day_du }} và {{ qua_tet.day_du }}.]]")
    assert told[0].endswith("«viec_lam.day_du» chỉ được in khi có «qua_tet», nên có kỳ bị mất: "
                            "hãy đặt mỗi chỉ tiêu trong [[ … ]] của riêng nó")  # fmt: skip
    assert len(told) == 2


def test_a_name_only_tested_is_not_said_so_its_line_is_printed_elsewhere(
    tmp_path: Path,
) -> None:
    only_named = "{% if viec_lam %}Có việc.{% endif %}\n[[{{ viec_lam.ten }}.]]\n"
    text = only_named + "[[{{ qua_tet.ten }} {{ qua_tet.tien }}]]"
    named = compiled(write_template(tmp_path, text), VOCABULARY).named
    assert "viec_lam" not in named
    assert {"qua_tet", "qua_tet.tien"} <= named


def test_nfd_names_and_words_are_read_as_nfc(filled: Any) -> None:
    text = unicodedata.normalize("NFD", "[[Giải quyết việc làm: {{ viec_lam.day_du }}.]]")
    found = filled(text)
    assert found == unicodedata.normalize("NFC", "Giải quyết việc làm: 224 người.\n")


# ---------------------------------------------------------------- what is not said in silence


@pytest.mark.parametrize("value", [None, "", 0.1 + 0.2, True, (), {}, b"x", ["a"]])
def test_a_value_that_is_no_words_stops_the_report(filled: Any, value: Any) -> None:
    with pytest.raises(TemplateFault, match=r"không có số liệu|không phải lời văn"):
        filled("{{ ky.ten }}", ky={"ten": value})


def test_a_name_the_context_lacks_stops_the_report(filled: Any) -> None:
    with pytest.raises(UndefinedError, match="ten"):
        filled("{{ ky.ten }}", ky={})


@pytest.mark.parametrize(
    "words",
    [
        "A & B < C",
        "<LPB>",
        "a</w:t><w:br/>",
        "{{ ky.ten }}",
        "{% if x %}",
        "[[x]]",
        "&lt;",
        "“a” – b",
    ],
)
def test_words_are_printed_as_they_are(filled: Any, words: str) -> None:
    assert filled("Trước {{ ky.ten }} sau.", ky={"ten": words}) == f"Trước {words} sau.\n"


# ---------------------------------------------------------------- a template is no program

_PROGRAMS = {
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}": "gọi hàm",
    "{{ 'a'*10**9 }}": "phép tính",
    "{{ 1/0 }}": "phép tính",
    "{{ -1 }}": "phép tính",
    "{% for x in range(10**9) %}x{% endfor %}": "gọi hàm",
    "{% for x in 'aaaaaaaaaa' %}x{% endfor %}": "giá trị viết sẵn",
    "{% for x in [1, 2, 3] %}x{% endfor %}": "giá trị viết sẵn",
    "{{ ky.__class__ }}": "không có tên «ky.__class__»",
    "{{ ky['__class__'] }}": "dấu [ ] sau một tên",
    "{{ ky.ten.upper() }}": "gọi hàm",
    "{{ ky.ten.upper }}": "không có tên «ky.ten.upper»",
    "{{ ky.ten | format }}": "không có bộ lọc «format»",
    "{{ ky.ten | in_hoa('x') }}": "không nhận giá trị",
    "{{ 'chữ viết sẵn' }}": "giá trị viết sẵn",
    "{{ ky.ten if ky.ten else '' }}": "if … else trong dấu {{ }}",
    "{{ ky.ten ~ ky.ten }}": "không dùng được concat",
    "{{ ky.ten or 'x' }}": "phép tính",
    "{{ ky }}": "«ky» không in được cả gói",
    "[[{{ muc.lao_dong }}]]": "không in được cả gói",
    "{{ self }}": "không có tên «self»",
    "{% if ky.ten == 'x' %}a{% endif %}": "phép so sánh",
    "{% if ky.ten is defined %}a{% endif %}": "phép thử «is»",
    "{% for a, b in loi_van.mo_dau %}x{% endfor %}": "for chỉ viết được dạng",
    "{% for a in loi_van.mo_dau recursive %}x{% endfor %}": "for chỉ viết được dạng",
    "{% for a in loi_van.mo_dau if a %}x{% endfor %}": "for chỉ viết được dạng",
    "{% for a in loi_van.mo_dau %}x{% else %}y{% endfor %}": "for chỉ viết được dạng",
    "{% for a in loi_van.mo_dau %}{% for b in loi_van.mo_dau %}x{% endfor %}{% endfor %}": "for lồng nhau",
    "{% for a in ky %}x{% endfor %}": "không phải danh sách",
    "{% for a in ky.ten %}x{% endfor %}": "không phải danh sách",
    "{% for ky in loi_van.mo_dau %}x{% endfor %}": "đã có nghĩa khác",
    "{% for a in loi_van.mo_dau %}{{ loop.last }}{% endfor %}": "chỉ dùng trong if",
    "{% for a in loi_van.mo_dau %}{{ loop.cycle('a') }}{% endfor %}": "gọi hàm",
    "{% include 'other.docx' %}": "thẻ «{% include 'other.docx' %}» không dùng được",
    "{% import 'x' as y %}": "không dùng được",
    "{% extends 'x' %}": "không dùng được",
    "{% macro m() %}x{% endmacro %}": "không dùng được",
    "{% call m() %}x{% endcall %}": "không dùng được",
    "{% set x = 1 %}": "không dùng được",
    "{% block b %}x{% endblock %}": "không dùng được",
    "{% with a = 1 %}x{% endwith %}": "không dùng được",
    "{% filter in_hoa %}x{% endfilter %}": "không dùng được",
    "{% filter doan %}x{% endfilter %}": "không dùng được",
    "{% autoescape false %}x{% endautoescape %}": "không dùng được",
    "{% raw %}{{ x }}{% endraw %}": "không dùng được",
    "{% do x %}": "không dùng được",
    "{%tc if ky.ten %}": "không dùng được",
    "{%r if ky.ten %}": "không dùng được",
    "{% cellbg ky.ten %}": "không dùng được",
    "{% vm %}": "không dùng được",
    "{%- if ky.ten %}a{% endif %}": "không dùng được",
    "{% if ky.ten -%}a{% endif %}": "không dùng được",
    "{{r ky.ten }}": "phải viết dạng {{ tên }}",
    "{{p ky.ten }}": "phải viết dạng {{ tên }}",
    "{{- ky.ten }}": "phải viết dạng {{ tên }}",
    "{# ghi chú #}": "ghi chú {# … #} không dùng được",
}  # fmt: skip


@pytest.mark.parametrize("text", _PROGRAMS)
def test_a_template_is_no_program(faults: Any, text: str) -> None:
    told = faults(f"{text}\nMột đoạn khác.")
    assert _PROGRAMS[text] in "\n".join(told)
    assert "Một đoạn khác" not in "\n".join(told)


@pytest.mark.parametrize("text", ["{{ x.__class__ }}", "{{ x._a }}", "{{ x['__class__'] }}"])
def test_even_unchecked_the_sandbox_gives_no_inner_attribute(text: str) -> None:
    with pytest.raises((SecurityError, UndefinedError)):
        Sandbox().from_string(text).render(x="a")


def test_the_sandbox_has_no_functions_and_no_tests() -> None:
    sandbox = Sandbox()
    assert sandbox.globals == {}
    assert sandbox.tests == {}
    assert set(sandbox.filters) == {"doan", "doan_giu", "anh", "hoa_dau", "in_hoa"}


def test_a_mapping_answers_by_key_even_where_dict_has_a_method_of_that_name() -> None:
    assert Sandbox().from_string("{{ muc.items }}").render(muc={"items": "a"}) == "a"


# ---------------------------------------------------------------- brackets, blocks, places

_SHAPES = {
    "[[Có {{ viec_lam.day_du }}.": "dấu [[ và ]] không đi thành cặp",
    "Có {{ ky.ten }}.]]": "dấu [[ và ]] không đi thành cặp",
    "[[Không có tên nào.]]": "bên trong không có tên nào",
    "[[Có [[{{ viec_lam.day_du }}]].]]": "bên trong không có tên nào",
    "[[Có {{ viec_lam.day_du }}\nvà hết.]]": "dấu [[ và ]] không đi thành cặp",
    "{{ ky.ten": "thẻ mở mà không đóng",
    "{{ ky.ten }": "thẻ mở mà không đóng",
    "ky.ten }}": "thẻ mở mà không đóng",
    "{% if ky.ten %}\nx\n{% endif %}": "phải mở và đóng trong cùng một đoạn",
    "{%p if ky.ten %} và chữ": "phải đứng riêng một đoạn",
    "{%p if ky.ten %}\nx": "thẻ viết sai",
    "{%p endif %}": "thẻ viết sai",
}


@pytest.mark.parametrize("text", _SHAPES)
def test_what_does_not_close_is_told(faults: Any, text: str) -> None:
    assert _SHAPES[text] in "\n".join(faults(text))


def _table(rows: list[list[str]]) -> Callable[[Any], None]:
    def edit(document: Any) -> None:
        table = document.add_table(len(rows), len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                lines = text.split("\n")
                cell.paragraphs[0].text = lines[0]
                for line in lines[1:]:
                    cell.add_paragraph(line)

    return edit


def test_a_table_without_a_row_that_always_stands_is_refused(faults: Any) -> None:
    rows = [
        ["{%tr for q in qua_tet.cac_dong %}", ""],
        ["{{ q.ten }}", ""],
        ["{%tr endfor %}", ""],
    ]
    assert "bảng phải có một hàng đứng ngoài {%tr … %}" in faults("Bảng:", _table(rows))[0]


def test_words_in_a_row_that_is_only_a_tag_would_vanish(faults: Any) -> None:
    rows = [["Tên", "Số"], ["{%tr for q in qua_tet.cac_dong %}", "chữ"], ["{%tr endfor %}", ""]]
    assert "hàng có thẻ {%tr … %} bị xóa khi in" in faults("Bảng:", _table(rows))[0]


def test_a_cell_that_may_be_left_without_a_paragraph_is_refused(faults: Any) -> None:
    rows = [["{%p if van_ban.tit %}\n{{ van_ban.tit }}\n{%p endif %}", "b"]]
    assert "phải có một đoạn đứng ngoài {%p … %}" in faults("Bảng:", _table(rows))[0]


def test_a_block_across_a_link_is_refused(faults: Any) -> None:
    def edit(document: Any) -> None:
        paragraph = document.add_paragraph("{% if van_ban.tit %}trước ")
        link = f"<w:hyperlink {nsdecls('w')}><w:r><w:t>trong{{% endif %}}</w:t></w:r></w:hyperlink>"
        paragraph._p.append(parse_xml(link))

    assert "mở và đóng ở hai chỗ khác nhau" in faults("Một.", edit)[0]


_BOX = f"""<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox>
<w:txbxContent><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:txbxContent>
</v:textbox></v:shape></w:pict></w:r>"""


def test_a_tag_beside_a_text_box_is_refused(faults: Any) -> None:
    def edit(document: Any) -> None:
        document.add_paragraph("{{ ky.ten }}")._p.append(parse_xml(_BOX % "hộp"))

    assert "thẻ không đặt được cạnh hộp văn bản" in faults("Một.", edit)[0]


def test_a_picture_in_a_header_is_refused(faults: Any) -> None:
    def edit(document: Any) -> None:
        header = document.sections[0].header
        for text in (
            "{%p for c in cau_chuyen %}",
            "{% if c.anh %}{{ c.anh | anh }}{% endif %}",
            "{%p endfor %}",
        ):
            header.add_paragraph(text)

    told = faults("Một.", edit)
    assert told[0].startswith("đầu trang, đoạn «{% if c.anh %}")
    assert told[0].endswith("ảnh chỉ đặt được trong thân văn bản")


def test_a_picture_needs_its_filter_and_words_do_not_take_it(faults: Any) -> None:
    loop = "{{%p for c in cau_chuyen %}}\n[[{}]]\n{{%p endfor %}}"
    for tag in ("{{ c.anh }}", "{{ c.tieu_de | anh }}"):
        assert "ảnh in bằng «| anh»" in faults(loop.format(tag))[0]


# ---------------------------------------------------------------- files that are no template


def _changed(path: Path, members: dict[str, Callable[[bytes], bytes]]) -> Path:
    with zipfile.ZipFile(path) as archive:
        data = {name: archive.read(name) for name in archive.namelist()}
    for name, change in members.items():
        data[name] = change(data.get(name, b""))
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in data.items():
            archive.writestr(name, content)
    return path


_FILES: dict[str, dict[str, Callable[[bytes], bytes]]] = {
    "Strict Open XML": {DOCUMENT: lambda data: data.replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main")},
    "mẫu có macro": {MACROS: lambda _: b"x"},
    "ghi chú bên lề (Comment)": {COMMENTS: lambda _: (
        b'<w:comments xmlns:w="x"><w:comment w:id="1"/></w:comments>')},
    "XML hỏng": {DOCUMENT: lambda data: data.replace(b"</w:body>", b"")},
    "Track Changes": {DOCUMENT: lambda data: data.replace(
        b"</w:p>", b'<w:ins w:id="9" w:author="x"><w:r><w:t>a</w:t></w:r></w:ins></w:p>', 1)},
    "thuộc tính khác": {DOCUMENT: lambda data: data.replace(b"<w:p>", b'<w:p w:rsidR="{{ a }}">', 1)},
}  # fmt: skip


@pytest.mark.parametrize("fault", _FILES)
def test_a_file_that_cannot_serve_is_told_what_to_do(tmp_path: Path, fault: str) -> None:
    path = _changed(write_template(tmp_path, "{{ ky.ten }}"), _FILES[fault])
    with pytest.raises(TemplateFault, match=r"^template\.docx: ") as caught:
        compiled(path, VOCABULARY)
    assert fault in str(caught.value)


@pytest.mark.parametrize("data", [b"", b"PK", b"\xd0\xcf\x11\xe0"])
def test_a_file_that_is_no_docx_is_told_so(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "template.docx"
    path.write_bytes(data)
    with pytest.raises(TemplateFault, match="không mở được như tệp Word"):
        compiled(path, VOCABULARY)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(
        TemplateFault, match=r"không phải tệp Word \.docx \(thiếu word/document\.xml\)"
    ):
        compiled(path, VOCABULARY)
