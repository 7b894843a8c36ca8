"""The page: one file, no script, nothing from elsewhere, and what a browser shows of it."""

from __future__ import annotations

import re
import shutil
from html.parser import HTMLParser

import pytest
from tests.review import hostile
from tests.review.golden import NAMES, report, report_of

from apitool.review.page import document

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
VOID = {"meta", "input", "col", "br"}


class Balanced(HTMLParser):
    """Every element is closed where it should be."""

    def __init__(self):
        super().__init__()
        self.open, self.problems, self.names = [], [], set()

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.problems += [f"{tag} {name}" for name, _ in attrs if name.startswith("on") or name == "src"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.problems.append(f"</{tag}>")


@pytest.mark.parametrize("name", [*NAMES, "hostile"])
def test_the_page_is_sound_and_needs_nothing(name):
    made = report_of(hostile.document(), title=hostile.TITLE) if name == "hostile" else report(name)
    text = document.render(made)
    parser = Balanced()
    parser.feed(text)
    assert parser.problems == []
    assert parser.open == []
    assert parser.names.isdisjoint({"script", "link", "img", "iframe", "object", "a", "form"})
    assert not re.search(r"url\(|@import", text)


def test_what_a_plan_says_is_no_markup_and_moves_no_cursor():
    text = document.render(report_of(hostile.document(), title=hostile.TITLE))
    for raw in ("<script>", "<img", "<h1>owned", "\x1b", "\u202e", "\u2066"):
        assert raw not in text


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        pytest.skip("chromium is not installed")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as started:
        launched = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


def _opened(browser, tmp_path, made, **given):
    file = tmp_path / "review.html"
    file.write_text(document.render(made), encoding="utf-8")
    page = browser.new_page(**given)
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    page.on("request", lambda request: request.url == file.as_uri() or page.said.append(request.url))
    page.goto(file.as_uri())
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1200, 360])
def test_a_browser_shows_routes_findings_and_before_and_after(browser, tmp_path, scheme, width):
    made = report("foreign_authorizer_removed")
    page = _opened(browser, tmp_path, made, color_scheme=scheme, viewport={"width": width, "height": 800})
    shown = page.inner_text("main")
    assert "AWS_IAM" in page.inner_text("del")
    assert "authorization-lowered" in shown
    assert "GET" in page.inner_text(".tree")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (dark == "rgb(14, 17, 22)") == (scheme == "dark")
    assert page.said == []
    page.close()


def test_the_filter_shows_what_is_at_the_chosen_risk(browser, tmp_path):
    page = _opened(browser, tmp_path, report("foreign_routes_added"))
    tree = page.locator(".tree [data-risk]:visible")
    assert tree.count() == 2, "the new routes; those that stay are hidden at first"
    page.click("label[for=all]")
    assert tree.count() == 4
    page.click("label[for=errors]")
    assert page.locator(".finding:visible").count() == 1
    assert page.locator(".finding.warning:visible").count() == 0
    page.close()


def test_a_filter_without_anything_left_says_so(browser, tmp_path):
    page = _opened(browser, tmp_path, report("memory_changed"))
    page.click("label[for=errors]")
    assert page.locator(".nothing:visible").count() >= 1
    assert page.locator(".group:visible").count() == 0
    page.close()


def test_a_hostile_plan_does_nothing_in_a_browser(browser, tmp_path):
    made = report_of(hostile.document(), title=hostile.TITLE)
    page = _opened(browser, tmp_path, made)
    assert page.title().startswith("<img src=x")
    assert page.locator("img, script, h1 >> nth=1").count() == 0
    assert page.said == []
    page.close()
