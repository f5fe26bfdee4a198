"""What a paper must be like to be kept: each module has `Params` and `check(draft, params)`, the reason or None."""
