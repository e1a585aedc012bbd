"""Rebuilding: the same document again from what was kept, and how a different one is told."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from archive.deposits import canonical_digest, deposit_of
from archive.keeping import Archive
from archive.rebuilding import NOT_KNOWN, OTHER, Rebuilt, rebuild
from archive.records import (
    DATA,
    DOCUMENT,
    FINDINGS,
    INPUT,
    KIND,
    PICTURE,
    RULES,
    TEMPLATE,
    Altered,
    Deposit,
    KeptFile,
    Missing,
    Record,
)
from generators import VERSION
from generators.kinds import load_kind
from generators.model import Acknowledgement
from generators.origins import Correction
from generators.pipeline import (
    KINDS,
    Source,
    build_template_of,
    examine,
    generate,
    make_form,
    read_input,
)
from generators.shared import SHARED
from tests.archive.keeping import BY, as_json, deposit
from tests.archive.test_backup import LONG_AFTER
from tests.building import ROOT

ACCEPTED = ROOT / "fixtures" / "accepted"
MISSPELLED = '\n[[spelling]]\nwords = ["tặng quà"]\nright = "trao quà"\nseverity = "warning"\n'
REASON = "Đã đối chiếu với chứng từ."


def received(name: str, file_name: str | None = None) -> Source:
    """A source as it comes in, with all pictures beside it."""
    path = ACCEPTED / name
    pictures = {one.name: one.read_bytes() for one in path.parent.glob("*.png")}
    return Source(
        path.read_bytes(), pictures, name=path.name if file_name is None else file_name, by=BY
    )


def doubted(suffix: str, in_file: int = 0) -> Source:
    """A source with two warnings, the first `in_file` acknowledged in it, the others beside it."""
    told = json.loads((ACCEPTED / "phuc-loi-2020/input.json").read_bytes())
    told["texts"]["sapo"] = ["Phường nổ lực tặng 10 xuất quà."]
    ids = [found.id for found in examine(Source(as_json(told))).open]
    assert len(ids) == 2
    told["acknowledgements"] = [{"finding": one, "reason": REASON} for one in ids[:in_file]]
    data = as_json(told)
    if suffix == "xlsx":
        data = make_form(load_kind(KINDS / told["kind"]), read_input(data))
    beside = tuple(Acknowledgement(one, REASON, where="--accept") for one in ids[in_file:])
    return Source(data, name=f"input.{suffix}", by=BY, accepted=beside)


def deposited(source: Source) -> Deposit:
    return deposit_of(source, examine(source), BY)


def keep(archive: Archive, source: Source) -> Record:
    return archive.keep(deposited(source))[0]


def with_file(told: Deposit, role: str, data: bytes) -> Deposit:
    """The deposit with other bytes in one part."""
    files = tuple(
        KeptFile(f.role, f.name, f.media_type, data) if f.role == role else f
        for f in told.files
    )
    return replace(told, files=files)


def file_of(told: Deposit, role: str) -> bytes:
    (only,) = (file.data for file in told.files if file.role == role)
    return only


def same(record: Record) -> Rebuilt:
    return Rebuilt(record.id, VERSION, VERSION)


# ---------------------------------------------------------------- the same again


@pytest.mark.parametrize(
    "name",
    ["phuc-loi-2020/input.xlsx", "phuc-loi-2020/input.json", "thanh-khe-2023/input.xlsx",
     "dong-loc-2026/input.json"],
)  # fmt: skip
def test_a_report_is_made_again_from_its_input(archive: Archive, name: str) -> None:
    record = keep(archive, received(name))
    assert rebuild(archive, record.id) == same(record)
    assert rebuild(archive, record.id).said == "Văn bản lập lại giống hệt bản đã lưu."


def test_a_report_with_pictures_keeps_and_needs_them(archive: Archive) -> None:
    record = keep(archive, received("thanh-khe-2023/input.json"))
    assert [ref.name for ref in record.files if ref.role == PICTURE] == ["phien-cho.png"]
    assert rebuild(archive, record.id).is_equal


@pytest.mark.parametrize("in_file", [0, 1, 2])
@pytest.mark.parametrize("suffix", ["json", "xlsx"])
def test_acknowledged_warnings_are_made_again_with_their_name(
    archive: Archive, suffix: str, in_file: int
) -> None:
    told = deposited(doubted(suffix, in_file))
    rows = json.loads(file_of(told, FINDINGS))
    assert [(row["reason"], row["by"]) for row in rows] == [(REASON, BY)] * 2
    record, _ = archive.keep(told)
    assert rebuild(archive, record.id) == same(record)


def test_a_lost_acknowledgement_would_be_seen(archive: Archive) -> None:
    told = with_file(deposited(doubted("json")), FINDINGS, b"[]")
    found = rebuild(archive, archive.keep(told)[0].id)
    assert found.traces == found.differing == ("customXml/item1.xml",)


@pytest.mark.parametrize("name", ["", "một/hai.json", "C:\\Số liệu.json"])
def test_the_name_of_the_file_does_not_matter(archive: Archive, name: str) -> None:
    record = keep(archive, received("hau-giang-2024/input.json", name))
    assert rebuild(archive, record.id) == same(record)


def test_the_frozen_template_is_used_and_not_todays(archive: Archive, tmp_path: Path) -> None:
    kind = tmp_path / "kinds" / "ban-tin-6-thang"
    shutil.copytree(KINDS / "ban-tin-6-thang", kind)
    text = (kind / "template.txt").read_text(encoding="utf-8")
    heading = next(line for line in text.splitlines() if line.startswith("## "))
    (kind / "template.docx").write_bytes(build_template_of(text.replace(heading, "## MỘT")))
    source = received("phuc-loi-2020/input.json")
    record, _ = archive.keep(deposit_of(source, examine(source, tmp_path / "kinds"), BY))
    shutil.rmtree(tmp_path / "kinds")
    assert record.digest != canonical_digest(generate(examine(source)))
    assert rebuild(archive, record.id) == same(record)


@pytest.mark.parametrize("suffix", ["json", "xlsx"])
@pytest.mark.parametrize("kind", ["ban-tin-6-thang", "bao-cao-6-thang"])
def test_the_frozen_catalogue_and_template_are_used_after_both_changed(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, suffix: str
) -> None:
    """A label, a section's title and the template's words are others now; the kept ones make it."""
    source = replace(received(f"phuc-loi-2020/input.{suffix}"), kind=kind)
    record = keep(archive, source)
    later = tmp_path / "kinds"
    shutil.copytree(KINDS, later)
    for one in ("ban-tin-6-thang", "bao-cao-6-thang"):
        toml = later / one / "kind.toml"
        text = toml.read_text(encoding="utf-8")
        toml.write_text(text.replace("Quà của", "Phần quà của").replace("Giảm nghèo", "Thoát nghèo"),
                        encoding="utf-8")  # fmt: skip
        words = (later / one / "template.txt").read_text(encoding="utf-8")
        template = build_template_of(
            words.replace("Nơi nhận", "Gửi").replace("## ", "## Mới: ")
        )
        (later / one / "template.docx").write_bytes(template)
    assert canonical_digest(generate(examine(source, later))) != record.digest
    monkeypatch.setattr("generators.pipeline.KINDS", later)
    assert rebuild(archive, record.id) == same(record)


def test_the_frozen_rules_are_used_after_todays_changed(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Agencies are others, "tặng quà" is a misspelling and Tết gifts are dearer now."""
    source = replace(received("phuc-loi-2020/input.json"), kind="bao-cao-6-thang")
    told = deposited(source)
    assert [file.name for file in told.files if file.role == RULES] == list(SHARED)
    record, _ = archive.keep(told)
    bare = tuple(file for file in told.files if file.role != RULES)
    without, _ = archive.keep(replace(told, files=bare, unit="phường Khác", period="2019S1"))
    later = tmp_path / "kinds"
    shutil.copytree(KINDS, later)
    for name, old, new, more in (
        ("agencies.toml", "Ủy ban nhân dân", "Ủy ban hành chính", ""),
        ("norms.toml", "amounts = [", "amounts = [7", ""),
        ("terms.toml", "xuất quà", "phần quà", MISSPELLED),
    ):
        text = (later / name).read_text(encoding="utf-8")
        assert old in text
        (later / name).write_text(text.replace(old, new) + more, encoding="utf-8")
    monkeypatch.setattr("generators.pipeline.KINDS", later)
    assert rebuild(archive, record.id) == same(record)
    found = rebuild(archive, without.id)
    assert "word/document.xml" in found.differing
    assert found.said.endswith(
        " Hồ sơ không lưu norms.toml, terms.toml, agencies.toml nên dùng bản của phần mềm đang chạy."
    )


def test_rules_that_changed_make_the_same_report_no_other(archive: Archive) -> None:
    told = deposited(received("phuc-loi-2020/input.json"))
    record, _ = archive.keep(told)
    later = replace(told, files=tuple(
        replace(file, data=file.data + b"\n") if file.role == RULES else file for file in told.files
    ))  # fmt: skip
    assert archive.keep(later) == (record, False)


def test_rules_this_program_cannot_use_are_told(archive: Archive) -> None:
    told = with_file(deposited(received("hau-giang-2024/input.json")), RULES, b"[[khac]]\n")
    found = rebuild(archive, archive.keep(told)[0].id)
    assert found.said == (
        "Không lập lại được văn bản: Phần mềm này không dùng được quy định đã lưu: "
        "norms.toml: không biết khóa khac"
    )


# ---------------------------------------------------------------- another document


def test_another_program_is_named(archive: Archive) -> None:
    told = replace(deposited(received("hau-giang-2024/input.json")), program="0.1.0")
    found = rebuild(archive, archive.keep(told)[0].id)
    assert found.is_equal
    assert found.said == (
        f"Văn bản lập lại giống hệt bản đã lưu. Báo cáo do phiên bản 0.1.0 lập, nay là phiên bản {VERSION}."
    )


def test_a_document_that_another_program_made_otherwise_is_not_called_wrong(
    archive: Archive,
) -> None:
    told = replace(deposited(received("hau-giang-2024/input.json")), program="0.1.0")
    other = rewritten(file_of(told, DOCUMENT), "word/document.xml", "Hậu Giang", "An Giang")
    found = rebuild(archive, archive.keep(with_file(told, DOCUMENT, other))[0].id)
    assert found.exit_code == NOT_KNOWN
    assert found.said == (
        "Văn bản lập lại khác bản đã lưu ở: word/document.xml. Báo cáo do phiên bản 0.1.0 lập, nay là "
        f"phiên bản {VERSION}. Chưa thể nói văn bản đã lưu là sai: hãy lập lại bằng phiên bản 0.1.0."
    )


def test_a_document_with_other_words_differs_in_its_text(archive: Archive) -> None:
    told = deposited(received("hau-giang-2024/input.json"))
    other = rewritten(file_of(told, DOCUMENT), "word/document.xml", "Hậu Giang", "An Giang")
    record, _ = archive.keep(with_file(told, DOCUMENT, other))
    found = rebuild(archive, record.id)
    assert (found.differing, found.traces) == (("word/document.xml",), ())
    assert (found.is_equal, found.reads_equal, found.exit_code) == (False, False, OTHER)
    assert found.said == "Văn bản lập lại khác bản đã lưu ở: word/document.xml."


def test_a_document_with_another_trace_reads_the_same(archive: Archive) -> None:
    told = deposited(received("hau-giang-2024/input.json"))
    other = rewritten(
        file_of(told, DOCUMENT), "customXml/item1.xml", 'rule="', 'rule="đã làm tròn, '
    )
    record, _ = archive.keep(with_file(told, DOCUMENT, other))
    found = rebuild(archive, record.id)
    assert (found.differing, found.traces) == (
        ("customXml/item1.xml",),
        ("customXml/item1.xml",),
    )
    assert (found.is_equal, found.reads_equal) == (False, True)
    assert found.said == (
        "Văn bản lập lại giống bản đã lưu, chỉ khác phần vết số liệu (customXml/item1.xml)."
    )


def rewritten(document: bytes, member: str, old: str, new: str) -> bytes:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document)) as source,
        zipfile.ZipFile(buffer, "w") as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            if name == member:
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode())
            target.writestr(name, data)
    return buffer.getvalue()


def test_a_kind_this_program_cannot_use_is_told(archive: Archive) -> None:
    told = deposited(received("hau-giang-2024/input.json"))
    record, _ = archive.keep(with_file(told, KIND, b'title = "x"\n'))
    found = rebuild(archive, record.id)
    assert (found.is_equal, found.reads_equal) == (False, False)
    assert found.said.startswith(
        "Không lập lại được văn bản: Phần mềm này không dùng được mẫu đã lưu: "
    )


def test_a_template_this_program_cannot_use_is_told(archive: Archive) -> None:
    told = deposited(received("hau-giang-2024/input.json"))
    record, _ = archive.keep(with_file(told, TEMPLATE, build_template_of("# {{ khong_co }}\n")))
    assert "«khong_co»" in rebuild(archive, record.id).said


def test_an_input_that_stops_a_report_is_told(archive: Archive) -> None:
    told = with_file(deposited(received("hau-giang-2024/input.json")), INPUT, b"{")
    found = rebuild(archive, archive.keep(told)[0].id)
    assert found.stopped == tuple(
        one.message for one in examine(Source(b"{", kind=told.kind)).findings
    )
    assert found.said == f"Không lập lại được văn bản: {' '.join(found.stopped)}"
    assert (found.is_equal, found.reads_equal) == (False, False)


# ---------------------------------------------------------------- what cannot be rebuilt


def test_an_altered_input_is_not_rebuilt_from(archive: Archive, tmp_path: Path) -> None:
    record = keep(archive, received("hau-giang-2024/input.json"))
    ref = record.file(INPUT)
    path = tmp_path / "files" / ref.sha256[:2] / ref.sha256
    path.chmod(0o640)
    path.write_bytes(b"{}")
    with pytest.raises(Altered):
        rebuild(archive, record.id)


def test_what_was_removed_is_not_rebuilt(archive: Archive) -> None:
    record, _ = archive.keep(deposit(1))
    archive.remove(record.id, BY, LONG_AFTER)
    with pytest.raises(Missing, match=r"đã được hủy ngày \d\d/\d\d/\d{4}\.$"):
        rebuild(archive, record.id)


def test_a_report_without_its_template_says_so(archive: Archive) -> None:
    whole = deposit(1)
    files = tuple(file for file in whole.files if file.role in (DATA, DOCUMENT))
    record, _ = archive.keep(deposit(1, files=files))
    with pytest.raises(Missing) as refused:
        rebuild(archive, record.id)
    assert str(refused.value) == f"Báo cáo {record.id} không có tệp «template»."


def test_there_is_nothing_to_rebuild_of_an_unknown_report(archive: Archive) -> None:
    with pytest.raises(Missing, match=r"^Không có báo cáo «x» trong kho\.$"):
        rebuild(archive, "x")


def test_what_was_corrected_on_screen_is_corrected_again(archive: Archive) -> None:
    typed = (Correction("/lines/0/value", "250"), Correction("/lines/0/note", "đã đối chiếu"))
    source = replace(received("phuc-loi-2020/input.json"), corrections=typed)
    record = keep(archive, source)
    assert archive.read(record.file(INPUT)) == source.data
    assert rebuild(archive, record.id).is_equal
