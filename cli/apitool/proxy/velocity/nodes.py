"""What a parsed template is made of. `line` counts from 1."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    text: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, `true`, `false`, `null`, or a string in single quotes."""

    value: object


@dataclass(frozen=True, slots=True)
class Interpolated:
    """A string in double quotes with references or directives in it."""

    body: Block


@dataclass(frozen=True, slots=True)
class ListOf:
    items: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class MapOf:
    pairs: tuple[tuple[Expression, Expression], ...]


@dataclass(frozen=True, slots=True)
class Range:
    """`[1..5]`, both ends included; counts down when the first is larger."""

    first: Expression
    last: Expression
    line: int


@dataclass(frozen=True, slots=True)
class Not:
    operand: Expression


@dataclass(frozen=True, slots=True)
class Binary:
    operator: str
    left: Expression
    right: Expression
    line: int


@dataclass(frozen=True, slots=True)
class Property:
    name: str


@dataclass(frozen=True, slots=True)
class Method:
    name: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Index:
    at: Expression


Step = Property | Method | Index


@dataclass(frozen=True, slots=True)
class Reference:
    """`$name.step[step]`. How it was written (`$!`, braces) makes no difference: no value prints nothing."""

    name: str
    steps: tuple[Step, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Set:
    target: Reference
    value: Expression


@dataclass(frozen=True, slots=True)
class If:
    branches: tuple[tuple[Expression, Block], ...]
    otherwise: Block


@dataclass(frozen=True, slots=True)
class Foreach:
    variable: str
    items: Expression
    body: Block
    line: int


@dataclass(frozen=True, slots=True)
class Macro:
    name: str
    parameters: tuple[str, ...]
    body: Block


@dataclass(frozen=True, slots=True)
class Call:
    """A macro called. `source` is printed when there is no such macro."""

    name: str
    arguments: tuple[Expression, ...]
    source: str
    line: int


@dataclass(frozen=True, slots=True)
class Define:
    """`#define($name) … #end`: a block that is run where its name is printed."""

    name: str
    body: Block


@dataclass(frozen=True, slots=True)
class Break:
    """Leaves the innermost `#foreach`."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Ends the template."""


Expression = Literal | Interpolated | ListOf | MapOf | Range | Not | Binary | Reference
Node = Text | Reference | Set | If | Foreach | Macro | Call | Define | Break | Stop
Block = tuple[Node, ...]
