"""What each procedure uses, held against what LibreOffice has: objects, members, functions, statements, libraries.

It reads names, not meanings: where a variable's type is declared or a chain of members begins at a known object, the
member is looked up in that object; elsewhere it is looked for in all objects of the program, which is kinder than the
truth. What no table knows is unknown, never working. See ``docs/analysis/macros.md``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from converters.inspection import MacroModule, MacroProcedure
from converters.macros.libreoffice_support import (
    APPLICATIONS,
    Support,
    globals_of,
    language,
    members_of_all,
    objects_of,
)
from converters.macros.marks import AUTO_PROCEDURES, outside_calls
from converters.macros.project import Module, Project
from converters.macros.source import Line, ModuleSource, is_name, read_source, text_of, tokens
from converters.macros.vba_words import (
    COLLECTION_MEMBERS,
    CONSTANT_PREFIXES,
    ERR_MEMBERS,
    ITEMS,
    RESERVED,
    SELF_NAMED,
    VALUE_TYPES,
)

USES_KEPT = 120  # names per procedure and class; a real one uses some dozens
_OWN = "<own>"  # the type of what the project itself defines
_FOREIGN = "<foreign>"  # of an object from a library outside of Office
_DECLARE = re.compile(
    r"Declare\s+(?:PtrSafe\s+)?(?:Sub|Function)\s+(?P<name>\w+)\s+Lib\s+\"(?P<library>[^\"]*)\"",
    re.IGNORECASE,
)
_TYPED = re.compile(
    r"(?<![\w.])(?P<name>[^\W\d]\w*)(?:\([^()]*\))?\s+As\s+(?:New\s+)?(?P<type>[\w.]+)", re.IGNORECASE
)
_ASSIGNED = re.compile(
    r"(?:^|:\s*|\bThen\s+|\bElse\s+)(?:Set\s+|Let\s+|For\s+(?:Each\s+)?)?(?P<name>[^\W\d]\w*)[%&!#@$]?(?:\([^()]*\))?\s*(?:=|In\b)",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"^(?:Dim|Static|Private|Public|Global|Const|ReDim(?:\s+Preserve)?)\s+(?P<rest>.+)", re.IGNORECASE
)
_DEFINED = re.compile(r"^(?:(?:Public|Private)\s+)?(?:Type|Enum)\s+(?P<name>\w+)", re.IGNORECASE)
_CREATED = ("createobject", "getobject")
_LITERAL = re.compile(r'"(?:[^"]|"")*"?')
# construct -> how a line of code says it; strings are blanked before. What becomes of each stands in the table.
_STATEMENTS: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in (
        ("On Error GoTo", r"\bOn\s+Error\s+GoTo\s+\w"),
        ("On Error Resume Next", r"\bOn\s+Error\s+Resume\s+Next\b"),
        ("GoSub", r"\bGoSub\s+\w"),
        ("On GoTo", r"^On\s+(?!Error\b|Local\b).+\s+Go(?:To|Sub)\b"),
        ("AddressOf", r"\bAddressOf\b"),
        ("TypeOf", r"\bTypeOf\b"),
        ("Like", r"\bLike\b"),
        ("RaiseEvent", r"^RaiseEvent\b"),
        ("Debug.Print", r"\bDebug\.Print\b"),
        ("Debug.Assert", r"\bDebug\.Assert\b"),
        ("Open For", r"^Open\b.+\bFor\b"),
        ("Print #", r"^Print\s*#"),
        ("Write #", r"^Write\s*#"),
        ("Input #", r"^Input\s*#"),
        ("Line Input #", r"^Line\s+Input\s*#"),
        ("Get #", r"^(?:Get|Put)\s*#"),
        ("Lock", r"^(?:Lock|Unlock)\s*#"),
        ("Name As", r"^Name\b.+\bAs\b"),
        ("LSet", r"^LSet\b"),
        ("RSet", r"^RSet\b"),
        ("Bracket", r"(?<![\w\]])\[[^\]]+\]"),
        ("Bang", r"[\w)]![^\W\d]"),
        ("Named arguments", r":="),
        ("ParamArray", r"\bParamArray\b"),
        ("WithEvents", r"\bWithEvents\b"),
        ("Event", r"^(?:(?:Public|Private)\s+)?Event\s+\w"),
        ("Implements", r"^Implements\s+\w"),
        ("#If", r"^#(?:If|Else|ElseIf|End)\b"),
        ("#Const", r"^#Const\b"),
        ("Declare", r"^(?:(?:Public|Private)\s+)?Declare\b"),
        ("Type", r"^(?:(?:Public|Private)\s+)?Type\s+\w"),
        ("Enum", r"^(?:(?:Public|Private)\s+)?Enum\s+\w"),
        ("LongPtr", r"\bAs\s+LongPtr\b"),
        ("LongLong", r"\bAs\s+LongLong\b"),
        ("Option Compare Text", r"^Option\s+Compare\s+Text\b"),
        ("Option Base 1", r"^Option\s+Base\s+1\b"),
        ("DefInt", r"^Def\w+\s+[A-Z]"),
    )
}


@dataclass(frozen=True, slots=True)
class Names:
    """What the modules of a project define, folded: procedures, variables with their types, declared functions."""

    own: frozenset[str] = frozenset()
    variables: Mapping[str, str] = field(default_factory=dict)
    declares: Mapping[str, str] = field(default_factory=dict)  # name -> library!name


def names_of(project: Project) -> Names:
    """The names of a project's modules, and of what stands in them."""
    own: set[str] = {project.name.casefold()}
    variables: dict[str, str] = {}
    declares: dict[str, str] = {}
    for module in project.modules:
        own.add(module.name.casefold())
        source = read_source(module.code or "")
        own.update(procedure.name.casefold() for procedure in source.procedures)
        within = False  # a Type or an Enum, whose lines are names of its own
        for line in source.declarations:
            if declared := _DECLARE.search(line.text):
                declares[declared["name"].casefold()] = f"{_library(declared['library'])}!{declared['name']}"
                continue
            if defined := _DEFINED.match(line.text):
                own.add(defined["name"].casefold())
                within = True
            elif within:
                within = not re.match(r"End\s+(?:Type|Enum)\b", line.text, re.IGNORECASE)
                own.update(token.casefold() for token in tokens(line.text)[:1])
            else:
                variables |= _declared(line.text)
    return Names(frozenset(own), variables, declares)


def _library(name: str) -> str:
    """``kernel32`` of ``C:\\Windows\\kernel32.dll``."""
    return re.split(r"[\\/]", name)[-1].lower().removesuffix(".dll")


def _declared(text: str) -> dict[str, str]:
    """Name -> type of the variables that a line declares, both folded; without a type the name alone."""
    found: dict[str, str] = {}
    if listed := _LISTED.match(text):
        rest = re.sub(r"\([^()]*\)", "", _LITERAL.sub('""', listed["rest"]))
        for part in rest.split(","):
            names = [token for token in tokens(part) if is_name(token)]
            if names:
                name = (
                    names[1] if names[0].lower() in ("withevents", "const") and len(names) > 1 else names[0]
                )
                found[name.casefold()] = ""
    found |= {match["name"].casefold(): _type_name(match["type"]) for match in _TYPED.finditer(text)}
    return found


def _type_name(text: str) -> str:
    """``range`` of ``Excel.Range``; a type of another library keeps its library: ``adodb.connection``."""
    library, _dot, name = text.casefold().rpartition(".")
    return (
        name
        if library in ("", "excel", "word", "office", "msforms", "vba", "powerpoint")
        else text.casefold()
    )


def describe_module(module: Module, family: str, names: Names) -> MacroModule:
    """A module of a document of ``family``: its lines of code, its procedures and what they use."""
    if module.code is None:
        return MacroModule(module.name, module.kind)
    source = read_source(module.code)
    lines = source.lines
    procedures = tuple(dict.fromkeys(procedure.name for procedure in source.procedures))
    return MacroModule(
        module.name,
        module.kind,
        sum(line.physical for line in lines),
        procedures,
        tuple(name for name in procedures if name.casefold() in AUTO_PROCEDURES),
        outside_calls("\n".join(line.text for line in lines)),
        tuple(_details(source, family, names)),
    )


def _arguments(head: str) -> dict[str, str]:
    """The arguments of a procedure, those without a type too."""
    inside = head[head.find("(") + 1 : head.rfind(")")] if "(" in head else ""
    found = {}
    for part in _LITERAL.sub('""', inside).split(","):
        names = [token for token in tokens(part) if is_name(token) and token.casefold() not in RESERVED]
        if names:
            found[names[0].casefold()] = ""
    return found


def _details(source: ModuleSource, family: str, names: Names) -> Iterable[MacroProcedure]:
    application = APPLICATIONS.get(family, "")
    variables = dict(names.variables)
    for line in source.declarations:
        variables |= _declared(line.text)
    if declarations := _Reader(application, names, variables).procedure("", source.declarations):
        yield declarations
    for procedure in source.procedures:
        local = variables | _arguments(procedure.lines[0].text)
        for line in procedure.lines:
            local |= {
                match["name"].casefold(): ""
                for match in _ASSIGNED.finditer(line.text)
                if match["name"].casefold() not in local
            }
            local |= _declared(line.text)
        found = _Reader(application, names, local).procedure(procedure.name, procedure.lines)
        if found:
            yield found


class _Reader:
    """Gathers the uses of one procedure. Types are folded names; empty for what is not known."""

    def __init__(self, application: str, names: Names, variables: Mapping[str, str]) -> None:
        self.application, self.names, self.variables = application, names, variables
        self.uses: dict[Support, dict[str, None]] = defaultdict(dict)
        self.withs: list[str] = []

    def procedure(self, name: str, lines: Iterable[Line]) -> MacroProcedure | None:
        """What ``lines`` use; None for declarations that use nothing."""
        count = 0
        for line in lines:
            count += line.physical
            self._line(line.text)
        if not name and not self.uses:
            return None
        kept = {support: tuple(sorted(self.uses[support]))[:USES_KEPT] for support in Support}
        return MacroProcedure(
            name,
            count,
            name.casefold() in AUTO_PROCEDURES,
            kept[Support.WORKS],
            kept[Support.WINDOWS],
            kept[Support.MISSING],
            kept[Support.UNKNOWN],
        )

    def _use(self, support: Support, kind: str, name: str) -> None:
        self.uses[support][f"{kind}:{name}"] = None

    def _line(self, text: str) -> None:
        blank = _LITERAL.sub('""', text)
        for name, pattern in _STATEMENTS.items():
            if pattern.search(blank):
                self._table("statement", name)
        for match in _TYPED.finditer(blank):
            self._type(match["type"])
        found = tokens(text)
        if (
            not found
            or found[0].casefold() in ("declare", "#", "implements", "option")
            or _DECLARE.search(text)
        ):
            return
        first = found[0].casefold()
        if first == "with" and len(found) > 1:
            self.withs.append(self._walk(found, 1, len(found)))
            return
        if first == "end" and len(found) > 1 and found[1].casefold() == "with":
            if self.withs:
                self.withs.pop()
            return
        self._walk(found, 0, len(found))

    def _walk(self, found: list[str], position: int, end: int) -> str:
        """Read the expressions between two positions; the type of the last one."""
        kind = ""
        while position < end:
            token = found[position]
            if token in (".", "!") and position + 1 < end and is_name(found[position + 1]):
                position, kind = self._members(found, position, end, self.withs[-1] if self.withs else "")
            elif is_name(token):
                position, kind = self._chain(found, position, end)
            else:
                position += 1
        return kind

    def _chain(self, found: list[str], position: int, end: int) -> tuple[int, str]:
        """A name and the members behind it: the position after them, and the type that they give."""
        name = found[position]
        folded = name.casefold()
        following = found[position + 1] if position + 1 < end else ""
        if following == ":=":  # an argument's name
            return position + 2, ""
        if following == ":" and position == 0 and folded not in RESERVED:  # a label
            return position + 2, ""
        if position and found[position - 1].casefold() in ("as", "new", "goto", "gosub"):
            if found[position - 1].casefold() == "new":
                self._type(name)
            while position + 2 < end and found[position + 1] == "." and is_name(found[position + 2]):
                position += 2
            return position + 1, ""
        kind = self._root(name, folded, found, position)
        return self._members(found, position + 1, end, kind)

    def _root(self, name: str, folded: str, found: list[str], position: int) -> str:
        if folded in _CREATED:
            self._created(name, found, position)
            return _FOREIGN
        if folded in self.variables and folded not in self.names.own:
            return self._declared_type(self.variables[folded])
        if folded in self.names.declares:
            self._use(Support.WINDOWS, "declare", self.names.declares[folded])
            return ""
        if folded in self.names.own or folded in ("me", "debug"):  # Debug.Print is a statement of the table
            return _OWN
        if folded == "err":
            return "err"
        following = found[position + 1] if position + 1 < len(found) else ""
        if self._table("function", name, quiet=folded in RESERVED or following == "="):
            return ""
        if folded in RESERVED or _is_constant(name):
            return ""
        if known := globals_of(self.application).get(folded):
            self._use(Support.WORKS, "object", known.name)
            return known.returns.casefold() or (folded if folded in SELF_NAMED else "")
        row = language().get(("object", folded))
        self._use(
            row.support if row else Support.UNKNOWN, "object" if row else "name", row.name if row else name
        )
        return _FOREIGN if row else ""

    def _declared_type(self, kind: str) -> str:
        if kind in self.names.own:
            return _OWN
        known = kind in objects_of(self.application) or kind in VALUE_TYPES or kind in ("", "collection")
        return kind if known else _FOREIGN

    def _members(self, found: list[str], position: int, end: int, kind: str) -> tuple[int, str]:
        while position < end:
            sign = found[position]
            if sign == "(":
                closing = _closing(found, position, end)
                self._walk(found, position + 1, closing)
                position, kind = closing + 1, ITEMS.get(kind, kind)
            elif sign in (".", "!") and position + 1 < end and is_name(found[position + 1]):
                kind = self._member(kind, found[position + 1]) if sign == "." else ""
                position += 2
            else:
                break
        return position, kind

    def _member(self, kind: str, name: str) -> str:
        """Look a member up in an object; the type that it gives."""
        folded = name.casefold()
        if kind in (_FOREIGN, _OWN) or kind in self.names.own:
            return kind if kind == _FOREIGN else ""
        if kind == "collection":
            self._use(
                Support.WORKS if folded in COLLECTION_MEMBERS else Support.MISSING,
                "member",
                f"Collection.{name}",
            )
            return ""
        if kind == "err":
            self._use(Support.WORKS if folded in ERR_MEMBERS else Support.MISSING, "member", f"Err.{name}")
            return ""
        objects = objects_of(self.application)
        if kind == "worksheetfunction":  # every function of Calc, by name
            self._use(Support.WORKS, "member", f"WorksheetFunction.{name}")
            return ""
        if kind in objects:
            member = objects[kind].get(folded)
            shown = f"{kind.capitalize()}.{member.name if member else name}"
            self._use(Support.WORKS if member else Support.MISSING, "member", shown)
            if member is None:
                return folded if folded in objects else ""
            return member.returns.casefold() or (folded if folded in SELF_NAMED else "")
        if folded in self.names.own or folded in self.variables:
            return ""
        known = folded in members_of_all(self.application)
        self._use(Support.WORKS if known else Support.UNKNOWN, "member", name)
        return folded if folded in SELF_NAMED else ""

    def _created(self, name: str, found: list[str], position: int) -> None:
        """``CreateObject("Scripting.Dictionary")``: the program or library that is asked for."""
        texts = (text_of(token) for token in found[position + 1 : position + 6])
        asked = next((text for text in texts if text), "")
        self._library_use(asked or name)

    def _library_use(self, name: str) -> None:
        row = language().get(("library", name.casefold()))
        self._use(row.support if row else Support.WINDOWS, "com", row.name if row else name)

    def _type(self, text: str) -> None:
        """A type that a declaration names."""
        folded = _type_name(text)
        if folded in VALUE_TYPES or folded in self.names.own or folded == "collection":
            return
        if folded in objects_of(self.application):
            self._use(Support.WORKS, "object", text.rpartition(".")[2])
        elif "." in folded or ("library", folded) in language():
            self._library_use(text)
        else:
            row = language().get(("object", folded))
            self._use(row.support if row else Support.UNKNOWN, "object", text)

    def _table(self, kind: str, name: str, *, quiet: bool = False) -> bool:
        """Note a word of the language; whether the table has it."""
        row = language().get((kind, name.casefold()))
        if row is None:
            return False
        if not quiet:
            self._use(row.support, kind, row.name)
        return True


def _is_constant(name: str) -> bool:
    """``xlUp``, ``vbCrLf``: a prefix of Office's libraries and a capital letter after it."""
    for prefix in CONSTANT_PREFIXES:
        rest = name[len(prefix) :]
        if name[: len(prefix)].lower() == prefix and rest[:1].isupper():
            return True
    return False


def _closing(found: list[str], position: int, end: int) -> int:
    """The position of the parenthesis that closes the one at ``position``; the end where none does."""
    depth = 0
    for index in range(position, end):
        depth += {"(": 1, ")": -1}.get(found[index], 0)
        if depth == 0:
            return index
    return end
