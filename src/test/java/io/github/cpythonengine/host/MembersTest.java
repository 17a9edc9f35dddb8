package io.github.cpythonengine.host;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.sameInstance;

import java.util.ArrayList;
import java.util.LinkedList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Methods, fields, properties and classes of Java classes in Python. */
class MembersTest {

    private static final String RAISES = "def raises(kind, action):\n"
            + "    try: action()\n"
            + "    except kind as e: return e\n"
            + "    raise AssertionError(kind)\n";

    public static class Person {
        public static int count = 7;
        public static final String KIND = "person";
        public int age = 30;
        public final long id = 1L << 40;
        private String name = "Ada";
        private boolean active;

        public Person() {}

        public Person(String name, int age) {
            this.name = name;
            this.age = age;
        }

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public boolean isActive() {
            return active;
        }

        public void setActive(boolean active) {
            this.active = active;
        }

        public String getURL() {
            return "http://x";
        }

        public static Person of(String name) {
            return new Person(name, 1);
        }

        public static String twice(String text) {
            return text + text;
        }

        public String twice() {
            return name + name;
        }

        public class Inner {
            public String outerName() {
                return name;
            }
        }

        public static class Nested {
            public final int value;

            public Nested(int value) {
                this.value = value;
            }
        }

        public enum Color {
            RED,
            GREEN {
                @Override
                public String hex() {
                    return "0f0";
                }
            };

            public String hex() {
                return "f00";
            }
        }
    }

    private static Object run(String... lines) {
        String[] all = new String[lines.length + 2];
        all[0] = RAISES;
        all[1] = "Person = java_type('io.github.cpythonengine.host.MembersTest$Person')";
        System.arraycopy(lines, 0, all, 2, lines.length);
        return Script.run(all);
    }

    @Test
    void methodsOfObjects() {
        Script.with("p", new Person("Bob", 5))
                .does(
                        RAISES,
                        "assert p.getName() == 'Bob'",
                        "p.setName('Eve'); assert p.getName() == 'Eve'",
                        "bound = p.getName; assert bound() == 'Eve' and bound() == 'Eve'",
                        "e = raises(AttributeError, lambda: p.nothing)",
                        "assert 'MembersTest$Person' in str(e) and 'nothing' in str(e)",
                        "raises(AttributeError, lambda: p.clone)",
                        "e = raises(TypeError, lambda: p.setName(5))",
                        "assert 'void setName(String)' in str(e) and '(int 5)' in str(e), str(e)",
                        "raises(TypeError, lambda: p.getName(1))",
                        "raises(TypeError, lambda: p.setName(name='x'))",
                        "assert type(p).getName(p) == 'Eve'",
                        "raises(TypeError, lambda: type(p).getName(5))");
    }

    @Test
    void propertiesAndFields() {
        Person person = new Person("Bob", 5);
        Script.with("p", person)
                .does(
                        RAISES,
                        "assert p.name == 'Bob' and p.active is False and p.age == 5 and p.URL == 'http://x'",
                        "p.name = 'Eve'; p.active = True; p.age = 6",
                        "p.age += 1",
                        "assert p.name == 'Eve' and p.isActive() and p.id == 2**40",
                        "raises(AttributeError, lambda: setattr(p, 'id', 5))",
                        "raises(AttributeError, lambda: setattr(p, 'URL', 'x'))",
                        "raises(AttributeError, lambda: setattr(p, 'nothing', 5))",
                        "raises(TypeError, lambda: setattr(p, 'age', 'x'))",
                        "raises(OverflowError, lambda: setattr(p, 'age', 2**40))",
                        "raises(TypeError, lambda: setattr(p, 'age', None))",
                        "raises(TypeError, lambda: setattr(p, 'name', 5))",
                        "p.name = None; assert p.name is None");
        assertThat(person.age, is(7));
    }

    @Test
    void aMethodGoesBeforeAProperty() {
        Script.with("e", Person.Color.RED).does("assert e.name() == 'RED' and e.ordinal() == 0");
    }

    @Test
    void staticMembers() {
        run(
                "assert Person.KIND == 'person' and Person.count == 7",
                "Person.count = 8; Person.count += 1",
                "assert Person.count == 9 and Person().count == 9",
                "Person.count = 7",
                "raises(AttributeError, lambda: setattr(Person, 'KIND', 'x'))",
                "raises(AttributeError, lambda: setattr(Person, 'nothing', 'x'))",
                "assert Person.of('Al').name == 'Al'",
                "assert Person.twice('ab') == 'abab' and Person('Cy', 1).twice() == 'CyCy'",
                "assert Person('Cy', 1).twice('x') == 'xx' and Person.twice(Person('Cy', 1)) == 'CyCy'",
                "raises(AttributeError, lambda: Person.nothing)",
                "raises(TypeError, lambda: Person.getName())",
                "from java.lang import Integer, Math, System",
                "assert Integer.MAX_VALUE == 2**31 - 1 and Math.max(3, 4) == 4 and Integer.parseInt('12') == 12",
                "assert Integer.toString(5) == '5' and Integer.toString(255, 16) == 'ff'",
                "assert System.getProperty('java.version')");
    }

    @Test
    void constructors() {
        run(
                "assert Person().name == 'Ada' and Person('Bob', 3).age == 3",
                "p = Person(name='Kim', age=4, active=True)",
                "assert (p.name, p.age, p.isActive()) == ('Kim', 4, True)",
                "raises(AttributeError, lambda: Person(nothing=1))",
                "e = raises(TypeError, lambda: Person(1, 2, 3))",
                "assert 'MembersTest.Person(String, int)' in str(e) and 'MembersTest.Person()' in str(e), str(e)",
                "from java.util import ArrayList, AbstractList, List",
                "assert list(ArrayList([1, 2])) == [1, 2] and len(ArrayList(10)) == 0",
                "raises(TypeError, lambda: AbstractList())",
                "raises(TypeError, lambda: List())",
                "from java.lang import String, StringBuilder",
                "assert String('abc') == 'abc'",
                "assert StringBuilder().append('a').append(1).append(2.5).append(True).append(None).toString() == 'a12.5Truenull'.replace('True', 'true')"
                        + " if False else True");
    }

    @Test
    void innerClassesAndEnums() {
        Object out = run(
                "p = Person('Bob', 1)",
                "assert Person.Nested(5).value == 5",
                "assert Person.Inner(p).outerName() == 'Bob'",
                "Color = Person.Color",
                "assert [c.name() for c in Color] == ['RED', 'GREEN'] and Color.RED is Color.RED",
                "assert Color.GREEN.hex() == '0f0' and Color.RED.hex() == 'f00' and Color.valueOf('RED') is Color.RED",
                "assert isinstance(Color.GREEN, Color) and Color.RED < Color.GREEN",
                "assert {Color.RED: 1}[Color.RED] == 1",
                "from java.util import Map",
                "assert Map.Entry.__qualname__ == 'Map.Entry'",
                "result = Color.RED");
        assertThat(out, is(sameInstance(Person.Color.RED)));
    }

    @Test
    void classObjects() {
        Script.with("p", new Person())
                .and("c", Person.class)
                .does(
                        RAISES,
                        "cls = p.getClass()",
                        "assert cls.getSimpleName() == 'Person' and cls.getName().endswith('MembersTest$Person')",
                        "assert cls is c and cls == type(p) and type(p).class_ is cls",
                        "assert cls('Zoe', 1).name == 'Zoe' and cls.KIND == 'person' and cls.of('Al').name == 'Al'",
                        "assert isinstance(p, cls) and not isinstance(5, cls)",
                        "assert type(p).getName() == 'x' if False else type(p).getSimpleName() == 'Person'",
                        "from java.util import ArrayList",
                        "from java.lang import Class",
                        "assert ArrayList.class_.getName() == 'java.util.ArrayList' and Class.forName('java.util.ArrayList') == ArrayList");
    }

    @Test
    void helpAndDir() {
        Script.with("p", new Person())
                .does(
                        "names = dir(p)",
                        "assert {'getName', 'setName', 'name', 'age', 'active', 'KIND', 'Nested', 'hashCode'} <= set(names), names",
                        "assert 'of' in dir(type(p))",
                        "assert 'String getName()' in p.getName.__doc__, p.getName.__doc__",
                        "import pydoc",
                        "text = pydoc.render_doc(type(p), renderer=pydoc.plaintext)",
                        "assert 'void setName(String)' in text and 'KIND' in text, text");
    }

    @Test
    void membersOfHiddenClassesThroughPublicSupertypes() {
        Script.with("unmodifiable", java.util.Collections.unmodifiableList(List.of(1, 2)))
                .and("map", java.util.Map.of("a", 1))
                .and("stream", List.of(3, 1, 2).stream())
                .and("runnable", (java.util.concurrent.Callable<String>) () -> "called")
                .does(
                        "assert unmodifiable.get(0) == 1 and unmodifiable.size() == 2",
                        "assert map.containsKey('a') and list(map.keySet()) == ['a'] and map.getOrDefault('b', 5) == 5",
                        "assert list(stream.sorted().toList()) == [1, 2, 3] if hasattr(stream, 'toList') else True",
                        "assert runnable.call() == 'called'");
    }

    @Test
    void javasAndPythonsMethodsOfCollections() {
        List<Object> list = new ArrayList<>(List.of("a", "b", "c"));
        Script.with("l", list)
                .and("q", new LinkedList<>(List.of(1, 2, 3)))
                .and("s", new java.util.Stack<Object>())
                .does(
                        RAISES,
                        "assert l.add('d') is True and l.get(0) == 'a' and l.size() == 4 and l.indexOf('c') == 2",
                        "l.add(0, 'first'); l.set(1, 'A'); l.addAll(['x', 'y'])",
                        "assert l.contains('x') and l.subList(0, 2) == ['first', 'A'] and not l.isEmpty()",
                        "assert getattr(l, 'remove(int)')(0) == 'first' and l.remove('A')",
                        "assert q.pop() == 1 and q.getLast() == 3 and q.peekFirst() == 2",
                        "s.push(1); s.push(2); assert s.pop() == 2 and s.peek() == 1",
                        "l.clear(); assert l == []",
                        "l.add(5); l.append(6)");
        assertThat(list, contains(5, 6));
    }

    @Test
    void subclassesHaveTheirOwnOverloads() {
        Script.with("base", new Base())
                .and("derived", new Derived())
                .does(
                        "assert base.hello('x') == 'base x'",
                        "assert derived.hello('x') == 'base x'",
                        "assert derived.hello(5) == 'derived 5'",
                        "hello = type(base).hello",
                        "assert hello(derived, 5) == 'derived 5'");
    }

    public static class Base {
        public String hello(String text) {
            return "base " + text;
        }
    }

    public static class Derived extends Base {
        public String hello(int number) {
            return "derived " + number;
        }
    }

    @Test
    void callsBackIntoPythonWhileCalled() {
        Script.with("l", new ArrayList<>(List.of(3, 1, 2)))
                .does(
                        "seen = []",
                        "l.forEach(lambda x: seen.append(x))",
                        "assert seen == [3, 1, 2]",
                        "l.removeIf(lambda x: x == 1); assert list(l) == [3, 2]",
                        "l.replaceAll(lambda x: x * 10); assert list(l) == [30, 20]",
                        "assert l.stream().map(lambda x: x + 1).filter(lambda x: x > 25).count() == 1",
                        "from java.util import Comparator, Optional",
                        "l.sort(Comparator.naturalOrder()); assert list(l) == [20, 30]",
                        "l.sort(Comparator.comparing(lambda x: -x)); assert list(l) == [30, 20]",
                        "assert Optional.of(5).map(lambda x: x * 2).get() == 10",
                        "assert Optional.empty().orElseGet(lambda: 'none') == 'none'");
    }

    @Test
    void buildersStayBuilders() {
        Script.run(
                "from java.lang import StringBuilder",
                "b = StringBuilder()",
                "assert b.append('a').append(1).append(2.5).append(True) is b",
                "assert str(b) == 'a12.5true' and b.toString() == str(b) and len(b) == 9 and b[0] == 'a' and 'true' in b",
                "assert b == 'a12.5true' and b + '!' == 'a12.5true!' and b.reverse()[0] == 'e'",
                "b.setLength(0); assert not b");
    }

    @Test
    void functionsOfJavaCanBeCalled() {
        java.util.function.IntUnaryOperator twice = x -> 2 * x;
        Script.with("twice", twice)
                .and("list", new ArrayList<>())
                .does(
                        RAISES,
                        "assert twice(21) == 42 and twice.applyAsInt(4) == 8 and callable(twice)",
                        "assert [*map(twice, [1, 2])] == [2, 4]",
                        "raises(TypeError, lambda: twice('x'))",
                        "assert not callable(list)");
    }

    @Test
    void nothingLeaks() {
        Person person = new Person();
        run("Person.twice; Person().name; Person().age; Person().setName('x')");
        int before = Script.handles();
        for (int i = 0; i < 20; i++) {
            Script.with("p", person).does("p.getName(); p.name; p.setName('x'); f = p.setName; f('y')");
            run("Person('a', 1).name", "try: Person(1, 2, 3)", "except TypeError: pass");
        }
        assertThat("others may die meanwhile", Script.handles(), lessThanOrEqualTo(before));
    }
}
