"""Questions written by a language model from passages, each checked before it counts."""
