"""Ways to make a right answer wrong in one fact, a file each."""
