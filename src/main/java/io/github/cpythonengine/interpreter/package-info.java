/**
 * Not API. The interpreter of this process, its lock, its thread states and the references that
 * Java holds: {@link io.github.cpythonengine.interpreter.Interpreter} starts it, {@link
 * io.github.cpythonengine.interpreter.Gil} enters it, {@link
 * io.github.cpythonengine.interpreter.Ref} owns an object of it.
 *
 * <p>Closed, so that the packages to the right can use pointers among themselves while the types
 * that users see show none. What this package needs from them it declares as {@link
 * io.github.cpythonengine.interpreter.Bridge}.
 *
 * <p>Rules: a pointer does not leave its {@code Gil} scope; what must live longer is a {@code Ref};
 * the GIL is let go of while Java code called from Python runs; no Java lock is held while waiting
 * for the GIL.
 */
package io.github.cpythonengine.interpreter;
