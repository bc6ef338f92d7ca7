"""The signatures of an open database, as read by all code that names something."""
