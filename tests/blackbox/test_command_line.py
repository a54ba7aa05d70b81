"""The command line as a person meets it: help, version, words that are no commands, what is made from the tree."""

import re
import shutil
import subprocess
import tomllib

import pytest


def run(binary, *arguments, **settings):
    return subprocess.run([str(binary), *arguments], capture_output=True, text=True, timeout=20, **settings)


@pytest.mark.parametrize("words", [["--version"], ["-V"], ["version"]])
def test_version(binary, words):
    ended = run(binary, *words)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert re.fullmatch(r"wardkeep \d+\.\d+\.\d+\n", ended.stdout)


@pytest.mark.parametrize("words, said", [
    (["servce"], "there is no command `wardkeep servce`; did you mean `wardkeep serve`?"),
    (["account", "lst"], "there is no command `wardkeep account lst`; did you mean `wardkeep account list`?"),
    (["frobnicate-everything"], "there is no command `wardkeep frobnicate-everything`\n"),
    (["account", "12"], "there is no command `wardkeep account 12`\n"),
])
def test_unknown_word_is_named(binary, words, said):
    ended = run(binary, *words)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert said in ended.stderr
    assert "commands: " in ended.stderr


def test_unknown_flag_is_named(binary):
    ended = run(binary, "serve", "--liste", "127.0.0.1:0")
    assert ended.returncode == 2
    assert "--liste" in ended.stderr


def test_nothing_shows_the_commands(binary):
    ended = run(binary)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "serve" in ended.stderr and "doctor" in ended.stderr


def commands(binary):
    """All commands and groups of commands, from the completion."""
    script = run(binary, "completion", "bash").stdout
    return [words for words in re.findall(r"^    '([^']*)'\) words=", script, re.M) if words]


def test_every_command_has_help_with_an_example(binary):
    found = commands(binary)
    assert {"serve", "doctor", "account list", "policy summary", "rotate-key"} <= set(found)
    groups = {words.rpartition(" ")[0] for words in found}
    for words in found:
        ended = run(binary, *words.split(), "--help")
        assert ended.returncode == 0, words
        assert words in groups or "Examples:\n" in ended.stdout, words
        assert run(binary, "help", *words.split()).stdout == ended.stdout


def test_serve_help_is_in_groups(binary):
    text = run(binary, "serve", "--help").stdout
    for group in ("State:", "Network:", "Log:", "Passwords and sign-in:", "Limits of the network:"):
        assert f"\n{group}\n" in text
    options = text[text.index("Options:"):text.index("State:")]
    assert options.count("--") == 1  # --help alone has no group


@pytest.mark.parametrize("line, offers", [
    ("wardkeep acc", ["account"]),
    ("wardkeep account cl", ["close"]),
    ("wardkeep serve --liste", ["--listen"]),
    ("wardkeep account close --js", ["--json"]),
])
def test_completion(binary, line, offers):
    script = run(binary, "completion", "bash").stdout + f"""
COMP_WORDS=({line}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _wardkeep; printf '%s\\n' "${{COMPREPLY[@]}}"
"""
    ended = subprocess.run(["bash"], input=script, capture_output=True, text=True, timeout=20)
    assert ended.stdout.split() == offers, ended.stderr


@pytest.mark.skipif(shutil.which("man") is None, reason="no man(1) here")
def test_manual_page_is_well_formed(binary):
    page = run(binary, "man").stdout
    ended = subprocess.run(["man", "--warnings", "-l", "-"], input=page, capture_output=True, text=True, timeout=20)
    assert ended.stderr == ""
    assert "wardkeep serve" in ended.stdout and "EXIT STATUS" in ended.stdout


def test_sample_configuration_is_a_configuration(binary, tmp_path):
    sample = run(binary, "settings", "--format", "toml").stdout
    assert tomllib.loads(sample) is not None
    keys = re.findall(r"^#([a-z_]+) = ", sample, re.M)
    assert "listen" in keys and "header_bytes" in keys
    chosen = tmp_path / "wardkeep.toml"
    chosen.write_text(sample.replace('#log_level = "LEVEL"', 'log_level = "debug"'))
    ended = run(binary, "doctor", "--config", str(chosen), "--data", str(tmp_path / "data"), "--listen", "127.0.0.1:0")
    assert "debug" not in ended.stderr and ended.returncode == 0, ended.stdout + ended.stderr
