"""A FastAPI application that tells visitors what they are, with gunicorn; in the project's folder.

gunicorn --chdir examples/servers --config examples/servers/gunicorn_settings.py \
    --worker-class gunicorn_asgi.Worker fastapi_app:app
"""

from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse

app = FastAPI()


@app.get("/", response_class=PlainTextResponse)
async def page(request: Request) -> str:
    """One request."""
    return f"{request.scope['state'].get('huginn.client') or 'unknown'}\n"
