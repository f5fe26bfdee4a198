"""The page of a search: what was found, figures, every table, provenance. Whoever ran it."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from wellread import plugins
from wellread.report import pareto
from wellread.report.drawing import Drawing, LackingError
from wellread.report.material import Material
from wellread.report.page import whole
from wellread.report.study_summary import OPTIMISTIC, scores, seconds, state, states, summarise, told, winner
from wellread.report.terminal import aligned
from wellread.report.wording import count, duration, number, plain, signed, visible
from wellread.studies import Parameter, Trial

FIGURES = "wellread.report.figures"
_MEANING = {
    "lr": "learning rate", "epochs": "epochs", "unrelated": "unrelated texts", "total": "all texts",
    "texts": "texts about the subject", "instructions": "instructions",
}  # fmt: skip


def draw(material: Material) -> tuple[dict[str, tuple[str, Drawing]], dict[str, str]]:
    """The figures that can be drawn: name -> title and drawing; and title -> what is missing for the others."""
    found = {name: plugins.load(FIGURES, name) for name in plugins.names(FIGURES)}
    drawn, lacking = {}, {}
    for name, figure in sorted(found.items(), key=lambda f: f[1].PLACE):
        try:
            drawn[name] = (figure.TITLE, figure.draw(material))
        except LackingError as error:
            lacking[figure.TITLE] = str(error)
    return drawn, lacking


def render(material: Material, drawn: Mapping[str, tuple[str, Drawing]], lacking: Mapping[str, str]) -> str:
    """The page as one self-contained HTML text."""
    study, head = material.study, _columns(material)
    best = [_row(material, r.trial) for r in material.best_first[:10]]
    front = [_row(material, t) for t in pareto.front(study)] if len(study.metrics) > 1 else []
    return whole(
        "study_page.html.j2",
        title=study.name,
        brand="search",
        parts=[
            ("winner", "Winner", winner(study)), ("figures", "Figures", drawn), ("best", "Best trials", best),
            ("settings", "Settings", study.parameters), ("trials", "All trials", study.trials),
            ("provenance", "Provenance", True),
        ],
        summary=summarise(material),
        notes=_notes(material),
        material=material, study=study, figures=drawn, lacking=lacking, head=head, best=best, front=front,
        all=[_row(material, t) for t in study.trials], winner=_winner(material), optimistic=OPTIMISTIC,
        states=states(study), ranges=[_range(material, p) for p in study.parameters], provenance=_provenance(material),
    )  # fmt: skip


def _notes(material: Material) -> list[str]:
    study, notes = material.study, []
    errors = Counter(str(t.attrs["error"]) for t in study.trials if t.attrs.get("error"))
    notes += [f"{count(n, 'trial')} ended with: {error}" for error, n in errors.most_common(5)]
    if "wellread" not in study.attrs and material.roles:
        taken = "; ".join(f"{_MEANING[role]}: {' + '.join(names)}" for role, names in material.roles.items())
        notes.append(
            f"This search wasn't run by wellread. By their names these parameters were taken for {taken}. Say otherwise with --role."
        )
    earlier = len((winner(study) or {}).get("earlier") or ())
    if earlier:
        notes.append(
            f"The test questions had been used before, for {count(earlier, 'earlier winner')}: they are less fresh than they should be."
        )
    pruned = sum(t.state == "pruned" and bool(t.values) for t in study.trials)
    if pruned:
        notes.append(
            f"{count(pruned, 'pruned trial')} had a value when ended early; as that isn't an end's, it isn't counted."
        )
    collapsed = sum(bool(t.attrs.get("collapsed")) for t in study.trials)
    if collapsed:
        notes.append(f"{collapsed} of {len(study.trials)} trials collapsed; they count with the score that they got.")
    return notes


def _columns(material: Material) -> list[str]:
    extra = ["strict", "95% interval"] if material.examined else []
    goal = [] if material.aim == "value" else [material.goal]
    return [
        "trial",
        "state",
        *goal,
        *material.study.metrics,
        *extra,
        *(p.name for p in material.study.parameters),
        "time",
    ]


def _row(material: Material, trial: Trial) -> list[str]:
    row = material.by_number.get(trial.number)
    cells = [str(trial.number), state(trial)]
    if material.aim != "value":
        cells.append("–" if row is None else plain(row.goal))
    values = [trial.value(i) for i in range(len(material.study.metrics))]
    cells += ["–" if v is None else plain(v) for v in values]
    if material.examined:
        known = row is not None and row.low is not None and row.high is not None
        cells += [
            number(row.score) if row else "–",
            f"{number(row.low)} to {number(row.high)}" if known and row else "–",
        ]
    cells += [told(trial.params[p.name]) if p.name in trial.params else "–" for p in material.study.parameters]
    took = seconds(trial)
    return [*cells, "–" if took is None else duration(took)]


def _range(material: Material, parameter: Parameter) -> list[str]:
    if parameter.choices:
        span = ", ".join(told(c) for c in parameter.choices)
    else:
        span = f"{plain(parameter.low or 0.0)} to {plain(parameter.high or 0.0)}" + (", log" if parameter.log else "")
    share = "–" if isinstance(material.importance, str) else number(material.importance.get(parameter.name))
    return [parameter.name, span, share]


def _winner(material: Material) -> list[tuple[str, str, str]]:
    """Rows of the table that shows the search's best beside the winner's second training."""
    found = winner(material.study)
    if not found or not material.rows:
        return []
    shown = [("search's best, on development questions", plain(material.best_first[0].goal), "1")]
    for label, key in (
        ("trained again, development questions", "development"),
        ("trained again, test questions", "test"),
    ):
        values = scores(found.get(key))
        if values:
            spread = f" ({', '.join(number(v) for v in values)})" if len(values) > 1 else ""
            shown.append((label, f"{number(sum(values) / len(values))}{spread}", str(len(values))))
    return shown


def _provenance(material: Material) -> list[tuple[str, str]]:
    study = material.study
    noted = study.attrs.get("wellread")
    rows = [("Store", study.source), ("Study", study.name)]
    rows += [("Objective", f"{m}, {d}") for m, d in zip(study.metrics, study.directions, strict=True)]
    if material.aim != "value":
        rows.append(("Shown as", material.goal))
    if isinstance(noted, Mapping):
        rows += [(k.capitalize(), visible(str(v))) for k, v in noted.items() if k != "objectives"]
    rows += [
        ("Note " + k, visible(str(v))[:2000])
        for k, v in study.attrs.items()
        if k not in ("wellread", "winner", "floor")
    ]
    return rows


def render_text(material: Material) -> str:
    """The search in a few lines and two tables, for a terminal."""
    summary = summarise(material)
    parts = [visible(" ".join(filter(None, [summary.alarm, summary.lead])))]
    if material.rows and not winner(material.study):
        parts.append(OPTIMISTIC)
    if material.rows:
        rows = [_row(material, r.trial) for r in material.best_first[:5]]
        keep = [i for i in range(len(rows[0])) if i < 9]
        parts.append(aligned([[r[i] for i in keep] for r in [_columns(material), *rows]]))
    if material.correlations:
        table = [["correlation with " + material.goal, "Pearson", "95% interval", "Spearman", "95% interval", "trials"]]
        for c in material.correlations:
            spans = [(signed(v), f"{signed(low)} to {signed(high)}") for v, low, high in (c.pearson, c.spearman)]
            table.append([c.name, *spans[0], *spans[1], str(c.n)])
        parts.append(aligned(table))
    return "\n\n".join(parts) + "\n"


def as_json(material: Material, drawn: Mapping[str, Any], lacking: Mapping[str, str]) -> dict[str, Any]:
    """The same as one JSON object."""
    best = material.best_first[0] if material.rows else None
    return {
        "study": material.study.name, "trials": len(material.study.trials), "valued": len(material.rows),
        "states": states(material.study), "objective": material.goal, "roles": {k: list(v) for k, v in material.roles.items()},
        "best": best and {"trial": best.trial.number, "value": best.goal, "params": best.trial.params},
        "winner": material.study.attrs.get("winner"),
        "correlations": [{"name": c.name, "pearson": c.pearson, "spearman": c.spearman, "n": c.n} for c in material.correlations],
        "importance": material.importance if isinstance(material.importance, dict) else None,
        "front": [t.number for t in pareto.front(material.study)] if len(material.study.metrics) > 1 else None,
        "figures": list(drawn), "left_out": dict(lacking),
    }  # fmt: skip
