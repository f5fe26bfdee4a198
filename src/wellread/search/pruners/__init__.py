"""When a trial is ended early, one file each: `Params` and `make(params)`."""
