"""The figures of a search, one file each: `TITLE`, `PLACE` (order on the page), `draw(material)`."""
