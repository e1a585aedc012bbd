"""The command line: the same reports, checks and forms without a browser.

It stands beside `service.py`, which only wires; each module holds the commands of one subject.
"""

from __future__ import annotations

from flask import Flask

from commands import explanations, reports, templates, words


def mount(app: Flask) -> None:
    """Put all commands on `app`."""
    beside = (explanations.tell_explanation, words.say_words)
    for command in (*reports.COMMANDS, *beside, *templates.COMMANDS):
        app.cli.add_command(command)
