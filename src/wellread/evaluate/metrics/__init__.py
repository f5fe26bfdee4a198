"""Metrics, one file each, found by their file's stem.

A metric has `Params`, `applies(question)` and one of two ways to score:

* `score(question, answer, params)`: the text that the model wrote;
* `continuations(question)` and `score(question, likelihoods, params)`: the log-likelihoods (nats) that the model gives to
  these texts as its answer.

Both give None where the answer can't be read or the question can't be scored: that is counted, never guessed.
"""
