"""From a period's data to an official report: read, validate, calculate, check, word, fill.

    workbook | JSON ─ read ─▶ RawInput ─ validate ─▶ PeriodData ─ calculate ─▶ Figures
                                                        check ─▶ Findings ◀──────┤
                                                                       word ─▶ Context ─ fill ─▶ .docx

The stages share :mod:`generators.model` and never import one another;
:mod:`generators.pipeline` alone knows their order.
"""

VERSION = "0.3.0"
