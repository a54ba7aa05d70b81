"""Writes shapes.h and shapes.cc: the member and constraint tables behind src/api/shape.h."""
from codegen import names
from codegen.model import SCALARS

LOCATIONS = {"header": "kHeader", "headers": "kHeaders", "querystring": "kQueryString", "uri": "kUri",
             "statusCode": "kStatusCode"}
TIMESTAMPS = {"iso8601": "kIso8601", "unixTimestamp": "kEpochSeconds", "rfc822": "kHttpDate",
              "wholeSeconds": "kWholeSeconds"}
CONSTRAINTS = ("min", "max", "pattern", "enum", "hide_value", "pattern_sentence")


def emit_header(model, banner):
    lines = [banner, f"// Descriptions of the structures of {model.metadata['id']} for codecs and validator.",
             "#pragma once", "", '#include "api/shape.h"', "", f"namespace wardkeep::api::{model.namespace}::shapes {{", ""]
    lines += [f"extern const api::Shape k{model.ids[s]};" for s in sorted(model.structures(), key=lambda s: model.ids[s])]
    inputs = {o["input"] for o in model.operations.values()}
    lines += ["", "// Members of requests, in model order; the operation table points into them."]
    lines += [f"extern const api::Member k{model.ids[s]}Members[{len(model.shapes[s]['members'])}];"
              for s in sorted(inputs, key=lambda s: model.ids[s]) if model.shapes[s]["members"]]
    lines += ["", f"}}  // namespace wardkeep::api::{model.namespace}::shapes", ""]
    return "\n".join(lines)


def _flags(pairs):
    return "".join(f", .{name} = {value}" for name, value in pairs if value)


def _constraint(model, shape_name, patterns):
    shape = model.shapes[shape_name]
    if not any(key in shape for key in CONSTRAINTS):
        return []
    ident = model.ids[shape_name]
    lines = []
    if "enum" in shape:
        values = ", ".join(names.literal(v) for v in shape["enum"])
        lines.append(f"constexpr std::string_view k{ident}Values[] = {{{values}}};")
    fields = []
    for bound in ("min", "max"):
        if bound in shape:
            fields += [f".{bound} = {int(shape[bound])}"]
    for bound in ("min", "max"):
        if bound in shape:
            fields += [f".has_{bound} = true"]
    if shape.get("hide_value"):
        fields.append(".hide_value = true")
    if "pattern" in shape:
        fields.append(f".pattern = &{patterns.identifier(shape)}")
    if "enum" in shape:
        fields.append(f".enum_values = k{ident}Values")
    if "pattern_sentence" in shape:
        fields.append(f".pattern_sentence = {names.literal(shape['pattern_sentence'])}")
    lines.append(f"constexpr api::Constraint k{ident}Constraint = {{{', '.join(fields)}}};")
    return lines


def _member(model, owner, name, member):
    target = member["shape"]
    shape = model.shapes[target]
    cpp = model.cpp_type(target)
    slot = f"api::kBoxedSlot<{cpp}>" if model.boxed(owner, target) else f"api::kSlot<{cpp}>"
    timestamp = member.get("timestamp_format", shape.get("timestamp_format"))
    wire = member.get("location_name", name)
    fields = _flags([
        ("required", "true" if member.get("required") else ""),
        ("flattened", "true" if member.get("flattened") or shape.get("flattened") else ""),
        ("json_value", "true" if member.get("jsonvalue") else ""),
        ("missing_parameter", "true" if member.get("missing_parameter") else ""),
        ("location", f"api::Location::{LOCATIONS[member['location']]}" if member.get("location") in LOCATIONS else ""),
        ("timestamp", f"api::TimestampFormat::{TIMESTAMPS[timestamp]}" if timestamp else ""),
    ])
    return (f"    {{.name = {names.literal(name)}, .wire_name = {names.literal(wire)}, .shape = &k{model.ids[target]}, "
            f".offset = offsetof({model.ids[owner]}, {names.snake(name)}), .slot = &{slot}{fields}}},")


def _structure_fields(model, shape_name):
    shape = model.shapes[shape_name]
    ident = model.ids[shape_name]
    fields = [(".is_union", "true" if shape.get("union") else ""),
              (".members", f"k{ident}Members" if shape["members"] else ""),
              (".payload", names.literal(shape["payload"]) if shape.get("payload") else ""),
              (".structure", f"&api::kStructure<{ident}>")]
    return fields


def _list_fields(model, shape):
    element = shape["member"]
    cpp = model.cpp_type(element["shape"], True)
    return [(".element", f"&k{model.ids[element['shape']]}"),
            (".element_name", names.literal(element.get("location_name", "member"))), (".list", f"&api::kList<{cpp}>")]


def _map_fields(model, shape):
    value = shape["value"]
    cpp = model.cpp_type(value["shape"], True)
    return [(".element", f"&k{model.ids[value['shape']]}"),
            (".element_name", names.literal(value.get("location_name", "value"))),
            (".key_name", names.literal(shape["key"].get("location_name", "key"))), (".map", f"&api::kMap<{cpp}>")]


def _shape(model, shape_name):
    shape = model.shapes[shape_name]
    ident = model.ids[shape_name]
    kind = model.kind(shape_name)
    cpp_kind = "kDocument" if kind == "document" else SCALARS[kind][0] if kind in SCALARS else "k" + kind.capitalize()
    fields = [(".name", names.literal(shape_name)), (".kind", f"api::Kind::{cpp_kind}"),
              (".sensitive", "true" if shape.get("sensitive") else "")]
    if kind in ("list", "map"):
        fields.append((".flattened", "true" if shape.get("flattened") else ""))
    if kind == "timestamp" and shape.get("timestamp_format"):
        fields.append((".timestamp", f"api::TimestampFormat::{TIMESTAMPS[shape['timestamp_format']]}"))
    if any(key in shape for key in CONSTRAINTS):
        fields.append((".constraint", f"&k{ident}Constraint"))
    if kind == "structure":
        structure = _structure_fields(model, shape_name)
        fields += structure[:1]
        fields += structure[1:]
    elif kind == "list":
        fields += _list_fields(model, shape)
    elif kind == "map":
        fields += _map_fields(model, shape)
    return f"constinit const api::Shape k{ident} = {{{', '.join(f'{k} = {v}' for k, v in fields if v)}}};"


def emit_source(model, banner, folder, patterns):
    lines = [banner, f'#include "{folder}/shapes.h"', "", "#include <cstddef>", "#include <string_view>", "",
             f'#include "{folder}/types.h"', '#include "api/pattern.h"', '#include "api/shape_ops.h"', "",
             f"namespace wardkeep::api::{model.namespace}::shapes {{", ""]
    shapes = [s for s in model.order if "error" not in model.shapes[s]]
    lines += [f"extern const api::Shape k{model.ids[s]};" for s in shapes]
    lines += ["", "namespace {", ""]
    lines += patterns.tables([model.shapes[s] for s in shapes if "pattern" in model.shapes[s]])
    for shape in shapes:
        lines += _constraint(model, shape, patterns)
    lines += ["", "}  // namespace", ""]
    for shape in shapes:
        if model.is_structure(shape) and model.shapes[shape]["members"]:
            ident = model.ids[shape]
            lines += [f"static_assert(std::is_standard_layout_v<{ident}>);", f"constinit const api::Member k{ident}Members[] = {{"]
            lines += [_member(model, shape, n, m) for n, m in model.shapes[shape]["members"].items()]
            lines.append("};")
    lines.append("")
    lines += [_shape(model, s) for s in shapes]
    lines += ["", f"}}  // namespace wardkeep::api::{model.namespace}::shapes", ""]
    return "\n".join(lines)
