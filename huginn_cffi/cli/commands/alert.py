"""``huginn alert``: sends the news that a capture keeps in its store."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

import click

from huginn_cffi.applications.alerting.forms import WEBHOOK_FORMS
from huginn_cffi.base.errors import HuginnError, named
from huginn_cffi.base.installation import to_add
from huginn_cffi.cli.parameters import FILE, SECONDS, OneOf, command, group, option, quantity
from huginn_cffi.cli.signals import StopSignals
from huginn_cffi.cli.standard_error import complain, say

if TYPE_CHECKING:
    from huginn_cffi.applications.alerting.channels import Channel

POLL_S = 1.0
"""How often the store is looked at, in seconds."""
END_S = 3.5
"""How long the end may take, in seconds; then messages on their way are left, and sent again later."""


class Receivers(NamedTuple):
    """Where news go."""

    mail_to: str | None = option("--mail-to ADDRESS", envvar="MAIL_TO")
    mail_from: str | None = option("--mail-from ADDRESS", envvar="MAIL_FROM")
    smtp: str = option("--smtp URL", default="smtp://localhost", envvar="SMTP")
    webhook: str | None = option("--webhook URL", envvar="WEBHOOK")
    form: str = option("--webhook-form", type=OneOf(WEBHOOK_FORMS), default="json")
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
    channels = channels_of(receivers)
    listed = None if known is None else KnownDevices(known)
    if learn is not None and listed is not None and listed.is_export:
        raise click.UsageError("--learn adds to --known, which is an export of NetBox: name another file")
    delivery = Delivery(store, channels, Limits(settle, learn), listed, complain) if channels else None
    home, stop = _home_assistant(receivers, store), StopSignals(None)
    with stop.on_signals():
        stop.take_time()  # a message on its way is finished
        names = [*(one.name for one in channels), *(["MQTT"] if home is not None else [])]
        say(f"sending news by {' and '.join(names)}")
        if not _has_begun(store):
            say(f"waiting for {named(store)}")
        tasks: list[Task] = []
        if delivery is not None:
            tasks.append(Task(delivery.run_once, delivery.pause, delivery.finish))
        if home is not None:
            tasks.append(home)
        threads = [Thread(target=repeat, args=(one, store, stop), daemon=True) for one in tasks]
        for one in threads:  # neither holds up the other one
            one.start()
        while not stop.is_set():
            time.sleep(POLL_S / 4)
        end = time.monotonic() + END_S
        for one in threads:
            one.join(max(0.0, end - time.monotonic()))
    return stop.status


class Task(NamedTuple):
    """What is done with a store again and again."""

    run_once: Callable[[], str | None]
    """Do it; what is wrong in words, if it is."""
    pause: Callable[[float], None] = time.sleep
    end: Callable[[], None] = lambda: None
    name: str = ""


def repeat(task: Task, store: str, stop: StopSignals) -> None:
    """Run a task until the end; nothing that it raises ends it, and a problem is said once."""
    problem = ""
    while not stop.is_set():
        words = ""
        try:
            if _has_begun(store):
                words = task.run_once() or ""
        except Exception as error:
            words = str(error) if isinstance(error, (HuginnError, OSError)) else repr(error)
        if words and words != problem:
            complain(f"{task.name}{words}; tried again")
        problem = words
        task.pause(POLL_S)
    if _has_begun(store):
        with suppress(Exception):  # a message that is not noted is sent again
            task.end()


def _has_begun(store: str) -> bool:
    """Whether a capture has created the store; opening it explains other errors."""
    try:
        return Path(store).stat().st_size > 0
    except OSError as error:
        return not isinstance(error, FileNotFoundError)


def channels_of(receivers: Receivers) -> list[Channel]:
    """The channels of these options; a usage error if they are wrong, or name no receiver."""
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
    if not found and receivers.mqtt is None:
        raise click.UsageError("name a receiver: --mail-to, --webhook, --mqtt; no news would be sent")
    for name in ("smtp", "webhook", "mqtt"):
        url = getattr(receivers, name) or ""
        rest = url.partition("://")[2]
        is_secret = "@" in rest or (url.startswith("https://") and rest.partition("/")[2])
        if is_secret and os.environ.get(name.upper()) != url:
            complain(
                f"--{name}: every user of this machine can read it in the list of processes; "
                f"name it as {name.upper()} in the environment"
            )
    return found


def _home_assistant(receivers: Receivers, store: str) -> Task | None:
    """The task for a broker; its topics need the key that the store keeps, so it begins with the store."""
    if receivers.mqtt is None:
        return None
    try:
        from huginn_cffi.applications.alerting.home_assistant import HomeAssistant, checked_broker

        checked_broker(receivers.mqtt)
    except ModuleNotFoundError:
        raise click.UsageError(f"--mqtt needs paho-mqtt: {to_add('mqtt')}") from None
    except ValueError as error:
        raise click.UsageError(f"--mqtt: {error}") from None
    made = cache(partial(HomeAssistant, receivers.mqtt, store, host_names=receivers.host_names))
    return Task(lambda: made().run_once(), time.sleep, lambda: made().close(), "MQTT: ")
