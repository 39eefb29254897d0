#!/usr/bin/env python3
"""Slow clients against a running explorer, and what a visitor notices of them.

    python3 src/test/load/slow_clients.py http://127.0.0.1:8080 [--idle 1000] [--dribbling 1000] [--readers 100]

Opens idle connections, connections that send a header a byte a second, and readers of an export that read a byte a second;
then asks for pages as a visitor would and prints the times, before and meanwhile. Needs Python 3 and its standard library."""
import argparse
import socket
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

PAGES = ["/", "/concepts", "/concepts?q=money", "/benchmarks", "/models", "/q/health/live"]


def visit(base, tag, rounds=10):
    """Milliseconds of single requests, sorted, and how many were not answered 200."""
    times, failed = [], 0
    for i in range(rounds):
        for page in PAGES:
            address = base + page + ("&" if "?" in page else "?") + f"n={tag}{i}"
            start = time.perf_counter()
            try:
                urllib.request.urlopen(address, timeout=30).read()
            except urllib.error.URLError:
                failed += 1
            times.append((time.perf_counter() - start) * 1000)
    return sorted(times), failed


def told(name, times, failed):
    at = lambda q: times[min(len(times) - 1, int(q * len(times)))]
    print(f"{name}: median {at(.5):.1f} ms, 95 % {at(.95):.1f} ms, longest {times[-1]:.1f} ms, {failed} failed", flush=True)


def connect(where):
    s = socket.create_connection(where, timeout=10)
    s.setblocking(False)
    return s


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("base")
    for name, number in (("idle", 1000), ("dribbling", 1000), ("readers", 100)):
        options.add_argument("--" + name, type=int, default=number)
    given = options.parse_args()
    url = urllib.parse.urlsplit(given.base)
    where = (url.hostname, url.port)
    visit(given.base, "warm", 5)
    told("alone", *visit(given.base, "alone"))
    idle = [connect(where) for _ in range(given.idle)]
    told(f"with {len(idle)} idle connections", *visit(given.base, "idle"))
    dribbling = [connect(where) for _ in range(given.dribbling)]
    readers = []
    for i in range(given.readers):
        s = connect(where)
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        s.send(f"GET /concepts.json?n={i} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        readers.append(s)
    stop = threading.Event()

    def drip():
        text = b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: " + b"a" * 10_000
        for at in range(len(text)):
            for s in dribbling:
                try:
                    s.send(text[at:at + 1])
                except OSError:
                    pass
            for s in readers:
                try:
                    s.recv(1)
                except OSError:
                    pass
            if stop.wait(1):
                return

    threading.Thread(target=drip, daemon=True).start()
    time.sleep(2)
    told(f"and {len(dribbling)} dribbling headers, {len(readers)} reading slowly", *visit(given.base, "slow"))
    stop.set()


main()
