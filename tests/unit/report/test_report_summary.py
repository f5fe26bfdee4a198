from wellread.report.data import GridCell
from wellread.report.summary import headline, summarise


def test_the_headline_says_all_in_plain_words(make):
    assert headline(make.report()) == (
        "After reading 5 texts about 1 paper, the model answers 19 of 20 questions closed-book. "
        "Untrained, it answered 0 of 20. Strict score 0.95, 95% interval 0.85 to 0.99. "
        "Training took 1 min 40 s on 2 CPU cores."
    )


def test_the_first_screen_says_what_was_learned_how_sure_and_at_what_cost(make):
    learned, sure, cost, forgotten = summarise(make.report()).facts
    assert forgotten.value == "not examined"
    assert learned.value == "19 of 20"
    assert "strict score of 0.95; 1.00 by the untrained model with the text" in learned.detail
    assert (sure.value, sure.detail) == (
        "0.85 to 0.99",
        "95% interval of the strict score, from 20 questions about 1 paper",
    )
    assert (cost.value, cost.detail) == ("1 min 40 s", "of training on 2 CPU cores; 2 min 40 s in all")


def test_unscored_answers_are_said_and_not_counted(make):
    rows = [make.row(0), make.row(1), make.row(2, None, (), None, finish="failed", error="out of memory")]
    conditions = [make.condition("floor", 0.0, 3), make.condition("closed_book", 1.0, 2, unscored=1)]
    lead = summarise(make.report(questions=rows, conditions=conditions)).lead
    assert "answers 2 of 2 questions closed-book; 1 more could not be scored." in lead


def test_missing_is_not_zero(make):
    nothing = make.report(conditions=[make.condition("floor", 0.0), make.condition("closed_book", None)])
    summary = summarise(nothing)
    assert "not known" in summary.lead
    assert [f.value for f in summary.facts[:2]] == ["not known", "not known"]
    unasked = summarise(
        make.report(conditions=[make.condition("floor", None, 0), make.condition("closed_book", None, 0)])
    )
    assert "no questions were given. `wellread evaluate RUN --questions FILE` asks them" in unasked.lead
    no_floor = summarise(make.report(conditions=[make.condition("closed_book", 0.95)]))
    assert no_floor.lead.endswith("How many it answered untrained is not known.")
    assert summarise(make.report(seconds={})).facts[2].value == "not known"


def test_answers_that_do_not_make_up_the_score_are_not_counted(make):
    lead = summarise(make.report(questions=make.report().questions[:5])).lead
    assert "the model answers 95% of 20 questions" in lead
    assert "Untrained, it answered 0.00." in lead


def test_overlapping_intervals_are_said(make):
    conditions = [make.condition("floor", 0.9), make.condition("closed_book", 0.95)]
    assert "that anything was learned is not shown" in summarise(make.report(conditions=conditions)).lead
    assert "is not shown" not in summarise(make.report()).lead


def test_a_collapse_is_said_first(make):
    assert headline(make.report(collapsed=True)).startswith("Training collapsed")
    assert not summarise(make.report()).alarm


def test_a_grid_names_its_best_setting_and_the_fewest_texts(make):
    data = make.report(conditions=[], questions=[], grid=make.grid())
    assert summarise(data).lead == (
        "In 24 runs over 2 papers, the model answers most with 5 texts and 20 epochs: 73% of the questions "
        "closed-book. With 1 text and 20 epochs it answers 33%."
    )
    assert [f.value for f in summarise(data).facts] == ["0.73", "0.48 to 0.98", "1 min 40 s", "not examined"]
    assert "Mean strict score with 5 texts and 20 epochs 0.73, 95% interval 0.48 to 0.98." in headline(data)


def test_a_grid_without_scores(make):
    lost = [GridCell(paper="a", texts=1, epochs=1, seed=0, soft=None, strict=None)]
    data = make.report(conditions=[], questions=[], grid=lost)
    assert headline(data).startswith("No score is known: none of 1 run over 1 paper could be scored.")
    some = make.report(conditions=[], questions=[], grid=[*lost, *make.grid()])
    assert summarise(some).lead.endswith(" 1 run could not be scored.")
