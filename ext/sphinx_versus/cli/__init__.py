"""The start of the command ``versus``, which loads the rest where an interrupt is expected."""

import signal
import sys


def main() -> None:
    """Run the command; Ctrl-C ends it at any time, also while Python loads it."""
    try:
        from .commands import main as run  # noqa: PLC0415

        run(prog_name="versus")
    except KeyboardInterrupt:
        print(file=sys.stderr)  # the terminal shows ^C on the line
        raise SystemExit(128 + signal.SIGINT) from None
