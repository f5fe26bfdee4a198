"""Tiny real models and contract suites, for wellread's tests and for those of plug-ins kept elsewhere."""
