"""Turns a published service description into the compact form kept in models/.

The published form is the one of botocore's service-2.json. The compact form keeps names, types, constraints,
wire bindings and errors, and drops all documentation text:

  metadata    id, version, protocol, signing_name, endpoint_prefix, target_prefix, json_version, xml_namespace
  operations  name -> input, output, result_wrapper, errors, http, auth
  shapes      name -> type and what belongs to it; structure members in model order
  pagination  operation -> input_token, output_token, limit_key, more_results, result_key
"""

SCALAR_KEYS = ("min", "max", "pattern", "enum", "sensitive", "timestampFormat", "flattened", "union",
               "document", "streaming", "eventstream", "payload", "sparse")
MEMBER_KEYS = ("location", "locationName", "flattened", "jsonvalue", "timestampFormat", "idempotencyToken",
               "streaming")


def _snake(key):
    return "".join("_" + c.lower() if c.isupper() else c for c in key)


def _member(ref):
    out = {"shape": ref["shape"]}
    for key in MEMBER_KEYS:
        if key in ref and ref[key] is not False:
            out[_snake(key)] = ref[key]
    return out


def _structure(shape):
    required = set(shape.get("required", ()))
    members = {}
    for name, ref in shape.get("members", {}).items():
        members[name] = _member(ref)
        if name in required:
            members[name]["required"] = True
    return members


def _error(name, shape):
    error = shape.get("error", {})
    status = error.get("httpStatusCode", 500 if shape.get("fault") else 400)
    return {"code": error.get("code", name), "status": status}


def convert_shape(name, shape):
    out = {"type": shape["type"]}
    for key in SCALAR_KEYS:
        if key in shape and shape[key] is not False:
            out[_snake(key)] = shape[key]
    if shape["type"] == "structure":
        out["members"] = _structure(shape)
    elif shape["type"] == "list":
        out["member"] = _member(shape["member"])
    elif shape["type"] == "map":
        out["key"] = _member(shape["key"])
        out["value"] = _member(shape["value"])
    if shape.get("exception") or "error" in shape:
        out["error"] = _error(name, shape)
    return out


def convert_operation(operation):
    out = {}
    for side in ("input", "output"):
        if side in operation:
            out[side] = operation[side]["shape"]
            if "locationName" in operation[side]:
                out[side + "_location_name"] = operation[side]["locationName"]
    if operation.get("output", {}).get("resultWrapper"):
        out["result_wrapper"] = operation["output"]["resultWrapper"]
    out["errors"] = [e["shape"] for e in operation.get("errors", ())]
    http = operation.get("http", {})
    out["http"] = {"method": http.get("method", "POST"), "uri": http.get("requestUri", "/")}
    if "responseCode" in http:
        out["http"]["status"] = http["responseCode"]
    if operation.get("authtype") == "none":
        out["auth"] = "none"
    return out


def convert_metadata(metadata):
    namespace = metadata.get("xmlNamespace", "")
    return {
        "id": metadata.get("serviceId", ""),
        "version": metadata.get("apiVersion", ""),
        # AWS's newest protocol is spoken beside JSON by every service that has JSON (src/wire/cbor_json.h).
        "protocol": "json" if "json" in metadata.get("protocols", ()) else metadata["protocol"],
        "signing_name": metadata.get("signingName", metadata.get("endpointPrefix", "")),
        "endpoint_prefix": metadata.get("endpointPrefix", ""),
        "target_prefix": metadata.get("targetPrefix", ""),
        "json_version": metadata.get("jsonVersion", ""),
        "xml_namespace": namespace["uri"] if isinstance(namespace, dict) else namespace,
    }


def _references(shape):
    refs = [*shape.get("members", {}).values(), *(shape[k] for k in ("member", "key", "value") if k in shape)]
    return [ref["shape"] for ref in refs]


def part(description, operations):
    """The description cut down to these operations and the shapes they reach; whole when `operations` is None."""
    if operations is None:
        return description
    kept = {name: description["operations"][name] for name in operations}
    found, queue = set(), []
    for operation in kept.values():
        queue += [operation[side]["shape"] for side in ("input", "output") if side in operation]
        queue += [error["shape"] for error in operation.get("errors", ())]
    while queue:
        shape = queue.pop()
        if shape not in found:
            found.add(shape)
            queue += _references(description["shapes"][shape])
    return {**description, "operations": kept, "shapes": {n: s for n, s in description["shapes"].items() if n in found}}


def _spell_ec2_inputs(description):
    """EC2 writes the names of parameters with a capital, those of answers as they stand."""
    for operation in description["operations"].values():
        queue, seen = [operation["input"]["shape"]], set()
        while queue:
            name = queue.pop()
            if name in seen:
                continue
            seen.add(name)
            shape = description["shapes"][name]
            for member in shape.get("members", {}).values():
                spelled = member.get("queryName", member.get("locationName", ""))
                if spelled:
                    member["locationName"] = spelled[0].upper() + spelled[1:]
            queue += _references(shape)


def convert(description, paginators, provenance):
    if description["metadata"]["protocol"] == "ec2":
        _spell_ec2_inputs(description)
    return {
        "provenance": provenance,
        "metadata": convert_metadata(description["metadata"]),
        "operations": {n: convert_operation(o) for n, o in sorted(description["operations"].items())},
        "shapes": {n: convert_shape(n, s) for n, s in sorted(description["shapes"].items())},
        "pagination": {
            name: {k: p[k] for k in ("input_token", "output_token", "limit_key", "more_results", "result_key") if k in p}
            for name, p in sorted(paginators.items()) if name in description["operations"]
        },
    }
