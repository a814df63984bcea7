package dev.wherry.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wherry.engine.EngineConfiguration;
import dev.wherry.engine.InstanceLimits;
import dev.wherry.engine.LimitException;
import dev.wherry.engine.Memory;
import dev.wherry.engine.MemoryKind;
import dev.wherry.engine.Trap;
import dev.wherry.engine.TrapKind;
import dev.wherry.wasm.AddressType;
import dev.wherry.wasm.Limits;
import dev.wherry.wasm.MemoryType;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every kind of memory must do; the two subclasses name the kinds. */
abstract class MemoryContract {

    private static final int PAGE = Memory.PAGE_BYTES;

    private final EngineContext engine;

    MemoryContract(MemoryKind kind) {
        engine = new EngineContext(EngineConfiguration.defaults().withMemoryKind(kind));
    }

    @AfterEach
    void closeEngine() {
        engine.close();
    }

    private static MemoryType type(long minimum, long maximum) {
        return new MemoryType(AddressType.I32, new Limits(minimum, OptionalLong.of(maximum)), false);
    }

    private LinearMemory memory(long minimum, long maximum) {
        return engine.newMemory(type(minimum, maximum), InstanceLimits.DEFAULTS);
    }

    private static void assertOutOfBounds(Runnable access) {
        assertThatExceptionOfType(Trap.class)
                .isThrownBy(access::run)
                .satisfies(trap -> assertThat(trap.kind()).isEqualTo(TrapKind.MEMORY_OUT_OF_BOUNDS))
                .withMessageStartingWith("out of bounds memory access");
    }

    @Test
    void beginsWithZeroesOfItsMinimumSize() {
        LinearMemory memory = memory(2, 4);
        assertThat(memory.pageCount()).isEqualTo(2);
        assertThat(memory.sizeBytes()).isEqualTo(2L * PAGE);
        assertThat(memory.readBytes(0, 2 * PAGE)).containsOnly(0);
    }

    @Test
    void readsBackWhatWasWrittenLittleEndian() {
        LinearMemory memory = memory(1, 1);
        memory.storeLong(3, 0x0807_0605_0403_0201L);
        assertThat(memory.readBytes(3, 8)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(memory.loadByte(3)).isEqualTo((byte) 1);
        assertThat(memory.loadShort(4)).isEqualTo((short) 0x0302);
        assertThat(memory.loadInt(5)).isEqualTo(0x0605_0403);
        assertThat(memory.loadLong(3)).isEqualTo(0x0807_0605_0403_0201L);
        memory.storeByte(3, (byte) -1);
        memory.storeShort(4, (short) 0x1122);
        memory.storeInt(6, 0x3344_5566);
        assertThat(memory.readBytes(3, 8)).containsExactly(0xff, 0x22, 0x11, 0x66, 0x55, 0x44, 0x33, 8);
    }

    @Test
    void trapsBeyondTheEndAndAtEveryHostileAddress() {
        LinearMemory memory = memory(1, 1);
        memory.storeLong(PAGE - 8, -1);
        assertThat(memory.loadLong(PAGE - 8)).isEqualTo(-1);
        for (long address : new long[] {PAGE, PAGE + 1, 0xffff_ffffL, 1L << 32, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
            assertOutOfBounds(() -> memory.loadByte(address));
            assertOutOfBounds(() -> memory.storeByte(address, (byte) 1));
        }
        assertOutOfBounds(() -> memory.loadShort(PAGE - 1));
        assertOutOfBounds(() -> memory.loadInt(PAGE - 3));
        assertOutOfBounds(() -> memory.loadLong(PAGE - 7));
        assertOutOfBounds(() -> memory.storeShort(PAGE - 1, (short) 0));
        assertOutOfBounds(() -> memory.storeInt(PAGE - 3, 0));
        assertOutOfBounds(() -> memory.storeLong(PAGE - 7, 0));
        assertThat(memory.loadLong(PAGE - 8))
                .as("a store that trapped changed nothing")
                .isEqualTo(-1);
    }

    @Test
    void bulkOperationsCheckBeforeTheyChangeAnything() {
        LinearMemory memory = memory(1, 1);
        byte[] data = {1, 2, 3, 4};
        assertOutOfBounds(() -> memory.write(PAGE - 3, data, 0, 4));
        assertOutOfBounds(() -> memory.read(PAGE - 3, new byte[4], 0, 4));
        assertOutOfBounds(() -> memory.readBytes(0, Integer.MAX_VALUE));
        assertOutOfBounds(() -> memory.fill(PAGE - 3, (byte) 1, 4));
        assertOutOfBounds(() -> memory.fill(0, (byte) 1, -1));
        assertOutOfBounds(() -> memory.copy(PAGE - 3, 0, 4));
        assertOutOfBounds(() -> memory.copy(0, PAGE - 3, 4));
        assertOutOfBounds(() -> memory.withBuffer(PAGE - 3, 4, buffer -> 0));
        assertThat(memory.readBytes(0, PAGE)).containsOnly(0);
        memory.fill(PAGE, (byte) 1, 0);
        memory.copy(PAGE, PAGE, 0);
        memory.write(PAGE, data, 4, 0);
        assertOutOfBounds(() -> memory.fill(PAGE + 1L, (byte) 1, 0));
        assertThatThrownBy(() -> memory.write(0, data, 2, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> memory.read(0, data, -1, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void copiesOverlappingRangesAsIfThroughABuffer() {
        LinearMemory memory = memory(1, 1);
        memory.writeBytes(0, new byte[] {1, 2, 3, 4, 5});
        memory.copy(1, 0, 4);
        assertThat(memory.readBytes(0, 5)).containsExactly(1, 1, 2, 3, 4);
        memory.copy(0, 1, 4);
        assertThat(memory.readBytes(0, 5)).containsExactly(1, 2, 3, 4, 4);
    }

    @Test
    void copiesBetweenMemoriesOfBothKinds() {
        LinearMemory memory = memory(1, 1);
        memory.writeBytes(10, new byte[] {7, 8, 9});
        for (MemoryKind kind : new MemoryKind[] {MemoryKind.HEAP, MemoryKind.MAPPED}) {
            try (EngineContext other =
                    new EngineContext(EngineConfiguration.defaults().withMemoryKind(kind))) {
                LinearMemory target = other.newMemory(type(1, 1), InstanceLimits.DEFAULTS);
                target.copyFrom(1, memory, 10, 3);
                assertThat(target.readBytes(0, 5)).containsExactly(0, 7, 8, 9, 0);
                assertOutOfBounds(() -> target.copyFrom(0, memory, PAGE - 1, 2));
                assertOutOfBounds(() -> target.copyFrom(PAGE - 1, memory, 0, 2));
            }
        }
    }

    @Test
    void initializesFromSegmentsWithExactBounds() {
        LinearMemory memory = memory(1, 1);
        byte[] bytes = {0, 1, 2, 3, 0};
        memory.initialize(5, bytes, 1, 3, 1, 2);
        assertThat(memory.readBytes(4, 4)).containsExactly(0, 2, 3, 0);
        assertOutOfBounds(() -> memory.initialize(0, bytes, 1, 3, 2, 2));
        assertOutOfBounds(() -> memory.initialize(0, bytes, 1, 0, 0, 1));
        assertOutOfBounds(() -> memory.initialize(PAGE - 1, bytes, 1, 3, 0, 2));
        assertOutOfBounds(() -> memory.initialize(0, bytes, 1, 3, 4, 0));
        memory.initialize(PAGE, bytes, 1, 3, 3, 0);
    }

    @Test
    void growsWithZeroesAndKeepsItsContent() {
        LinearMemory memory = memory(1, 5);
        memory.fill(0, (byte) 9, PAGE);
        assertThat(memory.grow(0)).isEqualTo(1);
        assertThat(memory.grow(2)).isEqualTo(1);
        assertThat(memory.growPages(1)).isEqualTo(3);
        assertThat(memory.sizeInPages()).isEqualTo(4);
        assertThat(memory.readBytes(0, PAGE)).containsOnly(9);
        assertThat(memory.readBytes(PAGE, 3 * PAGE)).containsOnly(0);
        memory.storeLong(4L * PAGE - 8, -1);
        assertOutOfBounds(() -> memory.loadByte(4L * PAGE));
    }

    @Test
    void refusesToGrowBeyondTheTypesMaximum() {
        LinearMemory memory = memory(1, 3);
        for (long pages : new long[] {3, 65_535, 65_536, 0xffff_ffffL, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
            assertThat(memory.grow(pages)).as("growing by %d", pages).isEqualTo(-1);
        }
        assertThat(memory.growPages(-1)).isEqualTo(-1);
        assertThat(memory.grow(2)).isEqualTo(1);
        assertThat(memory.grow(1)).isEqualTo(-1);
        assertThat(memory.pageCount()).isEqualTo(3);
    }

    @Test
    void refusesToGrowBeyondTheLimits() {
        InstanceLimits limits = InstanceLimits.DEFAULTS.withMaxMemoryBytes(3L * PAGE + 5);
        LinearMemory memory = engine.newMemory(type(1, 65_536), limits);
        assertThat(memory.grow(3)).isEqualTo(-1);
        assertThat(memory.grow(2)).isEqualTo(1);
        assertThat(memory.grow(1)).isEqualTo(-1);
    }

    @Test
    void refusesAnInitialSizeBeyondTheLimits() {
        InstanceLimits limits = InstanceLimits.DEFAULTS.withMaxMemoryBytes(PAGE);
        assertThatExceptionOfType(LimitException.class)
                .isThrownBy(() -> engine.newMemory(type(2, 2), limits))
                .withMessageContaining("maxMemoryBytes is 65536")
                .satisfies(e -> assertThat(e.code()).isEqualTo("engine.limit.maxMemoryBytes"));
        MemoryType huge = new MemoryType(AddressType.I64, new Limits(1L << 48, OptionalLong.empty()), false);
        assertThatExceptionOfType(LimitException.class).isThrownBy(() -> engine.newMemory(huge, limits));
    }

    @Test
    void anEmptyMemoryRefusesEveryAccess() {
        LinearMemory memory = memory(0, 0);
        assertOutOfBounds(() -> memory.loadByte(0));
        assertThat(memory.grow(1)).isEqualTo(-1);
        memory.fill(0, (byte) 1, 0);
    }

    @Test
    void lendsABufferForOneOperation() {
        LinearMemory memory = memory(1, 1);
        int read = memory.withBuffer(100, 8, buffer -> {
            buffer.putLong(0, 0x1122_3344_5566_7788L);
            assertThat(buffer.remaining()).isEqualTo(8);
            assertThatThrownBy(() -> buffer.get(8)).isInstanceOf(IndexOutOfBoundsException.class);
            return buffer.getInt(0);
        });
        assertThat(read).isEqualTo(0x5566_7788);
        assertThat(memory.loadLong(100)).isEqualTo(0x1122_3344_5566_7788L);
    }

    @Test
    void refusesEveryUseAfterItWasGivenBack() {
        LinearMemory memory = memory(1, 2);
        memory.letGo();
        List<Runnable> uses = List.of(
                () -> memory.loadByte(0),
                () -> memory.storeLong(0, 1),
                () -> memory.readBytes(0, 1),
                () -> memory.fill(0, (byte) 1, 1),
                () -> memory.grow(1),
                () -> memory.withBuffer(0, 1, buffer -> 0));
        for (Runnable use : uses) {
            assertThatThrownBy(use::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
    }

    @Test
    void survivesReadersThatRaceWithItsEnd() throws InterruptedException {
        for (int round = 0; round < 200; round++) {
            LinearMemory memory = memory(4, 4);
            memory.fill(0, (byte) 0x55, 4L * PAGE);
            CountDownLatch running = new CountDownLatch(2);
            AtomicBoolean wrong = new AtomicBoolean();
            List<Thread> readers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                readers.add(Thread.ofPlatform().start(() -> {
                    byte[] bytes = new byte[1000];
                    try {
                        running.countDown();
                        while (true) {
                            memory.read(PAGE, bytes, 0, bytes.length);
                            if (bytes[0] != 0x55 || bytes[999] != 0x55) {
                                wrong.set(true);
                            }
                        }
                    } catch (IllegalStateException e) {
                        // Closed: the expected end.
                    }
                }));
            }
            running.await();
            memory.letGo();
            // Whoever takes the storage next must not be seen by the readers.
            LinearMemory next = memory(4, 4);
            next.fill(0, (byte) 0x11, 4L * PAGE);
            for (Thread reader : readers) {
                reader.join();
            }
            assertThat(wrong).isFalse();
            next.letGo();
        }
    }

    @Test
    void agreesWithAnArrayOnRandomOperations() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        LinearMemory memory = memory(1, 3);
        byte[] model = new byte[PAGE];
        for (int step = 0; step < 20_000; step++) {
            long address = random.nextInt(model.length + 64) - 16L;
            int length = random.nextInt(64);
            boolean fits = address >= 0 && address + length <= model.length;
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            try {
                switch (random.nextInt(4)) {
                    case 0 -> {
                        memory.writeBytes(address, bytes);
                        System.arraycopy(bytes, 0, model, (int) address, length);
                    }
                    case 1 -> {
                        memory.fill(address, (byte) step, length);
                        java.util.Arrays.fill(model, (int) address, (int) address + length, (byte) step);
                    }
                    case 2 -> {
                        int source = random.nextInt(model.length - 64);
                        memory.copy(address, source, length);
                        System.arraycopy(model, source, model, (int) address, length);
                    }
                    default ->
                        assertThat(memory.readBytes(address, length))
                                .as("seed %d", seed)
                                .isEqualTo(java.util.Arrays.copyOfRange(model, (int) address, (int) address + length));
                }
                assertThat(fits).as("seed %d, step %d", seed, step).isTrue();
            } catch (Trap trap) {
                assertThat(fits).as("seed %d, step %d", seed, step).isFalse();
            }
        }
        assertThat(memory.readBytes(0, PAGE)).as("seed %d", seed).isEqualTo(model);
    }
}
