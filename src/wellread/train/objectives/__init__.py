"""Objectives, one file each: `encode(example, tokenizer)` makes sequences, `loss(model, batch, params)` scores them.

`TAKES` says what an objective learns from: "text" and "pair" are Examples without and with a prompt, "preference" is a
Preference, which becomes two sequences, chosen and rejected. An objective with `prepare(model, encoded, tokenizer, params)`
gets one look at the untrained model: the tensors that it returns for each sequence come with every batch, joined along their
first axis.
"""
