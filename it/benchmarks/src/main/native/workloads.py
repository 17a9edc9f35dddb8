"""The workloads in Python alone, each where it makes sense: what no bridge can do without. Prints and takes the same as
workloads.c does."""

import sys
import time

ROUNDS = 11
ROUND_SECONDS = 0.06

checking = sys.argv[1:2] == ["check"]
wanted = sys.argv[2:] if checking else sys.argv[1:]
rows = {}


def foo():
    return str(1)


def add(a, b):
    return a + b


def upper(text):
    return text.upper()


def row(key, steps=1):
    def keep(work):
        rows[key] = (work, steps)
        return work

    return keep


@row("W1")
def w1():
    assert foo() == "1"


@row("W2")
def w2():
    assert add(20000, 22000) == 42000


hundred = "x" * 100


@row("W3")
def w3():
    assert upper(hundred)[99] == "X"


fresh = 0


@row("W4.fresh")
def w4_fresh():
    global fresh
    fresh += 1
    assert eval(f"({fresh} + 1) * 2") == (fresh + 1) * 2


factor = 21000
repeated = compile("factor * 2", "<script>", "eval")


@row("W4.repeated")
def w4_repeated():
    assert eval(repeated) == 42000


increment = compile("x = x + 1", "<script>", "exec")
namespace = {}


@row("W5")
def w5():
    namespace["x"] = 100000
    exec(increment, namespace)
    assert namespace["x"] == 100001


the_ints = list(range(1000, 2000))
the_strs = ["item %05d" % i for i in range(1000)]
the_prices = {"price%04d" % i: i / 4 for i in range(1000)}


@row("W6")
def w6():
    assert sum(the_ints) == 1499500


@row("W7.ints")
def w7_ints():
    total = 0
    for n in the_ints:
        total += n
    assert total == 1499500


@row("W7.strs")
def w7_strs():
    characters = 0
    for text in the_strs:
        characters += len(text)
    assert characters == 10000


@row("W8")
def w8():
    characters, total = 0, 0.0
    for key, price in the_prices.items():
        characters += len(key)
        total += price
    assert (characters, total) == (9000, 499500 / 4)


def next_number(n):
    return n + 1


@row("W9", 1000)
def w9():
    n = 0
    for _ in range(1000):
        n = next_number(n)
    assert n == 1000


try:
    import numpy
except ImportError:
    pass
else:
    doubles = numpy.arange(1000000.0)

    @row("W10.zero-copy")
    def w10_zero_copy():
        assert numpy.sum(doubles) == 499999500000

    @row("W10.copied")
    def w10_copied():
        assert numpy.sum(doubles.copy()) == 499999500000

    @row("W10.back")
    def w10_back():
        assert doubles.copy()[999999] == 999999


@row("W11", 10000)
def w11():
    import io

    before, sys.stdout = sys.stdout, io.StringIO()
    try:
        for _ in range(10000):
            print("a line of the text")
        assert len(sys.stdout.getvalue()) == 190000
    finally:
        sys.stdout = before


@row("W12.iterate", 1000)
def w12_iterate():
    for n in the_ints:
        pass
    assert n == 1999


class Host:
    def next(self, n):
        return n + 1


host = Host()


@row("W12.method", 1000)
def w12_method():
    n = 0
    for _ in range(1000):
        n = host.next(n)
    assert n == 1000


def inner():
    raise ValueError("bad")


def fail():
    inner()


@row("W14")
def w14():
    try:
        fail()
    except ValueError as e:
        assert str(e) == "bad"


@row("W16")
def w16():
    names = {"__name__": "__main__"}
    exec(compile("x = 6\nx * 7", "<script>", "exec"), names)
    assert names["x"] == 6


def repeat(work, count):
    began = time.perf_counter()
    for _ in range(count):
        work()
    return (time.perf_counter() - began) / count


def measure(key, work, steps):
    count = 1
    while not checking and repeat(work, count) * count < ROUND_SECONDS / 4:
        count *= 2
    times = sorted(repeat(work, count if checking else count * 4) * 1e9 / steps for _ in range(ROUNDS))
    print(f"{key}\t{times[ROUNDS // 2]:.1f}\t{times[0]:.1f}\t{times[-1]:.1f}", flush=True)


for key, (work, steps) in rows.items():
    if not wanted or key in wanted:
        measure(key, work, steps)
