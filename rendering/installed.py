"""Which LibreOffice and which poppler are on this machine."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rendering.faults import NotInstalled

_OFFICES = (
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_PYTHONS = ("/usr/bin/python3", "/Applications/LibreOffice.app/Contents/Resources/python")
_ASK_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Office:
    """LibreOffice, and a Python that can talk to it (one with the module ``uno``)."""

    program: str
    python: str


def find_office() -> Office:
    """Return the LibreOffice of this machine; NotInstalled says what is missing."""
    program = shutil.which("soffice") or shutil.which("libreoffice") or _first(_OFFICES)
    if not program:
        raise NotInstalled(
            "Máy này chưa cài LibreOffice nên không xuất được PDF. Hãy lấy tệp Word (.docx), hoặc "
            "nhờ người quản trị cài LibreOffice Writer."
        )
    python = next((one for one in _pythons(program) if _speaks_uno(one)), "")
    if not python:
        raise NotInstalled(
            "Máy này có LibreOffice nhưng thiếu phần nối với Python (gói python3-uno) nên không "
            "xuất được PDF. Hãy lấy tệp Word (.docx), hoặc nhờ người quản trị cài gói đó."
        )
    return Office(program, python)


def find_poppler(name: str = "pdftoppm") -> str:
    """Return a program of poppler; NotInstalled where there is none."""
    program = shutil.which(name)
    if not program:
        raise NotInstalled(f"Máy này chưa cài poppler ({name}) nên không vẽ được trang.")
    return program


def _first(paths: tuple[str, ...]) -> str:
    return next((path for path in paths if Path(path).exists()), "")


def _pythons(program: str) -> Iterator[str]:
    """LibreOffice's own Python where it brings one, then the system's."""
    beside = Path(program).resolve().with_name("python")
    yield from (path for path in (str(beside), *_PYTHONS) if Path(path).exists())


@lru_cache(maxsize=8)
def _speaks_uno(python: str) -> bool:
    try:
        asked = subprocess.run(
            [python, "-c", "import uno"], capture_output=True, timeout=_ASK_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0
