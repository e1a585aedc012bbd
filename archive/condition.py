"""Whether an archive can work now: its database answers, its folder takes files, its disk has room."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from secrets import token_hex

from archive.keeping import Archive
from archive.records import ArchiveFault
from archive.unavailable import said_plainly

LEAST_FREE = 256 << 20  # bytes: some hundreds of reports


def ask_database(archive: Archive) -> None:
    """Return where the database answers; Unavailable where it does not."""
    with said_plainly("đọc được"), archive.database.reading() as connection:
        connection.exec_driver_sql("SELECT 1")


def ask_folder(data_dir: Path) -> None:
    """Return where a file can be written and read; Unavailable where it cannot."""
    probe = data_dir / "coming" / f"{token_hex(8)}.part"
    with said_plainly():
        handle = os.open(probe, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            os.write(handle, b"probe")
        finally:
            os.close(handle)
            probe.unlink()


def ask_disk(data_dir: Path) -> None:
    """Return where the disk has room; ArchiveFault where it has little."""
    with said_plainly("đọc được"):
        free = shutil.disk_usage(data_dir).free
    if free < LEAST_FREE:
        raise ArchiveFault(f"Đĩa chỉ còn {free >> 20} MB.")
