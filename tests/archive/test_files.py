"""Files by their content: whole or not there, and never another's bytes."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from archive.files import Folder
from archive.records import Altered, Missing

DATA = "Quà Tết: 249 người".encode()
NAME = sha256(DATA).hexdigest()


class Crash(BaseException):
    """The end of the process, as far as the program can tell."""


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def path_of(tmp_path: Path, name: str = NAME) -> Path:
    return tmp_path / "files" / name[:2] / name


def overwrite(path: Path, data: bytes) -> None:
    path.chmod(0o640)
    path.write_bytes(data)


def coming(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "coming").iterdir())


def test_bytes_come_back_by_their_hash(folder: Folder, tmp_path: Path) -> None:
    assert folder.put(DATA) == NAME
    assert folder.get(NAME) == DATA
    assert folder.has(NAME)
    assert list(folder.names()) == [NAME]
    assert path_of(tmp_path).read_bytes() == DATA
    assert path_of(tmp_path).stat().st_mode & 0o777 == 0o440
    assert coming(tmp_path) == []


def test_the_same_bytes_are_one_file_that_is_not_written_again(
    folder: Folder, tmp_path: Path
) -> None:
    folder.put(DATA)
    before = path_of(tmp_path).stat()
    assert folder.put(DATA) == NAME
    assert (path_of(tmp_path).stat().st_ino, list(folder.names())) == (before.st_ino, [NAME])


def test_an_empty_file_is_a_file(folder: Folder) -> None:
    assert folder.get(folder.put(b"")) == b""


def test_a_file_that_was_altered_is_not_given_out(folder: Folder, tmp_path: Path) -> None:
    folder.put(DATA)
    overwrite(path_of(tmp_path), DATA.replace(b"249", b"250"))
    with pytest.raises(Altered) as fault:
        folder.get(NAME)
    assert str(fault.value) == f"Tệp {NAME[:12]}… trong kho đã bị sửa đổi."


def test_a_file_that_was_swapped_with_another_is_not_given_out(
    folder: Folder, tmp_path: Path
) -> None:
    other = folder.put(b"other")
    folder.put(DATA)
    overwrite(path_of(tmp_path), b"other")
    with pytest.raises(Altered):
        folder.get(NAME)
    assert folder.get(other) == b"other"


def test_a_file_that_is_gone_is_missing(folder: Folder, tmp_path: Path) -> None:
    folder.put(DATA)
    path_of(tmp_path).unlink()
    assert not folder.has(NAME)
    with pytest.raises(Missing) as fault:
        folder.get(NAME)
    assert str(fault.value) == f"Không còn tệp {NAME[:12]}… trong kho."


def test_a_file_that_was_altered_is_mended_when_its_bytes_come_again(
    folder: Folder, tmp_path: Path
) -> None:
    folder.put(DATA)
    overwrite(path_of(tmp_path), b"")
    assert folder.put(DATA) == NAME
    assert folder.get(NAME) == DATA


def test_what_is_dropped_is_gone_and_may_be_dropped_again(folder: Folder) -> None:
    folder.put(DATA)
    folder.drop(NAME)
    folder.drop(NAME)
    assert list(folder.names()) == []


@pytest.mark.parametrize("name", ["", "..", "../../etc/passwd", NAME.upper(), f"{NAME}\n", NAME[:-1],
                                  f"{NAME}/x", "\0" * 64])  # fmt: skip
@pytest.mark.parametrize("act", [Folder.get, Folder.has, Folder.drop])
def test_a_name_that_is_no_hash_reaches_no_path(
    folder: Folder, act: Callable[[Folder, str], Any], name: str
) -> None:
    with pytest.raises(Missing) as fault:
        act(folder, name)
    assert str(fault.value) == "Tên tệp trong kho không đúng dạng."


def test_what_was_left_half_written_a_day_ago_is_cleared_on_opening(tmp_path: Path) -> None:
    Folder(tmp_path)
    old, young = tmp_path / "coming/old.part", tmp_path / "coming/young.part"
    for path, hours in ((old, 25), (young, 23)):
        path.write_bytes(b"half")
        os.utime(path, (time.time() - hours * 3600,) * 2)
    Folder(tmp_path)
    assert coming(tmp_path) == [young]


# ---------------------------------------------------------------- the order of steps


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The steps that make a file durable, as they are taken."""
    taken: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def recorded_fsync(handle: int) -> None:
        path = Path(f"/proc/self/fd/{handle}").readlink()
        size = path.stat().st_size if path.is_file() else 0
        taken.append(f"fsync {path.suffix or path.name} {size}".removesuffix(" 0"))
        fsync(handle)

    def recorded_replace(path: Path, target: Path) -> Path:
        taken.append("rename")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", recorded_fsync)
    monkeypatch.setattr(Path, "replace", recorded_replace)
    return taken


def test_all_bytes_are_synced_before_the_rename_and_the_folder_after_it(
    folder: Folder, steps: list[str]
) -> None:
    folder.put(DATA)
    assert steps == [f"fsync .part {len(DATA)}", "rename", f"fsync {NAME[:2]}"]


def test_a_file_that_another_has_just_renamed_is_made_durable_too(
    folder: Folder, steps: list[str]
) -> None:
    folder.put(DATA)
    steps.clear()
    folder.put(DATA)
    assert steps == [f"fsync {NAME[:2]}"]


def test_the_folders_are_durable_before_the_first_file(
    tmp_path: Path, steps: list[str]
) -> None:
    Folder(tmp_path / "kho")
    assert len(list((tmp_path / "kho" / "files").iterdir())) == 256
    assert steps == ["fsync files", "fsync kho", f"fsync {tmp_path.name}"]


# ---------------------------------------------------------------- a fault at each step


STEPS = ["write", "fsync of the file", "rename", "fsync of the folder"]


def failing(monkeypatch: pytest.MonkeyPatch, step: str, fault: BaseException) -> None:
    """Make one step of the next `put` fail."""
    fsync, fdopen = os.fsync, os.fdopen

    def fail(*_: Any) -> Any:
        raise fault

    def failing_fsync(handle: int) -> None:
        is_file = Path(f"/proc/self/fd/{handle}").readlink().is_file()
        if is_file == (step == "fsync of the file"):
            raise fault
        fsync(handle)

    def failing_fdopen(handle: int, mode: str) -> Any:
        file = fdopen(handle, "wb", buffering=0)
        file.write(DATA[:5])
        file.close()
        return fdopen(os.open("/dev/full", os.O_WRONLY), mode)

    if step == "write":
        monkeypatch.setattr(os, "fdopen", failing_fdopen)
    elif step == "rename":
        monkeypatch.setattr(Path, "replace", fail)
    else:
        monkeypatch.setattr(os, "fsync", failing_fsync)


@pytest.mark.parametrize("step", STEPS)
def test_a_full_disk_leaves_nothing_or_the_whole_file(
    folder: Folder, tmp_path: Path, step: str
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        failing(patched, step, OSError(errno.ENOSPC, "No space left on device"))
        with pytest.raises(OSError, match="No space left on device"):
            folder.put(DATA)
    left = [DATA] if step == STEPS[-1] else []
    assert [folder.get(name) for name in folder.names()] == left
    assert coming(tmp_path) == []
    assert folder.get(folder.put(DATA)) == DATA


@pytest.mark.parametrize("step", STEPS[1:])
def test_an_interruption_leaves_nothing_or_the_whole_file(
    folder: Folder, tmp_path: Path, step: str
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        failing(patched, step, Crash())
        with pytest.raises(Crash):
            folder.put(DATA)
    left = [DATA] if step == STEPS[-1] else []
    assert [folder.get(name) for name in folder.names()] == left
    assert coming(tmp_path) == []
