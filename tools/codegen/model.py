"""A service model with its overlay applied, and what the emitters ask of it: C++ types and definition order."""
import json

from codegen import names

SCALARS = {"string": ("kString", "std::string"), "blob": ("kBlob", "std::string"), "boolean": ("kBoolean", "bool"),
           "integer": ("kInteger", "int32_t"), "long": ("kLong", "int64_t"), "float": ("kFloat", "double"),
           "double": ("kDouble", "double"), "timestamp": ("kTimestamp", "base::Instant")}


class ModelError(Exception):
    """The model, its overlay or its authorization table contradicts itself."""


def merge(base, extra):
    """Overlay semantics: objects merge by key, null removes, everything else replaces."""
    for key, value in extra.items():
        if value is None:
            base.pop(key, None)
        elif isinstance(value, dict) and isinstance(base.get(key), dict):
            merge(base[key], value)
        else:
            base[key] = value
    return base


def check_overlay(description, overlay):
    """An overlay corrects; a shape it names must exist, so that a typing error is not silently without effect."""
    for shape, change in overlay.get("shapes", {}).items():
        known = description["shapes"].get(shape)
        missing = [m for m in (change or {}).get("members", {}) if known and m not in known.get("members", {})]
        if known is None or missing:
            raise ModelError(f"overlay names unknown shape or members: {shape} {missing}")


class Model:
    def __init__(self, name, description, overlay=None):
        self.name = name
        check_overlay(description, overlay or {})
        data = merge(json.loads(json.dumps(description)), {k: v for k, v in (overlay or {}).items() if k != "about"})
        self.metadata = data["metadata"]
        self.operations = data["operations"]
        self.shapes = data["shapes"]
        self.pagination = data.get("pagination", {})
        self.validation = data.get("validation", {})
        self.namespace = names.snake(name)
        for shape in self.shapes.values():
            self._apply_order(shape)
        self.ids = self._assign_ids()
        self.aliases = self._add_missing_structures()
        self.component = self._find_cycles()

    @staticmethod
    def _apply_order(shape):
        """`order` in an overlay: these members first, in this order, as the live service sends them."""
        order = shape.pop("order", [])
        members = shape.get("members", {})
        if order:
            shape["members"] = {n: members[n] for n in order} | {n: m for n, m in members.items() if n not in order}

    def kind(self, shape_name):
        shape = self.shapes[shape_name]
        if shape.get("document"):
            return "document"
        return shape["type"]

    def is_structure(self, shape_name):
        return self.kind(shape_name) == "structure"

    def structures(self):
        return [n for n in self.shapes if self.is_structure(n)]

    def _assign_ids(self):
        """Shape name -> C++ identifier; names that differ only in case of their first letter get a number."""
        ids, used = {}, {}
        for shape in self.shapes:
            wanted = names.pascal(shape)
            count = used.get(wanted, 0)
            used[wanted] = count + 1
            ids[shape] = wanted if count == 0 else f"{wanted}{count + 1}"
        return ids

    def _add_missing_structures(self):
        """Every operation gets <Op>Request and <Op>Response: the model's structure, an alias or an empty one."""
        aliases = {}
        taken = {i: s for s, i in self.ids.items()}
        for name, operation in self.operations.items():
            for side, suffix in (("input", "Request"), ("output", "Response")):
                wanted = names.pascal(name) + suffix
                operation["has_" + side] = side in operation
                if side not in operation:
                    shape = wanted if wanted not in taken else wanted + "Empty"
                    self.shapes[shape] = {"type": "structure", "members": {}}
                    self.ids[shape] = shape
                    taken[shape] = shape
                    operation[side] = shape
                elif self.ids[operation[side]] != wanted and wanted not in taken:
                    aliases[wanted] = self.ids[operation[side]]
        return aliases

    def references(self, shape_name):
        shape = self.shapes[shape_name]
        if self.kind(shape_name) == "structure":
            return [m["shape"] for m in shape["members"].values()]
        if shape["type"] == "list":
            return [shape["member"]["shape"]]
        if shape["type"] == "map":
            return [shape["value"]["shape"]]
        return []

    def _find_cycles(self):
        """Tarjan's strongly connected components, leaves first; self.order lists shapes so that uses follow."""
        index, low, stack, on_stack, component = {}, {}, [], set(), {}
        self.order = []

        def visit(node):
            index[node] = low[node] = len(index)
            stack.append(node)
            on_stack.add(node)
            for target in self.references(node):
                if target not in index:
                    visit(target)
                    low[node] = min(low[node], low[target])
                elif target in on_stack:
                    low[node] = min(low[node], index[target])
            if low[node] == index[node]:
                while True:
                    member = stack.pop()
                    on_stack.discard(member)
                    component[member] = node
                    self.order.append(member)
                    if member == node:
                        break

        for shape in self.shapes:
            if shape not in index:
                visit(shape)
        return component

    def boxed(self, owner, target):
        return self.is_structure(target) and self.component[owner] == self.component[target]

    def cpp_type(self, shape_name, element=False):
        kind = self.kind(shape_name)
        if kind == "document":
            return "std::string"
        if kind in SCALARS:
            return "api::Flag" if element and kind == "boolean" else SCALARS[kind][1]
        shape = self.shapes[shape_name]
        if kind == "list":
            return f"std::vector<{self.cpp_type(shape['member']['shape'], True)}>"
        if kind == "map":
            return f"std::vector<std::pair<std::string, {self.cpp_type(shape['value']['shape'], True)}>>"
        return self.ids[shape_name]

    def errors(self):
        return {n: s for n, s in self.shapes.items() if "error" in s}
