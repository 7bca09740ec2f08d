"""How fast Versus builds sites of many pages, beside other ways to make the same pages: ``make benchmark``."""
