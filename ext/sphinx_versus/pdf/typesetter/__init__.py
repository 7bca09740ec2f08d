"""The typesetter, and what is done to its PDFs before they are written.

Nothing here needs the rest of this package, docutils or Sphinx: processes that typeset import this folder alone, as a package
of its own, and start in a tenth of a second.
"""
