"""The forms that results are written in: their names, and writers that take batches.

Text formats are made by the core, tables by pyarrow.
"""
