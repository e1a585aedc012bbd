"""Text as received, made fit to keep: one Unicode form, even spaces, no hidden harm.

Old TCVN3 and VNI text is known by decoding it: a word that cannot be Vietnamese as it
stands, and is a Vietnamese syllable once decoded, was typed in an old font. A foreign name
(Müller, Citroën) decodes to nothing Vietnamese and passes.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time, timedelta
from decimal import Decimal

from generators.intake.places import said_place
from generators.model import ERROR, Finding, Raw

# ---------------------------------------------------------------- what is taken out

_ZERO_WIDTH = dict.fromkeys(map(ord, "\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_INVISIBLE = _ZERO_WIDTH | {0xAD: None}  # kept until old fonts are ruled out: TCVN3's ư
_BREAKS = re.compile("\r\n?|[\u2028\u2029]")
_SPACES = re.compile("[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters but tab and line break
    "\u202a-\u202e\u2066-\u2069"  # marks that make text show in another order
    "\ud800-\udfff\ue000-\uf8ff\U000f0000-\U0010ffff"  # halves and private letters
    "\ufdd0-\ufdef\ufffd-\uffff]"
)
_FORMULA_ERROR = re.compile(r"#(?:REF!|N/A|DIV/0!|VALUE!|NAME\?|NULL!|NUM!)|Err:[0-9]+", re.I)

# ---------------------------------------------------------------- old fonts

_TCVN3 = dict(
    zip(
        "\u00b8µ¶·¹¨¾»¼½Æ©ÊÇÈÉË®ÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\u00adøõö÷ùýúûüþ¡¢§£¤¥¦",
        "áàảãạăắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵĂÂĐÊÔƠƯ",
        strict=True,
    )
)
_VNI_MARKS = {
    **dict(zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True)),
    **dict(zip("âáàåãä", ("\u0302" + tone for tone in ("", *"\u0301\u0300\u0309\u0303\u0323")),
               strict=True)),
    **dict(zip("êéèúüë", ("\u0306" + tone for tone in ("", *"\u0301\u0300\u0309\u0303\u0323")),
               strict=True)),
}  # fmt: skip
_VNI_LETTERS = {"ö": "ư", "ô": "ơ", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_PAIR = re.compile(rf"([aeouyöô])([{''.join(_VNI_MARKS)}])")

_WORD = re.compile(rf"(?:[^\W\d_]|[{re.escape(''.join(_TCVN3))}])+")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_LETTERS = frozenset("bcdđghklmnpqrstvx").union(
    unicodedata.normalize("NFC", vowel + tone)
    for vowel in "aăâeêioôơuưy"
    for tone in ("", *_TONES)
)
_ONSET = "(?:b|ch?|d|đ|gh?|gi|h|kh?|l|m|ngh?|nh?|ph?|qu|r|s|th?|tr|v|x)?"
_RIME = (
    "(?:[ou]?(?:a(?:c|ch|i|m|n|ng|nh|o|p|t|u|y)?|ă(?:c|m|n|ng|p|t)|e(?:c|m|n|ng|o|p|t)?)"
    "|u?(?:â(?:c|m|n|ng|p|t|u|y)|ê(?:ch|m|n|nh|p|t|u)?|y(?:ch|n|nh|t|u)?)"
    "|u?[iy](?:a|ê(?:c|m|n|ng|p|t|u))|i(?:ch|m|n|nh|p|t|u)?|u?yê(?:n|t)"
    "|o(?:c|i|m|n|ng|p|t|o[cn]g?)?|ô(?:c|i|m|n|ng|p|t)?|u?ơ(?:i|m|n|p|t)?"
    "|u(?:a|c|i|m|n|ng|p|t|ô(?:c|i|m|n|ng|t))?"
    "|ư(?:a|c|i|m|n|ng|t|u|ơ(?:c|i|m|n|ng|p|t|u))?)"
)
_SYLLABLE = re.compile(_ONSET + _RIME)
_STOPPED = re.compile(r"(?:c|ch|p|t)$")


# ---------------------------------------------------------------- what callers use


def clean_text(raw: Raw) -> str | Finding:
    """Return the text of `raw`, even and safe, or why it cannot be kept."""
    value = raw.value
    if isinstance(value, str):
        return _clean(raw, value)
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return _plain_number(Decimal(repr(value)) if isinstance(value, float) else value)
    if isinstance(value, date | time | timedelta):
        return _refuse_date(raw, value)
    return _refuse(
        raw, "not_text", "không phải chữ",
        "Hãy gõ lại bằng chữ; nếu để nguyên giá trị này, gõ dấu nháy đơn ở trước.",
    )  # fmt: skip


# ---------------------------------------------------------------- cleaning


def _clean(raw: Raw, value: str) -> str | Finding:
    text = unicodedata.normalize("NFC", _BREAKS.sub("\n", value).translate(_ZERO_WIDTH))
    if _FORMULA_ERROR.fullmatch(text.strip()):
        return _refuse(
            raw, "formula_error", f"có công thức bị lỗi «{text.strip()}», không ra chữ",
            "Hãy sửa công thức trong ô, hoặc gõ thẳng nội dung vào ô.",
        )  # fmt: skip
    if old := _old_words(text):
        return _refuse_font(raw, old)
    if found := _CONTROL.search(text):
        return _refuse_control(raw, text, found)
    even = unicodedata.normalize("NFC", text.translate(_INVISIBLE))
    return re.sub(" ?\n ?", "\n", _SPACES.sub(" ", even)).strip()


def _plain_number(value: int | Decimal) -> str:
    """Write a number as plain text: 12.0 is "12"; an outline number 1.1 stays "1.1"."""
    number = Decimal(value)
    if (
        not number.is_finite()
        or abs(number.adjusted()) > 30
        or len(number.as_tuple().digits) > 30
    ):
        return str(number)
    plain = f"{number:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


# ---------------------------------------------------------------- refusals


def _refuse(raw: Raw, code: str, why: str, remedy: str) -> Finding:
    return Finding(f"text.{code}", ERROR, raw.place, f"{said_place(raw.place)} {why}.", remedy)


def _refuse_date(raw: Raw, value: date | time | timedelta) -> Finding:
    said = f"{value.day:02}/{value.month:02}/{value.year}" if isinstance(value, date) else value
    return _refuse(
        raw, "date", f"đang là ngày giờ «{said}», không phải chữ",
        f"Nếu định ghi chữ, hãy gõ lại với dấu nháy đơn ở trước, ví dụ '{said}.",
    )  # fmt: skip


def _refuse_font(raw: Raw, words: list[str]) -> Finding:
    shown = " ".join(word.replace("\u00ad", "-") for word in words[:3])
    return _refuse(
        raw, "legacy_font", f"có chữ gõ bằng phông cũ (TCVN3 hoặc VNI): «{shown}»",
        "Hãy đổi sang Unicode: sao chép nội dung, bấm Ctrl+Shift+F6 để mở bảng chuyển mã của "
        "Unikey, chọn bảng mã nguồn TCVN3 hoặc VNI Windows và bảng mã đích Unicode, bấm "
        "Chuyển mã, rồi dán lại vào đây.",
    )  # fmt: skip


def _refuse_control(raw: Raw, text: str, found: re.Match[str]) -> Finding:
    before = _CONTROL.sub("", " ".join(text[: found.start()].split()))[-20:]
    spot = f"sau chữ «{before}»" if before else "ở đầu"
    return _refuse(
        raw, "control", f"có ký tự không in được (mã U+{ord(found[0]):04X}) {spot}",
        "Hãy xóa nội dung đó rồi gõ lại; nếu dán từ nơi khác, dán qua Notepad trước.",
    )  # fmt: skip


# ---------------------------------------------------------------- old fonts, known by decoding


def _old_words(text: str) -> list[str]:
    """Return the words typed in an old font; one alone among modern letters is a name."""
    words = [
        found[0]
        for found in _WORD.finditer(text)
        if not _beside_digit(text, found) and _is_old(found[0])
    ]
    modern = any(char > "ÿ" and char.isalpha() for char in text)
    return [] if len(words) == 1 and modern else words


def _beside_digit(text: str, found: re.Match[str]) -> bool:
    return text[found.end() : found.end() + 1].isdigit() or (
        found.start() > 0 and text[found.start() - 1].isdigit()
    )  # 4m×6m and 5½ha are measures


def _is_old(word: str) -> bool:
    if word.isascii() or max(word) > "ÿ" or not re.search("[A-Za-z]", word):
        return False
    if _is_syllable(word, strict=False):
        return False
    decoded = (_from_tcvn3(word), _from_vni(word))
    return any(each != word and _is_syllable(each, strict=True) for each in decoded)


def _from_tcvn3(word: str) -> str:
    return "".join(_TCVN3.get(char, char) for char in word)


def _from_vni(word: str) -> str:
    """Decode VNI, where a letter's marks stand behind it: "phöôøng"."""
    pairs = _VNI_PAIR.sub(lambda pair: _vni_letter(pair[1]) + _VNI_MARKS[pair[2]], word.lower())
    return unicodedata.normalize("NFC", "".join(map(_vni_letter, pairs)))


def _vni_letter(char: str) -> str:
    return _VNI_LETTERS.get(char, char)


def _is_syllable(word: str, *, strict: bool) -> bool:
    """Tell whether `word` is spelled as a Vietnamese syllable; strictly, with a fit tone."""
    even_case = word.islower() or word.isupper() or word.istitle()
    if not even_case or not _LETTERS.issuperset(word.lower()):
        return False
    marks = unicodedata.normalize("NFD", word.lower())
    tones = [char for char in marks if char in _TONES]
    bare = unicodedata.normalize("NFC", "".join(char for char in marks if char not in _TONES))
    if len(tones) > 1 or not _SYLLABLE.fullmatch(bare):
        return False
    return not strict or not _STOPPED.search(bare) or tones in (["\u0301"], ["\u0323"])
