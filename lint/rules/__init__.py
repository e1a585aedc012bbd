"""The rules: flat lists of small functions with one signature, a subject a module."""
