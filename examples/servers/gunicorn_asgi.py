"""Uvicorn's worker for gunicorn, with the systems of clients; in the project's folder.

gunicorn --chdir examples/servers --config examples/servers/gunicorn_settings.py \
    --worker-class gunicorn_asgi.Worker asgi_app:app
"""

from uvicorn.workers import UvicornWorker


class Worker(UvicornWorker):
    """Reads the SYN of each connection."""

    CONFIG_KWARGS = {"http": "huginn_cffi.server.uvicorn:Protocol", "lifespan": "off"}  # noqa: RUF012
