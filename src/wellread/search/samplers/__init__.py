"""How a search chooses its next trial, one file each: `Params`, `make(params, seed)`; `QUEUES` where all is known at once."""
