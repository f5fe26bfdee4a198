"""Artefacts on disk: manifest, fingerprint, resume, lock, provenance; progress and logs. Knows nothing of models."""
