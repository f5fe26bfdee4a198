"""Passages told anew by a language model, each rewrite checked before it counts."""
