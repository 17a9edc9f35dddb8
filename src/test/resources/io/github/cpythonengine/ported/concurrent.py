"""Threads, executors and futures, with Python functions and classes at work."""

from java.lang import Runnable, Thread
from java.util.concurrent import Callable, CompletableFuture, CountDownLatch, Executors, LinkedBlockingQueue, TimeUnit
from java.util.concurrent.atomic import AtomicInteger
from java.util.concurrent.locks import ReentrantLock

PATIENCE = 60


class Square(Callable):
    def __init__(self, number):
        self.number = number

    def call(self):
        return self.number * self.number


class Down(Runnable):
    def run(self):
        latch.countDown()


pool = Executors.newFixedThreadPool(4)
try:
    futures = [pool.submit(Square(number)) for number in range(5)]
    assert [future.get() for future in futures] == [0, 1, 4, 9, 16]
    assert [future.get() for future in pool.invokeAll([Square(2), Square(3)])] == [4, 9]
    assert pool.submit(lambda: 42).get(PATIENCE, TimeUnit.SECONDS) == 42
    latch = CountDownLatch(3)
    for _ in range(3):
        pool.execute(Down())
    assert getattr(latch, "await")(PATIENCE, TimeUnit.SECONDS)
finally:
    pool.shutdown()
assert pool.awaitTermination(PATIENCE, TimeUnit.SECONDS)

names = []
thread = Thread(lambda: names.append(Thread.currentThread().getName()), "worker-1")
thread.start()
thread.join()
assert names == ["worker-1"]

answer = CompletableFuture.supplyAsync(lambda: 20).thenApply(lambda n: n + 1)
assert answer.thenCombine(CompletableFuture.completedFuture(2), lambda a, b: a * b).get() == 42
failing = CompletableFuture.supplyAsync(lambda: 1 // 0)
try:
    failing.get()
except Exception as e:
    assert "ZeroDivisionError" in str(e), e
else:
    assert False

counter = AtomicInteger()
assert counter.incrementAndGet() == 1 and counter.updateAndGet(lambda n: n + 5) == 6
queue = LinkedBlockingQueue()
queue.put({"a": 1})
assert queue.take()["a"] == 1 and queue.poll() is None
lock = ReentrantLock()
lock.lock()
try:
    assert lock.isLocked()
finally:
    lock.unlock()
