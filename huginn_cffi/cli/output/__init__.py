"""Outputs of results: standard output and files, for one run or for months."""
