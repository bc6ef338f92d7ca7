"""The one description of rows, hosts and the summary: names, types, places in each format, and meaning.

It imports nothing else of the compiler.
"""
