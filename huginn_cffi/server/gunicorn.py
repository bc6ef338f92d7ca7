"""Gunicorn: import these in the settings file, and wrap the application by `huginn_cffi.server.wsgi`.

::

    from huginn_cffi.server.gunicorn import on_reload, when_ready
"""

from __future__ import annotations

from typing import Any

from huginn_cffi.server.sockets import arm


def when_ready(server: Any) -> None:
    """Arm the listeners, before the workers are forked."""
    for listener in server.LISTENERS:
        arm(listener.sock)


on_reload = when_ready
"""Arm the new listeners, which exist if addresses changed."""
