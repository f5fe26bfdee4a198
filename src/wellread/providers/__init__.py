"""Who writes text for us: an HTTP endpoint, a model in process, a recording; with cache, retries and a budget."""
