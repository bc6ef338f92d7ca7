"""Decides when news are sent: at once, after a pause, or again."""

from __future__ import annotations

import json
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime
from itertools import takewhile
from threading import Event, Thread
from typing import NamedTuple

from huginn_cffi.applications.alerting import messages
from huginn_cffi.applications.alerting.channels import Channel, NotSentError, in_words
from huginn_cffi.applications.alerting.forms import plain
from huginn_cffi.applications.alerting.known import MOST_DEVICES, KnownDevice, KnownDevices, KnownError
from huginn_cffi.applications.alerting.listed import note_listed
from huginn_cffi.hosts.network_cards import NetworkCards
from huginn_cffi.store.news import QUEUES, News, QueuePosition, move, news_after, position
from huginn_cffi.store.opening import kept, open_for_marks, store_errors, transaction
from huginn_cffi.store.rows import DEVICE_COLUMNS, RECOGNITION, unpacked
from sigcompiler.claims.flavors import label_text

MOST_EVENTS = (5000, 500, 500)
"""Events in one message of each queue; the rest follows in the next one."""
PAUSES_S = (5.0, 300.0, 30.0)
"""Pauses between two messages of a channel from one queue (takeovers, changes, findings)."""
RETRY_S, MOST_RETRY_S = 3.0, (3.0, 600.0, 600.0)
"""The first pause after a failure, which doubles, and the longest for each queue."""
MOST_DOUBTS = (2, 3, 3)
"""So many answers that refuse a message of a queue for now are rather about the message than the receiver."""
BARE_S = 60.0
"""How long takeovers have no texts of devices after one was refused with them; it need not refuse each."""
MOST_WISH_S = 60.0
"""The longest pause for takeovers that a receiver may ask for."""
END_S = 3.0
"""How long the end waits for messages on their way, in seconds."""
CHECK_S = 600.0
"""How often listed devices are compared with the store, in seconds."""
_ALL = range(len(QUEUES))
_LEARNING = "alert_learning"
_LIST = "the list"
"""The name under which the list of known devices has a position in the queues, as channels do."""
_LEARNED = "learned "
"""The beginning of notes about devices that were added to the list without news."""
_NS = 1_000_000_000


class Limits(NamedTuple):
    """Times in seconds."""

    settle: float
    """How long a new device may take to get an address before it is reported without one."""
    learn: float | None
    """How long after the first start with a store new devices become known without news."""


class _Sending(Thread):
    """A message on its way. It may last as long as the receiver likes: nothing waits for it."""

    def __init__(
        self, send: Callable[[], None], found: Sequence[messages.Notice], over: Event, *, is_bare: bool
    ) -> None:
        super().__init__(daemon=True)
        self.found, self.is_bare = found, is_bare
        self.problem: NotSentError | None = None
        self.is_over = False
        self._send, self._over = send, over
        self.start()

    def run(self) -> None:
        """Send it; see `problem` afterwards."""
        try:
            self._send()
        except NotSentError as error:
            self.problem = error
        except Exception as error:  # as for a broken receiver, and the other channels go on
            self.problem = NotSentError(in_words(error))
        finally:
            self.is_over = True
            self._over.set()


class _Line:
    """A queue of a channel, with its times and its message on its way.

    ================  ==========================================================================
    A message was     Then comes
    ================  ==========================================================================
    accepted          the rest after a pause, which a late or divided takeover ends
    refused for now   the same after `pause`; from `MOST_DOUBTS` on less, as in the next row
    refused for good  what is next in its queue's row below; in the end the rest, and the event is
                      left out, unless one was just before: see `keeps`
    ================  ==========================================================================

    ================  ==========================================================================
    Queue             After a refusal
    ================  ==========================================================================
    takeovers         the same without texts of devices, as all until `texts_at`; the first alone
    the others        the first event alone; the same without texts of devices
    ================  ==========================================================================
    """

    def __init__(self, channel: Channel, queue: int) -> None:
        self.channel, self.queue = channel, queue
        self.sent = self.retry = float("-inf")
        self.pause = RETRY_S
        self.most = MOST_EVENTS[queue]
        """Events of the next message: one after a refusal for good, then twice as many each time."""
        self.texts_at = 0.0
        """Until then messages have no texts of devices: with them one was refused."""
        self.doubts = 0
        """Answers that refused messages for now since a whole one was accepted: a text may be the reason."""
        self.keeps = 0.0
        """The time until which no event is left out, since those before it were."""
        self.on_way: _Sending | None = None

    def lessen(self, refused: _Sending) -> bool:
        """Whether the next message has less than this one. Parts of many takeovers would come too late."""
        if not refused.is_bare and (self.queue == 0 or len(refused.found) == 1):
            self.texts_at = time.monotonic() + BARE_S
        elif len(refused.found) > 1:
            self.most = 1
        else:
            return False
        return True


class Delivery:
    """Sends the news of one store through channels. `say` gets one line when sending fails or works again.

    The queues of a channel and the channels do not wait for each other.
    """

    def __init__(
        self,
        store: str,
        channels: Sequence[Channel],
        limits: Limits,
        known: KnownDevices | None,
        say: Callable[[str], object],
    ) -> None:
        self._store, self._limits, self._known, self._say = store, limits, known, say
        self._lines = [_Line(channel, queue) for channel in channels for queue in _ALL]
        self._failing: set[_Line] = set()
        self._checked = -CHECK_S
        self._learns_until: float | None = None
        """The end of the time in which devices are learned, in seconds since 1970."""
        self._cards = NetworkCards()
        self._said = ""
        self._over = Event()
        """Set when a message is accepted or refused."""

    def run_once(self) -> None:
        """Begin to send what is due now; raises `StoreError`."""
        with store_errors(self._store), closing(open_for_marks(self._store)) as connection:
            if self._known is not None:
                self._use_list(connection, self._known)
            problems = []
            for line in self._lines:
                try:
                    self._note_outcome(connection, line)
                    if line.on_way is None and time.monotonic() >= line.retry:
                        self._serve(connection, line)
                except Exception as error:  # such as a damaged record, which holds up its queue alone
                    problems.append(error)
            if problems:
                raise problems[0]

    def pause(self, seconds: float) -> None:
        """Wait, but note an outcome at once: after a crash a message that was not noted comes again."""
        self._over.wait(seconds)
        self._over.clear()

    def finish(self, seconds: float = END_S) -> None:
        """Wait for the messages on their way, and note which of them were accepted."""
        end = time.monotonic() + seconds
        for line in self._lines:
            if line.on_way is not None:
                line.on_way.join(max(0.0, end - time.monotonic()))
        with store_errors(self._store), closing(open_for_marks(self._store)) as connection:
            for line in self._lines:
                self._note_outcome(connection, line)

    def _use_list(self, connection: sqlite3.Connection, known: KnownDevices) -> None:
        """Read, compare and complete the list. A list with an error stays as it was: the news go on."""
        words = ""
        try:
            known.refresh()
            if time.monotonic() - self._checked >= CHECK_S:
                with transaction(connection):
                    note_listed(connection, known)
                self._checked = time.monotonic()
            if self._limits.learn is not None:
                if self._learns_until is None:
                    self._learns_until = float(kept(connection, _LEARNING, time.time())) + self._limits.learn
                self._learn(connection, known)
                if known.room == 0:
                    words = f"{known.path}: has {MOST_DEVICES} devices; no more are learned"
        except (KnownError, OSError) as error:
            words = f"{error}; tried again"
        if words and words != self._said:
            self._say(words)
        self._said = words

    def _learn(self, connection: sqlite3.Connection, known: KnownDevices) -> None:
        """Add new devices to the list. If that fails, they stay in the queue."""
        for queue in (1, 0):  # new devices first: their events have types
            at = position(connection, _LIST, queue)
            news = news_after(connection, queue, at.accepted, most=MOST_EVENTS[queue])
            found = [*self._notices(connection, queue, news)]
            settled = [*takewhile(self._is_settled, found)]
            strange: dict[str | None, messages.Notice] = {}
            for one in settled:
                if one.is_learned and one.known is None:
                    strange.setdefault(one.mac, one)
            for event in (json.loads(one.record) for one in news_after(connection, 0, 0) if strange):
                if event.get("change") in ("address_moved", "address_claimed"):
                    strange.pop(event.get("mac"), None)  # who took an address is not known by that
            if strange:
                known.add([*map(_learned, strange.values())][: known.room])
            if settled:
                last = settled[-1].news.id
                move(connection, _LIST, queue, QueuePosition(last, last))

    def _serve(self, connection: sqlite3.Connection, line: _Line) -> None:
        at = position(connection, line.channel.name, line.queue)
        is_begun = at.sending > at.accepted
        if line.queue and not is_begun and time.monotonic() - line.sent < PAUSES_S[line.queue]:
            return
        waiting = news_after(connection, line.queue, at.accepted, most=line.most)
        if is_begun:  # a message that a crash or a failure left: the same events again
            waiting = [one for one in waiting if one.id <= at.sending]
        if not waiting:
            return
        found = [*self._notices(connection, line.queue, waiting)]
        last = found[-1].news.id
        is_first = not any(position(connection, line.channel.name, queue).accepted for queue in _ALL)
        wanted = [one for one in found if _is_wanted(one, is_first=is_first)]
        if not wanted:
            done = at._replace(accepted=last, sending=max(at.sending, last))
            move(connection, line.channel.name, line.queue, done)
            return
        if not is_begun:
            if not self._is_due(wanted, line):
                return
            at = at._replace(sending=last)
            move(connection, line.channel.name, line.queue, at)
        notes = [*_notes(last - at.accepted - len(found), self._learns_until), *_refusals(at.refused)]
        if is_bare := time.monotonic() < line.texts_at:
            notes.append("The receiver refused a message with texts of devices, so this one has none.")
        named = kept(connection, "name", secrets.token_hex(8))  # no other store has it
        form = line.channel.form

        def send() -> None:
            try:
                what = messages.message(wanted, self._store, named, notes, form=form, is_bare=is_bare)
            except Exception as error:  # an event that no message can show is left out as a refused one
                raise NotSentError(in_words(error), is_final=True) from None
            line.channel.send(what)

        line.on_way = _Sending(send, found, self._over, is_bare=is_bare)

    def _note_outcome(self, connection: sqlite3.Connection, line: _Line) -> None:
        one = line.on_way
        if one is None or not one.is_over:
            return
        line.on_way = None
        if one.problem is not None and not one.problem.is_final:
            self._fails(line, f"{one.problem}; the news wait, and are tried again")
            most = MOST_RETRY_S[line.queue]
            wait = max(min(line.pause, most), min(one.problem.pause, max(most, MOST_WISH_S)))
            line.retry, line.pause = time.monotonic() + wait, min(2 * line.pause, most)
            line.doubts += one.problem.is_answer
            if one.problem.is_answer and line.doubts >= MOST_DOUBTS[line.queue] and line.lessen(one):
                line.retry = 0.0
            return
        name, last = line.channel.name, one.found[-1].news.id
        at = position(connection, name, line.queue)
        done = QueuePosition(last, max(at.sending, last))
        if one.problem is None:
            move(connection, name, line.queue, done)
            is_late = line.queue == 0 and (line in self._failing or line.most < MOST_EVENTS[0])
            line.sent = float("-inf") if is_late else time.monotonic()
            self._works(line)
            line.doubts *= line.most < MOST_EVENTS[line.queue]
            line.most = min(MOST_EVENTS[line.queue], 2 * line.most)
            line.texts_at *= line.queue == 0
            line.pause = RETRY_S
        elif line.lessen(one):
            pass
        elif time.monotonic() < line.keeps:
            line.retry = time.monotonic() + min(line.pause, MOST_RETRY_S[line.queue])
        else:
            self._fails(line, f"{one.problem}; one event is left out")
            lines = [*at.refused.splitlines(), messages.named_event(one.found[0])]
            move(connection, name, line.queue, done._replace(refused="\n".join(lines)))
            line.texts_at *= line.queue == 0
            if len(lines) > 1:  # it is rather the receiver than the event
                line.keeps, line.pause = time.monotonic() + line.pause, min(2 * line.pause, max(MOST_RETRY_S))

    def _fails(self, line: _Line, words: str) -> None:
        if all(one.channel is not line.channel for one in self._failing):
            self._say(f"{line.channel.name}: {words}")
        self._failing.add(line)

    def _works(self, line: _Line) -> None:
        if line in self._failing:
            self._failing.remove(line)
            if all(one.channel is not line.channel for one in self._failing):
                self._say(f"{line.channel.name}: works again")

    def _is_due(self, found: Sequence[messages.Notice], line: _Line) -> bool:
        is_urgent = line.queue == 0 and not all(one.is_learned for one in found)
        pause = PAUSES_S[line.queue if is_urgent or line.queue else 1]
        return time.monotonic() - line.sent >= pause and (is_urgent or all(map(self._is_settled, found)))

    def _is_settled(self, one: messages.Notice) -> bool:
        is_late = time.time_ns() - one.news.stored_ns >= self._limits.settle * _NS
        return is_late or one.address is not None or one.mac is None

    def _notices(
        self, connection: sqlite3.Connection, queue: int, news: Sequence[News]
    ) -> Iterator[messages.Notice]:
        letter = QUEUES[queue][0]
        bare = [messages.Notice(letter, one, json.loads(one.record)) for one in news]
        macs = {mac for one in bare for mac in (one.mac, one.event.get("previous_mac")) if mac is not None}
        devices = _stored(connection, macs)
        for one in bare:
            mac, before = one.mac, one.event.get("previous_mac")
            device, owner = self._carded(devices, mac), self._carded(devices, before)
            known = self._find(mac, one.event.get("device_ip") or device.address)
            in_time = one.news.stored_ns < (self._learns_until or 0) * _NS
            has_room = known is not None or self._known is None or self._known.room > 0
            yield one._replace(
                device=device,
                known=known,
                owner=owner,
                owner_known=self._find(before, one.address) if before else None,
                is_learned=one.kind in messages.FIRST_SEEN and in_time and has_room,
            )

    def _carded(self, devices: Mapping[str, messages.StoredDevice], mac: str | None) -> messages.StoredDevice:
        """A stored device with the maker of its network card."""
        device = devices.get(str(mac), messages.StoredDevice())
        card = self._cards.maker(mac)
        return device if card is None else device._replace(values={**device.values, "network_card": card})

    def _find(self, mac: str | None, address: str | None) -> KnownDevice | None:
        return None if self._known is None else self._known.find(mac, address)


def _notes(dropped: int, until: float | None) -> list[str]:
    """Sentences that end a message."""
    found = []
    if dropped > 0:
        found.append(f"{dropped} earlier events left the full queue before they could be sent.")
    if until is not None and time.time() < until:
        end = f"{datetime.fromtimestamp(until).astimezone():%Y-%m-%d %H:%M %Z}"
        found.append(f"New devices are added to the list of known ones, silently until {end}.")
    return found


def _refusals(refused: str) -> list[str]:
    """A sentence that ends a message."""
    lines = refused.splitlines()
    more = f"; and {len(lines) - 3} more" if len(lines) > 3 else ""
    return (
        [f"Left out, since no message with it was accepted: {'; '.join(lines[:3])}{more}."] if lines else []
    )


def _is_wanted(one: messages.Notice, *, is_first: bool) -> bool:
    """Whether a message has it. A channel's first one also has devices that were just learned.

    An entry of the list without a MAC names a device, but anybody may take its address.
    """
    if one.is_learned:
        return is_first and (one.known is None or one.known.note.startswith(_LEARNED))
    return one.kind != "device_new" or one.known is None or not one.known.mac


def _learned(one: messages.Notice) -> KnownDevice:
    """The entry of a device."""
    note = f"{_LEARNED}{datetime.now().astimezone():%Y-%m-%d}, {plain(one.name)}"
    kind = str(one.event.get("device_type") or one.device.values.get("device_type") or "")
    return KnownDevice(mac=str(one.event.get("mac") or ""), address=one.address or "", note=note, type=kind)


def _stored(connection: sqlite3.Connection, macs: Iterable[str]) -> dict[str, messages.StoredDevice]:
    """The latest address and values of hosts with these MACs."""
    wanted = [*macs]
    columns = (*DEVICE_COLUMNS, "evidence", "name", "flavor")
    query = (
        f"SELECT addr, {', '.join(columns)} FROM host LEFT JOIN label ON label.id = conclusion "
        f"WHERE mac IN ({', '.join('?' * len(wanted))}) ORDER BY last_seen"
    )
    found = {}
    for addr, *values in connection.execute(query, wanted) if wanted else ():
        named = {name: str(value) for name, value in zip(columns, values, strict=True) if value}
        shown = [
            f"{source}: {name}"
            for source, name, _, relation in json.loads(named.get("evidence", "[]"))
            if relation == "agrees"
        ]
        named["evidence"] = "; ".join(filter(None, (*shown, named.get(RECOGNITION))))
        named["system"] = label_text(named.pop("name", ""), named.pop("flavor", ""))
        address = unpacked(bytes(addr))
        found[named["mac"]] = messages.StoredDevice(None if address == named["mac"] else address, named)
    return found
