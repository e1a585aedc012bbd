"""What must be true of a report: a flat list of small checks with one signature.

    Report ─▶ each check in CHECKS ─▶ Findings

Each check says in its docstring, after "Blank:", what it does where a number is missing: blank
is never zero. Two numbers agree when what their words and digits allow ("trên 6 tỷ", 33,3%)
overlaps. Which of two is wrong is never guessed.
"""

from __future__ import annotations

from generators.checks.agreement import (
    check_overlapping_people,
    check_relations,
)
from generators.checks.changes import check_changes, check_points
from generators.checks.completeness import check_required, check_totals_complete
from generators.checks.dates import (
    check_document_date,
    check_line_dates,
    check_lines_after_document,
    check_period_span,
)
from generators.checks.free_totals import check_free_totals
from generators.checks.inside import check_of_which, check_overlaps, check_whole
from generators.checks.money import check_rates
from generators.checks.norm_rates import check_norm_rates
from generators.checks.norms import check_norms
from generators.checks.other_period import check_other_period
from generators.checks.other_unit import check_other_unit
from generators.checks.parts import check_inner_parts, check_units_of_parts
from generators.checks.percentages import (
    check_above_hundred,
    check_rates_of_counts,
    check_shares_of_parts,
)
from generators.checks.plausible import check_plausible
from generators.checks.privacy import (
    check_few_people,
    check_identity_numbers,
    check_names,
    check_private_words,
)
from generators.checks.prose import (
    check_abbreviations,
    check_abolished,
    check_lunar_year,
    check_spelling,
)
from generators.checks.report import Check, Past, Report
from generators.checks.retold import check_retold_numbers, check_verbs
from generators.checks.scale import check_outliers, check_plans
from generators.checks.shares import check_denominators, check_shares
from generators.checks.stocks import check_closing, check_cumulative, check_movement
from generators.checks.sums import check_known_parts, check_parts, check_subtotals, check_totals
from generators.checks.twice import check_told_twice, check_two_sources
from generators.model import Finding

__all__ = ["CHECKS", "Past", "Report", "run_checks"]

CHECKS: tuple[Check, ...] = (
    check_parts, check_known_parts, check_units_of_parts, check_inner_parts, check_totals,
    check_subtotals, check_of_which, check_overlaps,
    check_whole, check_movement, check_closing, check_cumulative,
    check_shares, check_shares_of_parts, check_above_hundred, check_rates_of_counts,
    check_changes, check_points, check_denominators, check_outliers, check_plans,
    check_told_twice, check_free_totals, check_relations, check_two_sources,
    check_overlapping_people,
    check_rates, check_norms, check_norm_rates, check_plausible,
    check_period_span, check_document_date, check_line_dates, check_lines_after_document,
    check_retold_numbers, check_verbs, check_other_period, check_other_unit, check_abolished,
    check_lunar_year, check_spelling, check_abbreviations,
    check_names, check_private_words, check_identity_numbers, check_few_people,
    check_required, check_totals_complete,
)  # fmt: skip


def run_checks(report: Report) -> tuple[Finding, ...]:
    """Return the findings of every check, in the order of ``CHECKS``, each once."""
    found = (finding for check in CHECKS for finding in check(report))
    return tuple({finding.id: finding for finding in found}.values())
