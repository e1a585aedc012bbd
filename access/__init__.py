"""Who may do what: units as a tree, accounts, keys, sessions, and the rights they give.

    password ─ signing_in ─▶ session ─┐
                                      ├─▶ Actor ─ rights ─▶ units (a subtree), nothing beyond
    key ──────────────────────────────┘

It knows no HTTP. Rows lie in the archive's database (archive.tables_access), and every act is an
entry of its log. Each function takes the connection of a transaction that its caller opens.
"""
