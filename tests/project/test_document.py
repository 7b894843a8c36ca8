"""The file as bytes: encodings, line ends, sizes, and what happens when it can't be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.project.example import EXAMPLE, changed, problems, project_folder, rendered

from apitool.errors import ProjectError
from apitool.project.document import LARGEST
from apitool.project.load import load


def test_windows_line_ends_make_no_difference(tmp_path):
    unix = load(project_folder(tmp_path, EXAMPLE)).project
    assert load(project_folder(tmp_path, EXAMPLE.replace("\n", "\r\n"))).project == unix


def test_places_are_the_same_with_windows_line_ends(tmp_path):
    broken = changed("local = true", "locale = true")
    assert problems(tmp_path, broken.replace("\n", "\r\n")) == problems(tmp_path, broken)


@pytest.mark.parametrize(
    ("content", "report"),
    [
        (
            b"\xef\xbb\xbf" + EXAMPLE.encode(),
            """1:1 the file is not plain UTF-8
seen: UTF-8 with a byte order mark
fix:  save it as UTF-8 without a mark""",
        ),
        (
            EXAMPLE.encode("utf-16"),
            "1:1 the file is not plain UTF-8\nseen: UTF-16\nfix:  save it as UTF-8 without a mark",
        ),
        (
            EXAMPLE.encode() + "# Aufträge\n".encode("latin-1"),
            "17:8 the file is not UTF-8\nseen: byte 0xe4\nfix:  save it as UTF-8",
        ),
        (
            EXAMPLE.encode() + b"#" * LARGEST,
            "1:1 the file is larger than 1,048,576 bytes\nfix:  is this the right file?",
        ),
    ],
    ids=["byte order mark", "UTF-16", "Latin-1", "too large"],
)
def test_bytes_that_are_no_plain_text_are_refused(content, report, tmp_path):
    assert rendered(problems(tmp_path, content)) == report


def test_columns_count_characters_not_bytes(tmp_path):
    found = problems(tmp_path, changed("local = true", 'tags = { "ärger" = "ü", n = 1 }'))
    assert rendered(found).startswith("16:25 `stages.dev.tags.n` must be text")


def test_a_number_python_will_not_read_is_placed(tmp_path):
    broken = changed("local = true", f"local = true\nlog_retention_days = {'9' * 5000}")
    assert rendered(problems(tmp_path, broken)) == "17:22 a number has more than 4,300 digits"


def test_a_number_python_will_not_print_is_reported(tmp_path):
    broken = changed("local = true", f"log_retention_days = 0x{'f' * 5000}")
    assert "seen: a very long number" in rendered(problems(tmp_path, broken))


def test_a_file_that_can_not_be_read_is_named(tmp_path, monkeypatch):
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    folder = project_folder(tmp_path)
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ProjectError) as error:
        load(folder)
    assert rendered(error.value.problems) == "1:1 the file can't be read\nseen: Permission denied"


def test_an_empty_file_lacks_everything_there_must_be(tmp_path):
    found = rendered(problems(tmp_path, ""))
    assert [line for line in found.splitlines() if line.startswith("1:1")] == [
        "1:1 the file lacks `name`",
        "1:1 the file lacks `region`",
        "1:1 the file lacks `functions`",
        "1:1 the file lacks `stages`",
        "1:1 the file lacks `routes`",
    ]
