"""The winner of a search is taught anew with each seed once, whatever seeds are asked for later."""

from pathlib import Path
from typing import Any

from wellread.records import Score
from wellread.search.config import SearchConfig
from wellread.search.outcome import Outcome
from wellread.search.space import space_of
from wellread.search.storage import library
from wellread.searching.plan import Search
from wellread.searching.winner import crown

EXAMPLES = Path(__file__).parents[3] / "examples"
RECIPE = f"""
corpus: {{papers: [{EXAMPLES}/development/polyether]}}
train: {{epochs: {{low: 1, high: 2}}}}
"""


class Room:
    """A formula in the place of a training."""

    def __init__(self) -> None:
        self.seeds: list[int] = []

    def teach(self, config: Any, _name: str, part: tuple[str, ...]) -> dict[str, Outcome]:
        self.seeds.append(config.train.seed)
        scores = {m: Score(value=config.train.seed / 10, n=10) for m in ("soft", "strict")}
        done = Outcome(
            closed_book=scores, floor=scores, texts={"target": 1}, tokens={"target": 1}, epochs=1, exposures=1,
            seconds={"total": 1},
        )  # fmt: skip
        return dict.fromkeys(part, done)


def plan(recipe: Path, **overrides: Any) -> Any:
    recipe.write_text(RECIPE)
    return Search(recipe, overrides).plan


def test_each_seed_is_taught_once(tmp_path: Path) -> None:
    study = library().create_study(direction="maximize")
    study.enqueue_trial({"train.epochs": 2})
    trial = study.ask()
    space_of({"train": {"epochs": {"low": 1, "high": 2}}})[0].suggest(trial)
    study.tell(trial, 0.5)
    taught = []
    for seeds in ((1, 2), (1,), (2, 3), (1, 2, 3)):
        room: Any = Room()
        crown(study, plan(tmp_path / "s.yaml", **{"search.winner_seeds": list(seeds)}), room)
        taught.append(room.seeds)
    assert taught == [[1, 2], [], [3], []]
    assert study.user_attrs["winner"]["seeds"] == [1, 2, 3]
    assert study.user_attrs["winner"]["test"] == [0.1, 0.2, 0.3]


def test_trials_on_other_questions_are_another_study(tmp_path: Path) -> None:
    questions = EXAMPLES / "development" / "polyether" / "questions.jsonl"

    def examination(**search: Any) -> Any:
        made = plan(tmp_path / "s.yaml", **{f"search.{k}": v for k, v in search.items()})
        return made.wanted({}).identity["examination"]

    usual = examination()
    assert usual == {"kept": SearchConfig().kept_questions, "test_share": 0.5}
    assert examination(winner_seeds=[5]) == usual
    others = [examination(winner_seeds=[]), examination(test_questions=[str(questions)])]
    assert usual not in others
    assert others[0] != others[1]
    assert examination(test_papers=[str(EXAMPLES / "test")]) == others[0]
