"""How one begins: a link on the console while nobody has an account, told to this machine alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from ipaddress import ip_address
from urllib.parse import urlencode

from access.sign_in_links import LASTS, make_link
from commands.shelf import opened_archive


def first_words(addresses: Sequence[tuple[str, int]]) -> str:
    """Return what is told where the service listens at `addresses`; "" once there are accounts.

    The link is only told where none but this machine can reach the service.
    """
    is_own = bool(addresses) and all(ip_address(host).is_loopback for host, _ in addresses)
    with opened_archive() as archive, archive.database.writing() as connection:
        token = make_link(connection, datetime.now(UTC)) if is_own else ""
    if not token:
        return ""
    host, port = addresses[0]
    own = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    minutes = int(LASTS.total_seconds() // 60)
    return (
        f"Chưa có tài khoản nào. Mở liên kết này để bắt đầu (dùng một lần, trong {minutes} phút):\n\n"
        f"    {own}/begin?{urlencode({'token': token})}\n"
    )
