"""The live page: what it serves, and what a browser shows of it."""

from __future__ import annotations

import json
import shutil
import socket

import pytest
from tests.serve.conftest import eventually

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def test_the_page_needs_nothing_from_elsewhere(shop):
    status, head, body = shop.get("/_apitool/")
    assert status == 200
    assert "Content-Security-Policy: default-src 'none'" in head
    assert b"http://" not in body
    assert b"https://" not in body


def test_names_of_other_hosts_read_nothing(shop):
    answer = shop.raw(
        b"GET /_apitool/requests HTTP/1.1\r\nHost: evil.example:80\r\nConnection: close\r\n\r\n"
    )
    assert answer.startswith(b"HTTP/1.1 403 ")


def test_a_request_can_be_looked_up_with_event_verdict_and_logs(shop):
    _, head, _ = shop.get("/dev/items/object?x=1")
    (line,) = [line for line in head.split("\r\n") if line.startswith("x-amzn-RequestId: ")]
    _, _, body = shop.get(f"/_apitool/requests/{line.partition(': ')[2]}")
    seen = json.loads(body)
    assert seen["event"]["queryStringParameters"] == {"x": "1"}
    assert seen["verdict"]["findings"][0]["pointer"] == "/body"
    assert any("asked for /items/object" in each for each in seen["function_log"])
    assert any("Malformed Lambda proxy response" in each for each in seen["gateway_log"])


def test_events_arrive_as_they_happen(shop):
    with socket.create_connection(("127.0.0.1", shop.port), timeout=10) as connection:
        connection.sendall(f"GET /_apitool/events HTTP/1.1\r\nHost: localhost:{shop.port}\r\n\r\n".encode())
        stream = connection.makefile("rb")
        while not stream.readline().startswith(b"event: title"):
            pass
        shop.get("/dev/items/live")
        while b"/dev/items/live" not in stream.readline():
            pass
        stream.close()
    eventually(lambda: not shop.serving.exchanges._listeners)


@pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_browser_shows_the_verdict_of_a_broken_answer(shop, scheme, tmp_path):
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(color_scheme=scheme, viewport={"width": 1200, "height": 800})
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        page.goto(f"http://localhost:{shop.port}/_apitool/")
        page.wait_for_function("document.getElementById('state').textContent === 'live'")
        shop.get("/dev/items/%3Cb%3Ebold")
        shop.get("/dev/items/object")
        page.wait_for_selector("li:first-child:has-text('/dev/items/object')")
        page.wait_for_selector(".finding:has-text('json.dumps')")
        assert "502" in page.inner_text("li:first-child")
        assert "asked for /items/object" in page.inner_text("main")
        page.click("li:nth-child(2)")
        assert page.get_attribute("li:nth-child(2)", "aria-selected") == "true"
        assert "accepts what the function returned" in page.inner_text("main")
        page.screenshot(path=tmp_path / f"{scheme}.png")
        assert page.locator("b").count() == 0, "what comes from requests is never markup"
        assert problems == []
        browser.close()
