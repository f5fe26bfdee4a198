"""A folder, an archive or a dump of papers becomes a corpus: licensed, without duplicates, in chunks, split by paper."""
