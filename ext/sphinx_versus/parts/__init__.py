"""A site built in parts: base, parts and join are Sphinx builds of their own, connected by files alone. See :mod:`.plan` first."""
