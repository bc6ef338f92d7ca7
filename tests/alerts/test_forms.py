"""Texts that devices choose, in each form of a message: nothing that a receiver would interpret."""

from __future__ import annotations

import json
import re
from email import message_from_bytes, policy
from itertools import product
from typing import Any

import pytest

from huginn_cffi.applications.alerting.channels import Mail, Webhook
from huginn_cffi.applications.alerting.forms import WEBHOOK_FORMS, fitting, harmless
from huginn_cffi.applications.alerting.messages import Notice, StoredDevice, message
from huginn_cffi.store.news import News
from tests.support.alert_events import event

_WORDS = (
    "=?utf-8?q?=0AContent-Type:_text/html=0A=0A<a_href=3D//evil.example>renew</a><!--?=",
    "=?utf-8?b?QmNjOiBldmlsQGV4YW1wbGUub3Jn?=",
    "=?iso-8859-1?q?a?= =?utf-8?q?b?=",
    "==??utf-8?q?=0D=0ABcc:_x?=",
    "L\r\nBcc: evil@example.org\r\n\r\n<a href=x>",
    "\u2028Bcc: x",
    "\x85Bcc: x",
    "\x00\x1b]8;;https://evil.example\x07click\x1b]8;;\x07",
    "\x1b[2J",
    "[Renew](https://evil.example/x)@channel",
    "![x](http://evil.example/p.png)",
    "[x]: https://evil.example",
    "<https://evil.example|your router>",
    "<!channel> <!here> <!everyone>",
    "<@U012AB3CD> <#C012AB3CD> <@&165511591545143296>",
    "@everyone @here @all @channel",
    "user@evil.example",
    "mailto:user@evil.example",
    "https://evil.example/",
    "HTTPS://EVIL.EXAMPLE",
    "hxxp://evil.example",
    "www.evil.example/login",
    "evil\u3002example evil\uff0eexample evil\uff61example \uff20channel",
    "xn--e1awd7f.example",
    "\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444",
    "ftp://evil.example",
    "file:\\\\evil.example\\share",
    "\\\\evil\\share",
    "smb://evil/share",
    "tel:+123",
    "**urgent** __call__ ~~this~~ ||number||",
    "```\ncode",
    "`code`",
    "# heading",
    "> quote",
    "* item\n* item",
    "| a | b |",
    "\u202e\u2066gpj.exe",
    "\u200b\u200d\ufeff\u00ad",
    "\ud800",
    "&lt;!channel&gt; &amp;",
    "<script>alert(1)</script>",
    "<img src=//evil.example/x>",
    "{who} {0} {owner.values} %s %(x)s",
    "a" * 5000,
    "\U0001f600" * 300,
    ".\r\nQUIT\r\n",
    ".",
    "\r\n.\r\n",
    "x\ty",
)
HOSTILE = [f"{begin}{word}" for begin, word in product(("", "HP ", "a", "\u4e2d"), _WORDS)]
LINK = re.compile("://|\\w[.\u3002\uff0e\uff61][^\\W\\d_]{2}|[@\uff20]|=\\?|\\\\")
CHAT = re.compile(r"[\[\]`*~|]")


@pytest.mark.parametrize("form", ["mail", *WEBHOOK_FORMS])
def test_no_form_has_markup_of_a_device(form: str) -> None:
    assert len(HOSTILE) == 200
    for text in HOSTILE:
        shown = harmless(text, form)
        assert shown.isprintable(), ascii(text)
        assert not LINK.search(shown), ascii(text)
        assert form not in ("slack", "discord") or not CHAT.search(shown), ascii(text)
        assert form != "discord" or not {*"<>"} & {*shown}
        assert len(shown) <= 1024


@pytest.mark.parametrize("text", ["HP LaserJet 400 M401dn", "Windows 10.0.19045", "M1065-L", "Caf\u00e9 5.1"])
def test_usual_names_stay(text: str) -> None:
    assert {harmless(text, form) for form in ("mail", *WEBHOOK_FORMS)} == {text}


def of_device(text: str, form: str, number: int = 1) -> Any:
    found = event(7, device_model=text, device_manufacturer=text)
    one = Notice("c", News(1, "gate/eth0", 0, ""), found, StoredDevice(None, {"evidence": text}))
    return message([one] * number, "/var/lib/x.sqlite", "name", form=form)


def test_a_mail_has_its_own_headers_only() -> None:
    """Also with a Python that decodes the encoded words of a subject (CVE-2024-6923)."""
    sender = Mail("smtp://127.0.0.1:9", "huginn@example.org", "me@example.org")
    for text in HOSTILE:
        data = sender._made(of_device(text, "mail")).as_bytes()
        found = message_from_bytes(data, policy=policy.default)
        assert len(found.get_all("Subject")) == 1
        assert found.get_content_type() == "text/plain"
        assert {*found} == {
            *("From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version"),
            *("Content-Type", "Content-Transfer-Encoding"),
        }
        assert "=?" not in str(found["Subject"])
        assert max(map(len, data.split(b"\n"))) <= 998


LIMITS = {"ntfy": 4096, "slack": 3900, "discord": 2000, "teams": 28_000, "json": 10**9}
"""As their manuals state them; of Slack's text 4,000 characters are advised."""


@pytest.mark.parametrize("form", WEBHOOK_FORMS)
@pytest.mark.parametrize("number", [1, 500])
@pytest.mark.parametrize("text", ["Axis", "\u4e2d" * 300, "&" * 300, "<@U1>"])
def test_no_form_is_longer_than_its_receiver_takes(form: str, number: int, text: str) -> None:
    body, headers = Webhook("http://127.0.0.1:9/", form)._body(of_device(text, form, number))
    if form == "ntfy":
        size = len(body)
        assert len(headers["Title"]) < 4000
        assert headers["Title"].isascii()
    else:
        found = json.loads(body)
        size = len(body) if form == "teams" else len((found.get("text") or found.get("content")).encode())
    assert size <= LIMITS[form]
    if number == 500 and form != "json":
        assert b"more lines" in body
        assert b"Next: huginn devices" in body


def test_a_text_without_room_is_cut() -> None:
    assert len(fitting("t" * 9000, ["x"], [], "discord").encode()) == 2000
