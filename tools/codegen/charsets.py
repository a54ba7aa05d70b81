"""Sets of Unicode scalars as sorted, disjoint, inclusive ranges."""
import functools
import unicodedata

LAST = 0x10FFFF
ASCII_CLASSES = {
    "DIGIT": ((0x30, 0x39),),
    "SPACE": ((0x09, 0x0D), (0x20, 0x20)),
    "WORD": ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)),
}


def normalise(ranges):
    out = []
    for low, high in sorted(ranges):
        if out and low <= out[-1][1] + 1:
            out[-1] = (out[-1][0], max(out[-1][1], high))
        else:
            out.append((low, high))
    return tuple(out)


def complement(ranges):
    out, start = [], 0
    for low, high in normalise(ranges):
        if start < low:
            out.append((start, low - 1))
        start = high + 1
    if start <= LAST:
        out.append((start, LAST))
    return tuple(out)


@functools.lru_cache(maxsize=None)
def category(name):
    """Every scalar whose general category begins with `name` ("L", "Nd")."""
    out, start = [], None
    for code in range(LAST + 2):
        inside = code <= LAST and unicodedata.category(chr(code)).startswith(name)
        if inside and start is None:
            start = code
        elif not inside and start is not None:
            out.append((start, code - 1))
            start = None
    return tuple(out)


def partition(sets):
    """Splits all scalars into groups no set can tell apart: ([(first, group)], group count, set -> group numbers)."""
    edges = {0}
    for ranges in sets:
        for low, high in ranges:
            edges |= {low, high + 1}
    edges = sorted(e for e in edges if e <= LAST)
    signatures, rows, members = {}, [], {s: set() for s in sets}
    inside = {s: _covered(s, edges) for s in sets}
    for index, edge in enumerate(edges):
        signature = tuple(inside[s][index] for s in sets)
        group = signatures.setdefault(signature, len(signatures))
        if not rows or rows[-1][1] != group:
            rows.append((edge, group))
        for ranges, holds in zip(sets, signature):
            if holds:
                members[ranges].add(group)
    return rows, len(signatures), members


def _covered(ranges, edges):
    out, at = [], 0
    for edge in edges:
        while at < len(ranges) and ranges[at][1] < edge:
            at += 1
        out.append(at < len(ranges) and ranges[at][0] <= edge)
    return out
