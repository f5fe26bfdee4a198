"""The way of `wellread evaluate`: any model in; what it learned, forgot and mistook out, in one table on one page."""
