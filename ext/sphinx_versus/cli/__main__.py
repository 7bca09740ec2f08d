"""``python -m sphinx_versus.cli``."""

from . import main

main(prog_name="versus")
