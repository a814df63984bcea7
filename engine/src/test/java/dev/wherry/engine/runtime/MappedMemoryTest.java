package dev.wherry.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wherry.engine.EngineConfiguration;
import dev.wherry.engine.InstanceLimits;
import dev.wherry.engine.MemoryKind;
import dev.wherry.engine.ResourceException;
import dev.wherry.wasm.AddressType;
import dev.wherry.wasm.Limits;
import dev.wherry.wasm.MemoryType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class MappedMemoryTest extends MemoryContract {

    private static final int PAGE = 65_536;

    MappedMemoryTest() {
        super(MemoryKind.MAPPED);
    }

    private static MemoryType type(long minimum, long maximum) {
        return new MemoryType(AddressType.I32, new Limits(minimum, OptionalLong.of(maximum)), false);
    }

    private static Budget budget() {
        return new Budget("maxMemoryBytes", 1L << 30);
    }

    private static MemoryImage image(long pages, MemoryImage.Piece... pieces) {
        return MemoryImage.forMapping(pages * PAGE, List.of(pieces)).orElseThrow();
    }

    private static MemoryImage.Piece piece(long address, int... bytes) {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return new MemoryImage.Piece(address, content, 0, content.length);
    }

    @Test
    void showsItsImageAndKeepsWritesToItself() {
        SlotPool pool = new SlotPool(4);
        MemoryImage image = image(20, piece(1_000, 1, 2, 3), piece(1_001, 9), piece(15L * PAGE - 1, 7, 8));
        MappedMemory first = MappedMemory.of(type(20, 30), budget(), pool, image);
        MappedMemory second = MappedMemory.of(type(20, 30), budget(), pool, image);
        assertThat(first.readBytes(999, 5)).containsExactly(0, 1, 9, 3, 0);
        assertThat(first.readBytes(15L * PAGE - 2, 4)).containsExactly(0, 7, 8, 0);
        first.fill(0, (byte) 0x77, 20L * PAGE);
        assertThat(second.readBytes(999, 5)).containsExactly(0, 1, 9, 3, 0);
        assertThat(second.readBytes(5L * PAGE, 10)).containsOnly(0);
        first.letGo();
        second.letGo();
        pool.close();
    }

    @Test
    void aReusedSlotIsCleanEverywhere() {
        SlotPool pool = new SlotPool(4);
        MemoryImage image = image(2, piece(100, 1, 2, 3));
        MappedMemory first = MappedMemory.of(type(2, 10), budget(), pool, image);
        assertThat(first.grow(8)).isEqualTo(2);
        first.fill(0, (byte) 0x77, 10L * PAGE);
        long base = first.base;
        first.letGo();
        assertThat(pool.freeCount()).isEqualTo(1);
        MappedMemory second = MappedMemory.of(type(2, 10), budget(), pool, image);
        assertThat(second.base).isEqualTo(base);
        assertThat(second.sizeBytes()).isEqualTo(2L * PAGE);
        assertThat(second.readBytes(99, 5)).containsExactly(0, 1, 2, 3, 0);
        assertThat(second.grow(8)).isEqualTo(2);
        assertThat(second.readBytes(200, 10 * PAGE - 200)).containsOnly(0);
        second.letGo();
        pool.close();
    }

    @Test
    void aSlotWithTooLittleRoomIsNotReused() {
        SlotPool pool = new SlotPool(4);
        MemoryImage image = image(1);
        MappedMemory small = MappedMemory.of(type(1, 1), budget(), pool, image);
        small.letGo();
        MappedMemory large = MappedMemory.of(type(1, 100), budget(), pool, image);
        assertThat(large.grow(99)).isEqualTo(1);
        large.storeLong(100L * PAGE - 8, 1);
        large.letGo();
        pool.close();
    }

    @Test
    void thePoolKeepsNoMoreThanItsCapacity() {
        SlotPool pool = new SlotPool(3);
        MemoryImage image = image(1, piece(0, 1));
        List<MappedMemory> memories = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            memories.add(MappedMemory.of(type(1, 1), budget(), pool, image));
        }
        memories.forEach(LinearMemory::letGo);
        assertThat(pool.freeCount()).isEqualTo(3);
        pool.close();
        assertThat(pool.freeCount()).isZero();
    }

    @Test
    void dataScatteredOverTheMemoryIsNoImage() {
        List<MemoryImage.Piece> pieces = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            pieces.add(piece(i * 10L * PAGE, 1));
        }
        assertThat(MemoryImage.forMapping(1_000L * PAGE, pieces)).isEmpty();
    }

    @Test
    void aKeptBufferFailsInsteadOfReadingForeignMemory() {
        SlotPool pool = new SlotPool(1);
        MappedMemory memory = MappedMemory.of(type(1, 1), budget(), pool, image(1));
        List<ByteBuffer> kept = new ArrayList<>();
        int _ = memory.withBuffer(0, 8, buffer -> {
            kept.add(buffer);
            return 0;
        });
        assertThatThrownBy(() -> kept.getFirst().get(0)).isInstanceOf(IllegalStateException.class);
        memory.letGo();
        pool.close();
    }

    @Test
    void anAddressSpaceThatIsUsedUpIsAnErrorWithAWayOut() {
        assertThatExceptionOfType(ResourceException.class)
                .isThrownBy(() -> LinuxMemory.reserve(1L << 60))
                .withMessageContaining("mmap")
                .withMessageContaining("ENOMEM")
                .withMessageContaining("maxMemoryBytes");
    }

    @Test
    void closingTwiceGivesTheSlotBackOnce() {
        SlotPool pool = new SlotPool(4);
        MemoryImage image = image(1);
        MappedMemory memory = MappedMemory.of(type(1, 1), budget(), pool, image);
        memory.free();
        memory.free();
        assertThat(pool.freeCount()).isEqualTo(1);
        pool.close();
    }

    @Test
    void unreachableMemoriesGiveTheirSlotsBack() throws InterruptedException {
        SlotPool pool = new SlotPool(64);
        MemoryImage image = image(1);
        for (int i = 0; i < 32; i++) {
            MappedMemory forgotten = MappedMemory.of(type(1, 1), budget(), pool, image);
            forgotten.storeByte(0, (byte) 1);
        }
        long giveUp = System.nanoTime() + 20_000_000_000L;
        while (pool.freeCount() == 0 && System.nanoTime() < giveUp) {
            System.gc();
            Thread.onSpinWait();
        }
        assertThat(pool.freeCount()).isPositive();
        pool.close();
    }

    @Test
    void manyMemoriesOfOneGigabyteEachFitTheAddressSpace() {
        try (EngineContext engine =
                new EngineContext(EngineConfiguration.defaults().withMemoryKind(MemoryKind.MAPPED))) {
            List<LinearMemory> memories = new ArrayList<>();
            for (int i = 0; i < 3_000; i++) {
                LinearMemory memory = engine.newMemory(type(1, 65_536), InstanceLimits.DEFAULTS);
                memory.storeInt(0, i);
                memories.add(memory);
            }
            for (int i = 0; i < memories.size(); i++) {
                assertThat(memories.get(i).loadInt(0)).isEqualTo(i);
            }
            memories.forEach(LinearMemory::letGo);
        }
    }
}
