"""Runs a command and says what it used: one line of JSON with its status, wall and CPU seconds and peak memory in KB.

    usage.py DESCRIPTOR COMMAND ARGUMENT …

The line goes to an open file descriptor; the command has the standard streams. A process of its own, which holds next
to nothing, because Linux counts into the peak memory of a child what its parent had when it started it."""

import os
import sys
import time

out, command = int(sys.argv[1]), sys.argv[2:]
os.set_inheritable(out, False)
began = time.perf_counter()
child = os.posix_spawnp(command[0], command, os.environ)
_, status, usage = os.wait4(child, 0)
wall = time.perf_counter() - began
line = '{"status": %d, "wall": %f, "cpu": %f, "peak": %d}\n'
os.write(out, (line % (status, wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)).encode())
