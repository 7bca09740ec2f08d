"""The PDF: a builder that typesets the document trees with Typst. Write phase; one module for each kind of node."""
