"""The desk: a unit's report while it is being made, and its way to a number.

    receive, correct ─▶ Draft ─ submit ─▶ the archive's record ─ approve ─▶ issue
                          ▲                                  │
                          └───────────── return ─────────────┘

A draft may change, and two who change it at once are told of each other. What is submitted is kept
by the archive and never changes; what is approved is locked. Each step is an entry of the log. It knows
no HTTP and asks nobody's rights: whoever calls it has.
"""
