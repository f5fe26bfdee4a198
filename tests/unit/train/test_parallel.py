"""What several processes must do alike."""

import os
import subprocess
import sys
from pathlib import Path

STEP = """
import sys
from types import SimpleNamespace
import torch.distributed as dist
from wellread.train.watch import Watch
rank = int(sys.argv[1])
dist.init_process_group("gloo", init_method="file://" + sys.argv[2], rank=rank, world_size=2)
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


def test_processes_save_and_stop_together(tmp_path: Path) -> None:
    """One process's clock says that a checkpoint is due, then the other one is told to stop."""
    started = [
        subprocess.Popen(
            [sys.executable, "-c", STEP, str(rank), str(tmp_path / "meeting")],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "WORLD_SIZE": "2", "RANK": str(rank)},
        )
        for rank in (0, 1)
    ]
    try:
        said = [process.communicate(timeout=300)[0].strip() for process in started]
    finally:
        for process in started:
            process.kill()
    assert said == ["[(False, False), (True, False), (True, True)]"] * 2
