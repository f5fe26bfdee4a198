"""Searches: a space of settings, what is sought in it, and the study that several workers share."""
