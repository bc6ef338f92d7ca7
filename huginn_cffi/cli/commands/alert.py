"""``huginn alert``: sends the news that a capture keeps in its store."""

from __future__ import annotations

import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from huginn_cffi.base.errors import HuginnError, named
from huginn_cffi.base.installation import to_add
from huginn_cffi.cli.parameters import FILE, SECONDS, OneOf, command, group, option, quantity
from huginn_cffi.cli.signals import StopSignals
from huginn_cffi.cli.standard_error import complain, say

if TYPE_CHECKING:
    from huginn_cffi.applications.alerting.channels import Channel
    from huginn_cffi.applications.alerting.home_assistant import HomeAssistant

POLL_S = 1.0
"""How often the store is looked at, in seconds."""
FORMS = ("json", "ntfy", "slack")


class Receivers(NamedTuple):
    """Where news go."""

    mail_to: str | None = option("--mail-to ADDRESS", envvar="MAIL_TO")
    mail_from: str | None = option("--mail-from ADDRESS", envvar="MAIL_FROM")
    smtp: str = option("--smtp URL", default="smtp://localhost", envvar="SMTP")
    webhook: str | None = option("--webhook URL", envvar="WEBHOOK")
    form: str = option("--webhook-form", type=OneOf(FORMS), default="json")
    mqtt: str | None = option("--mqtt URL", envvar="MQTT")
    host_names: bool = option("--host-names")


@command()
def alert(
    store: str = option("--store FILE", type=FILE, required=True),
    receivers: Receivers = group(Receivers),
    known: str | None = option("--known FILE", type=FILE),
    learn: int | None = option("--learn TIME", callback=quantity(SECONDS, 1, 1 << 33)),
    settle: int = option("--settle TIME", callback=quantity(SECONDS, 0, 3600), default="10"),
) -> int:
    """Send news of devices and findings by mail or webhook."""
    if learn is not None and known is None:
        raise click.UsageError("--learn needs --known")
    from huginn_cffi.applications.alerting.delivery import Delivery, Limits
    from huginn_cffi.applications.alerting.known import KnownDevices
    from huginn_cffi.store.opening import check_kind

    check_kind(store, may_be_missing=True)  # waiting would not make a store of it
    channels = _channels(receivers)
    listed = None if known is None else KnownDevices(known)
    if learn is not None and listed is not None and listed.is_export:
        raise click.UsageError("--learn adds to --known, which is an export of NetBox: name another file")
    delivery = Delivery(store, channels, Limits(settle, learn), listed, complain) if channels else None
    home, stop, problem = _home_assistant(receivers, store), StopSignals(None), ""
    with stop.on_signals(), ExitStack() as stack:
        if home is not None:
            stack.callback(home.close)
        stop.take_time()  # a message on its way is finished
        names = [*(one.name for one in channels), *(["MQTT"] if home is not None else [])]
        say(f"sending news by {' and '.join(names)}")
        if not _has_begun(store):
            say(f"waiting for {named(store)}")
        while not stop.is_set():
            try:
                if not _has_begun(store):
                    continue
                if delivery is not None:
                    delivery.run_once()
                now = home.run_once() if home is not None else ""
                if now and now != problem:
                    complain(f"MQTT: {now}; tried again")
                problem = now
            except Exception as error:  # such as a list that is being edited; alarms go on
                words = str(error) if isinstance(error, (HuginnError, OSError)) else repr(error)
                if words != problem:
                    complain(f"{words}; tried again")
                problem = words
            finally:
                time.sleep(POLL_S)
    return stop.status


def _has_begun(store: str) -> bool:
    """Whether a capture has created the store; opening it explains other errors."""
    try:
        return Path(store).stat().st_size > 0
    except OSError as error:
        return not isinstance(error, FileNotFoundError)


def _channels(receivers: Receivers) -> list[Channel]:
    from huginn_cffi.applications.alerting.channels import Mail, Webhook

    found: list[Channel] = []
    try:
        if receivers.mail_to is not None:
            sender = receivers.mail_from or receivers.mail_to
            found.append(Mail(receivers.smtp, sender, receivers.mail_to))
        if receivers.webhook is not None:
            found.append(Webhook(receivers.webhook, receivers.form))
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    except ModuleNotFoundError:
        raise click.UsageError(f"--webhook needs aiohttp: {to_add('listen')}") from None
    if not found and receivers.mqtt is None:
        raise click.UsageError("name a receiver: --mail-to, --webhook, --mqtt; no news would be sent")
    return found


def _home_assistant(receivers: Receivers, store: str) -> HomeAssistant | None:
    if receivers.mqtt is None:
        return None
    try:
        from huginn_cffi.applications.alerting.home_assistant import HomeAssistant

        return HomeAssistant(receivers.mqtt, store, host_names=receivers.host_names)
    except ModuleNotFoundError:
        raise click.UsageError(f"--mqtt needs paho-mqtt: {to_add('mqtt')}") from None
    except ValueError as error:
        raise click.UsageError(f"--mqtt: {error}") from None
