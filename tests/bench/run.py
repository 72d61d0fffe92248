#!/usr/bin/env python3
"""Measures the speed of loosetight on the corpus, beside a search for words over the same files in the same minute.

    python3 tests/bench/run.py [--documents 1000] [--seed 1] [--runs 5] [--bin PATH] [--corpus FOLDER]

Builds the release binary and the corpus, then times whole processes, output included, and prints the fastest and the
middle run, megabytes (10^6 bytes of documents) a second and a second of processor time, and the peak of memory. Nothing
is asserted: a figure holds for the machine and the minute it was taken on, the ratio between two lines for a little
more. Only Python is needed.
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
READ = {".md", ".txt", ".html"}


def run(command, output, cores=None, stdin=None):
    """One whole process: seconds of wall clock, seconds of processor, peak of resident memory in bytes."""
    if cores is not None and hasattr(os, "sched_setaffinity"):
        before = os.sched_getaffinity(0)
        os.sched_setaffinity(0, sorted(before)[:cores])
    try:
        with open(output, "wb") as out, open(stdin or os.devnull, "rb") as given:
            environment = dict(os.environ, NO_COLOR="1")
            if cores is not None:
                environment["RAYON_NUM_THREADS"] = str(cores)
            start = time.perf_counter()
            child = subprocess.Popen(command, stdin=given, stdout=out, stderr=subprocess.PIPE, env=environment)
            said = child.stderr.read()
            _, status, usage = os.wait4(child.pid, 0)
            seconds = time.perf_counter() - start
            child.returncode = os.waitstatus_to_exitcode(status)
    finally:
        if cores is not None and hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, before)
    if child.returncode not in (0, 1):
        sys.exit(f"{' '.join(map(str, command))}\nended with {child.returncode}\n{said.decode(errors='replace')}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--bin", type=pathlib.Path, help="a built loosetight; otherwise the release build is made")
    parser.add_argument("--corpus", type=pathlib.Path, help="where to keep the corpus; otherwise a temporary folder")
    asked = parser.parse_args()

    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        corpus = asked.corpus or scratch / "corpus"
        made = ["run", "--quiet", "--release", "--example", "corpus", "--", str(corpus.resolve())]
        subprocess.run(["cargo", *made, str(asked.documents), str(asked.seed)], cwd=ROOT, check=True)
        if asked.bin is None:
            subprocess.run(["cargo", "build", "--quiet", "--release", "--bin", "loosetight"], cwd=ROOT, check=True)
        binary = (asked.bin or ROOT / "target/release/loosetight").resolve()
        measure(binary, corpus, scratch, asked.runs)


def measure(binary, corpus, scratch, runs):
    files = sorted(p for p in corpus.rglob("*") if p.suffix in READ)
    size = sum(p.stat().st_size for p in files)
    every = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(f"{len(files)} documents, {size / 1e6:.1f} MB; {every} cores; {runs} runs each, whole processes, output to a file\n")

    check = [binary, "check", "--exit-zero", "--format", "json", corpus]
    words = ["-c", "-i", "-f", HERE / "patterns.txt"]
    contests = [
        ("loosetight, one core", check, 1),
        ("loosetight, all cores", check, every),
        ("loosetight, all cores, for people", [binary, "check", "--exit-zero", "--format", "human", corpus], every),
        ("grep, 39 patterns, one core", ["grep", "-r", "-E", *words, corpus], 1),
    ]
    if shutil.which("rg"):
        contests.append(("ripgrep, 39 patterns, one core", ["rg", "-j1", *words, corpus], 1))
        contests.append(("ripgrep, 39 patterns, all cores", ["rg", *words, corpus], every))

    # One after the other within each round, so that a slow minute is slow for all of them.
    times = {name: [] for name, _, _ in contests}
    work = dict.fromkeys(times, float("inf"))
    peaks = dict.fromkeys(times, 0)
    for _ in range(runs):
        for name, command, cores in contests:
            seconds, busy, peak = run(command, scratch / f"{name}.out", cores)
            times[name].append(seconds)
            work[name] = min(work[name], busy)
            peaks[name] = max(peaks[name], peak)

    # A process remembers the size of the one it was forked from, so nothing is ever seen to be smaller than Python.
    floor = run(["true"], scratch / "true.out")[2] * 1.05
    first = min(times[contests[0][0]])
    print(f"{'':36}{'fastest':>10}{'middle':>10}{'MB/s':>9}{'ratio':>8}{'MB/cpu s':>10}{'peak':>9}")
    for name, seconds in times.items():
        best = min(seconds)
        print(
            f"{name:36}{best * 1e3:8.0f}ms{statistics.median(seconds) * 1e3:8.0f}ms"
            f"{size / 1e6 / best:9.1f}{first / best:8.2f}{size / 1e6 / work[name]:10.1f}{'  <' if peaks[name] <= floor else '   '}{peaks[name] / 1e6:4.0f}MB"
        )

    found = scratch / f"{contests[0][0]}.out"
    findings = json.loads(found.read_bytes())["findings"]
    print(f"\n{len(findings)} findings, {found.stat().st_size / 1e6:.1f} MB of JSON")

    middle = files[len(files) // 2]
    one = [binary, "check", "--exit-zero", "--format", "json", "--stdin-filename", middle, "-"]
    seconds = sorted(run(one, scratch / "one.out", 1, middle)[0] for _ in range(30))
    print(
        f"one document of {middle.stat().st_size / 1e3:.1f} kB from standard input, 30 whole processes: "
        f"fastest {seconds[0] * 1e3:.1f} ms, middle {statistics.median(seconds) * 1e3:.1f} ms, slowest {seconds[-1] * 1e3:.1f} ms"
    )


if __name__ == "__main__":
    main()
