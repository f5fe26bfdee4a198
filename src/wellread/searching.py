"""Searches wired to what they run."""
