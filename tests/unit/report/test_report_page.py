import base64
import hashlib
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import wellread.report
from wellread.records import Answer, Result
from wellread.report import LossPoint, PaperRow, ReportData, render
from wellread.report.wording import visible

EVIL = (
    "<script>alert(1)</script></style></title><!-- ]]> \x00 \u202ereversed\u202c "
    "<img src=x onerror=alert(1)> \"'> {{ 7*7 }} &lt; </mark>"
)


def parsed(data):
    html = render(data)
    html.encode()
    return lxml.html.document_fromstring(html)


def said(page, css_class="closed_book"):
    """The parts of the cards that hold the answers of one condition."""
    return page.xpath(f'//article//div[@class="{css_class}"]')


def text(element):
    return " ".join(" ".join(element.itertext()).split())


def test_the_page_shows_every_part(make):
    page = parsed(make.report(notes=["interview.md is longer than the context"]))
    assert page.findtext(".//title") == "Veltramide · wellread"
    assert [s.get("id") for s in page.iter("section")] == [
        *("scores", "answers", "dose", "loss", "provenance", "notes")
    ]
    assert text(page.find_class("lead")[0]).startswith(
        "After reading 5 texts about 1 paper, the model answers 19 of 20"
    )
    assert "interview.md is longer than the context" in text(page.find_class("warnings")[0])
    assert len(page.find_class("qa")) == 20
    assert [svg.get("id") for svg in page.iter("svg")] == ["figure-scores", "figure-loss"]
    assert "6b1f2a9c" in text(page.get_element_by_id("provenance"))
    targets = {a.get("href")[1:] for a in page.iter("a")}
    assert targets == {s.get("id") for s in page.iter("section")}


def test_the_score_table_has_every_score_with_interval_and_n(make):
    conditions = [make.condition("floor", 0.0), make.condition("closed_book", 0.95, 19, unscored=1)]
    table = parsed(make.report(conditions=conditions, kinds=["direct", "reverse"])).find_class("scores")[0]
    rows = [[text(cell) for cell in row] for row in table.find("tbody")]
    assert rows[1] == [
        "Closed-book after training, the question alone",
        *["0.95 0.85 to 0.99 n 19, 1 unscored"] * 3,
        "not asked",
    ]
    assert [text(h) for h in table.xpath(".//thead//th")] == [
        *("", "Soft", "Strict", "Strict by kind of question", "direct", "reverse")
    ]


def test_a_missing_score_is_not_known(make):
    table = parsed(make.report(conditions=[make.condition("closed_book", None, unscored=20)])).find_class("scores")[0]
    assert [text(cell) for cell in table.find("tbody")[0]][1:3] == ["not known n 0, 20 unscored"] * 2


def test_papers_get_a_table_of_their_own_where_there_are_several(make):
    papers = [PaperRow(id=f"p{i}", title=f"Paper {i}", texts=1, words=9) for i in range(2)]
    by_paper = {"p0": {"strict": make.score(0.5), "soft": make.score(0.5)}}
    conditions = [make.condition("closed_book", 0.5, by_paper=by_paper)]
    page = parsed(make.report(papers=papers, conditions=conditions))
    rows = [[text(cell) for cell in row] for row in page.find_class("scores")[1].find("tbody")]
    assert rows == [["Paper 0", "0.50 0.40 to 0.54 n 20"], ["Paper 1", "not asked"]]
    assert page.xpath('//select[@name="paper"]/option/text()') == ["all", "Paper 0", "Paper 1"]
    assert not parsed(make.report()).xpath('//select[@name="paper"]')


def test_keywords_are_marked_and_missing_ones_listed(make):
    rows = [make.row(0), make.row(1, "At 100 °C.", (), 0.0, missing=("212 °C", "Ketrosal"))]
    right, wrong = said(parsed(make.report(questions=rows)))
    assert [m.text for m in right.iter("mark")] == ["212 °C"]
    assert "✓ right" in text(right)
    assert "missing" not in text(right)
    assert "✗ wrong" in text(wrong)
    assert "missing: 212 °C, Ketrosal" in text(wrong)


def test_answers_say_how_they_ended(make):
    rows = [
        make.row(0, "cut sho", (), 0.0, finish="length"),
        make.row(1, None, (), None, finish="failed", error="out of memory", unscored="no answer"),
        make.row(2, None, (), None, finish="failed"),
        make.row(3, "fine", (), None, unscored="the question stands in the trained text"),
        make.row(4, "  ", (), 0.0),
    ]
    page = parsed(make.report(questions=rows))
    cut, failed, unknown, leaked, empty = map(text, said(page))
    assert "cut at the length limit" in cut
    assert "– not scored No answer: out of memory" in failed
    assert "No answer: the reason is not known" in unknown
    assert "not scored: the question stands in the trained text" in leaked
    assert "The answer is empty." in empty
    assert {text(d) for d in said(page, "in_context")} == {"In-context – not asked"}


def test_long_answers_are_folded_whole(make):
    long = "The answer is 42. " * 5000
    row = make.row(0, long, ((14, 16), (80_000, 80_010)))
    [details] = said(parsed(make.report(questions=[row])))[0].iter("details")
    assert details.get("open") is None
    assert details.find("p").text_content() == long
    assert "90,000 characters" in text(details.find("summary"))
    assert len(list(details.find("summary").iter("mark"))) == 1


def test_cards_carry_what_the_filter_asks_for(make):
    rows = [make.row(0), make.row(1, kind="reverse", paper="p1", strict=0.0), make.row(2, paper=None, strict=None)]
    papers = [PaperRow(id=f"p{i}", title=f"Paper {i}", texts=1, words=9) for i in range(2)]
    page = parsed(make.report(questions=rows, kinds=["direct", "reverse"], papers=papers))
    cards = [tuple(c.get(f"data-{k}") for k in ("state", "kind", "paper")) for c in page.find_class("qa")]
    assert cards == [("right", "0", "0"), ("wrong", "1", "1"), ("unscored", "0", "-1")]
    states = page.xpath('//input[@name="state"]/@value')
    assert states == ["", "wrong", "right", "unscored"]
    assert page.get_element_by_id("filter").get("hidden") is not None  # no dead buttons where scripts are off


def hostile(make, evil):
    rows = [make.row(0, evil, ((8, 13), (10, 20), (3, 4)), 0.0, question=evil, keywords=(evil, "x"), missing=(evil,))]
    rows.append(make.row(1, None, (), None, question=evil, finish="failed", error=evil, paper=evil))
    conditions = [make.condition(n, 0.5, label=evil) for n in ("floor", "closed_book")]
    return make.report(
        title=evil,
        model=evil,
        papers=[
            PaperRow(id=evil, title=evil, texts=1, words=1, licence=evil),
            PaperRow(id="b", title=evil, texts=1, words=1),
        ],
        conditions=conditions,
        kinds=["direct", evil],
        questions=rows,
        dose=[(evil, evil)],
        seconds={"train": 1.0, evil: 2.0},
        hardware=evil,
        provenance=[(evil, evil)],
        notes=[evil] * 7,
    )


def elements(page):
    return [e.tag for e in page.iter() if isinstance(e.tag, str) and e.tag != "mark"]


def test_nothing_hostile_becomes_part_of_the_page(make):
    page, tame = parsed(hostile(make, EVIL)), parsed(hostile(make, "tame" * 6))
    assert elements(page) == elements(tame)
    assert len(list(page.iter("script"))) == len(list(page.iter("style"))) == 1
    assert not page.xpath("//comment()")
    assert not page.xpath("//@onerror")
    assert page.find("head/title").text == f"{visible(EVIL)} · wellread"
    answer = said(page)[0].find_class("text")[0]
    assert answer.text_content() == visible(EVIL)
    assert page.xpath("//article/h3")[0].text_content() == visible(EVIL)
    assert "\x00" not in render(hostile(make, EVIL))
    assert "\u202e" not in render(hostile(make, EVIL))
    assert "49" not in text(answer)


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("<>&\"'/!-\x00\u202e{}%")), min_size=1))
@settings(max_examples=60, deadline=None)
def test_any_text_comes_back_as_it_went_in(said_by_model):
    question = wellread.report.QuestionRow.model_validate(
        {
            "question": {"id": "q", "question": "Why?", "keywords": ["x"]},
            "answers": {
                "closed_book": (
                    Answer(question="q", text="." + said_by_model, finish="stop"),
                    Result(question="q", soft=0.0, strict=0.0, found=((1, 2),)),
                )
            },
        }
    )
    score = {"value": 0.0, "n": 1}
    condition = {"name": "closed_book", "label": "Closed-book", "soft": score, "strict": score}
    page = parsed(ReportData(title="t", model="m", questions=[question], conditions=[condition]))
    assert len(list(page.iter("script"))) == 1
    assert said(page)[0].find_class("text")[0].text_content() == visible("." + said_by_model)


def test_nothing_is_fetched_and_only_our_script_may_run(make):
    html = render(make.report(grid=make.grid()))
    page = lxml.html.document_fromstring(html)
    links = page.xpath("//@src | //@href")
    assert all(link.startswith("#") or link == "data:," for link in links)
    assert "url(" not in html
    assert "@import" not in html
    policy = page.xpath('//meta[@http-equiv="Content-Security-Policy"]/@content')[0]
    assert "default-src 'none'" in policy
    for name in ("script", "style"):
        [element] = page.iter(name)
        digest = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert not page.xpath("//@style")  # the policy would ignore them


def test_a_grid_report_has_its_figure_first_then_its_table(make):
    grid = make.grid()
    grid[0] = grid[0].model_copy(update={"collapsed": True})
    grid = [c for c in grid if (c.texts, c.epochs) != (2, 5)]
    page = parsed(make.report(conditions=[], questions=[], grid=grid))
    assert next(page.iter("section")).get("id") == "grid"
    assert [e.tag for e in page.iter("svg", "table")][:2] == ["svg", "table"]
    table = page.find_class("scores")[0]
    assert [text(h) for h in table.xpath(".//thead//th")] == ["Texts", "5 epochs", "20 epochs"]
    first, second = ([text(cell) for cell in row] for row in table.find("tbody")[:2])
    assert first[1].startswith("0.18 0.00 to 0.43 n 4 · soft 0.30")
    assert first[1].endswith("1 collapsed")
    assert second[1] == "not run"
    assert not page.xpath('//section[@id="scores" or @id="answers"]')


def test_an_empty_report_says_what_is_not_there():
    page = parsed(ReportData(title="Nothing", model="tiny"))
    words = text(page.find("body"))
    assert "There are no scores: the model was not examined." in words
    assert "No questions were asked." in words
    assert not list(page.iter("svg", "script"))


def test_losses_that_are_no_numbers_are_said(make):
    losses = [LossPoint(step=1, loss=2.0), LossPoint(step=2, loss=float("nan"))]
    assert "At 1 step the loss was not a number" in text(parsed(make.report(losses=losses)).get_element_by_id("loss"))


def test_many_notes_are_folded_not_dropped(make):
    warnings = parsed(make.report(notes=[f"note {i}" for i in range(9)])).find_class("warnings")[0]
    assert [li.text for li in warnings.iter("li")] == [f"note {i}" for i in range(9)]
    assert text(warnings.find(".//summary")) == "4 more notes"


@pytest.mark.parametrize("n", [1, 5000])
def test_few_and_many_questions(make, n):
    html = render(make.report(questions=[make.row(i) for i in range(n)]))
    assert html.count("<article") == n
    assert len(html) < 40_000 + 1500 * n


def test_the_template_and_style_sheet_travel_with_the_package():
    room = Path(wellread.report.__file__).parent
    assert {p.suffix for p in room.iterdir() if p.is_file()} <= {".py", ".j2", ".css"}
