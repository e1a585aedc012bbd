"""Word documents: a template compiled once (template), filled (fill), zipped (package)."""
