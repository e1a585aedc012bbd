"""What was filled becomes paper to look at: PDF/A-2b by LibreOffice, pictures of its pages by poppler.

    .docx ─ harmless ─▶ .docx ─ queue, one warm LibreOffice ─▶ PDF ─ sameness ─▶ PDF ─ pages ─▶ PNG

It knows nothing of reports: bytes come in, bytes go out, what cannot be done is a ``RenderingFault``.
"""
