package io.github.cpythonengine.capi;

import static io.github.cpythonengine.capi.Api.C;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

class RawMemoryTest extends HoldingGil {

    @Test
    void isUsedWhereTheJdkDoesNotWarnOfIt() {
        assertThat(RawMemory.USABLE, is(Runtime.version().feature() < 24));
    }

    @Test
    void hasWhatTheBackendHas() {
        assumeTrue(RawMemory.USABLE, "warned of by this JDK");
        long block = C.allocate(16);
        try {
            RawMemory.putLong(block, 0x0102030405060708L);
            RawMemory.putInt(block + 8, -2);
            assertThat(C.getShort(block), is((short) 0x0708));
            assertThat(RawMemory.getLong(block), is(0x0102030405060708L));
            assertThat(RawMemory.getInt(block + 4), is(0x01020304));
            assertThat(RawMemory.getInt(block + 8), is(-2));
            assertThat(RawMemory.getByte(block + 8), is((byte) -2));
            C.putLong(block, Double.doubleToRawLongBits(-1.5));
            assertThat(RawMemory.getDouble(block), is(-1.5));
        } finally {
            C.free(block);
        }
    }
}
