"""What the untrained model says today, so that it still says it when it has been taught."""
