"""Texts, questions and preferences as a data set that others can load: the hub's layout, a card, licences checked."""
