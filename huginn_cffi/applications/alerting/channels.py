"""Channels that messages go through: SMTP, and webhooks in several forms."""

from __future__ import annotations

import base64
import json
import smtplib
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.header import Header
from email.message import EmailMessage
from email.utils import formatdate, parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import ip_address
from string import punctuation
from threading import Timer
from typing import Any, Protocol
from urllib.parse import SplitResult, quote, unquote, urlsplit

from huginn_cffi.applications.alerting.messages import Message

PATIENCE_S = 20.0
"""How long a receiver may take for a message, in seconds; then its connection is closed."""
MOST_LINES = 1000
"""Lines of a receiver's answers; smtplib would keep any number of them."""
_PORTS = {"smtp": 25, "smtp+starttls": 25, "smtps": 465, "http": 80, "https": 443}
_ANSWERS = (smtplib.SMTPDataError, smtplib.SMTPServerDisconnected, ConnectionError, HTTPException)
"""Exceptions with which a filter, also one on the way, may answer to a text."""
_LATER = frozenset((401, 404, 405, 407, 408, 410, 421, 423, 425, 429))
"""HTTP's refusals whose reason is not the message."""


class NotSentError(Exception):
    """A receiver did not accept a message; the text says why."""

    def __init__(
        self, words: str, *, is_final: bool = False, is_answer: bool = False, pause: float = 0
    ) -> None:
        super().__init__(words)
        self.is_final = is_final
        """Whether the receiver refuses this message, whenever it gets it."""
        self.is_answer = is_answer
        """Whether it is an answer to a message, so that the texts in it may be the reason."""
        self.pause = pause
        """How long the receiver wants to be left alone, in seconds."""


class Channel(Protocol):
    """Sends messages to one receiver."""

    name: str
    form: str
    """The form of its messages (`forms`)."""

    def send(self, message: Message) -> None:
        """Send it; `NotSentError` unless the receiver accepted it."""


class Mail:
    """Mails by SMTP: ``smtp://host:port`` (STARTTLS if offered), ``smtp+starttls://`` (always) or ``smtps://``."""

    name, form = "mail", "mail"

    def __init__(self, url: str, sender: str, receiver: str) -> None:
        form = "--smtp is smtp://HOST[:PORT], or smtps:// or smtp+starttls://USER:PASSWORD@HOST[:PORT]"
        self._url = checked_url(url, ("smtp", "smtps", "smtp+starttls"), form)
        self._sender, self._receiver = sender, receiver
        self._made(Message("0", "", [], [], []))  # refuses addresses with line ends

    def send(self, message: Message) -> None:
        """See `Channel.send`."""
        with _connection(self._url) as connection:
            server = _Server(self._url.hostname or "", connection)
            try:
                self._log_in(server)
                server.send_message(self._made(message))
                with suppress(OSError, smtplib.SMTPException):  # the message was accepted
                    server.quit()
            finally:
                server.close()

    def _made(self, message: Message) -> EmailMessage:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self._sender, self._receiver, message.title
        mail["Date"] = formatdate(localtime=True)
        mail["Message-ID"] = f"<{message.id}@huginn>"
        mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no replies of absence
        mail.set_content(message.text("mail"))
        return mail

    def _log_in(self, server: smtplib.SMTP) -> None:
        server.ehlo()
        must = self._url.scheme == "smtp+starttls"
        if must or (self._url.scheme == "smtp" and server.has_extn("starttls")):
            server.starttls(context=ssl.create_default_context())
        if self._url.username is not None:
            if not isinstance(server.sock, ssl.SSLSocket) and not is_loopback(self._url):
                raise smtplib.SMTPException("offers no TLS: the password was not sent")
            server.login(unquote(self._url.username), unquote(self._url.password or ""))


class _Server(smtplib.SMTP):
    """A mail server at the other end of a connection."""

    def __init__(self, host: str, connection: socket.socket) -> None:
        self._connection = connection
        super().__init__(host)

    def _get_socket(self, *_: object) -> socket.socket:
        return self._connection

    def getreply(self) -> tuple[int, bytes]:
        """Read an answer."""
        if self.file is None and self.sock is not None:
            self.file = _AnswerLines(self.sock.makefile("rb"))
        return super().getreply()


class _AnswerLines:
    """A receiver's answers, of at most `MOST_LINES` lines."""

    def __init__(self, file: Any) -> None:
        self._file, self._left = file, MOST_LINES
        self.last = b""
        """The last line; empty if the connection ended in its place."""

    def readline(self, most: int = -1) -> bytes:
        self._left -= 1
        if self._left < 0:
            raise ValueError("answers with too many lines")
        self.last = self._file.readline(most)
        return self.last

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


class _WholeAnswer(HTTPResponse):
    """A webhook's answer. Its head needs an end; `HTTPResponse` takes that of the connection for one."""

    def begin(self) -> None:
        """Read the head."""
        lines = _AnswerLines(self.fp)
        self.fp = lines  # type: ignore[assignment]
        super().begin()
        if not lines.last:
            raise HTTPException("the connection ended in the head of the answer")


class Webhook:
    """Calls of a webhook: our JSON, ntfy's text, or the JSON of a chat."""

    name = "webhook"

    def __init__(self, url: str, form: str) -> None:
        self._url = checked_url(url, ("http", "https"), "--webhook is http://HOST or https://HOST")
        self.form = form

    def send(self, message: Message) -> None:
        """See `Channel.send`. A redirection is not followed."""
        url = self._url
        path = quote(url.path or "/", safe=punctuation) + (
            f"?{quote(url.query, safe=punctuation)}" * bool(url.query)
        )
        with _connection(url) as connection:
            server = HTTPConnection(url.hostname or "", url.port or _PORTS[url.scheme])
            server.sock, server.response_class = connection, _WholeAnswer
            body, headers = self._body(message)
            server.request("POST", path, body, {**headers, "Idempotency-Key": message.id, **self._login()})
            answer = server.getresponse()
            if not 200 <= answer.status < 300:
                pause = _pause(answer.getheader("Retry-After", "").strip())
                raise NotSentError(
                    f"{url.hostname}: status {answer.status}",
                    is_final=400 <= answer.status < 500 and answer.status not in _LATER,
                    is_answer=answer.status not in _LATER and pause <= 0,
                    pause=pause,
                )
            if url.scheme == "http" and _is_page(answer):
                words = f"{url.hostname}: a web page answered, as of a captive portal"
                raise NotSentError(words, is_answer=True)

    def _login(self) -> dict[str, str]:
        if self._url.username is None:
            return {}
        pair = f"{unquote(self._url.username)}:{unquote(self._url.password or '')}"
        return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}

    def _body(self, message: Message) -> tuple[bytes, dict[str, str]]:
        title, text = message.title, message.text(self.form)
        if self.form == "ntfy":
            shown = title if title.isascii() else Header(title, "utf-8", maxlinelen=10_000).encode()
            return text.encode(), {"Title": shown, "Content-Type": "text/plain; charset=utf-8"}
        found: dict[str, Any]
        if self.form == "slack":
            found = {"text": text}
        elif self.form == "discord":
            found = {"content": text, "allowed_mentions": {"parse": []}}
        elif self.form == "teams":
            runs = [{"type": "TextRun", "text": one} for one in (f"{title}\n", text)]  # without markup
            block = {"type": "RichTextBlock", "inlines": runs}
            card = {"type": "AdaptiveCard", "version": "1.4", "body": [block]}
            content = {"contentType": "application/vnd.microsoft.card.adaptive", "content": card}
            found = {"type": "message", "attachments": [content]}
        else:
            found = {"id": message.id, "title": title, "text": text, "events": message.events}
        data = json.dumps(found, ensure_ascii=self.form == "json").encode()
        return data, {"Content-Type": "application/json"}


def _pause(wish: str) -> float:
    """The seconds of a Retry-After, which may be a date."""
    if wish.isascii() and wish.isdecimal():
        return float(wish)
    try:
        return parsedate_to_datetime(wish).timestamp() - time.time()
    except (OverflowError, ValueError):
        return 0


def _is_page(answer: HTTPResponse) -> bool:
    """Whether the answer is a page for people: whoever is on the way can answer in place of a receiver."""
    is_html = answer.getheader("Content-Type", "").lower().startswith("text/html")
    return is_html and answer.read1(512).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def checked_url(text: str, schemes: tuple[str, ...], words: str) -> SplitResult:
    """The parts of a URL; `ValueError` with these words, which show nothing of it: it may have secrets."""
    try:
        url = urlsplit(text)
        is_port = url.port != 0
    except ValueError as error:
        if "port" not in str(error).lower():
            raise ValueError(words) from None
        is_port = False
    if not is_port:
        raise ValueError(f"{words}; the port is a number from 1 to 65535")
    if url.scheme not in schemes or not url.hostname or not text.isprintable() or " " in text:
        raise ValueError(words)
    return url


@contextmanager
def _connection(url: SplitResult) -> Iterator[socket.socket]:
    """A connection that ends after `PATIENCE_S`, whatever comes meanwhile: timeouts of sockets are per read.

    `NotSentError` for each exception in the block.
    """
    expired, end = [], time.monotonic() + PATIENCE_S
    try:
        with _connected(url, end) as plain, plain.dup() as twin:  # TLS takes one over

            def expire() -> None:
                expired.append(True)
                with suppress(OSError):
                    twin.shutdown(socket.SHUT_RDWR)

            timer = Timer(end - time.monotonic(), expire)
            timer.daemon = True
            timer.start()
            try:
                if url.scheme in ("smtps", "https"):
                    plain = ssl.create_default_context().wrap_socket(plain, server_hostname=url.hostname)
                with plain:
                    yield plain
            finally:
                timer.cancel()
    except NotSentError:
        raise
    except (OSError, smtplib.SMTPException, HTTPException, ValueError) as error:
        code = error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else 0
        is_final = code == 552 or (code >= 500 and isinstance(error, smtplib.SMTPDataError))  # 552: too long
        is_answer = isinstance(error, _ANSWERS) and not isinstance(error, ConnectionRefusedError)
        words = f"not accepted within {PATIENCE_S:.0f} seconds" if expired else in_words(error)
        raise NotSentError(
            f"{url.hostname}: {words}", is_final=is_final, is_answer=is_answer and not expired
        ) from None


def _connected(url: SplitResult, end: float) -> socket.socket:
    """A connection to one of the host's addresses; each of them gets its share of the time that is left."""
    problem: OSError = TimeoutError("the name was not resolved in time")
    places = socket.getaddrinfo(url.hostname, url.port or _PORTS[url.scheme], type=socket.SOCK_STREAM)
    for left, (*kind, _, address) in zip(range(len(places), 0, -1), places, strict=True):
        if (share := (end - time.monotonic()) / left) > 0:
            one = socket.socket(*kind)
            try:
                one.settimeout(share)
                one.connect(address)
                one.settimeout(PATIENCE_S)
                return one
            except OSError as error:
                one.close()
                problem = error
    raise problem


def is_loopback(url: SplitResult) -> bool:
    """Whether the host is this machine."""
    try:
        return ip_address(url.hostname or "").is_loopback
    except ValueError:
        return url.hostname == "localhost"


def in_words(error: Exception) -> str:
    """The reason in one line."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        error = smtplib.SMTPResponseException(*next(iter(error.recipients.values())))
    if isinstance(error, smtplib.SMTPResponseException) and isinstance(error.smtp_error, bytes):
        return f"{error.smtp_code} {' '.join(error.smtp_error.decode('ascii', 'replace').split())}"
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(str(text).split())
