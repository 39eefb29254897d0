#!/usr/bin/env python3
"""Times of answers by route while a load runs: routes.py [-m http://127.0.0.1:9000/q/metrics] -- COMMAND...

Reads the server's histogram before and after COMMAND (wrk with pages.lua, say) and prints for each route how many requests
it answered, and the upper ends of the buckets that hold the median and the 99th percentile, in milliseconds: the time from
when the server has read the request until it has written the answer.
"""
import argparse, collections, math, re, subprocess, sys, urllib.request

BUCKET = re.compile(r'http_server_requests_seconds_bucket\{(.*)\} ([0-9.eE+]+)$')
LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')


def histograms(address):
    found = collections.defaultdict(lambda: collections.defaultdict(float))
    with urllib.request.urlopen(address) as answer:
        for line in answer.read().decode().splitlines():
            match = BUCKET.match(line)
            if match:
                labels = dict(LABEL.findall(match.group(1)))
                found[labels["uri"]][float(labels["le"].replace("+Inf", "inf"))] += float(match.group(2))
    return found


def quantile(buckets, q):
    most = buckets[math.inf]
    return next(le for le in sorted(buckets) if buckets[le] >= q * most)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-m", "--metrics", default="http://127.0.0.1:9000/q/metrics")
    parser.add_argument("command", nargs="+")
    asked = parser.parse_args()
    before = histograms(asked.metrics)
    code = subprocess.call(asked.command)
    for uri, after in sorted(histograms(asked.metrics).items()):
        now = {le: count - before[uri][le] for le, count in after.items()}
        if now[math.inf]:
            print(f"{uri:40} {now[math.inf]:8.0f}  p50 {1e3 * quantile(now, 0.5):6.1f}  p99 {1e3 * quantile(now, 0.99):6.1f}")
    sys.exit(code)


main()
