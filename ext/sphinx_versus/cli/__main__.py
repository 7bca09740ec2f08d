"""``python -m sphinx_versus.cli``."""

from . import main

main()
