"""Every message of an error is a template in both languages, is used, and stands nowhere but among the templates."""

import ast
import importlib
import pkgutil
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from govtransparency.texts import problems
from govtransparency.texts.bilingual import Text

PACKAGE = Path(__file__).resolve().parents[2] / "govtransparency"
FOLDER = "govtransparency.texts.problems"
HAN = re.compile(r"[\u3400-\u9fff]")
FULL_WIDTH = re.compile(r"[\u3000-\u303f\uff01-\uff5e\u201c\u201d]")
SOURCES = {
    str(path.relative_to(PACKAGE)): path.read_text(encoding="utf-8")
    for path in sorted(PACKAGE.rglob("*.py"))
    if path.relative_to(PACKAGE).parts[0] != "texts"
}

# -- the templates ---------------------------------------------------------------------------------------------------


def texts_in(value: object, name: str) -> Iterator[tuple[str, Text]]:
    """Yield every text in a value and in the dictionaries and lists in it, by its place."""
    if isinstance(value, Text):
        yield name, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts_in(item, f"{name}[{key}]")
    elif isinstance(value, (list, tuple)):
        for at, item in enumerate(value):
            yield from texts_in(item, f"{name}[{at}]")


MODULES = {
    place.name: importlib.import_module(f"{FOLDER}.{place.name}") for place in pkgutil.iter_modules(problems.__path__)
}
NAMES = {(module, name) for module, found in MODULES.items() for name in vars(found) if name.isupper()}
TEMPLATES = dict(
    text for module, name in sorted(NAMES) for text in texts_in(vars(MODULES[module])[name], f"{module}.{name}")
)


def fields(template: str) -> dict[str, str]:
    """Return the fields of a template and the format each asks for."""
    return {name: form for _, name, form, _ in string.Formatter().parse(template) if name is not None}


def test_there_are_templates():
    assert len(TEMPLATES) > 100
    assert {"argument_problems", "file_problems", "framework_problems", "recipe_problems", "table_problems"} <= set(
        MODULES
    )


every_module = pytest.mark.parametrize("module", MODULES)


def templates_of(module: str) -> dict[str, Text]:
    return {name: template for name, template in TEMPLATES.items() if name.startswith(f"{module}.")}


@every_module
def test_templates_are_in_both_languages(module):
    for name, template in templates_of(module).items():
        zh, en = (re.sub(r"\{[^{}]*\}", "", text) for text in template)
        assert not HAN.search(en) and not FULL_WIDTH.search(en), f"{name}: Chinese in the English text: {en}"
        if re.search("[A-Za-z]", en):  # more than fields and the marks between them
            assert HAN.search(zh), f"{name}: no Chinese: {zh}"


@every_module
def test_templates_have_the_same_plain_fields_in_both_languages(module):
    for name, template in templates_of(module).items():
        zh, en = map(fields, template)
        assert set(zh) == set(en), name
        assert all(field.isidentifier() for field in en), name
        assert set(zh.values()) | set(en.values()) <= {""}, f"{name}: a number is formatted before it is filled in"


CODE = {  # fields within what is to be typed, in plain quotation marks
    "edition_problems.GROUPS_DIFFER": "group",
    "option_problems.REQUIRED_OPTION": "method",
}
HALF_WIDTH = re.compile(r"[\u3400-\u9fff”）][,.;:?!] ?[\u3400-\u9fff“（]")
TO_EMPTY = re.compile("请留空|请清空")  # of a cell that holds something


def chinese_faults(name: str, template: Text) -> Iterator[str]:
    """Give what no Chinese message may have."""
    if any(conversion for *_, conversion in string.Formatter().parse(template.zh)):
        yield "a value as Python shows it"
    shown = {field for _, field, _, how in string.Formatter().parse(template.en) if how == "r"}
    for field in shown - {CODE.get(name)}:
        if f"“{{{field}}}”" not in template.zh:
            yield f"{field} without Chinese quotation marks"
    if HALF_WIDTH.search(template.zh):
        yield "a half-width mark between Chinese characters"
    if TO_EMPTY.search(template.zh):
        yield "advice to empty a cell"


@every_module
def test_chinese_messages_have_chinese_marks(module):
    for name, template in templates_of(module).items():
        assert list(chinese_faults(name, template)) == [], f"{name}: {template.zh}"


@pytest.mark.parametrize(
    ("zh", "en", "fault"),
    [
        ("没有{name!r}", "no {name}", "a value as Python shows it"),
        ("没有{name}", "no {name!r}", "name without Chinese quotation marks"),
        ("没有,请补", "none, add it", "a half-width mark between Chinese characters"),
        ("“{name}”有误；请留空", "{name!r} is wrong; leave it empty", "advice to empty a cell"),
        ("没有“{name}”，请补", "no {name!r}, add it", None),
        ('请写 a = 1, b = "{name}"', "write a = 1", None),
    ],
)
def test_a_fault_of_a_chinese_message_is_found(zh, en, fault):
    assert list(chinese_faults("any", Text(zh, en))) == ([] if fault is None else [fault])


@every_module
@pytest.mark.parametrize("sample", ["x{}y", 3, Text("\u503c", "value")], ids=["str", "int", "Text"])
def test_templates_take_any_value(module, sample):
    own = sample if isinstance(sample, Text) else Text(str(sample), str(sample))
    for name, template in templates_of(module).items():
        filled = template.format(**dict.fromkeys(fields(template.en), sample))
        for before, after, value in zip(template, filled, own, strict=True):
            assert after.count(value) >= len(fields(before)), name
            assert "Text(" not in after, name


def used(tree: ast.Module) -> set[tuple[str, str]]:
    """Return the names that a module takes from the modules of templates: module and name."""
    called = {}
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == FOLDER:
            called |= {alias.asname or alias.name: alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith(f"{FOLDER}."):
            found |= {(node.module.rpartition(".")[2], alias.name) for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in called:
            found.add((called[node.value.id], node.attr))
    return found


def test_every_template_is_used():
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")}
    found = set().union(*map(used, trees.values()))
    for module in MODULES:  # a template may be part of another one beside it
        loads = [
            node.id
            for node in ast.walk(trees[PACKAGE / "texts" / "problems" / f"{module}.py"])
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)
        ]
        found |= {(module, name) for name in loads}
    assert sorted(NAMES - found) == []


def test_a_name_is_used_only_through_its_own_module():
    assert used(ast.parse(f"from {FOLDER} import a_problems as p\np.ONE\nq.TWO")) == {("a_problems", "ONE")}
    assert used(ast.parse(f"from {FOLDER}.a_problems import ONE")) == {("a_problems", "ONE")}


# -- no other sentence -----------------------------------------------------------------------------------------------

Scope = ast.Module | ast.FunctionDef | ast.AsyncFunctionDef


class Sentences:
    """The sentences that a module itself gives to an InputError, found as far as its source tells.

    What is given is followed through names, lists that are added to, and functions of the same module.
    """

    def __init__(self, source: str) -> None:
        self.module = ast.parse(source)
        self.functions = {node.name: node for node in ast.walk(self.module) if isinstance(node, ast.FunctionDef)}
        self.found: set[int] = set()
        self.seen: set[tuple[int, object]] = set()
        for scope in (self.module, *self.functions.values()):
            for call in (node for node in own_nodes(scope) if isinstance(node, ast.Call)):
                if called(call) in ("InputError", "refuse", "Attempts") and call.args:
                    self.follow(scope, call.args[0])
        for function in self.functions.values():  # lists of problems that another module hands in
            for item in (*function.args.args, *function.args.kwonlyargs):
                if item.arg in ("problems", "faults", "found") and "list[" in ast.unparse(
                    item.annotation or ast.Constant(None)
                ):
                    self.follow_name(function, item.arg)

    def follow(self, scope: Scope, value: ast.AST) -> None:
        if (id(scope), id(value)) in self.seen:
            return
        self.seen.add((id(scope), id(value)))
        for node in without_filled_in(value):
            if isinstance(node, ast.JoinedStr) or (
                isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value
            ):
                self.found.add(node.lineno)
            elif isinstance(node, ast.Name):
                self.follow_name(scope, node.id)
            elif isinstance(node, ast.Call) and called(node) in self.functions:
                self.follow_results(self.functions[called(node)])

    def follow_results(self, function: ast.FunctionDef) -> None:
        for node in ast.walk(function):
            if isinstance(node, (ast.Return, ast.Yield, ast.YieldFrom)) and node.value is not None:
                self.follow(function, node.value)

    def follow_name(self, scope: Scope, name: str) -> None:
        """Follow what is assigned or added to a name, by the functions it is handed to as well."""
        if (id(scope), name) in self.seen:
            return
        self.seen.add((id(scope), name))
        for node in own_nodes(scope):
            if isinstance(node, ast.Assign) and any(is_name(target, name) for target in node.targets):
                self.follow(scope, node.value)
            elif isinstance(node, (ast.AugAssign, ast.AnnAssign, ast.NamedExpr)) and is_name(node.target, name):
                self.follow(scope, node.value or node.target)
            elif isinstance(node, ast.Call) and called(node) in ("append", "extend", "insert"):
                if is_name(node.func.value, name):
                    self.follow(scope, node.args[-1])
            elif isinstance(node, ast.Call) and called(node) in self.functions:
                function = self.functions[called(node)]
                parameters = [item.arg for item in function.args.args if item.arg not in ("self", "cls")]
                given = dict(zip(parameters, node.args, strict=False)) | {
                    item.arg: item.value for item in node.keywords
                }
                for parameter, argument in given.items():
                    if parameter is not None and is_name(argument, name):
                        self.follow_name(function, parameter)


def own_nodes(scope: Scope) -> Iterator[ast.AST]:
    """Walk a function, or what of a module is in none."""
    if not isinstance(scope, ast.Module):
        yield from ast.walk(scope)
        return
    rest: list[ast.AST] = [scope]
    while rest:
        node = rest.pop()
        yield node
        rest += [child for child in ast.iter_child_nodes(node) if not isinstance(child, ast.FunctionDef)]


def called(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


def is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


PASSED_ON = {"list", "tuple", "sorted", "set", "fromkeys", "chain", "Text", "as_text"}  # calls that keep what they get


def without_filled_in(value: ast.AST) -> Iterator[ast.AST]:
    """Walk an expression, but not into what fills a template, into conditions, nor into what is looped over."""
    yield value
    parts = list(ast.iter_child_nodes(value))
    if isinstance(value, ast.Call) and called(value) not in PASSED_ON:
        parts = [value.func]
    elif isinstance(value, (ast.ListComp, ast.GeneratorExp)) and not isinstance(value.elt, ast.Name):
        parts = [value.elt]
    elif isinstance(value, ast.IfExp):
        parts = [value.body, value.orelse]
    elif isinstance(value, ast.comprehension):
        parts = [value.iter]
    elif isinstance(value, ast.Subscript):
        parts = [value.value]
    elif isinstance(value, ast.Compare):
        parts = []
    for part in parts:
        yield from without_filled_in(part)


WRONG = {
    "a string": 'raise InputError("no unit", title="x")',
    "an f-string": 'raise InputError([f"{code!r}: wrong"])',
    "a list": 'found = []\nfound.append(f"{x}: y")\nfound += ["a b"]\nraise InputError(found)',
    "a list in a function": 'def f():\n    found: list = ["no unit"]\n    raise InputError(found)',
    "a generator": 'def f():\n    yield "no unit"\ndef g():\n    raise InputError([*f()])',
    "a function that adds": 'def f(x):\n    x.append("a b")\ndef g():\n    y = []\n    f(y)\n    raise InputError(y)',
    "a list of another module": 'def f(problems: list[Text]):\n    problems.append("no unit")',
    "a refusal": 'with Arguments("f") as check:\n    check.refuse("no unit")',
    "a format of its own": 'raise InputError("no unit {x}".format(x=1))',
    "a text of its own": 'raise InputError(Text("\u6ca1\u6709", "no unit"))',
    "a choice of two": 'raise InputError("no unit" if x else problems.NO_UNIT)',
    "a list in a loop": 'found = [f"{x}" for x in y]\nraise InputError([text for text in found])',
    "attempts": 'def f():\n    found = []\n    Attempts(found)(step)\n    found.append("no unit")',
}
RIGHT = {
    "a template": 'raise InputError(problems.NO_UNIT.format(unit=f"{unit:g} or so"), title="a b")',
    "a list": 'found = [problems.NO_UNIT.format(unit="a b")]\nraise InputError(found, title=f"{x}")',
    "what is looped over": 'lacking = [f"{x}" for x in z]\nraise InputError([NO_UNIT.format(unit=x) for x in lacking])',
    "what is asked of": 'raise InputError(problems.NO["a b" if x == "c d" else key])',
    "another error": 'raise KeyError(f"no {x}")',
    "another list": 'def f():\n    found = []\n    raise InputError(found)\ndef g():\n    found = [f"{x}"]',
}


@pytest.mark.parametrize("case", WRONG)
def test_a_sentence_of_its_own_is_found(case):
    assert Sentences(WRONG[case]).found


@pytest.mark.parametrize("case", RIGHT)
def test_a_template_is_no_sentence_of_its_own(case):
    assert not Sentences(RIGHT[case]).found


@pytest.mark.parametrize("module", SOURCES)
def test_no_module_gives_an_error_a_sentence_of_its_own(module):
    lines = sorted(Sentences(SOURCES[module]).found)
    assert lines == [], f"{module}: write these sentences as templates in texts/problems"
