"""Documents become PDF/A by a real LibreOffice, which is killed, stopped and made to wait here."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pikepdf
import pytest

from rendering import installed
from rendering.budget import Budget
from rendering.converter import Converter
from rendering.faults import Busy, NotInstalled, TooLong, Unconvertible
from tests.rendering.documents import bulletin


def text_of(pdf: bytes) -> str:
    told = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True)  # fmt: skip
    return told.stdout.decode()


def processes(group: int | None) -> list[str]:
    """The names of the processes in a group."""
    told = subprocess.run(
        ["ps", "-eo", "pgid=,stat=,comm="], capture_output=True, text=True
    ).stdout
    rows = (line.split(maxsplit=2) for line in told.splitlines())
    return [name for number, state, name in rows if number == str(group) and state[0] != "Z"]


def left_of(group: int | None) -> list[str]:
    """What is left of a group that was ended; the system takes its moment."""
    for _ in range(100):
        if not processes(group):
            return []
        time.sleep(0.1)
    return processes(group)


def own_pids(group: int, name: str) -> list[int]:
    told = subprocess.run(["ps", "-eo", "pid=,pgid=,comm="], capture_output=True, text=True)
    rows = (line.split(maxsplit=2) for line in told.stdout.splitlines())
    return [int(pid) for pid, owner, known in rows if owner == str(group) and known == name]


def in_the_middle(converter: Converter, pool: ThreadPoolExecutor) -> Future[bytes]:
    """A conversion that has just begun: LibreOffice is stopped while it reads the document."""
    converter.convert(bulletin())
    office = converter._office
    assert office is not None
    begun = pool.submit(converter.convert, bulletin())
    while not (office._folder / "in.docx").exists():
        time.sleep(0.001)
    for pid in own_pids(office.group, "soffice.bin"):
        os.kill(pid, signal.SIGSTOP)
    time.sleep(0.5)
    assert not begun.done()
    return begun


def test_a_bulletin_becomes_pdf_a_2b(converter: Converter) -> None:
    pdf = converter.convert(bulletin())
    assert "KẾT QUẢ" in text_of(pdf).upper()
    assert "phường Phúc Lợi tiếp tục bảo đảm đầy đủ, kịp thời" in text_of(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert len(document.pages) == 2
        assert str(document.docinfo["/CreationDate"]) == "D:20200803000000Z"
        told = document.open_metadata()
        assert (told["pdfaid:part"], told["pdfaid:conformance"]) == ("2", "B")
        assert told["xmp:CreateDate"] == "2020-08-03T00:00:00Z"
        (intent,) = document.Root.OutputIntents
        assert intent.S == "/GTS_PDFA1"
        assert intent.DestOutputProfile.read_bytes()[36:40] == b"acsp"
        assert document.Root.MarkInfo.Marked
        assert not document.is_encrypted
        assert len(document.trailer.ID) == 2
        assert {"/JavaScript", "/EmbeddedFiles"} & set(document.Root.get("/Names", {})) == set()
        assert unembedded(document) == []


def unembedded(document: pikepdf.Pdf) -> list[str]:
    """The fonts that are named and not embedded."""
    fonts = [one for one in document.objects if isinstance(one, pikepdf.Dictionary)
             and one.get("/Type") == "/FontDescriptor"]  # fmt: skip
    assert len(fonts) > 1
    files = {"/FontFile", "/FontFile2", "/FontFile3"}
    return [str(font.FontName) for font in fonts if not files & set(font.keys())]


def test_the_same_document_gives_the_same_bytes(converter: Converter) -> None:
    first = converter.convert(bulletin())
    time.sleep(1.1)  # LibreOffice would write another second
    assert converter.convert(bulletin()) == first
    converter.close()
    assert converter.convert(bulletin()) == first


def test_one_libreoffice_serves_many_documents(converter: Converter) -> None:
    converter.convert(bulletin())
    before = (converter.group, converter.started)
    for name in ("hau-giang-2024", "phu-tho-2025"):
        assert converter.convert(bulletin(name)).startswith(b"%PDF-1.")
    assert (converter.group, converter.started) == before


@pytest.mark.parametrize("name", ["soffice.bin", ""], ids=["LibreOffice", "the whole group"])
def test_killed_between_two_documents_it_is_started_again(soffice: str, name: str) -> None:
    converter = Converter()
    expected = converter.convert(bulletin())
    group = converter.group
    assert group is not None
    for pid in own_pids(group, name) if name else ():
        os.kill(pid, signal.SIGKILL)
    if not name:
        os.killpg(group, signal.SIGKILL)
    assert converter.convert(bulletin()) == expected
    assert converter.started == 2
    assert left_of(group) == []
    converter.close()


def test_killed_in_the_middle_the_document_is_tried_once_more(soffice: str) -> None:
    converter = Converter()
    with ThreadPoolExecutor(1) as pool:
        begun = in_the_middle(converter, pool)
        assert converter.group is not None
        for pid in own_pids(converter.group, "soffice.bin"):
            os.kill(pid, signal.SIGKILL)
        assert begun.result().startswith(b"%PDF-")
    assert converter.started == 2
    converter.close()


def test_stopped_between_two_documents_it_is_replaced(soffice: str) -> None:
    converter = Converter()
    expected = converter.convert(bulletin())
    group = converter.group
    assert group is not None
    os.killpg(group, signal.SIGSTOP)
    assert converter.convert(bulletin()) == expected
    assert left_of(group) == []
    converter.close()


def test_hanging_in_the_middle_ends_with_its_time_and_the_next_one_is_served(
    soffice: str,
) -> None:
    converter = Converter(Budget(seconds=3))
    with ThreadPoolExecutor(1) as pool:
        begun = in_the_middle(converter, pool)
        group = converter.group
        with pytest.raises(TooLong) as raised:
            begun.result()
    assert str(raised.value) == (
        "Văn bản chuyển sang PDF lâu hơn 3 giây nên đã dừng. Hãy lấy tệp Word (.docx), hoặc bớt "
        "hình ảnh rồi thử lại."
    )
    assert left_of(group) == []
    assert converter.convert(bulletin()).startswith(b"%PDF-")
    assert converter.started == 2
    converter.close()


def test_waiting_does_not_eat_the_time_of_converting(soffice: str) -> None:
    converter = Converter(Budget(seconds=4, wait_seconds=60, waiting=1))
    converter.convert(bulletin())
    with ThreadPoolExecutor(1) as pool:
        with converter._our_turn():
            waits = pool.submit(converter.convert, bulletin())
            time.sleep(5)
            assert not waits.done()
        assert waits.result().startswith(b"%PDF-")
    assert converter.started == 1
    converter.close()


def test_who_waits_too_long_or_comes_too_many_is_told_so(soffice: str) -> None:
    converter = Converter(Budget(wait_seconds=1, waiting=1))
    with ThreadPoolExecutor(2) as pool, converter._our_turn():
        first = pool.submit(converter.convert, bulletin())
        time.sleep(0.3)
        with pytest.raises(Busy, match=r"\ACó quá nhiều văn bản đang chờ xuất PDF\."):
            converter.convert(bulletin())
        with pytest.raises(Busy, match=r"\AVăn bản chờ xuất PDF đã lâu mà chưa đến lượt\."):
            first.result()
    assert converter.started == 0


def test_after_closing_nothing_of_it_is_left(soffice: str) -> None:
    converter = Converter()
    converter.convert(bulletin())
    group = converter.group
    assert converter._office is not None
    folder = converter._office._folder
    assert folder.exists()
    converter.close()
    assert (left_of(group), folder.exists(), converter.group) == ([], False, None)
    assert [*Path("/tmp").glob(f"OSL_PIPE_*_{folder.name}")] == []


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 no package", b"%PDF-1.4"], ids=repr)
def test_what_is_no_document_is_refused_in_a_sentence(data: bytes, soffice: str) -> None:
    with pytest.raises(Unconvertible) as raised:
        Converter().convert(data)
    assert str(raised.value) == (
        "Tệp không phải văn bản Word (.docx) đọc được nên chưa xuất được PDF."
    )


def test_without_libreoffice_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    monkeypatch.setattr(installed, "_OFFICES", ())
    with pytest.raises(NotInstalled) as raised:
        Converter().convert(bulletin())
    assert str(raised.value) == (
        "Máy này chưa cài LibreOffice nên không xuất được PDF. Hãy lấy tệp Word (.docx), hoặc nhờ "
        "người quản trị cài LibreOffice Writer."
    )


def test_without_a_python_that_speaks_uno_it_says_so(
    monkeypatch: pytest.MonkeyPatch, soffice: str
) -> None:
    monkeypatch.setattr(installed, "_PYTHONS", ())
    with pytest.raises(NotInstalled) as raised:
        Converter().convert(bulletin())
    assert str(raised.value) == (
        "Máy này có LibreOffice nhưng thiếu phần nối với Python (gói python3-uno) nên không xuất "
        "được PDF. Hãy lấy tệp Word (.docx), hoặc nhờ người quản trị cài gói đó."
    )
