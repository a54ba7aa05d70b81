#!/usr/bin/env python3
"""Writes recorded_answers.h: answers of the software authenticator of the black-box tests, for the unit tests of fido and
the seeds of its fuzz target.

  .venv/bin/python tests/unit/fido/record_answers.py
"""
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
sys.path.insert(0, str(ROOT / "tests" / "blackbox"))

from soft_authenticator import EDDSA, ES256, RS256, SoftAuthenticator  # noqa: E402

CASES = [("none", ES256), ("none", EDDSA), ("none", RS256), ("packed", ES256), ("packed", EDDSA), ("packed", RS256),
         ("packed-certificate", ES256), ("fido-u2f", ES256)]
NAMES = {ES256: "kEs256", EDDSA: "kEdDsa", RS256: "kRs256"}


def literal(data):
    text = data.hex()
    lines = [text[i:i + 96] for i in range(0, len(text), 96)]
    return "\n         ".join(f'"{line}"' for line in lines)


def main():
    seeds = ROOT / "fuzz" / "seeds" / "fido_answer"
    seeds.mkdir(parents=True, exist_ok=True)
    rows = []
    for form, algorithm in CASES:
        authenticator = SoftAuthenticator(algorithm=algorithm, format=form)
        made = authenticator.register(b"challenge of the registration")
        answer = authenticator.answer(b"challenge of the assertion")
        parts = [made["ClientDataJSON"], made["AttestationObject"], answer["ClientDataJSON"], answer["AuthenticatorData"],
                 answer["Signature"]]
        rows.append(f'    {{"{form}", Algorithm::{NAMES[algorithm]},\n         ' + ",\n         ".join(map(literal, parts)) + "},")
        (seeds / f"{form}_{NAMES[algorithm][1:].lower()}").write_bytes(made["AttestationObject"])
    text = "\n".join([
        "// Answers of an authenticator, in hexadecimal. Written by record_answers.py beside this file; do not edit.",
        "#pragma once", "", '#include <string_view>', "", '#include "fido/verify.h"', "", "namespace wardkeep::fido {", "",
        "struct RecordedAnswer {", "  std::string_view format;", "  Algorithm algorithm;", "  std::string_view client_data;",
        "  std::string_view attestation_object;", "  std::string_view assertion_client_data;",
        "  std::string_view authenticator_data;", "  std::string_view signature;", "};", "",
        "inline constexpr RecordedAnswer kRecordedAnswers[] = {", *rows, "};", "", "}  // namespace wardkeep::fido", ""])
    (HERE / "recorded_answers.h").write_text(text)


if __name__ == "__main__":
    main()
