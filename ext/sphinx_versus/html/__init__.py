"""What is written beside and onto the pages, beyond what the nodes say."""
