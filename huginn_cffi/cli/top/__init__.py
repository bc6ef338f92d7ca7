"""``huginn top``: hosts as they appear, on the whole terminal. `feeds` has them, `screen` shows them."""
