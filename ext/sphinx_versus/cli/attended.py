"""``python -m sphinx_versus.cli.attended``: the command ``versus`` in a process that ends when the one that started it does.

A step whose result nobody waits for must not go on: it would write beside the one that takes its place.
"""

import os
from threading import Thread


def end_with_parent() -> None:
    """Wait until standard input, a pipe that the parent never writes to, is closed; its buffer would be locked at the end."""
    os.read(0, 1)
    os._exit(1)


if __name__ == "__main__":
    Thread(target=end_with_parent, daemon=True).start()
    from . import main

    main()
