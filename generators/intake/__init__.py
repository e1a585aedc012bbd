"""What people and systems send in, read into raw values with their places, then validated.

Where to look:

    what both doors share   validation → lines (measures, identity, line_checks), fields, pictures
    typed values            numbers (number_grammar, number_limits, spoken, rates, units),
                            number_refusals, number_slips, dates, hygiene, places, typed_text
    the JSON door           payload (payload_shape, json_text, payload_faults)
    is it a workbook?       preflight (package, compound, appearance, refusals)
    what its XML knows      cells (cells_xlsx, shared_xlsx, cells_ods, cells_xls, facts)
    the Excel door          workbook → sheet, answers, heads, returned (recognised, gathered, doubts)
    the form                layout, rows, form (form_table, form_cells, readback)
"""
