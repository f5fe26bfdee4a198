"""Which device, and which number format pays on it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast, get_args

from wellread.errors import ConfigError, UnknownNameError

if TYPE_CHECKING:
    import torch

DeviceName = Literal["auto", "cpu", "cuda", "mps"]
Precision = Literal["auto", "fp32", "bf16"]


@dataclass(frozen=True)
class Device:
    """Where the work is done and how training computes. Weights are kept in 32 bits either way."""

    name: str
    precision: Literal["fp32", "bf16"]
    why: str

    @property
    def torch(self) -> "torch.device":
        """The torch device."""
        import torch

        return torch.device(self.name)

    def __str__(self) -> str:
        return f"{self.name}, {self.precision} ({self.why})"


PROCESSOR = Device("cpu", "fp32", "works everywhere")


def choose(name: DeviceName = "auto", precision: Precision = "auto") -> Device:
    """The device to work on, and bf16 arithmetic only where the chip has it.

    A CPU without bf16 instructions emulates it: matrix products were 100 times slower than in fp32 on an AVX2 machine,
    and 2.4 times faster on one with AMX. Cards before Ampere (T4, V100) emulate it, too. Raises ConfigError for a device
    that isn't there.
    """
    import torch

    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "cpu"
    if name == "cuda" and not torch.cuda.is_available():
        raise ConfigError(
            "device cuda: torch sees no CUDA device", "Use --device cpu, or install a CUDA build of torch."
        )
    if name == "mps" and not torch.backends.mps.is_available():
        raise ConfigError("device mps: torch sees no Apple GPU", "Use --device cpu.")
    if precision != "auto":
        return Device(name, precision, "as asked")
    if name == "cuda":
        good = torch.cuda.is_bf16_supported(including_emulation=False)
        return Device(name, "bf16" if good else "fp32", torch.cuda.get_device_name())
    if name == "cpu" and cpu_has_bf16():
        return Device(name, "bf16", f"{_threads()}, the processor has bf16 instructions")
    threads = f"{_threads()}, " if name == "cpu" else ""
    return Device(name, "fp32", f"{threads}no fast bf16 here")


def check(name: str) -> DeviceName:
    """`name` as a device's name. Raises UnknownNameError."""
    for known in get_args(DeviceName):
        if name == known:
            return cast(DeviceName, known)
    raise UnknownNameError("device", name, get_args(DeviceName))


def cpu_has_bf16() -> bool:
    """Whether this processor multiplies bf16 matrices in hardware (AMX or AVX512-BF16)."""
    import torch

    return bool(torch.cpu._is_amx_tile_supported() or torch.cpu._is_avx512_bf16_supported())


def _threads() -> str:
    import torch

    n = torch.get_num_threads()
    return f"{n} thread{'s' * (n != 1)}"
