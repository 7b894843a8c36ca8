"""Function source and requirements -> deployment package: a zip whose bytes depend on nothing else.

The way through, in order; `build.py` walks it:

    recipe.py          everything that decides, read cheaply:
      source.py          the files of the source folder; what is left out (exclusions.py, and patterns of the
                         user's: selection.py, patterns.py); what is refused (entry_names.py)
      declared.py        which file says what it depends on (requirements.py), and whether that is locked
    unchanged.py       was this built before? Then that is all
    contents.py        everything that goes in, checked:
      syntax.py          the code parses on the runtime's Python (target.py)
      handler.py         the handler exists and takes (event, context)
      dependencies.py    resolved by uv and zipped (fresh_dependencies.py), once (kept_dependencies.py) under
                         a key of all inputs (wanted.py)
      binaries.py        machine code is for the runtime's processor and C library (elf.py)
      key_like.py        keys in the source are named
      test_files.py      tests in the source are said
      bytecode.py        modules compiled, if asked for
    sizes.py           Lambda's limits, and who is to blame
    archive.py         the zip: sorted, dated 1980-01-01, modes 0644 and 0755
    publication.py     written aside, then renamed: what has its final name is whole
    pruning.py         old packages that nobody needs

Dependencies go through uv (uv.py), which with a Python for bytecode is all that is started here
(child_process.py), and the index that pip is configured with (pip_settings.py):

    installation.py    any form of requirements (poetry_lock.py, local_projects.py) -> runs of uv
    wheels.py          wheels, or pure Python built from source (built_here.py)
    no_wheel.py        what there is instead of a missing wheel, as the index says (published.py)
    uv_failures.py     what uv says when it fails -> an error
"""
