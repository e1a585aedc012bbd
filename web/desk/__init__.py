"""The clerk's desk: the pages on which a report is begun, filled, mended, read, issued and found again.

    mine ─▶ beginning ─▶ drafts (findings, table, figures, preview) ─▶ steps ─▶ kept, finding, comparing

Pages are rendered here and work without a script; ``static/desk.js`` only spares a click. Each
route states its right as all routes do (web.access).
"""
