"""Model sources, one file each: `claims(name)`, then `fetch(name) -> Path` of a plain model folder."""
