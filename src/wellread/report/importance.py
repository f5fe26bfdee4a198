"""Which parameters matter: their shares in the variance of the objective, by functional ANOVA over a random forest.

Source: Hutter, Hoos and Leyton-Brown 2014 (An Efficient Approach for Assessing Hyperparameter Importance), as Optuna
has it. Unlike a correlation it sees effects that aren't monotonous; it says nothing about their direction.
"""

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import Any

from wellread.studies import Parameter
from wellread.studies.quiet import quiet

LEAST = 8  # trials; a forest over fewer says nothing
MOST = 1000  # beyond, every so-manieth trial is taken: the time grows faster than the number
TREES = 32  # Optuna's 64 move a share by 0.01 and take three times as long


def importance(
    parameters: Sequence[Parameter], points: Sequence[tuple[Mapping[str, Any], float]]
) -> dict[str, float] | str:
    """Parameter -> share, the largest first, over `points` (parameters, objective); or in words why there is none."""
    if not all(find_spec(package) for package in ("optuna", "sklearn")):
        return "importance needs Optuna and scikit-learn: pip install 'wellread[search]'"
    import optuna

    points = points[:: -(-len(points) // MOST)] if points else points
    used = [p for p in parameters if points and all(_held(p, params) for params, _ in points)]
    whole = [p for p in used if len({repr(params[p.name]) for params, _ in points}) > 1]
    if not whole:
        return "importance needs a parameter that every trial has and that varies"
    if len(points) < LEAST or len({goal for _, goal in points}) < 2:
        return f"importance needs at least {LEAST} trials whose values differ"
    distributions = {p.name: _distribution(p, optuna.distributions) for p in whole}
    with quiet():
        study = optuna.create_study(sampler=optuna.samplers.RandomSampler(seed=0))
        for params, goal in points:
            chosen = {p.name: params[p.name] for p in whole}
            study.add_trial(optuna.trial.create_trial(value=goal, params=chosen, distributions=distributions))
        evaluator = optuna.importance.FanovaImportanceEvaluator(n_trees=TREES, seed=0)
        found = optuna.importance.get_param_importances(study, evaluator=evaluator)
    return {name: float(share) for name, share in found.items()}


def _held(parameter: Parameter, params: Mapping[str, Any]) -> bool:
    """Whether a trial has the parameter, and within its range."""
    if parameter.name not in params:
        return False
    return parameter.kind != "choice" or params[parameter.name] in parameter.choices


def _distribution(parameter: Parameter, kinds: Any) -> Any:
    if parameter.kind == "choice":
        return kinds.CategoricalDistribution(parameter.choices)
    if parameter.kind == "integer":
        assert parameter.low is not None
        assert parameter.high is not None
        return kinds.IntDistribution(int(parameter.low), int(parameter.high), log=parameter.log)
    return kinds.FloatDistribution(parameter.low, parameter.high, log=parameter.log)
