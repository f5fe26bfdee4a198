"""Where weights come from, how they load, save and generate."""
