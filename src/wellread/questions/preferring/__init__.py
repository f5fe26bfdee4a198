"""Preference pairs: a right answer beside one that is wrong in a fact."""
