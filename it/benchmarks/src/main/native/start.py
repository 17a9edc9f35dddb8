"""Times processes from start to end, taking turns. Arguments: rounds, then commands with "--" before each. Prints for
each: median, least and most wall time, and median processor time, in milliseconds. A failing command ends it all."""

import os
import statistics
import sys
import time


def once(command):
    began = time.perf_counter()
    pid = os.posix_spawnp(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)])
    _, status, usage = os.wait4(pid, 0)
    if status:
        sys.exit(f"{command} ended with {status}")
    return (time.perf_counter() - began) * 1000, (usage.ru_utime + usage.ru_stime) * 1000


commands = []
for argument in sys.argv[2:]:
    if argument == "--":
        commands.append([])
    else:
        commands[-1].append(argument)

times = [[] for _ in commands]
for turn in range(int(sys.argv[1]) + 1):
    for command, kept in zip(commands, times):
        taken = once(command)
        if turn > 0:  # the first fills the caches
            kept.append(taken)

for kept in times:
    wall, cpu = zip(*kept)
    print("%.0f\t%.0f\t%.0f\t%.0f" % (statistics.median(wall), min(wall), max(wall), statistics.median(cpu)))
