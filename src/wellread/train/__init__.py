"""Training: adapters, data, objectives and the one loop."""
