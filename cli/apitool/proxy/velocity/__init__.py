"""Velocity templates, as far as API Gateway runs them: text and variables in, text out.

    nodes         what a template is made of
    scanner       a place in a text, with its line
    expressions   the inside of `#set(…)` and `$a.b(c)[d]`
    templates     text and directives; `parse`
    values        how Java prints and compares what JSON holds (arithmetic: how it adds)
    methods       the methods templates may call (string_methods, collection_methods)
    budget        how much a template may do
    evaluate      expressions (access: members, indexes, calls)
    render        running a template

Own code, because no engine at hand answers as AWS's recorded one does: a reference without a value prints
nothing, null equals an empty string, a JSON list prints as JSON and a map as `{a=1}`. And because a template
must not be able to do anything but compute text: only the methods listed in `methods` exist.
"""

from __future__ import annotations
