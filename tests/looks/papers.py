"""Every fixture as every kind that can be made of it; `python -m tests.looks.papers` shows them all."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from generators.kinds import list_kinds
from generators.pipeline import KINDS, Source, examine, generate
from tests.seeing import side_by_side, to_pdf

ROOT = Path(__file__).resolve().parents[2]
ACCEPTED = sorted(path for path in (ROOT / "fixtures" / "accepted").iterdir() if path.is_dir())
NAMES = [(kind, folder.name) for kind in list_kinds(KINDS) for folder in ACCEPTED]
_ON_SCREEN = 60  # dots an inch


def paper(kind: str, fixture: str) -> bytes:
    """Return the document of `fixture` as a report of `kind`."""
    folder = ROOT / "fixtures" / "accepted" / fixture
    payload = json.loads((folder / "input.json").read_text(encoding="utf-8"))
    pictures = {path.name: path.read_bytes() for path in folder.glob("*.png")}
    data = json.dumps({**payload, "kind": kind}, ensure_ascii=False).encode()
    examined = examine(Source(data, pictures))
    if examined.stopped:
        raise ValueError([found.message for found in examined.findings])
    return generate(examined)


def papers() -> Iterator[tuple[str, bytes]]:
    """Yield the name and bytes of each document."""
    for kind, fixture in NAMES:
        yield f"{kind}-{fixture}", paper(kind, fixture)


def show(soffice: str, folder: Path) -> None:
    """Write the pages of each document side by side into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        for name, pdf in to_pdf(soffice, Path(work), dict(papers())).items():
            side_by_side(pdf, _ON_SCREEN).save(folder / f"{name}.png")


if __name__ == "__main__":
    found = shutil.which("soffice")
    if found is None:
        sys.exit("LibreOffice (soffice) is not installed")
    show(found, ROOT / "out" / "look")
