"""The command that says numbers in words."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click

from commands.speaking import UNREADABLE, SpokenCommand, leave
from generators.intake.numbers import read_number
from generators.model import Finding, Raw
from generators.wording import reading

_NO_NUMBER = "number.unreadable"


@click.command(
    "words", cls=SpokenCommand, context_settings={"ignore_unknown_options": True},
    help="Đọc số thành chữ: words 1.254 hoặc words -- -5,5.",
)  # fmt: skip
@click.argument("numbers", nargs=-1, type=click.UNPROCESSED, metavar="NUMBER...")
@click.option("--stdin", "piped", is_flag=True,
              help="Đọc mỗi dòng một số; in ra số, dấu tab, chữ.")  # fmt: skip
def say_words(numbers: tuple[str, ...], piped: bool) -> None:
    """Say numbers in words; what is refused is told and the rest is said."""
    if bool(numbers) == piped:
        leave("Hãy ghi các số cần đọc, hoặc dùng --stdin để đọc từ đầu vào.")
    refused = False
    for number, place in _piped_numbers() if piped else ((number, "") for number in numbers):
        said = _words_of(number)
        if isinstance(said, Finding):
            refused = True
            click.echo(f"{place}{said.message} {_remedy(said)}", err=True)
        else:
            sys.stdout.write(f"{number}\t{said}\n" if piped else f"{said}\n")
    sys.exit(UNREADABLE if refused else 0)


def _piped_numbers() -> Iterator[tuple[str, str]]:
    for index, line in enumerate(sys.stdin.buffer, 1):
        number = line.decode("utf-8-sig" if index == 1 else "utf-8", "replace").rstrip("\r\n")
        if number.strip():
            yield number, f"Dòng {index}. "


def _words_of(number: str) -> str | Finding:
    # "%" is the one unit that takes decimals and no other words
    typed = read_number(Raw(number, ""), "%")
    if isinstance(typed, Finding) and typed.code == _NO_NUMBER:
        typed = read_number(
            Raw(number, ""), ""
        )  # what is no number at all is told without a unit
    if isinstance(typed, Finding):
        return typed
    words = reading.read_number(typed.quantity.value)
    percent = "phần trăm" if "%" in number or "phần trăm" in number else ""
    return " ".join(filter(None, (typed.quantity.hedge, words, percent)))


def _remedy(finding: Finding) -> str:
    return finding.remedy.partition(" Đơn vị ở đây")[0]
