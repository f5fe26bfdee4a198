"""wellread report through the command line: searches, logs, figure files, and what it says to bad input."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import lxml.html
import numpy as np
import pytest

from wellread.cli import app
from wellread.errors import ConfigError, InputError
from wellread.testing.stores import published_like, search_like

pytest.importorskip("optuna")
pytest.importorskip("sklearn")


def run(*args: object) -> None:
    app([str(a) for a in args], standalone_mode=False)


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    return published_like(tmp_path_factory.mktemp("store") / "published.db", trials=60, valued=50)


def test_a_published_study_becomes_a_page_with_its_correlations(published, tmp_path, capsys):
    page, folder = tmp_path / "r.html", tmp_path / "figures"
    run("report", published, "--study", "optuna_study16", "--out", page, "--csv", folder, "--json")
    data = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (data["trials"], data["valued"]) == (60, 50)
    by_name = {c["name"]: c["pearson"] for c in data["correlations"]}
    assert by_name["lr (log)"][1] > 0.5  # low end of the interval: what the data were made with
    assert by_name["n_irrelevant"][2] < 0
    assert by_name["r"][1] < 0 < by_name["r"][2]
    assert next(iter(data["importance"])) == "lr"
    assert sum(data["importance"].values()) == pytest.approx(1)
    assert data["report"] == str(page)
    assert {Path(f).stem for f in data["files"]} == set(data["figures"])
    html = lxml.html.document_fromstring(page.read_text())
    assert len(list(html.iter("svg"))) == len(data["figures"]) == 8
    assert set(data["left_out"]) & {"Pareto front"}


def test_the_objective_as_published_is_shown_instead(published, tmp_path, capsys):
    run("report", published, "--objective", "gain-by-total", "--floor", "0.1", "--out", tmp_path / "r.html")
    said = capsys.readouterr().out
    assert "(value − floor) × log10 of all texts" in said
    assert "correlation with" in said


def test_a_search_of_ours_shows_its_winner_beside_its_best(tmp_path, capsys):
    search_like(f"sqlite:///{tmp_path}/s.db", winner=True, trials=9)
    run("report", tmp_path / "s.db", "--out", tmp_path / "r.html")
    said = capsys.readouterr().out
    assert "Trained again with 3 new seeds, the winner scores 0.55 on test questions." in said
    assert said.splitlines()[-1] == f"Report: {tmp_path / 'r.html'}"


def test_published_logs_are_scored_again(tmp_path, capsys):
    rows = [{"question": "How hot?", "prediction": "It is 146 °C.", "keywords": ["146 °C"], "score": 1}]
    (tmp_path / "a.json").write_text(json.dumps({"results": rows}))
    (tmp_path / "b.jsonl").write_text(
        "\n".join(json.dumps({**r, "prediction": "no idea", "score": 1}) for r in rows * 2)
    )
    run("report", tmp_path / "a.json", tmp_path / "b.jsonl", "--out", tmp_path / "r.html", "--json", "--csv", tmp_path)
    data = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert [log["scores"]["strict"]["value"] for log in data["logs"]] == [1.0, 0.0]
    assert [log["agreement"] for log in data["logs"]] == [1.0, 0.0]
    assert (tmp_path / "published.csv").read_text().startswith("log,score,value,low,high,n")
    assert "Published answers, scored again" in (tmp_path / "r.html").read_text()


def write_log(folder, texts: int) -> None:
    """A log as the seed's authors wrote them: an object after each epoch, with settings, score and every answer."""
    records = [
        {"lr": 10.0**-power, "n_irrelevant_texts": texts, "layers": {"q_proj": power > 4, "v_proj": True}, "epoch": epoch,
         "model_name": "tiny", "log_filepath": f"logs/{texts}-{power}-{epoch}", "loss_dict": {"0": {"loss": 1.5}},
         "score": round(1 / (texts * power), 3),
         "pred_log": [{"problem": "You are a great scientist.\n[Question] How hot is Quor?\n[Answer] ", "answer": "It melts at 146 °C.",
                       "pred": "146 degrees, no: 146 °C" if power > 4 else "warm", "score": 0.5}]}
        for power in (3, 4, 5, 6) for epoch in (1, 2)
    ]  # fmt: skip
    (folder / f"{texts}.json").write_text(json.dumps(records))


def test_answers_are_scored_by_keys_given_beside_a_log_that_has_none(tmp_path, capsys):
    write_log(tmp_path, 10)
    keys = tmp_path / "keys.jsonl"
    keys.write_text(
        json.dumps({"id": "q", "question": "How hot is Quor?", "keywords": ["146 °C", "Quor"]})
    )  # soft counts what the question says itself
    run("report", tmp_path / "10.json", "--questions", keys, "--out", tmp_path / "r.html", "--json")
    [log] = json.loads(capsys.readouterr().out.splitlines()[-1])["logs"]
    assert (log["scores"]["soft"]["value"], log["scores"]["strict"]["value"], log["rows"], log["asked"]) == (
        0.25,
        0.5,
        8,
        1,
    )
    assert "8 answers to 1 question" in (tmp_path / "r.html").read_text()
    run("report", tmp_path / "10.json", "--out", tmp_path / "r.html", "--json")
    assert "strict" not in json.loads(capsys.readouterr().out.splitlines()[-1])["logs"][0]["scores"]
    keys.write_text(json.dumps({"id": "q", "question": "How cold is Quor?", "keywords": ["146 °C"]}))
    with pytest.raises(InputError, match="none of these questions stands in the logs"):
        run("report", tmp_path / "10.json", "--questions", keys)


def test_logs_with_settings_are_drawn_as_a_search(tmp_path, capsys):
    for texts in (10, 100, 1000):
        write_log(tmp_path, texts)
    logs = [tmp_path / f"{n}.json" for n in (10, 100, 1000)]
    run("report", *logs, logs[0], "--trials", "--out", tmp_path / "r.html", "--json")
    data = json.loads(capsys.readouterr().out.splitlines()[-1])
    found = {c["name"]: (c["pearson"][0], c["n"]) for c in data["correlations"]}
    assert set(found) == {"lr (log)", "n_irrelevant_texts (log)", "layers.q_proj", "epoch"}
    scores = [round(1 / (texts * power), 3) for texts in (10, 100, 1000) for power in (3, 4, 5, 6) for _ in (1, 2)]
    logs_of = [float(power) for texts in (1, 2, 3) for power in (3, 4, 5, 6) for _ in (1, 2)]
    assert found["lr (log)"][0] == pytest.approx(-np.corrcoef(logs_of, scores)[0, 1], abs=1e-3)
    assert found["epoch"] == (pytest.approx(0, abs=1e-9), 24)


def test_numbers_that_no_figure_can_show_are_no_settings(tmp_path, capsys):
    rows = [{"lr": 10.0**-k, "seed": 10**400 + k, "nan": float("nan"), "score": k / 10} for k in range(2, 8)]
    (tmp_path / "a.json").write_text(json.dumps([*rows, {"lr": 1, "score": 10**400}, {"lr": 1, "score": True}]))
    run("report", tmp_path / "a.json", "--trials", "--out", tmp_path / "r.html", "--json")
    data = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (data["trials"], [c["name"] for c in data["correlations"]]) == (6, ["lr (log)"])


@pytest.mark.parametrize(
    ("args", "error", "said"),
    [
        (["q.json", "--trials"], InputError, "no trials of different settings"),
        (["p.db", "--trials"], ConfigError, "are for logs"),
        (["q.json", "--trials", "--questions", "q.json"], ConfigError, "Give one of them"),
        (["missing.db"], InputError, "no such file or folder: missing.db"),
        (["missing.db", "--study", "x"], InputError, "no such file or folder: missing.db"),
        (["p.db", "--study", "optuna_study1"], InputError, "Did you mean 'optuna_study16'"),
        (["p.db", "--role", "lr=lrr"], ConfigError, "Did you mean 'lr'"),
        (["p.db", "--role", "lr"], ConfigError, "numeric parameter ''"),
        (["p.db", "--value", "x"], ConfigError, "unknown --value 'x'"),
        (["p.db", "--objective", "x"], ConfigError, "unknown --objective 'x'"),
        (["p.db", "q.json"], InputError, "one store at a time"),
        (["q.json", "--study", "x"], ConfigError, "are for searches"),
        (["q.json"], InputError, "holds no answers"),
        (["note.txt"], InputError, "no run, no store of a search and no result log"),
        (["."], InputError, "not a wellread run"),
        (["p.db", "--out", "p.db"], ConfigError, "is the file to be reported on"),
        (["p.db", "--out", "note.txt/r.html"], ConfigError, "can't be written to"),
        (["p.db", "--csv", "note.txt"], InputError, "no folder that figures can be put into"),
    ],
)
def test_bad_input_is_one_line(tmp_path, monkeypatch, args, error, said):
    monkeypatch.chdir(tmp_path)
    published_like(tmp_path / "p.db", 5, 5)
    (tmp_path / "q.json").write_text("{}")
    (tmp_path / "note.txt").write_text("hello")
    with pytest.raises(error) as caught:
        run("report", *args)
    assert said in str(caught.value)
    assert (tmp_path / "p.db").read_bytes().startswith(b"SQLite")
    assert "\n" not in str(caught.value)


def test_a_damaged_store_ends_with_code_2_and_no_traceback(tmp_path):
    (tmp_path / "cut.db").write_bytes(published_like(tmp_path / "p.db", 5, 5).read_bytes()[:20_000])
    done = subprocess.run(
        [sys.executable, "-c", "from wellread.cli import main; main()", "report", "cut.db"],
        cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "damaged" in done.stderr


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("chromium"), reason="no browser to draw the page with")
def test_a_browser_draws_it_light_and_dark_and_prints_it(published, tmp_path):
    run("report", published, "--out", tmp_path / "r.html")
    common = [
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--hide-scrollbars",
        f"--user-data-dir={tmp_path}/u",
    ]
    page = (tmp_path / "r.html").as_uri()
    looks = {"light": [], "dark": ["--blink-settings=preferredColorScheme=0"]}
    for name, options in looks.items():
        shot = [*common, *options, f"--screenshot={tmp_path}/{name}.png", "--window-size=1200,3000", page]
        subprocess.run(shot, capture_output=True, timeout=180, check=True, env=os.environ)
    subprocess.run([*common, f"--print-to-pdf={tmp_path}/r.pdf", page], capture_output=True, timeout=180, check=True)
    light, dark = ((tmp_path / f"{name}.png").read_bytes() for name in looks)
    assert min(len(light), len(dark)) > 60_000  # an empty page is a few kilobytes
    assert light != dark
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")
