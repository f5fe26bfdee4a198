"""What counts as a letter in a paper's words."""

LETTER = "A-Za-zÀ-ÖØ-öø-ÿ"
