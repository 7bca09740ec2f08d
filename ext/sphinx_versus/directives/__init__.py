"""The directives: one module each, with its own setup."""
