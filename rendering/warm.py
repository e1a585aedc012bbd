"""One LibreOffice that stays warm: started, asked, bounded in time, ended with all it started."""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import subprocess
import tempfile
import threading
import weakref
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import IO

from rendering.faults import TooLong, Unconvertible
from rendering.installed import Office

_TALKER = Path(__file__).with_name("talker.py")
_START_SECONDS = 60.0
_ANSWER_SECONDS = 5.0  # for the question whether it is still there
_IDLE_SECONDS = 900.0
_GOODBYE_SECONDS = 2.0
_MEMORY = 4 << 30  # bytes of addresses
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "FONTCONFIG_PATH", "FONTCONFIG_FILE")


class Died(Exception):
    """LibreOffice ended without an answer."""


class WarmOffice:
    """A running LibreOffice, with a folder of its own; for one thread at a time.

    ``group`` is the id of the process group it lives in, ``converted`` how many documents it did.
    """

    def __init__(self, office: Office) -> None:
        folder = Path(tempfile.mkdtemp(prefix="bao-cao-pdf-"))
        self._folder, self.converted = folder, 0
        own = {"HOME": str(folder), "TMPDIR": str(folder), "TZ": "UTC"}
        passed = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        process = subprocess.Popen(
            [office.python, str(_TALKER), office.program, str(folder),
             str(_IDLE_SECONDS), str(_MEMORY)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env={**passed, **own}, start_new_session=True, text=True, encoding="utf-8",
        )  # fmt: skip
        self._process, self.group = process, process.pid
        self._answers = _answers_of(process.stdout)
        self.stop: Callable[[], object] = weakref.finalize(self, _end, process, folder)
        try:
            self._hear(_START_SECONDS)
        except (Died, TooLong):
            self.stop()
            raise Unconvertible(
                "LibreOffice trên máy chủ không khởi động được. Hãy lấy tệp Word (.docx)."
            ) from None

    def answers(self) -> bool:
        """Whether it is still there and listens."""
        with suppress(Died, TooLong):
            self._tell({})
            self._hear(_ANSWER_SECONDS)
            return True
        return False

    def convert(self, docx: bytes, seconds: float) -> bytes:
        """Return the PDF; Died, TooLong after `seconds`, Unconvertible where it says it cannot."""
        source, target = self._folder / "in.docx", self._folder / "out.pdf"
        target.unlink(missing_ok=True)
        source.write_bytes(docx)
        self._tell({"docx": str(source), "pdf": str(target)})
        answer = self._hear(seconds)
        self.converted += 1
        source.unlink(missing_ok=True)
        if "fault" in answer or not target.exists():
            raise Unconvertible(
                "LibreOffice không đọc được văn bản này nên chưa xuất được PDF."
            )
        pdf = target.read_bytes()
        target.unlink()
        return pdf

    def _tell(self, asked: dict[str, str]) -> None:
        if self._process.stdin is None:
            raise Died
        try:
            self._process.stdin.write(json.dumps(asked) + "\n")
            self._process.stdin.flush()
        except OSError:
            raise Died from None

    def _hear(self, seconds: float) -> dict[str, str]:
        end = monotonic() + seconds
        try:
            line = self._answers.get(timeout=max(end - monotonic(), 0))
        except queue.Empty:
            raise TooLong(
                f"Văn bản chuyển sang PDF lâu hơn {seconds:g} giây nên đã dừng. Hãy lấy tệp Word "
                "(.docx), hoặc bớt hình ảnh rồi thử lại."
            ) from None
        if line is None:
            raise Died
        answer: dict[str, str] = json.loads(line)
        return answer


def _answers_of(stream: IO[str] | None) -> queue.Queue[str | None]:
    """The lines of `stream` as they come, None after the last."""
    found: queue.Queue[str | None] = queue.Queue()

    def read() -> None:
        with suppress(ValueError, OSError):
            for line in stream or ():
                found.put(line)
        found.put(None)

    threading.Thread(target=read, daemon=True).start()
    return found


def _end(process: subprocess.Popen[str], folder: Path) -> None:
    """Ask it to end, then end the group, stopped or without its leader; remove the folder."""
    if process.stdin is not None:
        with suppress(OSError):
            process.stdin.close()
    with suppress(subprocess.TimeoutExpired):
        process.wait(_GOODBYE_SECONDS)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout is not None:
        process.stdout.close()
    shutil.rmtree(folder, ignore_errors=True)
