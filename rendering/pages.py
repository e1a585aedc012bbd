"""Pictures of a PDF's pages, drawn by poppler."""

from __future__ import annotations

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from rendering.faults import TooLong, Unconvertible
from rendering.installed import find_poppler

_MOST_PAGES, _MOST_DPI = 200, 200


def pages_as_png(
    pdf: bytes, dpi: int = 80, pages: int = 20, seconds: float = 60.0
) -> tuple[bytes, ...]:
    """Return the first `pages` pages as PNG; NotInstalled, TooLong, Unconvertible."""
    program = find_poppler()
    dpi, pages = min(dpi, _MOST_DPI), min(pages, _MOST_PAGES)
    with TemporaryDirectory(prefix="bao-cao-png-") as folder:
        stem = Path(folder) / "p"
        command = [program, "-png", "-r", str(dpi), "-f", "1", "-l", str(pages), "-", str(stem)]
        try:
            subprocess.run(command, input=pdf, capture_output=True, timeout=seconds, check=True)
        except subprocess.TimeoutExpired:
            raise TooLong(f"Vẽ trang lâu hơn {seconds:g} giây nên đã dừng.") from None
        except subprocess.CalledProcessError:
            raise Unconvertible(
                "Tệp không phải PDF đọc được nên không vẽ được trang."
            ) from None
        drawn = sorted(Path(folder).glob("p-*.png"), key=_number)
        return tuple(path.read_bytes() for path in drawn)


def _number(path: Path) -> int:
    return int(path.stem.rpartition("-")[2])
