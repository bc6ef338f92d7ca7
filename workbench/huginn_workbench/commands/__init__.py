"""The commands that this package adds to ``huginn``, one module each."""
