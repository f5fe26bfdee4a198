"""Preservation checks, one file each: `check(pair, params)` yields what is wrong with a rewrite, in words for its writer."""
