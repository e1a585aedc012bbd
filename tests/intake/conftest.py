"""What several tests share: the fixtures' forms as LibreOffice saves them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.intake.returning import NAMES, converted, form_of

RESAVED = {
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "xlsm": "xlsm:Calc MS Excel 2007 VBA XML",
    "xls": "xls:MS Excel 97",
    "ods": "ods",
}


@pytest.fixture(scope="session")
def resaved(tmp_path_factory: pytest.TempPathFactory) -> Mapping[tuple[str, str], bytes]:
    """Every fixture's form as LibreOffice saves it, by name and format."""
    folder = tmp_path_factory.mktemp("soffice")
    sources = [_written(folder, name) for name in NAMES]
    targets = {form: converted(folder, filter_, *sources) for form, filter_ in RESAVED.items()}
    return {
        (name, form): (target / f"{name}.{form}").read_bytes()
        for name in NAMES
        for form, target in targets.items()
    }


def _written(folder: Path, name: str) -> Path:
    path = folder / f"{name}.xlsx"
    path.write_bytes(form_of(name))
    return path
