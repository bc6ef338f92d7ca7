"""Inputs that are made to be expensive, and the program that measures them (``__main__.py``)."""
