"""The live preview: a process that builds and stays warm, one that serves and watches, and what they say to each other."""
