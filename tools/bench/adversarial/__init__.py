"""Inputs that are expensive on purpose, and the program that measures them (``__main__.py``)."""
