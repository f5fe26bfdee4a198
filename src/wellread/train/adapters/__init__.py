"""Ways to train a model, one file each: `adapt(model, config)` readies it, `fold(model)` makes it plain again."""
