"""What a page shows of the catalogue: one module per component, each with the same functions.

``view(ask, …)`` asks the catalogue for what is shown, ``mentions(view)`` lists the objects, sources and texts in it,
``html(page, view)`` writes it for a browser by its template, and ``as_nodes(page, view)`` makes standard nodes of it for
every other format.
"""
