"""Objectives, one file each: `encode(example, tokenizer)` makes sequences, `loss(model, batch)` scores them."""
