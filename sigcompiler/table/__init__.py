"""Makes the decision table of a model; `layout` describes it."""
