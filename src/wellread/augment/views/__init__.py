"""One file, one view: a way to restate a passage. The file's stem is the name that recipes use."""
