#!/usr/bin/env python3
"""Turns the output of ninja into one line of progress with the time that is left, on standard error.

  ninja -C build/release wardkeep | tools/build_progress.py

On a terminal the line is written over; elsewhere a line comes every half minute. Everything else that ninja says
(warnings, errors, the command that failed) is passed on. Says nothing when there is nothing to build.
"""

import re
import sys
import time

STEP = re.compile(r"^\[(\d+)/(\d+)\] ")
QUIET = re.compile(r"^(ninja: no work to do\.|ninja: Entering directory|.*Re-checking globbed)")
SECONDS_BETWEEN_LINES = 30
STEPS_BEFORE_A_GUESS = 20


def left(done, total, seconds):
    """The time that is left in words, once enough steps were seen to say it."""
    if done < STEPS_BEFORE_A_GUESS:
        return ""
    minutes = seconds / done * (total - done) / 60
    if minutes < 1:
        return ", less than a minute left"
    return f", about {round(minutes)} minute{'' if round(minutes) == 1 else 's'} left"


class Progress:
    """The line that is on the screen, if any."""

    def __init__(self, out, is_terminal, clock=time.monotonic):
        self._out, self._is_terminal, self._clock = out, is_terminal, clock
        self._began = self._said = clock()
        self._width = 0

    def step(self, done, total):
        now = self._clock()
        text = f"building: {done} of {total} steps{left(done, total, now - self._began)}"
        if self._is_terminal:
            self._out.write("\r" + text.ljust(self._width))
            self._width = len(text)
        elif now - self._said >= SECONDS_BETWEEN_LINES or done == total:
            self._said = now
            self._out.write(text + "\n")
        self._out.flush()

    def end_line(self):
        if self._width:
            self._out.write("\n")
            self._width = 0

    def other(self, line):
        self.end_line()
        self._out.write(line)
        self._out.flush()


def main():
    progress = Progress(sys.stderr, sys.stderr.isatty())
    for line in sys.stdin:
        step = STEP.match(line)
        if QUIET.match(STEP.sub("", line)):
            continue
        if step:
            progress.step(int(step[1]), int(step[2]))
        else:
            progress.other(line)
    progress.end_line()


if __name__ == "__main__":
    main()
