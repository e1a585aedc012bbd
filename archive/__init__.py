"""The archive: every report that was kept, whole, with all that proves it; nothing is overwritten.

    Deposit ─ files first, one row last ─▶ Record        (deposits, keeping, files, database)
    Record  ─ search, same period, inspect, rebuild, export ─▶ answers

Files are named by their SHA-256 (files). Rows are in SQLite, or PostgreSQL by DATABASE_URL, with
one code (database). Every act is one entry of a hash-chained log (audit).
"""
