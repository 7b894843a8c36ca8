"""The template engine. Recorded on AWS (LocalStack's test_input_path_template_formatting, 2024): how lists
and maps print, that null prints nothing, and that null equals both null and an empty string."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apitool.proxy.velocity import budget
from apitool.proxy.velocity.errors import TemplateError
from apitool.proxy.velocity.render import render
from apitool.proxy.velocity.values import from_json

JSON = {
    "map": {"foo": "bar"},
    "list": [{"foo": "bar"}],
    "mixed": {"foo": [{"nested": "bar"}]},
    "bigger": {"bigger": "dict", "to": "test", "with": "separators"},
    "empty": [],
    "null": None,
    "number": 7,
    "text": "Hello World",
    "yes": True,
}


def run(template: str, **variables) -> str:
    return render(template, {"in": from_json(JSON), "s": "Hello", **variables})


@pytest.mark.parametrize(
    ("template", "printed"),
    [
        ("$in.map", "{foo=bar}"),
        ("$in.list", '[{"foo":"bar"}]'),
        ("$in.list[0]", "{foo=bar}"),
        ("$in.mixed", '{foo=[{"nested":"bar"}]}'),
        ("$in.bigger", "{bigger=dict, to=test, with=separators}"),
        ("$in.map.toString()", "{foo=bar}"),
        ("$in.mixed.toString()", '{foo=[{"nested":"bar"}]}'),
        ("$in.empty", "[]"),
    ],
)
def test_maps_print_as_java_does_and_lists_as_json(template, printed):
    assert run(template) == printed


@pytest.mark.parametrize(
    ("path", "is_null", "is_empty"),
    [("nothing", "true", "true"), ("null", "true", "true"), ("empty", "", "")],
)
def test_null_prints_nothing_and_equals_null_and_the_empty_string(path, is_null, is_empty):
    template = f'#set($r = $in.{path})[$r.nested]#if($r == $null)true#end,#if($r == "")true#end'
    assert run(template) == f"[]{is_null},{is_empty}"


@pytest.mark.parametrize(
    ("template", "printed"),
    [
        ("${s}x $!s $!{s}", "Hellox Hello Hello"),
        ("$s.", "Hello."),
        ("$s.length().", "5."),
        ("[$missing][$in.map.no.such][$s.noSuchMethod()]", "[][][]"),
        ("cost $5.00 and $", "cost $5.00 and $"),
        ("colour #fff, #1, #nothing(1)", "colour #fff, #1, #nothing(1)"),
        (r"\$s \\$s \#if", r"$s \Hello #if"),
        ("#[[ $s #if ]]#", " $s #if "),
        ("a## comment\nb#* more\n *#c", "abc"),
        ("$in['map']['foo'] $in.list[0]['foo'] $in.text[x]", "bar bar Hello World[x]"),
        ("$in.get('text').split(' ')[1].toUpperCase()", "WORLD"),
        ("$in.number $in.yes $in.get('null')", "7 true "),
    ],
)
def test_references(template, printed):
    assert run(template) == printed


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("7 / 2", "3"),
        ("-7 / 2", "-3"),
        ("-7 % 3", "-1"),
        ("1.5 + 1", "2.5"),
        ("1 / 0", ""),
        ("'a' + 1", "a1"),
        ("\"$s!\" + '$s'", "Hello!$s"),
        ("'x' * 3", ""),
        ("1 == 1.0", "true"),
        ("'1' == 1", "true"),
        ("'a' == 'b'", "false"),
        ("2 > 1 && 1 <= 1", "true"),
        ("1 gt 2 or 2 ge 2", "true"),
        ("!$missing", "true"),
        ("not true", "false"),
        ("$missing && $missing.size() > 0", "false"),
        ("$in.list.size() == 1 || $in.nothing.boom(1)", "true"),
        ("[1..3]", "[1, 2, 3]"),
        ("[3..1]", "[3, 2, 1]"),
        ("[1, 'b', $s]", "[1, b, Hello]"),
        ("{'a': 1, \"b\": [2]}", "{a=1, b=[2]}"),
        ("12345678.9 * 1", "1.23456789E7"),
        ("0.0001 * 1", "1.0E-4"),
        ("'it''s'", "it's"),
        ("7.5 / 2", "3.75"),
        ("-7.5 % 2", "-1.5"),
        ("true + 1", ""),
        ("'a' > 1", "false"),
    ],
)
def test_expressions(expression, value):
    assert run(f"#set($x = {expression})$x") == value


@pytest.mark.parametrize(
    ("template", "printed"),
    [
        ("#if($in.yes)a#elseif(true)b#{else}c#end", "a"),
        ("#if(false)a#elseif($in.number == 7)b#else c#end", "b"),
        ("#if($missing)a#{else}c#end", "c"),
        ("#if('')true#end#if(0)true#end", "truetrue"),  # Velocity 1.x: only null and false are false
        ("#foreach($x in [1..3])$x#if($foreach.hasNext),#end#end", "1,2,3"),
        ("#foreach($x in $in.map.keySet())$velocityCount:$x#end", "1:foo"),
        ("#foreach($e in $in.map.entrySet())$e.key=$e.value#end", "foo=bar"),
        ("#foreach($v in $in.map)$v#end", "bar"),
        ("#foreach($x in $missing)x#end", ""),
        ("#foreach($x in [1..9])$x#if($x == 2)#break#end#end", "12"),
        (
            "#foreach($i in [1..2])#foreach($j in [1..2])$i$j$foreach.index #end$foreach.count#end",
            "110 121 1210 221 2",
        ),
        ("#set($a = 'x')\n  #set($b = \"$a$a\")\n$b", "  xx"),
        ("#set($m = {})#set($m.a = 1)#set($m['b'] = 2)$m", "{a=1, b=2}"),
        ("#set($l = [1, 2])#set($l[1] = 3)$l", "[1, 3]"),
        ("#macro(hi $who $how)$who$how#end#hi('a' 'b')#hi('c', \"d\")", "abcd"),
        ("#define($line)<$s>#end#set($s = 'x')$line$line", "<x><x>"),
        ("a#stop b", "a"),
        ("a\r\n#if(true)\r\nb\r\n#end\r\nc", "a\r\nb\r\nc"),
    ],
)
def test_directives(template, printed):
    assert run(template) == printed


@pytest.mark.parametrize(
    ("call", "value"),
    [
        ("$s.substring(1, 3)", "el"),
        ("$s.replaceAll('(l+)', '<$1>')", "He<ll>o"),
        ("$s.replace('l', '')", "Heo"),
        ('$j.replaceAll("\\\\\'", "\'")', "it's"),  # the idiom that mends escapeJavaScript
        ("$s.indexOf('l') $s.lastIndexOf('l') $s.charAt(0)", "2 3 H"),
        ("$s.equals('Hello') $s.equalsIgnoreCase('hELLO') $s.compareTo('A')", "true true 1"),
        ("$s.contains('ell') $s.startsWith('H') $s.endsWith('x') $s.matches('H.*')", "true true false true"),
        ("'a,b,,'.split(',').size()", "'a,b,,'.split(',').size()"),  # literals have no methods
        ("$csv.split(',').size() $csv.split(',', 9).size()", "2 4"),
        ("$s.isEmpty() $s.empty $in.empty.isEmpty()", "false false true"),
        ("$in.map.containsKey('foo') $in.map.size() $in.map.getOrDefault('x', 'y')", "true 1 y"),
        ("$in.list.subList(0, 1)", '[{"foo":"bar"}]'),
        ("$in.list.get(0).foo $in.list.contains('x') $in.list.size()", "bar false 1"),
        ("#set($n = 0)$n.parseInt('12') $n.valueOf('3')", "12 3"),
    ],
)
def test_methods_have_javas_names(call, value):
    assert run(call, j="it\\'s", csv="a,b,,") == value


@pytest.mark.parametrize(
    ("calls", "printed"),
    [
        ("$l.add(4)|$l", "true|[1, 2, 3, 4]"),
        ("$l.add(0, 'a')|$l", "|[a, 1, 2, 3]"),
        ("$l.addAll([7, 8])|$l.addAll([])|$l", "true|false|[1, 2, 3, 7, 8]"),
        ("$l.set(1, 'b')|$l", "2|[1, b, 3]"),
        ("$l.remove(0)|$l.remove('x')|$l", "1|false|[2, 3]"),
        ("$l.remove('3')|$l.subList(0, 2)|$l.indexOf(2)|$l.indexOf(9)", "false|[1, 2]|1|-1"),
        ("$l.clear()|$l|$l.isEmpty()", "|[]|true"),
        ("$m.put('a', 9)|$m.put('b', 2)|$m", "1||{a=9, b=2}"),
        ("$m.putAll({'c': 3})|$m.values()|$m.containsValue(3)", "|[1, 3]|true"),
        ("$m.remove('a')|$m.remove('z')|$m.isEmpty()", "1||true"),
        ("#foreach($e in $m.entrySet())$e.getKey()=$e.getValue()#end", "a=1"),
        ("$m.put(1, 2)|$m", "|{a=1, 1=2}"),
    ],
)
def test_lists_and_maps_change_as_javas_do(calls, printed):
    assert run("#set($l = [1, 2, 3])#set($m = {'a': 1})" + calls) == printed


@pytest.mark.parametrize(
    "call",
    [
        "$l.get(5)",
        "$l.set(-1, 0)",
        "$l.add('x', 1)",
        "$l.add()",
        "$l.remove(7)",
        "$l.subList(0, 4)",
        "$m.put([1], 2)",
    ],
)
def test_a_call_java_would_not_take_is_an_error(call):
    with pytest.raises(TemplateError):
        run("#set($l = [1, 2, 3])#set($m = {})" + call)


@pytest.mark.parametrize(
    "template",
    ["$s.__class__", "$s.format('x')", "$in.__class__.__mro__", "$in.map.fromkeys('a')", "$s.class"],
)
def test_nothing_but_the_listed_methods_exists(template):
    assert run(template) == ""


@pytest.mark.parametrize(
    ("template", "line", "what"),
    [
        ("a\n#if($s", 2, "expected `)`"),
        ("#if(true)\n\nx", 1, "`#if` has no `#end`"),
        ("x\n#end", 2, "`#end` without"),
        ("\n\n#set($x = )", 3, "expected a value"),
        ("\n${s", 2, "expected `}`"),
        ("\n\n$s.substring(9)", 3, "substring"),
        ("\n$s.substring('a')", 2, "substring"),
        ("\n$s.replaceAll('(', '')", 2, "replaceAll"),
        ("\n#set($s.x = 1)", 2, "can't set"),
        ("#break", 1, "outside `#foreach`"),
        ("#parse('x')", 1, "not available"),
        ('\n\n"#if(" #set($x = "$s.substring(9)")', 3, "expected"),
    ],
)
def test_errors_name_the_line(template, line, what):
    with pytest.raises(TemplateError) as raised:
        run(template)
    assert raised.value.line == line
    assert what in raised.value.what


@pytest.mark.parametrize(
    ("template", "limit"),
    [
        ("#foreach($i in [1..1001])x#end", budget.MAX_ITERATIONS),
        ("#foreach($i in [1..1000])#foreach($j in [1..1000])x#end#end", budget.MAX_STEPS),
        ("#set($x = 'ab')#foreach($i in [1..99])#set($x = $x + $x)#end", budget.MAX_CHARACTERS),
        ("#macro(m)#m()#end#m()", budget.MAX_CALLS),
        ("#define($d)$d#end$d", budget.MAX_CALLS),
        ("#set($l = [1])#foreach($i in [1..60])#set($l = [$l, $l])#end$l", "too large"),
        ("#set($m = {})#set($m.m = $m)$m", "without end"),
        ("#set($l = [1])#foreach($i in [1..60])#set($x = $l.addAll($l))#end", "list of more than"),
        ("#if(" + "(" * 200 + "1" + ")" * 200 + ")#end", "levels deep"),
    ],
)
def test_a_template_that_runs_away_is_stopped(template, limit):
    started = time.perf_counter()
    with pytest.raises(TemplateError) as raised:
        run(template)
    assert str(limit) in raised.value.what
    assert time.perf_counter() - started < 20  # seconds; without limits none of these ever ends


REFERENCES = ["$s", "$in", "$in.list[0]", "${s", "$x", "$d", ".size()", ".substring("]
DIRECTIVES = ["#if(", "#if($s)", "#else", "#elseif(", "#end", "#foreach($x in $in)", "#set(", "#set($x = "]
MORE_DIRECTIVES = ["#macro(m $a)", "#m(", "#define($d)", "#stop", "##", "#*", "#[["]
MARKS = [*"()[]{}'\"1-+!, \n\\é", "..", "==", "&&"]
PIECES = st.sampled_from([*REFERENCES, *DIRECTIVES, *MORE_DIRECTIVES, *MARKS])


@settings(deadline=None)
@given(template=st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=60))
def test_any_text_is_a_template_or_a_template_error(template):
    with contextlib.suppress(TemplateError):
        assert isinstance(run(template), str)


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None)
@given(value=JSON_VALUES)
def test_any_json_value_prints_compares_and_loops(value):
    template = "$v#if($v == $v)=#end#foreach($x in $v)$x#end$v.size()$v.toString()$v[0]$v.a"
    assert isinstance(run(template, v=from_json(value)), str)
