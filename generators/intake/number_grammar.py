"""The grammar of typed numbers: what is one, and what is nearly one and names its own slip."""

from __future__ import annotations

import re

from generators.intake.units import MAGNITUDES

PLAIN = r"[0-9]+"
DOTTED = r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+"
SPACED = r"[1-9][0-9]{0,2}(?: [0-9]{3})+"
WHOLE = rf"(?:{DOTTED}|{SPACED}|{PLAIN})"
MAGNITUDE = "|".join(map(re.escape, sorted(MAGNITUDES, key=len, reverse=True)))
LOOSE = r"[0-9](?:[0-9., ]*[0-9])?"  # what was meant as one number, well formed or not

NUMBER = re.compile(rf"{WHOLE}(?:,[0-9]+)?")
PART = re.compile(rf"({LOOSE}) *({MAGNITUDE})?")
SPOKEN = re.compile(rf"-?(?:{LOOSE}|(?:{LOOSE} *(?:{MAGNITUDE}) *)+)")
TAILED = re.compile(rf"-?(?:{LOOSE} *(?:{MAGNITUDE}) *)+{LOOSE}")
RATIO = re.compile(rf"({WHOLE}) */ *({WHOLE})")

TWO_READINGS = re.compile(r"0*[1-9][0-9]{0,2},[0-9]{3}")
ENGLISH = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+)(?:\.([0-9]+))?|(0*[1-9][0-9]{0,2},[0-9]{3})")
DOT_DECIMAL = re.compile(rf"({SPACED}|{PLAIN})\.([0-9]{{1,2}})|(0+)\.([0-9]+)")
GROUPS = re.compile(r"([0-9]+(?:[. ]+[0-9]+)+)(?:,([0-9]+))?")
RATIO_LIKE = re.compile(r"-?[0-9][^/]*/ *[0-9].*")
PERCENT_LIKE = re.compile(rf"-?{LOOSE} *%")
