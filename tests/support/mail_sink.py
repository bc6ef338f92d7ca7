"""A mail server for another network namespace: prints its port, then each subject."""

from __future__ import annotations

import time

from tests.support.receivers import Mailbox, serving


def main() -> None:
    with serving(Mailbox) as server:
        print(server.port, flush=True)
        shown = 0
        while True:
            for mail in server.mails[shown:]:
                print(" ".join(str(mail["Subject"]).split()), flush=True)
                shown += 1
            time.sleep(0.05)


if __name__ == "__main__":
    main()
