"""docs/a-day-with-iam.md: every command runs and prints what the page shows."""

import pathlib

from one_time_codes import step_now
from day_walk import PAGE, Shell, blocks, day_server, shape, steps_of


# In the order of the page, with one server: keys, times, ids and codes differ, nothing else does.
def test_commands_print_what_the_page_shows(binary, tmp_path):
    text = PAGE.read_text()
    steps = [step for begin, end in blocks(text) for step in steps_of(text[begin:end])]
    assert len(steps) >= 12
    with day_server(binary) as server:
        shell = Shell(tmp_path, server)
        for step in steps:
            if "oathtool" in step.command:
                step_now()  # codes of one command are of neighbouring periods
            printed = shell.run(step.command)
            assert shape(printed) == shape("\n".join(step.shown)), f"{step.command}\nprinted:\n{printed}"
    assert pathlib.Path(tmp_path, "dana.png").read_bytes().startswith(b"\x89PNG")
