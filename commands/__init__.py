"""The command line: the same reports, checks and forms without a browser.

It stands beside `service.py`, which only wires; each module holds the commands of one subject.
"""

from __future__ import annotations

from flask import Flask

from commands import (
    access,
    archive,
    beginning,
    explanations,
    finding,
    linting,
    reports,
    safeguarding,
    serving,
    templates,
    units,
    upgrading,
    words,
)


def mount(app: Flask) -> None:
    """Put all commands on `app`."""
    beside = (
        explanations.tell_explanation,
        words.say_words,
        serving.serve,
        upgrading.upgrade_all,
    )
    for command in (
        *reports.COMMANDS,
        *beside,
        *linting.COMMANDS,
        *templates.COMMANDS,
        *archive.COMMANDS,
    ):
        app.cli.add_command(command)
    for command in (*access.COMMANDS, *units.COMMANDS):
        app.cli.add_command(command)
    for command in (*safeguarding.COMMANDS, *finding.COMMANDS, *beginning.COMMANDS):
        archive.tend_archive.add_command(command)
