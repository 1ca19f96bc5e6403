# SPDX-License-Identifier: Apache-2.0
"""`python3 dev.py bench [NAME…] [--pairs N]`: prints the figures as a table. Judges by exit code:
1 when a bound does not hold."""

from __future__ import annotations

import argparse
import sys

from benchmarks.subjects import SUBJECTS


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py bench")
    parser.add_argument("name", nargs="*", help="a subject, or all")
    parser.add_argument("--pairs", type=int, default=5, help="pairs of samples for each ratio")
    asked = parser.parse_args(arguments)
    print("| what | figure | spread | bound | | seconds |")
    print("| --- | --- | --- | --- | --- | --- |")
    all_hold = True
    for name in asked.name or SUBJECTS:
        for answer in SUBJECTS[name](asked.pairs):
            print(answer.line(), flush=True)
            all_hold = all_hold and answer.holds
    return 0 if all_hold else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
