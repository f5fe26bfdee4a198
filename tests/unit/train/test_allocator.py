"""Freed memory is kept: a second round of large pieces costs hardly a page fault."""

import subprocess
import sys

import pytest

ROUNDS = """
import resource
from wellread.train.allocator import keep_freed_memory
faults = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_minflt
def round_():
    pieces = [b"x" * (3 << 20) for _ in range(8)]
keep_freed_memory() if {keep} else None
round_()
before = faults()
for _ in range(5):
    round_()
print(faults() - before)
"""


def faults(keep: bool) -> int:
    done = subprocess.run([sys.executable, "-c", ROUNDS.format(keep=keep)], capture_output=True, text=True, check=True)
    return int(done.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's malloc")
def test_what_was_freed_is_used_again() -> None:
    assert faults(keep=True) < faults(keep=False) / 10
