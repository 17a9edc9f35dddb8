package io.github.cpythonengine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.util.Random;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs that the factory writes are run, whatever the text. */
class WrittenProgramsTest {

    private final ScriptEngine engine = TestEngines.engine();
    private final ScriptEngineFactory factory = engine.getFactory();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "it's",
                "say \"hi\"",
                "'\"'\"",
                "'''",
                "\"\"\"",
                "\\",
                "ends in \\",
                "\\n is not a newline",
                "two\nlines",
                "\r\n",
                "\r",
                "nul \0 inside",
                "\0007",
                "100% %s %d {} {0} {x!r} $x",
                "\u00e9\u4e2d\u6587",
                "\ud83d\ude00 \ud83d\udc69\u200d\ud83d\udcbb",
                "\ud800",
                "\udc00\ud800",
                "\u2028\u2029\u0085\f\u000b\u001c",
                "\ufeffbom",
                "\\u0041\\x41\\N{DIGIT ONE}",
                "# no comment",
                "\t\b\u001b\u007f\u0080"
            })
    void outputStatementPrintsExactlyTheText(String text) throws Exception {
        assertThat(TestEngines.printed(engine, factory.getOutputStatement(text)), is(text + "\n"));
    }

    @Test
    void outputStatementPrintsAnyRandomText() throws Exception {
        Random random = new Random(7);
        String alphabet = "'\"\\\n\r\0%{}#$\t \u0085\u2028\ud83d\ude00\ud800\udc00n0xuN";
        for (int i = 0; i < TestEngines.scaled(500); i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(12); length > 0; length--) {
                text.append(
                        random.nextInt(5) == 0
                                ? (char) random.nextInt(0x10000)
                                : alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String statement = factory.getOutputStatement(text.toString());
            assertThat(statement, TestEngines.printed(engine, statement), is(text + "\n"));
        }
    }

    @Test
    void outputStatementIsOneLineThatFitsIntoABlock() throws Exception {
        String statement = factory.getOutputStatement("a\nb");
        assertThat(TestEngines.printed(engine, "if True:", "    " + statement), is("a\nb\n"));
    }

    @Test
    void methodCallRuns() throws Exception {
        engine.eval("""
                class Thing:
                    def join(self, *parts):
                        return '-'.join(map(str, parts))
                thing = Thing()
                a, b = 1, 'two'
                """);
        assertThat(engine.eval(factory.getMethodCallSyntax("thing", "join")), is(""));
        assertThat(engine.eval(factory.getMethodCallSyntax("thing", "join", "a")), is("1"));
        assertThat(engine.eval(factory.getMethodCallSyntax("thing", "join", "a", "b", "a")), is("1-two-1"));
    }

    @Test
    void programOfNothingIsValid() throws Exception {
        assertThat(engine.eval(factory.getProgram()), nullValue());
        assertThat(engine.eval(factory.getProgram("")), nullValue());
        assertThat(engine.eval(factory.getProgram("", "", "")), nullValue());
    }

    @Test
    void programRunsItsStatementsInOrder() throws Exception {
        engine.eval(factory.getProgram("log = []", "log.append(1)", "log.append(2)"));
        assertThat(engine.eval("str(log)"), is("[1, 2]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x = 1 # a comment",
                "x = 1;",
                "x = 1\n",
                "if True:\n    x = 1",
                "if True: x = 1",
                "def f():\n    return 1\nx = f()",
                "x = len('''\n''')",
                "x = (0 +\n1)",
                "x = 1\r\n",
                "x = 0\\\n+1",
                "class A:\n  x = 1\nx = A.x\n\n",
                "try:\n    x = 1\nfinally:\n    pass",
                "@staticmethod\ndef g(): pass\nx = 1"
            })
    void programKeepsEachStatementWhole(String statement) throws Exception {
        engine.eval(factory.getProgram("y = 0", statement, "y = x + 1"));
        assertThat(engine.get("y"), is(2));
        assertThat(engine.eval(factory.getProgram("pass", statement, "x")), is(1));
    }

    @Test
    void programOfOutputStatementsPrintsThemAll() throws Exception {
        String program = factory.getProgram(
                factory.getOutputStatement("one\\"),
                factory.getOutputStatement("two\n"),
                factory.getOutputStatement(""));
        assertThat(TestEngines.printed(engine, program), is("one\\\ntwo\n\n\n"));
    }
}
