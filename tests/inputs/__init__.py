"""Where captures come from: compressed data, several files, spans of time."""
