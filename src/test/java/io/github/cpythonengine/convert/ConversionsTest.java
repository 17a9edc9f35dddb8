package io.github.cpythonengine.convert;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.cpythonengine.python.PyObject;
import io.github.cpythonengine.wrap.Session;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rules of users. They serve the whole process, so each test has types of its own. */
class ConversionsTest {

    private final Session python = new Session();

    interface Amount {
        int cents();
    }

    record Money(int cents) implements Amount {}

    record Price(int cents) implements Amount {}

    record Point(int x, int y) {}

    record Tag(String name) {}

    @Test
    void javaToPythonByClassAndLaterFirst() {
        Conversions.addToPython(Amount.class, Amount::cents);
        python.put("x", new Money(5));
        assertThat(python.eval("x"), is(5));
        Conversions.addToPython(Money.class, money -> "money " + money.cents());
        python.put("x", new Money(5));
        python.put("y", new Price(6));
        assertThat(python.repr("x, y"), is("('money 5', 6)"));
        Conversions.addToPython(Amount.class, amount -> List.of().size() + 0.5);
        python.put("x", new Money(5));
        assertThat(python.eval("x"), is(0.5));
    }

    @Test
    void pythonToJavaByTypeAlsoAfterTheFirstUse() {
        python.exec("class Spot:\n  def __init__(self, x, y): self.x = x; self.y = y");
        python.exec("import types, sys\nm = types.ModuleType('spots')\nm.Spot = Spot\nsys.modules['spots'] = m");
        python.exec("Spot.__module__ = 'spots'\nclass Sub(Spot): pass");
        assertThat(python.eval("Spot(1, 2)"), instanceOf(PyObject.class));
        Conversions.addToJava(
                "spots.Spot", spot -> new Point((Integer) spot.getAttr("x"), (Integer) spot.getAttr("y")));
        assertThat(python.eval("Spot(1, 2)"), is(new Point(1, 2)));
        assertThat(python.list("[Spot(3, 4)]"), is(List.of(new Point(3, 4))));
        assertThat("exactly this type", python.eval("Sub(1, 2)"), instanceOf(PyObject.class));
        Conversions.addToJava("spots.Spot", spot -> "replaced");
        assertThat(python.eval("Spot(1, 2)"), is("replaced"));
        assertThat(python.object("Spot(1, 2)").as(Object.class), is("replaced"));
    }

    @Test
    void aRuleForABuiltInTypeReplacesTheBuiltInOne() {
        python.exec("import uuid");
        UUID uuid = new UUID(1, 2);
        python.put("u", uuid);
        try {
            Conversions.addToJava("uuid.UUID", id -> id.as(UUID.class).toString());
            assertThat(python.eval("u"), is(uuid.toString()));
        } finally {
            Conversions.addToJava("uuid.UUID", id -> id.as(UUID.class));
        }
        assertThat(python.eval("u"), is(uuid));
    }

    @Test
    void aRuleMayMakeItsOwnClassAgain() {
        Conversions.addToPython(Tag.class, tag -> "earlier " + tag.name());
        Conversions.addToPython(Tag.class, tag -> new Tag(tag.name() + "!"));
        python.put("x", new Tag("a"));
        assertThat(python.eval("x"), is("earlier a!"));
    }

    @Test
    void nullsAreRefused() {
        assertThrows(NullPointerException.class, () -> Conversions.addToPython(null, x -> x));
        assertThrows(NullPointerException.class, () -> Conversions.addToPython(Tag.class, null));
        assertThrows(NullPointerException.class, () -> Conversions.addToJava(null, x -> x));
        assertThrows(NullPointerException.class, () -> Conversions.addToJava("a.B", null));
    }

    @Test
    void theTableListsTheRules() {
        assertThat(Conversions.table(), hasItem(new Conversions.Row("Decimal", "BigDecimal")));
    }
}
