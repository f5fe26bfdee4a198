"""Searches wired to what they run: the plan, the room where trials are taught and examined, the workers, the winner."""
