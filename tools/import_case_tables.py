#!/usr/bin/env python3
"""Writes src/policy/match/case_tables.h: what Unicode says about lower case, for StringEqualsIgnoreCase.

A developer tool: nothing in the build runs it. The facts are those of the Unicode Character Database that this Python
carries (unicodedata.unidata_version); the header names the version. Running it twice gives the same bytes.

    tools/import_case_tables.py
"""

import pathlib
import unicodedata

TARGET = pathlib.Path(__file__).resolve().parent.parent / "src" / "policy" / "match" / "case_tables.h"
SCALARS = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000]


def lower_ranges():
    """(first, last, step, what is added) of the scalars beyond ASCII whose lower case is another single scalar."""
    ranges = []
    for c in SCALARS:
        lower = chr(c).lower()
        if c < 0x80 or lower == chr(c) or len(lower) != 1:
            continue
        delta = ord(lower) - c
        if ranges and ranges[-1][3] == delta:
            first, last, step, _ = ranges[-1]
            if c - last == step or (first == last and c - last <= 2):
                ranges[-1] = (first, c, c - last, delta)
                continue
        ranges.append((c, c, 1, delta))
    return ranges


def spans(wanted):
    """[first, last] of neighbouring scalars for which `wanted` holds."""
    result = []
    for c in SCALARS:
        if not wanted(chr(c)):
            continue
        if result and result[-1][1] == c - 1:
            result[-1] = (result[-1][0], c)
        else:
            result.append((c, c))
    return result


def is_final(before):
    """Whether a sigma after `before` is in its final form: what Python makes of the rule Final_Sigma."""
    return (before + "\u03a3").lower().endswith("\u03c2")


def is_ignorable(char):
    return is_final("a" + char) and not is_final(char)


def rows(items, form):
    lines, line = [], ""
    for item in items:
        text = form.format(*item)
        if len(line) + len(text) > 108:
            lines.append("    " + line.rstrip())
            line = ""
        line += text + " "
    return "\n".join([*lines, "    " + line.rstrip()])


def main():
    several = [c for c in SCALARS if len(chr(c).lower()) != 1]
    assert several == [0x130], several  # LowerCase() knows this one
    lower, cased, ignorable = lower_ranges(), spans(is_final), spans(is_ignorable)
    TARGET.write_text(f"""// What Unicode {unicodedata.unidata_version} says about lower case. Written by tools/import_case_tables.py; do not edit.
#pragma once

#include <array>
#include <cstdint>

namespace wardkeep::policy {{

// Every `step`-th scalar from `first` to `last` becomes itself plus `delta`. Scalars beyond ASCII only;
// U+0130, the only one that becomes two, is left out.
struct LowerRange {{
  char32_t first;
  char32_t last;
  uint8_t step;
  int32_t delta;
}};
struct ScalarSpan {{
  char32_t first;
  char32_t last;
}};

// clang-format off
inline constexpr std::array<LowerRange, {len(lower)}> kLowerRanges = {{{{
{rows(lower, "{{{0:#x}, {1:#x}, {2}, {3}}},")}
}}}};

// Cased and not case-ignorable (Unicode Standard, section 3.13).
inline constexpr std::array<ScalarSpan, {len(cased)}> kCased = {{{{
{rows(cased, "{{{0:#x}, {1:#x}}},")}
}}}};

inline constexpr std::array<ScalarSpan, {len(ignorable)}> kCaseIgnorable = {{{{
{rows(ignorable, "{{{0:#x}, {1:#x}}},")}
}}}};
// clang-format on

}}  // namespace wardkeep::policy
""")


if __name__ == "__main__":
    main()
