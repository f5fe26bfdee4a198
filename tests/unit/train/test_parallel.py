"""What several processes must do alike."""

import os
import socket
import subprocess
import sys

STEP = """
from types import SimpleNamespace
from wellread.train.parallel import meet, number
from wellread.train.watch import Watch
rank = number()
meet()
watch = Watch(None, 1.0)
control = SimpleNamespace(should_save=False, should_training_stop=False)
asked = []
for late, stop in ((0, False), (61, False), (0, True)):
    watch.saved -= rank * late
    watch.asked = stop and rank == 0
    control.should_save = control.should_training_stop = False
    watch.on_step_end(None, SimpleNamespace(global_step=1, max_steps=9), control)
    watch.on_save()
    asked.append((control.should_save, control.should_training_stop))
print(asked)
"""


END = """
import os, sys
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
import torch, torch.distributed as dist
from torch.distributed.device_mesh import init_device_mesh
from wellread.train.parallel import follow, leading, together
def add():
    sys.setswitchinterval(1000)
    for going in [dist.all_reduce(torch.ones(2_000_000), async_op=True) for _ in range(4)]:
        going.wait()
if not follow():
    with leading():
        init_device_mesh("cpu", (1,))  # keeps the group alive, as FSDP2 does
        together(add)
add()
"""


def both(script: str) -> list[tuple[int, str]]:
    """How two processes of `script` ended, and what they said."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {**os.environ, "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port), "WORLD_SIZE": "2"}
    started = [
        subprocess.Popen(
            [sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, env={**env, "RANK": str(rank)}
        )
        for rank in (0, 1)
    ]
    try:
        said = [process.communicate(timeout=300)[0].strip() for process in started]
    finally:
        for process in started:
            process.kill()
    return [(process.returncode, words) for process, words in zip(started, said, strict=True)]


def test_processes_save_and_stop_together() -> None:
    """One process's clock says that a checkpoint is due, then the other one is told to stop."""
    assert both(STEP) == [(0, "[(False, False), (True, False), (True, True)]")] * 2


def test_processes_end_in_peace() -> None:
    """On one core, in a hurry: gloo's threads still hold what was sent last when the script is through."""
    assert both(END) == [(0, "")] * 2
