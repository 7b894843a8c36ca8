"""The Markdown of a comment: always fits, cut between blocks only, and read as meant by a renderer."""

from __future__ import annotations

import re
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.review import hostile
from tests.review.golden import NAMES, report, report_of
from tests.review.made import api, change, function, plan, route

from apitool.review import as_markdown

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
TEXTS = st.one_of(st.text(max_size=60), st.sampled_from(hostile.ATTACKS))


@st.composite
def _plans(draw):
    """Up to some thousands of routes, functions and folded resources, under names of all kinds."""
    routes = draw(st.integers(0, 40)) * draw(st.sampled_from([1, 20]))
    names = draw(st.lists(TEXTS, min_size=1, max_size=5))
    changes = [api()]
    for number in range(routes):
        made = route({}, None, name=f"r{number}")
        part = f"{number}-{names[number % len(names)]}"
        for side in ("before", "after"):
            made[0]["change"][side] = {**made[0]["change"][side], "path_part": part}
        changes += made
    for number, name in enumerate(names):
        changes.append(function({"handler": name}, {"handler": f"{name}x"}, name=f"f{number}"))
        many = draw(st.sampled_from([0, 1, 60]))
        tags = ({"name": name}, {"name": name, "tags": {"a": "b"}})
        changes += [change(f"aws_cloudwatch_log_group.g{number}x{each}", *tags) for each in range(many)]
    return plan(*changes)


@settings(max_examples=12, deadline=None, derandomize=True)
@given(made=_plans(), longest=st.sampled_from([2_000, 10_000, as_markdown.LONGEST]))
def test_a_comment_always_fits_and_is_cut_between_blocks(made, longest):
    told = report_of(made)
    text = as_markdown.render(told, longest)
    assert len(text) <= longest
    assert text.startswith(as_markdown.header(told))
    assert text.count("<details>") == text.count("</details>")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert all(len(re.findall(r"(?<!\\)\|", row)) in {3, 4} for row in rows), "no row is cut"
    assert told.fingerprint in text.splitlines()[-1]


@settings(max_examples=12, deadline=None, derandomize=True)
@given(made=_plans())
def test_no_text_of_a_plan_opens_a_fence_an_element_or_a_link(made):
    text = as_markdown.render(report_of(made))
    kinds = {token.type for token in MARKDOWN.parse(text)}
    inside = {child.type for token in MARKDOWN.parse(text) for child in token.children or ()}
    assert kinds.isdisjoint({"fence", "code_block", "hr"})
    assert inside.isdisjoint({"link_open", "image", "s_open", "em_open"})
    assert set(re.findall(r"<[a-z/!][^>\s]*", MARKDOWN.render(text))) <= ELEMENTS


ELEMENTS = {
    f"<{slash}{name}"
    for slash in ("", "/")
    for name in (
        "h3",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "strong",
        "code",
        "ul",
        "li",
        "p",
        "details",
    )
} | {
    "<!--",
    "<br",
    "<br>",
    "<summary",
    "</summary",
    "<sub",
    "</sub",
    "<blockquote",
    "</blockquote",
    "<details",
}


@pytest.mark.parametrize("name", NAMES)
def test_tables_and_folds_of_every_recorded_change_are_read_as_such(name):
    told = report(name)
    html = MARKDOWN.render(as_markdown.render(told))
    assert html.count("<details>") == html.count("</details>")
    assert "|---|" not in html, "a table that no renderer takes for one"
    assert html.count("<tr>") >= len(told.changes.changes)


def test_what_a_comment_leaves_out_is_said():
    routes = [each for number in range(3000) for each in route({}, None, name=f"a-rather-long-name-{number}")]
    text = as_markdown.render(report_of(plan(api(), *routes)))
    assert len(text) <= as_markdown.LONGEST
    assert "Too long for a comment" in text


STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 800px; margin: 1rem; overflow-wrap: break-word }
table { border-collapse: collapse; display: block; overflow: auto }
th, td { border: 1px solid #8884; padding: 6px 13px }
@media (prefers-color-scheme: dark) { body { background: #0d1117; color: #e6edf3 } }
"""


@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
@pytest.mark.parametrize(("scheme", "width"), [("light", 900), ("dark", 360)])
def test_a_browser_shows_the_rendered_comment(scheme, width, tmp_path):
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    text = as_markdown.render(report_of(hostile.document(), title=hostile.TITLE))
    file = tmp_path / "comment.html"
    file.write_text(f"<meta charset=utf-8><style>{STYLE}</style>{MARKDOWN.render(text)}", encoding="utf-8")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(color_scheme=scheme, viewport={"width": width, "height": 800})
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(file.as_uri())
        assert asked == [file.as_uri()], "nothing in a comment loads anything"
        assert page.locator("a, img, script, pre").count() == 0
        assert page.locator("table").count() >= 2
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        browser.close()
