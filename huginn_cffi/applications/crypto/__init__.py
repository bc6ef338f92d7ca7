"""The cryptography that connections use: ``huginn crypto``."""
