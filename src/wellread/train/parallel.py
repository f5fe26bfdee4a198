"""Several processes, one training: which of them leads, and how they share a model (torchrun and accelerate start them)."""

import atexit
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wellread.errors import ConfigError
from wellread.train.config import TrainConfig

if TYPE_CHECKING:
    from wellread.train.prepare import Prepared


def processes() -> int:
    """How many processes work on this training."""
    return int(os.environ.get("WORLD_SIZE", "1"))


def number() -> int:
    """Which of them this one is, from 0 on."""
    return int(os.environ.get("RANK", "0"))


def lead() -> bool:
    """Whether this process writes what all of them made."""
    return number() == 0


def ready() -> None:
    """Wait until every process is here."""
    import torch.distributed as dist

    if processes() > 1 and dist.is_initialized():
        dist.barrier()


def agreed(*asked: bool) -> list[bool]:
    """For each of `asked`, whether any process asks for it.

    Clocks, signals and parts of a batch differ between processes. Were one of them to save or to stop alone, the others
    would wait for it for ever.
    """
    import torch
    import torch.distributed as dist

    if processes() == 1 or not dist.is_initialized():
        return list(asked)
    flags = torch.tensor(asked, dtype=torch.int32)
    dist.all_reduce(flags, op=dist.ReduceOp.MAX)
    return [bool(flag) for flag in flags]


_under_lead = False


@contextmanager
def leading() -> Iterator[None]:
    """This process does what only one may; `together` calls the others in, and at the end they are sent home."""
    global _under_lead
    if processes() > 1:
        meet()
        _under_lead = True
    yield
    if processes() > 1:
        _broadcast(None)
        _under_lead = False


def follow() -> bool:
    """In a process that doesn't lead: join in what the leader calls for until it's done, then True. Else False."""
    if lead():
        return False
    from wellread.runs import progress

    progress.set_mode("silent")
    meet()
    while (work := _broadcast(None)) is not None:
        do, given, named = work
        do(*given, **named)
    return True


def together(do: Callable[..., Any], *given: Any, **named: Any) -> Any:
    """`do(...)` in every process; the leader's result."""
    if _under_lead:
        _broadcast((do, given, named))
    return do(*given, **named)


def meet() -> None:
    """Let the processes find one another, if they haven't yet, by what the launcher told them."""
    import torch
    import torch.distributed as dist

    if torch.cuda.is_available():  # or every process would begin on the first card
        torch.cuda.set_device(int(os.environ.get("LOCAL_RANK", "0")))
    if not dist.is_initialized():
        dist.init_process_group("cpu:gloo,cuda:nccl" if torch.cuda.is_available() else "gloo")
        # gloo's threads let go of the last tensors a moment after the answer is here, and need Python for that. Where it is
        # ending by then, they abort the process (pytorch/pytorch#190489).
        atexit.register(time.sleep, 0.2)


def _broadcast(work: Any) -> Any:
    import torch.distributed as dist

    box = [work]
    dist.broadcast_object_list(box, src=0)
    return box[0]


def check_sharing(config: TrainConfig, device: str) -> None:
    """Raise ConfigError where there is nothing to share a model out over, or nothing to do it with."""
    if config.offload and config.shard not in ("zero2", "zero3"):
        raise ConfigError("train.offload goes with zero2 and zero3", "Set train.shard to one of them, or leave it out.")
    if config.shard == "none":
        return
    if processes() == 1 and device == "cpu":
        what = f"train.shard: {config.shard} shares a model out over several processes; this is one"
        raise ConfigError(
            what, "Start with torchrun --nproc_per_node 2 -m wellread train ..., or leave train.shard out."
        )
    if config.shard != "fsdp" and find_spec("deepspeed") is None:
        raise ConfigError(f"train.shard: {config.shard} needs DeepSpeed", "DS_BUILD_OPS=0 pip install deepspeed")


def share_out(args: Any) -> None:
    """Let accelerate treat processes on CPUs as it treats GPUs: it turns to FSDP2 for the latter alone, and doesn't say so.

    `args` are the Trainer's, with what `sharing` says of FSDP. From here on it is accelerate's own FSDP2, over gloo.
    """
    from accelerate.state import AcceleratorState, PartialState
    from accelerate.utils import DistributedType, FullyShardedDataParallelPlugin

    state = AcceleratorState()
    # A later look at the state copies the one of PartialState over it, so both are told.
    for shared in (PartialState._shared_state, state._shared_state):
        shared["distributed_type"] = DistributedType.FSDP
    state._shared_state["fsdp_plugin"] = FullyShardedDataParallelPlugin(**args.fsdp_plugin_args)


def sharing(config: TrainConfig) -> dict[str, Any]:
    """The Trainer's settings for `config.shard`."""
    if config.shard == "none":
        return {"ddp_find_unused_parameters": False} if processes() > 1 else {}
    if config.shard == "fsdp":
        return {"fsdp": True, "fsdp_config": {"version": 2, "state_dict_type": "FULL_STATE_DICT"}}
    device = {"device": "cpu", "pin_memory": False}
    stage: dict[str, Any] = {"stage": int(config.shard[-1]), "stage3_gather_16bit_weights_on_model_save": True}
    if config.offload:
        stage["offload_optimizer"] = device
    return {
        "deepspeed": {
            "zero_optimization": stage,
            "zero_force_ds_cpu_optimizer": False,
            "train_micro_batch_size_per_gpu": 1,
            "gradient_accumulation_steps": 1,
            "gradient_clipping": config.max_grad_norm,
        }
    }


def really(model: Any) -> str:
    """What runs, as seen on the model itself and not in the settings."""
    kind = type(model).__name__
    sharded = sum(type(p).__name__ == "DTensor" for p in model.parameters())
    whole = sum(1 for _ in model.parameters())
    if sharded:
        return f"{processes()} processes, FSDP2: {sharded} of {whole} parameters sharded"
    if processes() == 1:
        return "one process"
    if kind == "DeepSpeedEngine":
        aside = ", the optimiser in the processor's memory" if model.zero_use_cpu_optimizer() else ""
        return f"{processes()} processes, DeepSpeed ZeRO-{model.zero_optimization_stage()}{aside}"
    return (
        f"{processes()} processes, {'data parallel (DDP)' if kind == 'DistributedDataParallel' else 'each for itself'}"
    )


def whole(parameter: Any) -> Any:
    """A parameter's values as one tensor, wherever it was shared out. Every process must ask for it, in the same order."""
    if hasattr(parameter, "full_tensor"):  # by FSDP2
        return parameter.detach().full_tensor()
    if hasattr(parameter, "ds_id"):  # by ZeRO-3
        from deepspeed.zero import GatheredParameters

        with GatheredParameters([parameter]):
            return parameter.detach().clone()
    return parameter.detach()


def gathered(loop: Any, ready: "Prepared", base: Path) -> Any:
    """The trained model, whole again where it was shared out (a new one, loaded from `base` and filled)."""
    if ready.config.shard in ("none", "zero2"):
        return ready.model
    from transformers.integrations import unset_hf_deepspeed_config

    from wellread.train.adapt import adapt, load_base

    state = loop.accelerator.get_state_dict(loop.model_wrapped)
    unset_hf_deepspeed_config()  # with it in force, a model is loaded without its weights
    whole = adapt(load_base(base, ready.config, ready.device), ready.config)
    if lead():
        whole.load_state_dict(state)
    return whole
