package dev.wherry.wasm;

import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How many bytes an instruction reads or writes in memory, as its mnemonic says. */
final class MemoryWidth {

    private static final Map<Opcode, Integer> LOG2 = new EnumMap<>(Opcode.class);

    /** {@code i32.load8_u}, {@code v128.load16x4_s}, {@code i64.atomic.rmw32.add_u}: the digits are the width in bits. */
    private static final Pattern DIGITS = Pattern.compile("(?:load|store|rmw|wait)(\\d+)(?:x(\\d+))?");

    static {
        for (Opcode opcode : Opcode.values()) {
            if (opcode.immediates() == ImmediateKind.MEMORY || opcode.immediates() == ImmediateKind.MEMORY_LANE) {
                LOG2.put(opcode, Integer.numberOfTrailingZeros(bits(opcode) / 8));
            }
        }
    }

    private MemoryWidth() {}

    /** The width in bytes as the exponent of 2, which is also the natural alignment. */
    static int log2(Opcode opcode) {
        Integer log2 = LOG2.get(opcode);
        if (log2 == null) {
            throw new IllegalArgumentException(opcode.mnemonic() + " does not access memory");
        }
        return log2;
    }

    private static int bits(Opcode opcode) {
        String mnemonic = opcode.mnemonic();
        Matcher matcher = DIGITS.matcher(mnemonic);
        if (matcher.find()) {
            int lanes = matcher.group(2) == null ? 1 : Integer.parseInt(matcher.group(2));
            return Integer.parseInt(matcher.group(1)) * lanes;
        }
        if (mnemonic.startsWith("v128")) {
            return 128;
        }
        return mnemonic.startsWith("i64") || mnemonic.startsWith("f64") ? 64 : 32;
    }
}
