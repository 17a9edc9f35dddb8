"""Collections and streams."""

from java.util import ArrayList, Arrays, Collections, Comparator, HashMap, LinkedHashMap, Map, Optional, PriorityQueue
from java.util import Properties, Random, TreeMap, TreeSet
from java.util.stream import Collectors, IntStream, Stream
from java.io import StringReader

items = ArrayList()
items.add("x")
items.add(0, "w")
assert items.get(0) == "w" and items.size() == 2 and items.contains("x")
items.addAll(["y", "z"])
assert items.subList(1, 3) == ["x", "y"]
items.remove("y")
assert items == ["w", "x", "z"]
numbers = ArrayList([3, 1, 2])
Collections.sort(numbers)
assert numbers == [1, 2, 3] and Collections.max(numbers) == 3
Collections.shuffle(numbers, Random(1))
assert Arrays.asList(1, 2, 3).size() == 3

table = HashMap()
table.put("a", 1)
table["b"] = 2
entries = table.entrySet().iterator()
while entries.hasNext():
    entry = entries.next()
    entry.setValue(entry.getValue() + 1)
assert table.get("a") == 2 and table["b"] == 3 and "a" in table and len(table) == 2
assert sorted(entry.key + str(entry.value) for entry in table.entrySet()) == ["a2", "b3"]
table.computeIfAbsent("c", lambda key: 9)
table.merge("a", 5, lambda old, new: old + new)
assert table["a"] == 7 and table.getOrDefault("z", 3) == 3 and dict(table)["c"] == 9
ordered = LinkedHashMap()
ordered["z"] = ordered["y"] = 1
assert list(ordered) == ["z", "y"] and Map.of("a", 1)["a"] == 1
descending = TreeMap(Collections.reverseOrder())
descending.putAll({"a": 1, "b": 2})
assert descending.firstKey() == "b"
properties = Properties()
properties.load(StringReader("x=1\ny=2"))
assert properties.getProperty("x") == "1" and properties.getProperty("z", "d") == "d"
assert HashMap({"a": [1, {"b": (2, 3)}]})["a"][1]["b"][1] == 3


class ByLength(Comparator):
    def compare(self, a, b):
        return len(a) - len(b)


lengths = TreeSet(ByLength())
lengths.add("ccc")
lengths.add("a")
assert list(lengths) == ["a", "ccc"]
queue = PriorityQueue(5, lambda a, b: b - a)
queue.addAll([1, 3, 2])
assert queue.poll() == 3

fruit = ArrayList(["pear", "fig", "apple"])
long = fruit.stream().filter(lambda name: len(name) > 3).map(str.upper).collect(Collectors.toList())
assert long == ["PEAR", "APPLE"]
assert fruit.stream().mapToInt(len).sum() == 12
assert fruit.stream().collect(Collectors.joining("-")) == "pear-fig-apple"
assert fruit.stream().collect(Collectors.groupingBy(len))[4] == ["pear"]
assert fruit.stream().collect(Collectors.toMap(lambda name: name, len))["fig"] == 3
assert fruit.stream().collect(Collectors.partitioningBy(lambda name: "p" in name))[True] == ["pear", "apple"]
assert fruit.stream().sorted(lambda a, b: len(a) - len(b)).toList() == ["fig", "pear", "apple"]
assert fruit.stream().anyMatch(lambda name: name.startswith("f"))
assert IntStream.range(0, 5).boxed().reduce(0, lambda a, b: a + b) == 10
assert Stream.iterate(1, lambda n: n * 2).limit(5).toList() == [1, 2, 4, 8, 16]
fruit.removeIf(lambda name: name == "fig")
fruit.replaceAll(lambda name: name + "!")
fruit.sort(Comparator.comparing(len).reversed())
assert fruit == ["apple!", "pear!"]
assert Optional.of("x").map(lambda text: text + "!").get() == "x!" and Optional.empty().orElseGet(lambda: 3) == 3
