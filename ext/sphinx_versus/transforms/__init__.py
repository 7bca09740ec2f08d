"""What changes the tree of a page when it is written, one module each."""
