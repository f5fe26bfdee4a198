"""Kinds of questions, a file each: how a language model is asked to write them."""
