package dev.wherry.engine.runtime;

import dev.wherry.engine.MemoryKind;

final class HeapMemoryTest extends MemoryContract {
    HeapMemoryTest() {
        super(MemoryKind.HEAP);
    }
}
