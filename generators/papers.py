"""What the paper says of itself, as the data gives it; part of the model."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Document:
    """What the paper says of itself; number, date and signer may come later.

    ``authority`` is what the signer signs by ("TM.", "KT.", "TL.", "TUQ.", "Q."), ``head`` the
    office of the head signed for; ``superior`` and ``agency`` are cơ quan chủ quản and ban
    hành, ``notation`` "BC-UBND". ``recipients`` are those under "Kính gửi", to whom
    ``unaddressed`` says that there are none; ``copies`` the further ones under "Nơi nhận",
    and ``filing`` what follows "Lưu:"; ``without_annexes`` the ids of annexes it goes without.
    What is "" or () takes the default of its day and level.
    """

    place: str = ""
    date: date | None = None
    number: str = ""
    signer_title: str = ""
    signer_name: str = ""
    recipients: tuple[str, ...] = ()
    headline: str = ""
    author: str = ""
    superior: str = ""
    agency: str = ""
    notation: str = ""
    subject: str = ""
    authority: str = ""
    head: str = ""
    unaddressed: bool = False
    copies: tuple[str, ...] = ()
    filing: str = ""
    without_annexes: tuple[str, ...] = ()
