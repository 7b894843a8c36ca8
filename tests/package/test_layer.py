"""`--layer`: the dependencies in a zip of their own, laid out as Lambda unpacks a layer."""

from __future__ import annotations

import zipfile
from io import BytesIO

from tests.package.projects import contents, package, wheel, write

from apitool.package import archive


def test_the_layer_has_the_dependencies_and_the_package_the_source(project, wheels):
    wheel(wheels, "tea", files={"tea/__init__.py": "", "tea/tests/a.py": ""})
    write(project / "src", {"requirements.txt": "tea\n"})
    built = package(project, layer=True, exclude=("tests/",))
    assert set(contents(built)) == {"app.py"}
    assert set(contents(built.layer)) == {"python/tea/__init__.py", "python/tea-1.0.dist-info/METADATA"}
    assert built.layer.file.name == f"orders-layer-{built.layer.sha256_hex[:16]}.zip"
    assert built.layer.unzipped_size == sum(map(len, contents(built.layer).values()))
    (note,) = built.layer.notes
    assert "--compatible-runtimes python3.13 --compatible-architectures arm64" in note


def test_without_dependencies_there_is_no_layer(project):
    built = package(project, layer=True)
    assert built.layer is None
    assert set(contents(built)) == {"app.py"}


def test_the_limit_counts_both_together(project, wheels):
    wheel(wheels, "tea")
    write(project / "src", {"requirements.txt": "tea\n"})
    whole = package(project)
    apart = package(project, layer=True)
    assert apart.unzipped_size + apart.layer.unzipped_size == whole.unzipped_size


def zipped(files: dict[str, bytes]) -> bytes:
    out = BytesIO()
    writer = archive.ArchiveWriter(out)
    for name, content in files.items():
        writer.add(name, archive.pack(content), executable=name.endswith(".sh"))
    writer.finish()
    return out.getvalue()


def test_entries_are_taken_over_one_by_one_under_other_names():
    files = {"a.py": b"a" * 900, "thé/b.sh": b"#!", "noise": bytes(range(256))}
    first, out = zipped(files), BytesIO()
    writer = archive.ArchiveWriter(out)
    writer.add("own.py", archive.pack(b"own"), executable=False)
    writer.append(first, archive.entries(first), lambda name: name != "a.py", below="python/")
    writer.finish()
    with zipfile.ZipFile(out) as opened:
        assert opened.testzip() is None
        assert {name: opened.read(name) for name in opened.namelist()} == {
            "own.py": b"own", "python/thé/b.sh": b"#!", "python/noise": bytes(range(256))
        }  # fmt: skip
        assert opened.getinfo("python/thé/b.sh").external_attr >> 16 & 0o111
