"""The text and the Markdown of every recorded change stay as they are, byte for byte.

`python -m tests.review.test_golden_text` writes them again; read the difference.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.review.golden import NAMES, report

from apitool.review import as_markdown, as_text

RENDERED = Path(__file__).parent / "rendered"


def _rendered(name):
    made = report(name)
    return f"{as_text.render(made)}\n\n{as_markdown.render(made)}"


@pytest.mark.parametrize("name", NAMES)
def test_the_review_reads_as_it_did(name):
    assert _rendered(name) == (RENDERED / f"{name}.md").read_text(encoding="utf-8")


if __name__ == "__main__":
    RENDERED.mkdir(exist_ok=True)
    for each in NAMES:
        (RENDERED / f"{each}.md").write_text(_rendered(each), encoding="utf-8")
