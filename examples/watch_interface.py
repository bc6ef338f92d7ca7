"""Print what the hosts on an interface run, until Ctrl-C or SIGTERM: sudo python watch_interface.py eth0."""

from __future__ import annotations

import signal
import sys
import threading

import huginn_cffi as hg


def main(interface: str) -> int:
    """Watch until a signal comes, and print each client when its system is new."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())

    # The address of a client, and what it was last seen to run.
    known: dict[str, str] = {}
    with hg.Analyzer() as analyzer:
        try:
            # The capture begins here; the loop ends within 0.1 s after `stop` was set.
            for result in analyzer.analyze_network(interface, cancel=stop):
                if result.syn and result.syn.match:
                    client, system = str(result.syn.source.ip), str(result.syn.match)
                    if known.get(client) != system:
                        known[client] = system
                        print(f"{client} runs {system}, {result.syn.distance} hops away", flush=True)
        except hg.LibpcapError as error:  # not installed; the message names the package
            print(error, file=sys.stderr)
            return 2
        except hg.CaptureError as error:  # unknown, down or gone, not allowed: it says which
            print(error, file=sys.stderr)
            return 1 if known else 2
        finally:
            report(analyzer.stats)
    return 0


def report(stats: hg.Stats) -> None:
    """What the run saw, and what it had to let go."""
    if kernel := stats.interface:
        lost = kernel["dropped_by_kernel"] + kernel["dropped_by_interface"]
        print(f"{stats.packets} packets, {stats.events} events, {lost} packets lost", file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python watch_interface.py INTERFACE")
    sys.exit(main(sys.argv[1]))
