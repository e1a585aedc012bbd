"""Run by a Python that has ``uno``: starts LibreOffice, converts what it is told to, answers in JSON.

    talker.py SOFFICE FOLDER IDLE_SECONDS MEMORY_BYTES

Each line of its input is ``{"docx": path, "pdf": path}``, or ``{}`` to ask whether LibreOffice
still answers; each line of its output ``{}`` or ``{"fault": words}``. It ends, and LibreOffice with
it, when its input ends, who started it is gone, or nothing was asked for IDLE_SECONDS. It imports
nothing of ours, and must lead a process group of its own.
"""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import uno

_BIGGEST_FILE = 256 << 20  # bytes
_PAUSE_SECONDS = 0.05
_WATCH_SECONDS = 1.0
_GOODBYE_SECONDS = 5.0
_NEVER = 0  # css.document.MacroExecMode.NEVER_EXECUTE, css.document.UpdateDocMode.NO_UPDATE
_PDF_A_2B = 2
_SETTINGS: tuple[tuple[str, str, str], ...] = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Common/Misc", "FirstRun", "false"),
    # whoever still wants to fetch something is sent to a port where nobody answers
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


def main(program: str, folder: Path, idle: float, memory: int) -> None:
    """Serve until the input ends."""
    threading.Thread(target=_watch, args=(os.getppid(),), daemon=True).start()
    _bound(memory)
    _write_profile(folder / "profile")
    office = _start(program, folder)
    try:
        desktop = _reach(office, folder.name)
        _say({})
        while select.select([sys.stdin], [], [], idle)[0] and (line := sys.stdin.readline()):
            _say(_answer(desktop, json.loads(line)))
        desktop.terminate()
        office.wait(_GOODBYE_SECONDS)
    finally:
        os.killpg(0, signal.SIGKILL)  # LibreOffice, what it started, and this one too


def _watch(parent: int) -> None:
    """End everything once `parent` is gone, even in the middle of a conversion."""
    while os.getppid() == parent:
        time.sleep(_WATCH_SECONDS)
    os.killpg(0, signal.SIGKILL)


def _bound(memory: int) -> None:
    """Limits that LibreOffice inherits: memory, the size of a file, no core dumps."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_BIGGEST_FILE, _BIGGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _write_profile(profile: Path) -> None:
    """A profile of its own: no macros, no links, no network."""
    items = "".join(
        f"<item oor:path={quoteattr('/org.openoffice.' + path)}><prop oor:name={quoteattr(name)} "
        f'oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    target = profile / "user" / "registrymodifications.xcu"
    target.parent.mkdir(parents=True)
    target.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/'
        f'registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">{items}</oor:items>',
        encoding="utf-8",
    )


def _start(program: str, folder: Path) -> subprocess.Popen[bytes]:
    options = ("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck")
    return subprocess.Popen(
        [program, *options, f"-env:UserInstallation={(folder / 'profile').as_uri()}",
         f"--accept=pipe,name={folder.name};urp;StarOffice.ComponentContext"],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _reach(office: subprocess.Popen[bytes], name: str) -> Any:
    """LibreOffice's desktop, as soon as it listens; SystemExit where it ended."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext(
        "com.sun.star.bridge.UnoUrlResolver", local
    )
    address = f"uno:pipe,name={name};urp;StarOffice.ComponentContext"
    while office.poll() is None:
        try:
            remote = resolver.resolve(address)
        except Exception:
            time.sleep(_PAUSE_SECONDS)
        else:
            return remote.ServiceManager.createInstanceWithContext(
                "com.sun.star.frame.Desktop", remote
            )
    raise SystemExit(1)


def _answer(desktop: Any, asked: dict[str, str]) -> dict[str, str]:
    if not asked:
        desktop.getImplementationName()
        return {}
    try:
        document = desktop.loadComponentFromURL(
            Path(asked["docx"]).as_uri(), "_blank", 0,
            _properties(Hidden=True, ReadOnly=True, FilterName="MS Word 2007 XML",
                        MacroExecutionMode=_NEVER, UpdateDocMode=_NEVER))  # fmt: skip
    except Exception as fault:
        desktop.getImplementationName()  # raises where LibreOffice is gone: that is no answer
        return {"fault": type(fault).__name__}
    if document is None:
        return {"fault": "not loaded"}
    try:
        document.storeToURL(Path(asked["pdf"]).as_uri(), _pdf_options())
    except Exception as fault:
        return {"fault": type(fault).__name__}
    finally:
        document.close(True)
    return {}


def _pdf_options() -> tuple[Any, ...]:
    data = uno.Any(
        "[]com.sun.star.beans.PropertyValue",
        _properties(
            SelectPdfVersion=_PDF_A_2B,
            UseTaggedPDF=True,
            ExportBookmarks=False,
            ExportBookmarksToPDFDestination=True,
        ),
    )
    return _properties(FilterName="writer_pdf_Export", FilterData=data)


def _properties(**values: Any) -> tuple[Any, ...]:
    found = []
    for name, value in values.items():
        one = uno.createUnoStruct("com.sun.star.beans.PropertyValue")
        one.Name, one.Value = name, value
        found.append(one)
    return tuple(found)


def _say(answer: dict[str, str]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))
