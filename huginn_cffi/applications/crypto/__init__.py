"""Lists the cryptography that connections use: ``huginn crypto``."""
