"""Records become docutils nodes: one module a component, standard nodes only."""
