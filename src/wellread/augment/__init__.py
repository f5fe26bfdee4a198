"""The same facts, said differently: views that restate a passage without any language model."""
