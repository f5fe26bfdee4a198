"""Parsers: a file `parsers/NAME.py` reads one format. Each has READS, Params, claims() and parse()."""
