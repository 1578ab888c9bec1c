"""``$filter`` text to a tree, pure. The dialect is Dataverse's::

    or       = and { "or" and }
    and      = unary { "and" unary }
    unary    = "not" unary | "(" or ")" | predicate
    predicate = path op operand | text "(" path "," string ")" | query "(" parameters ")"
    op       = "eq" | "ne" | "gt" | "ge" | "lt" | "le"
    text     = "contains" | "startswith" | "endswith"
    query    = "Microsoft.Dynamics.CRM." name
    parameters = name "=" value { "," name "=" value };  a value may be a JSON list of strings

What OData knows and Dataverse refuses (``in``, arithmetic, ``tolower`` ...) is refused here too.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from tests.mock_dataverse.errors import bad_query, not_simulated
from tests.mock_dataverse.filter_tree import (
    Comparison,
    Condition,
    Junction,
    Literal,
    Negation,
    Path,
    QueryFunction,
    TextMatch,
    Value,
)

COMPARISONS = frozenset({"eq", "ne", "gt", "ge", "lt", "le"})
TEXT_FUNCTIONS = frozenset({"contains", "startswith", "endswith"})
QUERY_PREFIX = "Microsoft.Dynamics.CRM."
UNSUPPORTED = frozenset({"in", "has", "add", "sub", "mul", "div", "mod"})
DEEPEST = 50


GUID = r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(?![\w-])"
DAY = r"\d{4}-\d{2}-\d{2}"
TOKEN = re.compile(
    rf"""\s*(?:
      (?P<GUID>{GUID})
    | (?P<MOMENT>{DAY}T\d{{2}}:\d{{2}}(?::\d{{2}}(?:\.\d{{1,12}})?)?(?:Z|[+-]\d{{2}}:\d{{2}}))
    | (?P<DAY>{DAY}(?![\w-]))
    | (?P<NUMBER>-?\d+(?:\.\d+)?(?![\w.]))
    | (?P<TEXT>'(?:[^']|'')*')
    | (?P<ENUM>Microsoft\.Dynamics\.CRM\.\w+'\w*')
    | (?P<NAME>[A-Za-z_]\w*(?:[./][A-Za-z_]\w*)*)
    | (?P<ALIAS>@[A-Za-z_]\w*)
    | (?P<LIST>\[(?:[^\]"]|"(?:[^"\\]|\\.)*")*\])
    | (?P<MARK>[(),=:])
    )""",
    re.VERBOSE | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the text; ``kind`` is a group of ``TOKEN`` or ``END``."""

    kind: str
    text: str
    at: int


def tokens_of(text: str) -> list[Token]:
    found, at = [], 0
    while text[at:].strip():
        match = TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise bad_query(f"Syntax error at position {at} in '{text}'.")
        found.append(Token(match.lastgroup, match[match.lastgroup], at))
        at = match.end()
    return [*found, Token("END", "", at)]


def parse_filter(text: str, aliases: dict[str, str]) -> Condition:
    """Return the tree of a filter; ``aliases`` are the ``@name`` parameters of the query.

    Raises:
        DataverseError: 400 if Dataverse refuses it, 501 if only the mock does not know it.
    """
    return Parser(text, aliases).whole()


class Parser:
    """One pass over the tokens."""

    def __init__(self, text: str, aliases: dict[str, str]) -> None:
        self._text = text
        self._tokens = tokens_of(text)
        self._aliases = aliases
        self._next = 0
        self._depth = 0

    def whole(self) -> Condition:
        condition = self._or()
        if self._peek().kind != "END":
            raise self._error()
        return condition

    def _or(self) -> Condition:
        return self._junction("or", self._and)

    def _and(self) -> Condition:
        return self._junction("and", self._unary)

    def _junction(self, word: str, part: Callable[[], Condition]) -> Condition:
        conditions = [part()]
        while self._take("NAME", word):
            conditions.append(part())
        return conditions[0] if len(conditions) == 1 else Junction(word, tuple(conditions))

    def _unary(self) -> Condition:
        self._depth += 1
        if self._depth > DEEPEST:
            raise bad_query("The filter is nested too deeply.")
        try:
            if self._take("NAME", "not"):
                return self._negation()
            if self._take("MARK", "("):
                condition = self._or()
                self._expect(")")
                return condition
            return self._predicate()
        finally:
            self._depth -= 1

    def _negation(self) -> Condition:
        condition = self._unary()
        if isinstance(condition, QueryFunction):
            raise bad_query("A query function cannot be negated with 'not'.")
        return Negation(condition)

    def _predicate(self) -> Condition:
        token = self._peek()
        if token.kind != "NAME":
            raise self._error()
        self._next += 1
        if self._take("MARK", "("):
            return self._function(token.text)
        operator = self._peek()
        if operator.kind == "NAME" and operator.text in UNSUPPORTED:
            raise bad_query(f"The operator '{operator.text}' is not supported.")
        if operator.kind != "NAME" or operator.text not in COMPARISONS:
            raise self._error()
        self._next += 1
        return Comparison(_path(token.text), operator.text, self.operand())

    def operand(self) -> Value | Path:
        token = self._peek()
        self._next += 1
        match token.kind:
            case "TEXT":
                return Value(Literal.TEXT, token.text[1:-1].replace("''", "'"))
            case "GUID" | "MOMENT" | "DAY" | "NUMBER" | "ENUM":
                return Value(Literal[token.kind], token.text)
            case "NAME" if token.text == "null":
                return Value(Literal.NULL, "null")
            case "NAME" if token.text in {"true", "false"}:
                return Value(Literal.TRUTH, token.text)
            case "NAME" if not self._take("MARK", "("):
                return _path(token.text)
            case "ALIAS":
                return self._alias(token.text)
            case _:
                self._next -= 1
                raise self._error()

    def _alias(self, name: str) -> Value:
        # An alias without a value means null.
        value = Parser(self._aliases.get(name, "null"), {}).operand()
        if isinstance(value, Path):
            raise bad_query(f"The alias '{name}' is no literal.")
        return value

    def _function(self, name: str) -> Condition:
        if name in TEXT_FUNCTIONS:
            return self._text_match(name)
        if name.startswith(QUERY_PREFIX):
            return self._query_function(name.removeprefix(QUERY_PREFIX))
        if name.endswith(("/any", "/all")):
            raise not_simulated("lambda filters over collections")
        raise bad_query(f"An unknown function with name '{name}' was found.")

    def _text_match(self, function: str) -> Condition:
        path = self.operand()
        self._expect(",")
        text = self.operand()
        self._expect(")")
        if not isinstance(path, Path) or not isinstance(text, Value) or text.kind != Literal.TEXT:
            raise bad_query(f"No signature of '{function}' matches its arguments.")
        return TextMatch(function, path, text.text)

    def _query_function(self, name: str) -> Condition:
        column: str | None = None
        values: tuple[str, ...] | None = None
        while True:
            parameter = self._peek().text
            self._next += 1
            self._expect("=")
            match parameter:
                case "PropertyName":
                    column = self._one_value()
                case "PropertyValue":
                    values = (self._one_value(),)
                case "PropertyValues":
                    values = self._list()
                case _:
                    raise bad_query(f"'{name}' has no parameter '{parameter}'.")
            if self._take("MARK", ")"):
                break
            self._expect(",")
        if column is None:
            raise bad_query(f"'{name}' needs a PropertyName.")
        return QueryFunction(name, column, values)

    def _one_value(self) -> str:
        value = self.operand()
        if not isinstance(value, Value):
            raise self._error()
        return value.text

    def _list(self) -> tuple[str, ...]:
        token = self._peek()
        text = self._aliases.get(token.text, "") if token.kind == "ALIAS" else token.text
        self._next += 1
        try:
            values = json.loads(text)
        except ValueError as error:
            raise bad_query(f"'{text}' is no list of values.") from error
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise bad_query("The values of a query function are given as strings.")
        return tuple(values)

    def _peek(self) -> Token:
        return self._tokens[self._next]

    def _take(self, kind: str, text: str) -> bool:
        token = self._peek()
        if token.kind != kind or token.text != text:
            return False
        self._next += 1
        return True

    def _expect(self, mark: str) -> None:
        if not self._take("MARK", mark):
            raise self._error()

    def _error(self) -> Exception:
        return bad_query(f"Syntax error at position {self._peek().at} in '{self._text}'.")


def _path(name: str) -> Path:
    return Path(tuple(name.split("/")))
