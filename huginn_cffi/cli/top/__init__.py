"""``huginn top``: shows hosts as they appear, on the whole terminal. `feeds` provides hosts for `screen`."""
