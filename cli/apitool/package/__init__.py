"""Function source and requirements -> deployment package: a zip whose bytes depend on nothing else.

The way through, in order; `build.py` walks it:

    source.py         the files of the source folder: what goes in, what is left out, what is refused
    handler.py        the handler exists and takes (event, context); syntax.py: the code parses on the runtime
    requirements.py   which dependencies, and whether they are locked
    dependencies.py   resolved by uv for the target platform, zipped once, kept under a key of all inputs
    contents.py       the two together, none of whose names clash
    archive.py        the zip: sorted, dated 1980-01-01, modes 0644 and 0755
    sizes.py          Lambda's limits, and who is to blame
    publication.py    written aside, then renamed: what has its final name is whole

uv is the only program started here (`wheels.py`), and the index it asks is the one pip is configured with
(`pip_settings.py`).
"""
