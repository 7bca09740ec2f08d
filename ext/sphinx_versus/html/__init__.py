"""What web pages have beyond their nodes, and the files beside them."""
