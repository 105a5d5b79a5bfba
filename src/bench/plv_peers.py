#!/usr/bin/env python3
"""The usual Python way beside ours, in one command, on one machine: pandas folds the deals that PlvBulkBenchmark folds and values,
and scipy (or the package lifetimes, where it is installed) fits the BG/NBD model that PlvSpeed fits. CPU seconds, one thread.

    python3 src/bench/plv_peers.py [--shared FOLDER] [--class-path CP] [--deals N] [--partners N]

Without Python's pandas, numpy and scipy, and without built benchmarks, the part concerned is skipped and says so.
"""
import argparse
import csv
import glob
import os
import re
import subprocess
import sys
import time

for threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[threads] = "1"
HOME = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


def cpu(work):
    before = time.process_time()
    result = work()
    return time.process_time() - before, result


def fold(numpy, pandas, deals, partners):
    """First and last day, deal days and money by partner: what a model needs; no fit, no forecast, no score."""
    random = numpy.random.default_rng(1)
    table = pandas.DataFrame({
        "partner": random.integers(0, partners, deals, dtype="int32"),
        "day": random.integers(18_000, 19_900, deals, dtype="int32"),
        "amount": random.gamma(2.0, 500.0, deals),
    })

    def aggregate():
        days = table.groupby(["partner", "day"], sort=False)["amount"].sum().reset_index()
        return days.groupby("partner", sort=False).agg(
            first=("day", "min"), last=("day", "max"), days=("day", "size"), money=("amount", "sum"))

    def roughly():
        return table.groupby("partner", sort=False).agg(
            first=("day", "min"), last=("day", "max"), deals=("day", "size"), money=("amount", "sum"))

    return cpu(aggregate)[0], cpu(roughly)[0]


def fit(numpy, shared):
    """BG/NBD on CDNOW by maximum likelihood; the same likelihood as ours, written with arrays."""
    from scipy.optimize import minimize
    from scipy.special import betaln, gammaln
    with open(os.path.join(shared, "data/cdnow/cdnow_customers_summary.csv"), newline="") as file:
        rows = list(csv.reader(file))[1:]
    x, recency, age = (numpy.array([float(row[i]) for row in rows]) for i in (1, 2, 3))

    def loss(logs):
        r, alpha, a, b = numpy.exp(logs)
        stay = -(r + x) * numpy.log(alpha + age)
        leave = numpy.where(x > 0, numpy.log(a) - numpy.log(b + numpy.maximum(x, 1) - 1)
                            - (r + x) * numpy.log(alpha + recency), -numpy.inf)
        return -(gammaln(r + x) - gammaln(r) + r * numpy.log(alpha) + betaln(a, b + x) - betaln(a, b)
                 + numpy.logaddexp(stay, leave)).sum()

    def search():
        return minimize(loss, numpy.zeros(4), method="L-BFGS-B")

    seconds, found = cpu(search)
    print(f"scipy BG/NBD, CDNOW: log-likelihood {-found.fun:.4f}, parameters {numpy.exp(found.x).round(4).tolist()}")
    try:
        from lifetimes import BetaGeoFitter
    except ImportError:
        print("the package lifetimes is not installed: scipy with the same likelihood stands for it")
        return "scipy", seconds
    lifetimes, _ = cpu(lambda: BetaGeoFitter().fit(x, recency, age))
    return "lifetimes", lifetimes


def java(class_path, shared, name, *arguments):
    done = subprocess.run(
        ["java", f"-Drainmaker.shared={shared}", "-cp", class_path, f"dev.rainmaker.bench.{name}", *arguments],
        capture_output=True, text=True, check=False)
    if done.returncode != 0:
        print(f"skipped: {name} did not run ({done.stderr.strip()[:200]}); build with mvn -q -B -pl src/bench -am compile")
        return ""
    print(done.stdout.strip())
    return done.stdout


def line(what, theirs, peer, ours):
    ratio = f"{theirs / ours:8.1f} times ours" if ours else ""
    print(f"{what:58s} {peer:10s} {theirs:8.3f} s   ours {ours or float('nan'):8.4f} s {ratio}")


def main():
    found = glob.glob(os.path.expanduser("~/.m2/**/hipparchus-core-4.0.3.jar"), recursive=True)
    default = ":".join([f"{HOME}/src/core/target/classes", f"{HOME}/src/bench/target/classes", *found[:1]])
    options = argparse.ArgumentParser(description="Python's usual way beside Rainmaker's.")
    options.add_argument("--shared", default=os.path.join(HOME, "../shared"))
    options.add_argument("--class-path", default=default)
    options.add_argument("--deals", type=int, default=20_000_000)
    options.add_argument("--partners", type=int, default=1_000_000)
    given = options.parse_args()
    try:
        import numpy
        import pandas
        import scipy
    except ImportError as missing:
        print(f"skipped: {missing}; install pandas, numpy and scipy for {sys.executable} to compare")
        return
    print(f"Python {sys.version.split()[0]}, pandas {pandas.__version__}, scipy {scipy.__version__}; CPU seconds of one thread")
    bulk = java(given.class_path, given.shared, "PlvBulkBenchmark", str(given.partners), str(given.deals))
    seconds = re.search(r": ([\d.]+) CPU-s", bulk)
    ours = float(seconds.group(1)) if seconds else None
    exact, rough = fold(numpy, pandas, given.deals, given.partners)
    size = f"{given.deals:,} deals of {given.partners:,}: "
    line(size + "deal days folded", exact, "pandas", ours)
    line(size + "one groupby, no deal days", rough, "pandas", ours)
    print("(ours folds, values and scores every partner; pandas adds up only)")
    if not os.path.exists(os.path.join(given.shared, "data/cdnow/cdnow_customers_summary.csv")):
        print("skipped: CDNOW is not here; give --shared FOLDER")
        return
    name, theirs = fit(numpy, given.shared)
    speed = re.search(r"CDNOW.*BG/NBD\s+median\s+([\d.]+) ms", java(given.class_path, given.shared, "PlvSpeed"))
    line("BG/NBD fit, CDNOW, 2,357 buyers", theirs, name, float(speed.group(1)) / 1000 if speed else None)


if __name__ == "__main__":
    main()
