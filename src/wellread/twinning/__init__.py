"""The way of `wellread twin`: the same paper with other facts, to see whether answers follow what was taught."""
