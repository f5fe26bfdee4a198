"""wellread search where a writer behind a loopback server tells the papers: which of its styles teach best, each paid once."""

import json
import sys
from pathlib import Path

sys.path += [str(Path(__file__).parent), str(Path(__file__).parents[1] / "unit" / "providers")]

import inside
from server import Server
from test_search import trials
from test_teach_written import EXAM, TEXT, writer

RECIPE = """
model: {{name: {model}}}
corpus: {{papers: [melvanite]}}
augment: {{views: off}}
provider: {{name: "{url}", model: good-model}}
rewrite: {{styles: {{any_of: [article, interview]}}, languages: []}}
write: {{n: 3, kinds: [paraphrase]}}
rehearse: {{most: 0}}
train: {{epochs: {{low: 1, high: 3}}, batch_tokens: 400}}
examine: {{max_new_tokens: 4}}
search: {{sampler: random, winner_seeds: [7]}}
"""


def test_what_a_writer_wrote_is_paid_once(tmp_path: Path, tiny_folder: Path) -> None:
    """Two workers, three trials, then two more: whatever they try, no request is sent twice."""
    paper = tmp_path / "melvanite"
    paper.mkdir()
    (paper / "original.md").write_text(TEXT)
    further = {"id": "m2", "question": "For how long does Melvanite lie there?", "keywords": ["17 months"]}
    (paper / "questions.jsonl").write_text("".join(json.dumps(row) + "\n" for row in (EXAM, further)))
    with Server(answer=writer) as server:
        (tmp_path / "s.yaml").write_text(RECIPE.format(model=tiny_folder, url=server.url))
        for most, workers in ((3, 2), (5, 1)):
            done = inside.wellread("search", "s.yaml", "--trials", most, "--workers", workers, "--json", cwd=tmp_path)
            assert done.returncode == 0, done.stderr
            assert json.loads(done.stdout.splitlines()[-1])["trials"]["ended"] == most
        assert set(server.paid.values()) == {1}
    ended = [trial.user_attrs for trial in trials(tmp_path, "searches/s/search.db") if "texts" in trial.user_attrs]
    told = {tuple(one["settings"]["rewrite.styles"]): one["texts"]["total"] for one in ended}
    assert told
    known = {("article", "interview"): 2, ("article",): 2, ("interview",): 1}  # the interview has a wrong number
    assert told.items() <= known.items()
