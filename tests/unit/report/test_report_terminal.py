from wellread.report import render_text


def test_columns_are_aligned(make):
    conditions = [make.condition("floor", 0.0), make.condition("closed_book", 0.95, 19, unscored=1)]
    conditions.append(make.condition("in_context", None, unscored=20, by_kind={}))
    head, table = render_text(make.report(conditions=conditions)).split("\n\n")
    assert head.startswith("After reading 5 texts")
    assert table == (
        "condition         soft     strict   n  unscored  95% interval     direct\n"
        "Floor             0.00       0.00  20         0  0.00 to 0.04       0.00\n"
        "Closed-book       0.95       0.95  19         1  0.85 to 0.99       0.95\n"
        "In-context   not known  not known   0        20             -  not known\n"
    )


def test_a_grid_is_a_table_of_its_cells(make):
    table = render_text(make.report(conditions=[], questions=[], grid=make.grid())).split("\n\n")[1]
    lines = table.splitlines()
    assert lines[0].split() == ["texts", "epochs", "soft", "strict", "runs", "unscored", "95%", "interval", "collapsed"]
    assert len(lines) == 1 + 6
    assert lines[1].split() == ["1", "5", "0.30", "0.18", "4", "0", "0.00", "to", "0.43", "0"]


def test_without_scores_only_the_headline(make):
    assert render_text(make.report(conditions=[], questions=[])).count("\n") == 1


def test_no_control_reaches_the_terminal(make):
    conditions = [make.condition("closed_book", 0.5, label="\x1b[2Jgone")]
    assert "\x1b" not in render_text(make.report(conditions=conditions, hardware="\x1b]0;x\x07"))
