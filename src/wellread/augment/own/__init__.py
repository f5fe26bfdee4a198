"""Questions that the model to be taught asks itself, about one statement at a time; each must come back before it counts."""
