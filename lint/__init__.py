"""Does a .docx have the form that Nghị định 30/2020/NĐ-CP prescribes? Read, recognised, judged.

    .docx ─ opening ─▶ parts ─ reading (styles, numbering) ─▶ Paper ─ components ─▶ Form ─ rules ─▶ Findings

``paper`` holds the frozen values; every rule is one small function of a ``Sheet``; ``catalogue`` says
of each code what it is, its place in the decree and how it is mended.
"""
