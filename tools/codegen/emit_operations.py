"""Writes operations.h and operations.cc: the service record and its operation table (src/api/operation.h)."""
from codegen import names
from codegen.authorization import AUTHORIZE

PROTOCOLS = {"query": "kQuery", "json": "kJson", "rest-json": "kRestJson", "ec2": "kEc2"}


def emit_header(model, banner):
    lines = [banner, f"// The operations of {model.metadata['id']}.", "#pragma once", "", '#include "api/operation.h"', "",
             f"namespace wardkeep::api::{model.namespace} {{", "", "extern const api::Service kService;", "",
             f"}}  // namespace wardkeep::api::{model.namespace}", ""]
    return "\n".join(lines)


def _errors(model):
    lines = ["constexpr api::ErrorInfo kErrors[] = {"]
    for shape, body in model.errors().items():
        lines.append(f"    {{.shape = {names.literal(shape)}, .code = {names.literal(body['error']['code'])}, "
                     f".http_status = {body['error']['status']}}},")
    return lines + ["};"] if len(lines) > 1 else []


def _arrays(model, table, name):
    """The small arrays one operation's row points to: (lines, fields of the row)."""
    operation = model.operations[name]
    ident = names.pascal(name)
    lines, fields = [], []
    errors = list(model.errors())
    if operation["errors"]:
        addresses = ", ".join(f"&kErrors[{errors.index(e)}]" for e in operation["errors"])
        lines.append(f"constexpr const api::ErrorInfo* k{ident}Errors[] = {{{addresses}}};")
        fields.append(f".errors = k{ident}Errors")
    for field, type_name, rows in () if table is None else (
            ("actions", "api::RequiredAction", table.actions(name)), ("keys", "api::ConditionKey", table.keys(name)),
            ("mask", "std::string_view", table.mask(name))):
        if rows:
            lines.append(f"constexpr {type_name} k{ident}{field.capitalize()}[] = {{{', '.join(rows)}}};")
            fields.append(f".{field} = k{ident}{field.capitalize()}")
    page = model.pagination.get(name)
    if page:
        lines += _page(ident, page)
        fields.append(f".pagination = &k{ident}Page")
    return lines, fields


def _page(ident, page):
    keys = page.get("result_key", [])
    keys = keys if isinstance(keys, list) else [keys]
    text = {k: names.literal(page[k] if isinstance(page[k], str) else page[k][0])
            for k in ("input_token", "output_token", "limit_key", "more_results") if k in page}
    fields = [f".{k} = {v}" for k, v in text.items()] + [f".result_keys = k{ident}Results"]
    return [f"constexpr std::string_view k{ident}Results[] = {{{', '.join(names.literal(k) for k in keys)}}};",
            f"constexpr api::Pagination k{ident}Page = {{{', '.join(fields)}}};"]


def _row(model, table, name, fields):
    operation = model.operations[name]
    http = operation.get("http", {})
    head = [".service = &kService", f".name = {names.literal(name)}", f".input = &shapes::k{model.ids[operation['input']]}",
            f".output = &shapes::k{model.ids[operation['output']]}"]
    if operation["has_output"]:
        head.append(".has_output = true")
    if operation.get("auth") == "none":
        head.append(".unsigned_request = true")
    row = table.rows[name] if table else {}
    if row.get("heavy"):
        head.append(".heavy = true")
    if row.get("regional"):
        head.append(".regional = true")
    if row.get("owner_may"):
        head.append(".owner_may = true")
    if row.get("access") == "read":
        head.append(".access = api::Access::kRead")
    if "authorize" in row:
        head.append(f".authorize = api::Authorize::{AUTHORIZE[row['authorize']]}")
    if http.get("method", "POST") != "POST":
        head.append(f".http_method = {names.literal(http['method'])}")
    if http.get("uri", "/") != "/":
        head.append(f".http_uri = {names.literal(http['uri'])}")
    if http.get("status", 200) != 200:
        head.append(f".http_status = {http['status']}")
    if "result_wrapper" in operation:
        head.append(f".result_wrapper = {names.literal(operation['result_wrapper'])}")
    tail = []
    if table:
        tail.append(f".resource = {table.template(name, row['resource'])}")
        if "renamed" in row:
            tail.append(f".renamed = {table.template(name, row['renamed'])}")
    order = ["errors", "actions", "resource", "renamed", "keys", "mask", "pass_role", "pagination"]
    if "pass_role" in row:
        tail.append(f".pass_role = {{.role = {table.member(name, row['pass_role']['role'])}, "
                    f".service = {names.literal(row['pass_role']['service'])}}}")
    rest = sorted(fields + tail, key=lambda f: order.index(f[1:f.index(" ")]))
    return "    {" + ", ".join(head + rest) + "},"


def _service(model, has_errors):
    metadata, validation = model.metadata, model.validation
    fields = [f".name = {names.literal(model.name)}", f".id = {names.literal(metadata['id'])}",
              f".version = {names.literal(metadata['version'])}",
              f".protocol = api::Protocol::{PROTOCOLS[metadata['protocol']]}"]
    fields += [f".{k} = {names.literal(metadata.get(k, ''))}"
               for k in ("signing_name", "endpoint_prefix", "target_prefix", "json_version", "xml_namespace")]
    style = [f".{k} = {'true' if validation[k] else 'false'}"
             for k in ("show_values", "show_null", "show_enum_values") if k in validation]
    if metadata.get("partial"):
        fields.append(".is_partial = true")
    if style:
        fields.append(f".validation = {{{', '.join(style)}}}")
    fields.append(".operations = kOperations")
    if has_errors:
        fields.append(".errors = kErrors")
    return f"constinit const api::Service kService = {{{', '.join(fields)}}};"


def emit_source(model, banner, folder, table):
    lines = [banner, f'#include "{folder}/operations.h"', "", f'#include "{folder}/shapes.h"', "",
             f"namespace wardkeep::api::{model.namespace} {{", "namespace {", ""]
    errors = _errors(model)
    lines += errors
    rows = []
    for name in sorted(model.operations):
        arrays, fields = _arrays(model, table, name)
        lines += arrays
        rows.append(_row(model, table, name, fields))
    lines += ["", "constexpr api::Operation kOperations[] = {"] + rows + ["};", "", "}  // namespace", "",
              _service(model, bool(errors)), "", f"}}  // namespace wardkeep::api::{model.namespace}", ""]
    return "\n".join(lines)


def emit_services(services, banner):
    lines = [banner] + [f'#include "api/{s}/operations.h"' for s in services]
    lines += ["", "namespace wardkeep::api {", "namespace {", "",
              f"constexpr const api::Service* kServices[] = {{{', '.join(f'&{names.snake(s)}::kService' for s in services)}}};", "",
              "}  // namespace", "", "std::span<const api::Service* const> Services() { return kServices; }", "",
              "}  // namespace wardkeep::api", ""]
    return "\n".join(lines)
