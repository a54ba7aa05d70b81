"""Finds, for every operation, the black-box test that exercises it, by reading the tests' syntax trees.

A test function exercises an operation when it calls the method boto3 has for it (`iam.create_user(...)`), names its
paginator or method in text ("list_users"), or names the raw Action ("CreateUser"): in its own body, in the rows it is
parametrised with, or in a function or fixture of its module that it uses. A name put together (f"put_{kind}_policy")
stands for what the words of the test's rows make of it. Of several tests the one is taken whose name has the operation's,
then one in which nothing must fail (or that is about a whole life), then the one whose file and name share the most words
with it, then the one that exercises the fewest operations.

    python3 tools/operation_tests.py                 print service:Operation and its test, or "-"
    python3 tools/operation_tests.py --calls FILE    fail when a test named in docs/compatibility.md did not call its
                                                     operation with success in the run that left FILE (pytest --record-calls)
"""
import argparse
import ast
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TESTS = ROOT / "tests" / "blackbox"
# These walk over many operations alike, or have them all refused.
NOT_ABOUT_ONE = {"test_bad_input.py", "test_constraints.py", "test_contention.py", "test_everything_survives.py"}
# How a test exercises an operation: itself; through a fixture or function while it speaks the operation's verb
# (target.untag()); with no sign of it in its own text; or only to see it refused.
DIRECT, THROUGH, BESIDE, REFUSED = 0, 1, 2, 3
REFUSING = {"refused", "raises"}  # context managers under which a call must fail
MOST_TEXTS = 20_000
LONGEST_WORD = 40


def plain(name):
    """One spelling for CreateSAMLProvider, create_saml_provider and create-saml-provider."""
    return name.replace("_", "").replace("-", "").lower()


def read_operations(models=ROOT / "models"):
    """{plain spelling: service:Operation} of every model."""
    found = {}
    for path in sorted(models.glob("*.json")):
        for name in json.loads(path.read_text())["operations"]:
            found[plain(name)] = f"{path.stem}:{name}"
    return found


def own_word(node):
    """What of one node may be a part of a method's name: a text, or the name of an attribute (owner.put)."""
    word = node.attr if isinstance(node, ast.Attribute) else getattr(node, "value", None)
    usable = isinstance(word, str) and word.isidentifier() and word.islower() and len(word) <= LONGEST_WORD
    return [word] if usable else []


def words_of(node):
    """All such words of a syntax tree."""
    return {word for part in ast.walk(node) for word in own_word(part)}


def put_together(node, words, operations):
    """Operations that an f-string names when its gaps are filled with some of the words."""
    texts = [""]
    for part in node.values:
        choices = [part.value] if isinstance(part, ast.Constant) else words
        texts = [text + choice for text in texts for choice in choices]
        if len(texts) > MOST_TEXTS:
            return set()
    return {operations.get(plain(text)) for text in texts if "_" in text}


def is_refusal(node):
    """Whether a node is a `with` under which a call must fail."""
    calls = [item.context_expr for item in node.items] if isinstance(node, ast.With) else []
    names = [call.func for call in calls if isinstance(call, ast.Call)]
    return any((getattr(name, "id", None) or getattr(name, "attr", None)) in REFUSING for name in names)


def parts_of(node, refusals):
    """Every node of a tree; of what must fail, only with `refusals`."""
    yield node
    for child in ast.iter_child_nodes(node):
        if refusals or not is_refusal(child):
            yield from parts_of(child, refusals)


def mentions(node, operations, words=frozenset(), refusals=True):
    """Operations a syntax tree names, and the plain names it uses; `words` may fill the gaps of its f-strings."""
    found, used = set(), set()
    for part in parts_of(node, refusals):
        if isinstance(part, ast.JoinedStr):
            found |= put_together(part, words, operations)
        if isinstance(part, ast.Attribute) and "_" in part.attr:
            found.add(operations.get(plain(part.attr)))
        elif isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value.isidentifier():
            if "_" in part.value or part.value[:1].isupper():
                found.add(operations.get(plain(part.value)))
        elif isinstance(part, (ast.Name, ast.arg)):  # an argument may be a fixture of the module
            used.add(part.id if isinstance(part, ast.Name) else part.arg)
    return found - {None}, used


def module_names(tree):
    """{name: node} of a module's functions and assigned tables."""
    names = {}
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names[node.name] = node
        elif isinstance(node, ast.Assign):
            names.update((target.id, node.value) for target in node.targets if isinstance(target, ast.Name))
    return names


def called_by(node, names):
    """The trees of everything in the module that a function uses, directly or not, without other tests."""
    waiting, seen = [node], {}
    while waiting:
        for name in mentions(waiting.pop(), {})[1]:
            if name in names and name not in seen and not name.startswith("test_"):
                seen[name] = names[name]
                waiting.append(names[name])
    return list(seen.values())


def exercised(node, names, operations):
    """{operation: how} of one test function; `names` are those of its module."""
    tables = [names[part.id] for decorator in node.decorator_list for part in ast.walk(decorator)
              if isinstance(part, ast.Name) and part.id in names]
    rows, others = [*node.decorator_list, *tables], called_by(node, names)
    body = ast.Module(node.body, [])
    words = set().union(*map(words_of, [node, *tables, *others]))
    spoken = {word for part in parts_of(body, refusals=False) for word in own_word(part)}
    found = {operation: REFUSED for tree in [body, *rows] for operation in mentions(tree, operations, words)[0]}
    for tree in others:
        for operation in mentions(tree, operations, words)[0]:
            found[operation] = min(THROUGH if verb_of(operation) in spoken else BESIDE, found.get(operation, BESIDE))
    # Rows are called by name: a body that calls so only under a refusal has all of them refused.
    outside, used = mentions(body, operations, words, refusals=False)
    if "getattr" in used or not any(is_refusal(part) for part in ast.walk(node)):
        outside = outside.union(*(mentions(tree, operations, words)[0] for tree in rows))
    return found | {operation: DIRECT for operation in outside}


def tests_of_module(path, operations):
    """(test name, whether something in it must fail, {operation: how}) of the tests in one file."""
    names = module_names(ast.parse(path.read_text()))
    for name, node in names.items():
        if not (name.startswith("test_") and isinstance(node, ast.FunctionDef)):
            continue
        yield name, any(is_refusal(part) for part in ast.walk(node)), exercised(node, names, operations)


def verb_of(operation):
    """The first word of an operation's name: "untag" of iam:UntagRole."""
    return re.match("[A-Z][a-z]+", operation.partition(":")[2])[0].lower()


def kinship(operation, path, test):
    """How many words of an operation's name are in the name of the test or of its file; plurals and endings aside."""
    spoken = (path.stem + "_" + test).split("_")
    own = re.findall("[A-Z][a-z]+|[A-Z]+(?=[A-Z]|$)", operation.partition(":")[2])
    return sum(any(word.startswith(part.lower()[:5]) for word in spoken) for part in own)


def tests_by_operation(folder=TESTS, models=ROOT / "models"):
    """{service:Operation: "test_file.py::test_name"} of every operation that has a test."""
    operations, candidates = read_operations(models), {}
    for path in sorted(folder.glob("test_*.py")):
        if path.name in NOT_ABOUT_ONE:
            continue
        for test, refuses, found in tests_of_module(path, operations):
            for operation, how in found.items():
                named = plain(operation.partition(":")[2]) in plain(test)
                refused = how == REFUSED or "refuse" in test
                rank = (refused, not named, how, refuses and "_life" not in test, -kinship(operation, path, test), len(found),
                        path.name, test)
                candidates.setdefault(operation, []).append(rank)
    return {operation: "{6}::{7}".format(*min(ranks)) for operation, ranks in candidates.items()}


def named_tests(document=ROOT / "docs" / "compatibility.md"):
    """{Operation: test} of the rows of the tables of operations."""
    row = re.compile(r"^\| (\w+) \| `bb/(test_\w+\.py::test_\w+)` \|$", re.MULTILINE)
    return dict(row.findall(document.read_text()))


def check_calls(path):
    """Exits with a list of the named tests that never had success with their operation, though others had."""
    full = {name.partition(":")[2]: name for name in read_operations().values()}
    called, succeeded = set(), set()
    for part in pathlib.Path(path).parent.glob(pathlib.Path(path).name + "*"):
        for test, successes in json.loads(part.read_text()).items():
            called |= {(test, operation) for operation in successes}
            succeeded |= {(test, operation) for operation, count in successes.items() if count}
    # What no test has success with is there to be refused, as AWS refuses it without an organization.
    can_succeed = {operation for _, operation in succeeded}
    idle = [f"{operation}: {test}" for operation, test in named_tests().items()
            if (test, full[operation]) not in (succeeded if full[operation] in can_succeed else called)]
    if idle:
        sys.exit("tests named beside an operation that did not call it with success, though another test did:\n" + "\n".join(idle))
    print(f"all {len(named_tests())} named tests called their operation, with success where that can be")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", metavar="FILE")
    arguments = parser.parse_args()
    if arguments.calls:
        return check_calls(arguments.calls)
    tests = tests_by_operation()
    for operation in read_operations().values():
        print(operation, tests.get(operation, "-"))


if __name__ == "__main__":
    main()
