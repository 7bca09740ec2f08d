"""What Sphinx keeps for us: configuration, the domain, what pages depend on, and pages without files."""
