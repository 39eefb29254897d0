#!/usr/bin/env python3
"""Time from a server's process start to its readiness: start_time.py [-n STARTS] [-p PORT] -- COMMAND...

COMMAND is a server that listens on 127.0.0.1:PORT. Each start is asked for /q/health/ready every 3 ms until it answers
200, then for / once, then ended with SIGTERM. Prints seconds for each start, then median and worst.
"""
import argparse, http.client, signal, statistics, subprocess, sys, time


def answer(port, path):
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", path)
        response = connection.getresponse()
        response.read()
        return response.status
    except OSError:
        return 0


def start(command, port):
    begin = time.monotonic()
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        while answer(port, "/q/health/ready") != 200:
            if server.poll() is not None:
                sys.exit(f"the server ended with {server.returncode}: {server.stderr.read().decode()}")
            time.sleep(0.003)
        ready = time.monotonic() - begin
        status = answer(port, "/")
        page = time.monotonic() - begin
        if status != 200:
            sys.exit(f"/ answered {status}")
    finally:
        end = time.monotonic()
        server.send_signal(signal.SIGTERM)
        code = server.wait(60)
    return ready, page, time.monotonic() - end, code


arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
arguments.add_argument("-n", type=int, default=10)
arguments.add_argument("-p", type=int, default=8080)
arguments.add_argument("command", nargs="+")
options = arguments.parse_args()
rows = []
for _ in range(options.n):
    rows.append(start(options.command, options.p))
    print("ready %.3f s, first page %.3f s, stopped in %.3f s with exit code %d" % rows[-1], flush=True)
for name, column in zip(("ready", "first page", "stopped"), zip(*rows)):
    print(f"{name}: median {statistics.median(column):.3f} s, worst {max(column):.3f} s")
