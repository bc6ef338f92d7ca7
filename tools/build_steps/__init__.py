"""Build steps that run before the C compiler."""
