"""Styles, one file each: `prompt(passage, params)` asks a language model to tell a passage in that way."""
