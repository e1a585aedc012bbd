"""One step from an older program's archive to this one's: backed up, brought up to date, inspected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from archive.backup import BackupFacts, backup
from archive.inspection import Inspection, inspect
from archive.opening import newest_revision, open_archive, reach_older, upgrade_archive


@dataclass(frozen=True, slots=True)
class Upgraded:
    """What was done: the tables before and now, the backup taken, what the inspection found."""

    before: str
    now: str
    facts: BackupFacts
    inspection: Inspection


def upgrade(
    data_dir: Path, database_url: str, target: Path, say: Callable[[str], None]
) -> Upgraded | None:
    """Back up to `target`, bring the tables to this program's, inspect; None where they are.

    `say` is told each step before it begins. ArchiveFault where a step cannot be done: nothing was
    changed then, for the change of tables is one transaction.
    """
    older = reach_older(data_dir, database_url)
    if older is None:
        return None
    archive, before = older
    try:
        say(f"Sao lưu vào {target} …")
        facts = backup(archive, target, before)
    finally:
        archive.database.close()
    say(f"Nâng cấp bảng {before} lên {newest_revision()} …")
    upgrade_archive(data_dir, database_url)
    say("Kiểm tra …")
    archive = open_archive(data_dir, database_url)
    try:
        return Upgraded(before, newest_revision(), facts, inspect(archive))
    finally:
        archive.database.close()
