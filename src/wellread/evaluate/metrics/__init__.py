"""Metrics, one file each, found by their file's stem.

A metric has `Params`, `applies(question)` and one of three ways to score:

* `score(question, answer, params)`: the text that the model wrote;
* `continuations(question)` and `score(question, likelihoods, params)`: the log-likelihoods (nats) that the model gives to
  these texts as its answer;
* `ask(question, answer, params)`, `read(reply, params)`, `worst(params)` and `score(question, marks, params)`: the marks that
  a language model gives to the answer. These count only where a judge is named.

All give None where the answer or the judge can't be read or the question can't be scored: that is counted, never guessed.
"""
