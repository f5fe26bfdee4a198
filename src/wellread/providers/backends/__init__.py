"""The kinds of provider, one file each: `TITLE` and `connect(config)`, which gives a `Backend`."""
