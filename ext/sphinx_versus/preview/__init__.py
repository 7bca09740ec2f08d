"""The live preview: a process that builds and stays warm, one that watches and serves, and the messages between them."""
