"""Channels that messages go through: SMTP, and webhooks in three forms."""

from __future__ import annotations

import asyncio
import smtplib
import ssl
from contextlib import suppress
from email.header import Header
from email.message import EmailMessage
from email.utils import formatdate
from ipaddress import ip_address
from typing import Any, Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from huginn_cffi.applications.alerting.messages import Message

PATIENCE_S = 20.0
"""How long a receiver may take, in seconds."""


class NotSentError(Exception):
    """A receiver did not accept a message; the text says why."""


class Channel(Protocol):
    """Sends messages to one receiver."""

    name: str

    def send(self, message: Message) -> None:
        """Send it; `NotSentError` unless the receiver accepted it."""


class Mail:
    """Mails by SMTP: ``smtp://host:port`` (with STARTTLS if offered) or ``smtps://user:password@host``."""

    name = "mail"

    def __init__(self, url: str, sender: str, receiver: str) -> None:
        self._url, self._sender, self._receiver = urlsplit(url), sender, receiver
        if self._url.scheme not in ("smtp", "smtps") or not self._url.hostname:
            raise ValueError(f"{url!r} is not smtp://HOST[:PORT] or smtps://HOST[:PORT]")
        self._made(Message("0", "", "", []))  # refuses addresses with line ends

    def send(self, message: Message) -> None:
        """See `Channel.send`."""
        try:
            server = self._connected()
            try:
                server.send_message(self._made(message))
            finally:
                with suppress(OSError, smtplib.SMTPException):  # the message was accepted, or was not
                    server.quit()
        except (OSError, smtplib.SMTPException) as error:
            raise NotSentError(f"{self._url.hostname}: {in_words(error)}") from None

    def _made(self, message: Message) -> EmailMessage:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self._sender, self._receiver, message.title
        mail["Date"] = formatdate(localtime=True)
        mail["Message-ID"] = f"<{message.id}@huginn>"
        mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no replies of absence
        mail.set_content(message.text)
        return mail

    def _connected(self) -> smtplib.SMTP:
        host, port, context = self._url.hostname or "", self._url.port or 0, ssl.create_default_context()
        if self._url.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=PATIENCE_S, context=context)
        else:
            server = smtplib.SMTP(host, port, timeout=PATIENCE_S)
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=context)
        if self._url.username is not None:
            if not isinstance(server.sock, ssl.SSLSocket) and not is_loopback(self._url):
                server.close()
                raise smtplib.SMTPException("offers no TLS: the password was not sent")
            server.login(unquote(self._url.username), unquote(self._url.password or ""))
        return server


class Webhook:
    """Calls of a webhook: our JSON, ntfy's text, or the JSON of Slack-compatible receivers."""

    name = "webhook"

    def __init__(self, url: str, form: str) -> None:
        import aiohttp  # an extra: its absence is an error at the start

        self._http, self._url, self._form = aiohttp, url, form
        if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
            raise ValueError(f"{url!r} is not http://HOST or https://HOST")

    def send(self, message: Message) -> None:
        """See `Channel.send`. A redirection is not followed."""
        try:
            status = asyncio.run(self._post(self._body(message), message))
        except (OSError, self._http.ClientError, asyncio.TimeoutError, ValueError) as error:
            raise NotSentError(f"{urlsplit(self._url).hostname}: {in_words(error)}") from None
        if not 200 <= status < 300:
            raise NotSentError(f"{urlsplit(self._url).hostname}: status {status}")

    def _body(self, message: Message) -> dict[str, Any]:
        if self._form == "ntfy":
            plain = message.title.isascii()
            title = message.title if plain else Header(message.title, "utf-8", maxlinelen=10_000).encode()
            return {"data": message.text.encode(), "headers": {"Title": title}}
        if self._form == "slack":
            text = f"{message.title}\n{message.text}"
            for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
                text = text.replace(character, entity)
            return {"json": {"text": text}}
        fields = ("id", "title", "text", "events")
        return {"json": dict(zip(fields, message, strict=True))}

    async def _post(self, body: dict[str, Any], message: Message) -> int:
        headers = {"Idempotency-Key": message.id, **body.pop("headers", {})}
        patience = self._http.ClientTimeout(total=PATIENCE_S)
        async with (
            self._http.ClientSession(timeout=patience) as session,
            session.post(self._url, headers=headers, allow_redirects=False, **body) as answer,
        ):
            return int(answer.status)


def is_loopback(url: SplitResult) -> bool:
    """Whether the host is this machine."""
    try:
        return ip_address(url.hostname or "").is_loopback
    except ValueError:
        return url.hostname == "localhost"


def in_words(error: Exception) -> str:
    """The reason in one line."""
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(str(text).split())
