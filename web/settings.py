"""The settings, read once when the service starts; all that is wrong with them is told at once."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from click import ClickException

PREFIX = "BAO_CAO_"
MEBIBYTE = 1 << 20
_LISTEN = re.compile(r"(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\]):(\d{1,5})\Z", re.ASCII)
_DATABASES = ("postgresql://", "postgresql+psycopg://", "postgres://", "sqlite://")


class SettingsFault(ClickException, ValueError):
    """What is wrong with the settings, one line each."""

    exit_code = 2


@dataclass(frozen=True)
class Settings:
    """What whoever runs the service may say: NAME here, BAO_CAO_NAME in the environment."""

    max_upload_bytes: int = 17 * MEBIBYTE
    data_dir: str = "instance"
    database_url: str = ""
    listen: str = "127.0.0.1:8080"
    threads: int = 4
    slow_seconds: int = 60
    stop_seconds: int = 30
    metrics_listen: str = ""
    trusted_proxy: str = ""
    pdf_seconds: int = 60
    pdf_wait_seconds: int = 30
    pdf_waiting: int = 8
    rate_limit: str = "600/minute"


def read_settings(environment: Mapping[str, str], given: Mapping[str, Any]) -> Settings:
    """Return the settings: `given` (by NAME) goes before the environment, both before defaults.

    SettingsFault tells everything that is wrong, and every BAO_CAO_ variable nobody reads.
    """
    told = {**_from(environment), **{name: given[name] for name in given if name in _READERS}}
    faults = [_unknown(name) for name in sorted(told) if name not in _READERS]
    values: dict[str, Any] = {}
    for name in _READERS & told.keys():
        try:
            values[name.lower()] = _READERS[name](told[name])
        except ValueError as fault:
            faults.append(f"{PREFIX}{name} là {_shown(name, told[name])}, phải là {fault}.")
    if faults:
        raise SettingsFault(
            "Thiết đặt chưa đúng:\n" + "\n".join(f"- {one}" for one in sorted(faults))
        )
    return Settings(**values)


def as_config(settings: Settings) -> Iterator[tuple[str, Any]]:
    """Yield the settings by their names in the application's configuration."""
    for field in fields(settings):
        yield field.name.upper(), getattr(settings, field.name)


# ---------------------------------------------------------------- reading one


def _from(environment: Mapping[str, str]) -> dict[str, Any]:
    """Return what the environment sets by NAME; DATABASE_URL is also known without prefix."""
    own = {name.removeprefix(PREFIX): value for name, value in environment.items()
           if name.startswith(PREFIX)}  # fmt: skip
    common = environment.get("DATABASE_URL")
    return {"DATABASE_URL": common, **own} if common else own


def _unknown(name: str) -> str:
    near = difflib.get_close_matches(name, _READERS, n=1)
    hint = f" Có phải {PREFIX}{near[0]}?" if near else ""
    return f"{PREFIX}{name}: không có thiết đặt nào tên này.{hint}"


def _shown(name: str, value: object) -> str:
    """A value as a fault quotes it; what may hold a password is not quoted."""
    return "một địa chỉ không dùng được" if name == "DATABASE_URL" else f"«{str(value)[:80]}»"


def _whole(least: int, most: int, what: str) -> Callable[[object], int]:
    def read(value: object) -> int:
        digits = str(value)
        number = int(digits) if re.fullmatch(r"[0-9]{1,15}", digits, re.ASCII) else -1
        if not least <= number <= most:
            raise ValueError(f"{what}, từ {least} đến {most}")
        return number

    return read


def _folder(value: object) -> str:
    if not str(value).strip():
        raise ValueError("đường dẫn một thư mục")
    return str(Path(str(value)))


def _database(value: object) -> str:
    if value and not str(value).startswith(_DATABASES):
        raise ValueError("postgresql://người-dùng:mật-khẩu@máy/tên")
    return str(value or "")


def _address(value: object) -> str:
    found = _LISTEN.match(str(value))
    if not found or not 0 <= int(found[1]) <= 65535:
        raise ValueError("địa-chỉ:cổng, ví dụ 127.0.0.1:8080")
    return str(value)


def _address_or_none(value: object) -> str:
    return _address(value) if value else ""


def _ip_or_none(value: object) -> str:
    try:
        return str(ip_address(str(value))) if value else ""
    except ValueError:
        raise ValueError("địa chỉ IP của máy chủ trung gian, ví dụ 127.0.0.1") from None


def _rate_or_none(value: object) -> str:
    if value and not re.fullmatch(
        r"[1-9][0-9]{0,8}/(second|minute|hour|day)", str(value), re.ASCII
    ):
        raise ValueError("số lần và khoảng thời gian, ví dụ 600/minute")
    return str(value or "")


_READERS: Mapping[str, Callable[[object], Any]] = {
    "MAX_UPLOAD_BYTES": _whole(1, 1 << 30, "số byte"),
    "DATA_DIR": _folder,
    "DATABASE_URL": _database,
    "LISTEN": _address,
    "THREADS": _whole(1, 64, "số luồng"),
    "SLOW_SECONDS": _whole(1, 3600, "số giây"),
    "STOP_SECONDS": _whole(1, 3600, "số giây"),
    "METRICS_LISTEN": _address_or_none,
    "TRUSTED_PROXY": _ip_or_none,
    "PDF_SECONDS": _whole(1, 3600, "số giây"),
    "PDF_WAIT_SECONDS": _whole(0, 3600, "số giây"),
    "PDF_WAITING": _whole(0, 1000, "số văn bản"),
    "RATE_LIMIT": _rate_or_none,
}
