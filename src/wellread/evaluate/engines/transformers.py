"""transformers: the model as it was trained, in 32 bits; the reference that other engines are compared with.

Source: wellread.models.generate. Use it where numbers are to be compared with anyone else's.
"""

from wellread.evaluate.examinee import Examinee, Local
from wellread.models.device import DeviceName
from wellread.models.resolve import Model


def ready(model: Model, device: DeviceName) -> tuple[str, Examinee]:
    """The model itself."""
    return model.revision, Local(model.path, device)
