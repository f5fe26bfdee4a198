"""What a search seeks, one file each: `DIRECTION`, `Params` and `value(outcome, params)`."""
