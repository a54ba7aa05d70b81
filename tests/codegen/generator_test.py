#!/usr/bin/env python3
"""The generator: its output for a tiny model against golden files, and what it refuses.

  generator_test.py             compare
  generator_test.py --update    rewrite the golden files after a deliberate change
"""
import copy
import json
import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1] / "tools"))

from codegen import charsets, names  # noqa: E402
from codegen.authorization import Table  # noqa: E402
from codegen.automaton import Automaton, PatternError  # noqa: E402
from codegen.generate import load, render  # noqa: E402
from codegen.model import Model, ModelError  # noqa: E402

TINY = json.loads((HERE / "tiny.json").read_text())
ROWS = json.loads((HERE / "tiny_authorization.json").read_text())
MODELS = HERE.parents[1] / "models"


def generate(description=None, rows=None, overlay=None):
    model = Model("tiny", description or TINY, overlay)
    return render(model, Table(model, rows or ROWS), "models/tiny.json", "api/tiny")


class Golden(unittest.TestCase):
    def test_output_is_the_golden_text(self):
        for name, text in generate().items():
            self.assertEqual(text, (HERE / "golden" / f"{name}.txt").read_text(), f"{name} differs; --update after a review")

    def test_output_is_the_same_every_time(self):
        self.assertEqual(generate(), generate())


class Refusals(unittest.TestCase):
    def refuse(self, part, **changes):
        with self.assertRaisesRegex(ModelError, part):
            generate(**changes)

    def test_an_operation_without_an_authorization_row(self):
        rows = {k: v for k, v in ROWS.items() if k != "Ping"}
        self.refuse("Ping", rows=rows)

    def test_a_row_without_an_operation(self):
        self.refuse("Pong", rows=ROWS | {"Pong": ROWS["Ping"]})

    def test_a_row_that_names_an_unknown_member(self):
        rows = copy.deepcopy(ROWS)
        rows["GetThing"]["resource"]["name"] = "Nmae"
        self.refuse("no member Nmae", rows=rows)

    def test_a_mask_that_names_an_unknown_member(self):
        rows = copy.deepcopy(ROWS)
        rows["GetThing"]["mask"] = ["Secret"]
        self.refuse("Secret", rows=rows)

    def test_a_row_with_an_unknown_key(self):
        rows = copy.deepcopy(ROWS)
        rows["Ping"]["acess"] = "read"
        self.refuse("acess", rows=rows)

    def test_an_overlay_for_an_unknown_shape(self):
        self.refuse("nmaeType", overlay={"shapes": {"nmaeType": {"max": 3}}})

    def test_a_pattern_beyond_the_compiler(self):
        self.refuse("pattern_regex", overlay={"shapes": {"nameType": {"pattern": "(?=ab)c"}}})


class Overlay(unittest.TestCase):
    def test_it_replaces_and_removes(self):
        text = generate(overlay={"shapes": {"nameType": {"max": 128, "pattern": None}}})["shapes.cc"]
        self.assertIn(".max = 128", text)
        self.assertNotIn("kPattern0", text)

    def test_it_reorders_members(self):
        text = generate(overlay={"shapes": {"Thing": {"order": ["Kind", "Flags"]}}})["types.h"]
        thing = text[text.index("struct Thing {"):]
        self.assertLess(thing.index("kind;"), thing.index("flags;"))
        self.assertLess(thing.index("flags;"), thing.index("thing_arns;"))


class Names(unittest.TestCase):
    def test_members_become_snake_case(self):
        for wire, member in (("UserName", "user_name"), ("MFADevices", "mfa_devices"), ("isTruncated", "is_truncated"),
                             ("SSHPublicKeyId", "ssh_public_key_id"), ("ThingARNs", "thing_arns"),
                             ("OpenIDConnectProviderArn", "open_id_connect_provider_arn"), ("default", "default_"),
                             ("AuthenticationCode1", "authentication_code1"), ("QRCodePNG", "qr_code_png")):
            self.assertEqual(names.snake(wire), member)

    def test_no_two_members_of_a_structure_become_one(self):
        for service in ("iam", "sts"):
            model, _ = load(MODELS, service)
            for shape in model.structures():
                members = list(model.shapes[shape]["members"])
                self.assertEqual(len({names.snake(m) for m in members}), len(members), shape)

    def test_literals_survive_quotes_controls_and_unicode(self):
        self.assertEqual(names.literal('a"\\\n\u00e9'), '"a\\"\\\\\\012\\303\\251"')


class Sets(unittest.TestCase):
    def test_the_complement_of_the_complement_is_the_set(self):
        ranges = ((0x30, 0x39), (0x41, 0x5A))
        self.assertEqual(charsets.complement(charsets.complement(ranges)), ranges)

    def test_too_many_states_are_refused(self):
        with self.assertRaises(PatternError):
            Automaton("(a|b)*a(a|b){20}")


def update():
    for name, text in generate().items():
        (HERE / "golden" / f"{name}.txt").write_text(text)


if __name__ == "__main__":
    if "--update" in sys.argv:
        update()
    else:
        unittest.main()
