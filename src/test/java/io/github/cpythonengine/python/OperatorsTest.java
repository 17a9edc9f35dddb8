package io.github.cpythonengine.python;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cpythonengine.wrap.Session;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class OperatorsTest {

    private final Session python = new Session();

    private PyObject object(String expression) {
        return python.object(expression);
    }

    /** Each method with the operator that it is, in the words of Python. */
    private static final Map<String, BiFunction<PyObject, Object, PyObject>> BINARY = new LinkedHashMap<>();

    static {
        BINARY.put("+", PyObject::add);
        BINARY.put("-", PyObject::subtract);
        BINARY.put("*", PyObject::multiply);
        BINARY.put("@", PyObject::matrixMultiply);
        BINARY.put("/", PyObject::trueDivide);
        BINARY.put("//", PyObject::floorDivide);
        BINARY.put("%", PyObject::remainder);
        BINARY.put("**", PyObject::power);
        BINARY.put("<<", PyObject::lshift);
        BINARY.put(">>", PyObject::rshift);
        BINARY.put("&", PyObject::and);
        BINARY.put("|", PyObject::or);
        BINARY.put("^", PyObject::xor);
        BINARY.put("<", PyObject::lt);
        BINARY.put("<=", PyObject::le);
        BINARY.put("==", PyObject::eq);
        BINARY.put("!=", PyObject::ne);
        BINARY.put(">", PyObject::gt);
        BINARY.put(">=", PyObject::ge);
        BINARY.put("+=", PyObject::inPlaceAdd);
        BINARY.put("-=", PyObject::inPlaceSubtract);
        BINARY.put("*=", PyObject::inPlaceMultiply);
        BINARY.put("@=", PyObject::inPlaceMatrixMultiply);
        BINARY.put("/=", PyObject::inPlaceTrueDivide);
        BINARY.put("//=", PyObject::inPlaceFloorDivide);
        BINARY.put("%=", PyObject::inPlaceRemainder);
        BINARY.put("**=", PyObject::inPlacePower);
        BINARY.put("<<=", PyObject::inPlaceLshift);
        BINARY.put(">>=", PyObject::inPlaceRshift);
        BINARY.put("&=", PyObject::inPlaceAnd);
        BINARY.put("|=", PyObject::inPlaceOr);
        BINARY.put("^=", PyObject::inPlaceXor);
    }

    /** Defines a class whose operators give what they are called, or do something else. */
    private void recording(String name, String body) {
        python.exec("""
                class %s:
                    pass
                for _ in ('add sub mul matmul truediv floordiv mod divmod pow lshift rshift and or xor'.split()):
                    for _kind in ('', 'r', 'i'):
                        def _method(self, other, *more, _name=f'{_kind}{_}'): %s
                        setattr(%s, f'__{_kind}{_}__', _method)
                for _ in 'lt le eq ne gt ge'.split():
                    def _method(self, other, _name=_): %s
                    setattr(%s, f'__{_}__', _method)
                for _ in 'neg pos abs invert'.split():
                    def _method(self, _name=_, other=None): %s
                    setattr(%s, f'__{_}__', _method)
                """.formatted(name, body, name, body, name, body, name));
    }

    @Test
    void eachIsTheOperatorOfItsName() {
        recording("Recording", "return (_name, other)");
        Map<String, String> names = new LinkedHashMap<>();
        BINARY.forEach((operator, method) -> names.put(
                operator, method.apply(object("Recording()"), 7).getItem(0).toString()));
        python.exec("by_python = {}");
        for (String operator : BINARY.keySet()) {
            python.exec(
                    operator.endsWith("=") && !"<= == != >=".contains(operator)
                            ? "x = Recording()\nx " + operator + " 7\nby_python['" + operator + "'] = x[0]"
                            : "by_python['" + operator + "'] = (Recording() " + operator + " 7)[0]");
        }
        assertThat(names, is(python.dict("by_python")));
        assertThat(object("Recording()").divmod(7).repr(), is("('divmod', 7)"));
        assertThat(object("Recording()").negative().repr(), is("('neg', None)"));
        assertThat(object("Recording()").positive().repr(), is("('pos', None)"));
        assertThat(object("Recording()").absolute().repr(), is("('abs', None)"));
        assertThat(object("Recording()").invert().repr(), is("('invert', None)"));
    }

    @Test
    void theOtherOperandsClassIsAskedToo() {
        recording("Recording", "return _name");
        assertThat(PyObject.of(7).add(object("Recording()")).str(), is("radd"));
        assertThat(PyObject.of(7).inPlaceAdd(object("Recording()")).str(), is("radd"));
        assertThat(PyObject.of(7).lt(object("Recording()")).str(), is("gt"));
    }

    @Test
    void numbersCalculateAsInPython() {
        PyObject seven = PyObject.of(7);
        assertThat(seven.negative().floorDivide(2).as(int.class), is(-4));
        assertThat(seven.negative().remainder(3).as(int.class), is(2));
        assertThat(seven.trueDivide(2).as(double.class), is(3.5));
        assertThat(
                seven.power(100).as(BigInteger.class), is(BigInteger.valueOf(7).pow(100)));
        assertThat(seven.power(-1, 10).as(int.class), is(3));
        assertThat(seven.divmod(2).as(int[].class), is(new int[] {3, 1}));
        assertThat(seven.add(1).multiply(2).subtract(0.5).as(Object.class), is(15.5));
        assertThat(seven.and(3).or(8).xor(1).invert().as(int.class), is(-11));
        assertThat(seven.lshift(70).rshift(69).as(int.class), is(14));
        assertThat(seven.lt(8).as(boolean.class), is(true));
        assertThat(seven.eq(7.0).isTrue(), is(true));
        assertThat(seven.ne("7").isTrue(), is(true));
    }

    @Test
    void whatCanBeChangedIsChangedInPlace() {
        PyObject list = object("[1]");
        PyObject same = list.inPlaceAdd(object("[2]")).inPlaceMultiply(2);
        assertThat(list.repr(), is("[1, 2, 1, 2]"));
        assertThat(same.is(list), is(true));
        assertThat(list.multiply(1).is(list), is(false));
        PyObject number = PyObject.of(1000);
        assertThat(number.inPlaceAdd(1).as(int.class), is(1001));
        assertThat(number.as(int.class), is(1000));
    }

    @Test
    void errorsOfOperatorsAreThrown() {
        recording("Bad", "raise ValueError(_name)");
        BINARY.forEach((operator, method) -> {
            PyException error = assertThrows(PyException.class, () -> method.apply(object("Bad()"), 1), operator);
            assertThat(operator, error.getTypeName(), is("ValueError"));
        });
        PyException zero = assertThrows(PyException.class, () -> PyObject.of(1).floorDivide(0));
        assertThat(zero.getTypeName(), is("ZeroDivisionError"));
        assertThat(
                assertThrows(PyException.class, () -> PyObject.of(1).lshift(-1)).getTypeName(), is("ValueError"));
    }

    @Test
    void notImplementedIsNoResult() {
        recording("Shy", "return NotImplemented");
        BINARY.forEach((operator, method) -> {
            if (operator.equals("==") || operator.equals("!=")) {
                assertThat(method.apply(object("Shy()"), 1).isTrue(), is(operator.equals("!=")));
            } else {
                PyException error = assertThrows(PyException.class, () -> method.apply(object("Shy()"), 1), operator);
                assertThat(error.getTypeName(), is("TypeError"));
                assertThat(error.getText(), containsString("'Shy' and 'int'"));
            }
        });
        assertThat(object("Shy()").is(object("NotImplemented")), is(false));
        assertThat(
                assertThrows(PyException.class, () -> object("'a'").negative()).getTypeName(), is("TypeError"));
    }

    @Test
    void comparisonsOfArraysAreArrays() {
        python.exec("try:\n  import numpy\nexcept ImportError:\n  numpy = None");
        assumeTrue(python.eval("numpy is not None").equals(true), "no numpy");
        PyObject array = object("numpy.array([1, 5, 3])");
        assertThat(array.gt(2).callMethodAs(boolean[].class, "tolist"), is(new boolean[] {false, true, true}));
        assertThat(array.getItem(array.gt(2), int[].class), is(new int[] {5, 3}));
        assertThat(array.matrixMultiply(array).as(int.class), is(35));
        PyException error = assertThrows(PyException.class, () -> array.gt(2).isTrue());
        assertThat(error.getTypeName(), is("ValueError"));
        assertThat(array.inPlaceAdd(1).is(array), is(true));
        assertThat(array, not(object("5")));
    }
}
