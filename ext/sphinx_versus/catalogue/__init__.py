"""The data core: records, their rules, and questions to them. Imports neither Sphinx nor docutils."""
