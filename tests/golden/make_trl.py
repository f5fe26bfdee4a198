# ruff: noqa: E402 - the cases lie beside the tests
"""Write trl.json: losses and gradients of TRL's trainers, for tests/contracts/test_objectives.py. Run it where trl is installed.

pip install -c constraints.txt 'wellread[oracles]' && python tests/golden/make_trl.py
"""

import json
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "contracts"))

from datasets import Dataset
from test_objectives import CASES, PAIRS, PREFERENCES, digest
from trl import DPOConfig, DPOTrainer, SFTConfig, SFTTrainer
from trl.experimental.orpo import ORPOConfig, ORPOTrainer

from wellread.models.load import chat_prompt
from wellread.testing import tiny


def prompt(text: str) -> str:
    """The user's turn as text; these tokenizers have no merges, so text and tokens are one."""
    tokenizer = tiny.tokenizer()
    return tokenizer.decode(chat_prompt(tokenizer, text))


def result(trainer) -> dict:
    trainer.model.eval()
    [batch] = list(trainer.get_train_dataloader())
    loss = trainer.compute_loss(trainer.model, trainer._prepare_inputs(batch))
    loss.backward()
    return {"loss": loss.item(), "gradients": digest(trainer.model)}


def main() -> None:
    end = tiny.tokenizer().eos_token
    pairs = Dataset.from_list([{"prompt": prompt(e.prompt), "completion": e.text + end} for e in PAIRS])
    preferences = Dataset.from_list(
        [{"prompt": prompt(e.prompt), "chosen": e.chosen + end, "rejected": e.rejected + end} for e in PREFERENCES]
    )
    with tempfile.TemporaryDirectory() as tmp:
        common = {
            "output_dir": tmp, "use_cpu": True, "bf16": False, "report_to": "none", "per_device_train_batch_size": 2,
            "gradient_checkpointing": False, "max_length": 400,
        }  # fmt: skip
        given = {"processing_class": tiny.tokenizer()}
        beta = {name: params.get("beta") for name, params in CASES.items()}
        done = {
            "sft": result(SFTTrainer(tiny.model(), SFTConfig(**common), train_dataset=pairs, **given)),
            "dpo": result(
                DPOTrainer(
                    tiny.model(),
                    tiny.model(seed=1),
                    DPOConfig(beta=beta["dpo"], **common),
                    train_dataset=preferences,
                    **given,
                )
            ),
            "orpo": result(
                ORPOTrainer(tiny.model(), ORPOConfig(beta=beta["orpo"], **common), train_dataset=preferences, **given)
            ),
        }
    done["made_with"] = {name: version(name) for name in ("trl", "torch", "transformers")}
    (HERE / "trl.json").write_text(json.dumps(done, indent=1) + "\n")


if __name__ == "__main__":
    main()
