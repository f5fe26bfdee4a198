"""Training alone: a recipe and data in, a student out; a chain of stages, each starting from the last."""
