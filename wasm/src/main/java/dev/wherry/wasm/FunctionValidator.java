package dev.wherry.wasm;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks the bodies of functions, one after the other, keeping its stacks for the next one. Used by one thread.
 *
 * @see <a href="https://webassembly.github.io/spec/core/valid/instructions.html">Instructions, validation</a>
 */
final class FunctionValidator {

    private static final ReferenceType NULLABLE_EXN = ReferenceType.EXNREF;
    private static final List<ValueType> NONE = List.of();

    private final ValidationContext context;
    private final Module module;
    private final OperandStack stack;
    private final AggregateValidator aggregates;
    private final List<ValueType> locals = new ArrayList<>();
    /** Locals without a default value that have been set, in the order in which they were. */
    private final List<Integer> initialized = new ArrayList<>();

    private final BitSet isInitialized = new BitSet();
    private FunctionType function = new FunctionType(NONE, NONE);

    FunctionValidator(ValidationContext context) {
        this.context = context;
        this.module = context.module();
        this.stack = new OperandStack(context);
        this.aggregates = new AggregateValidator(context, stack);
    }

    void validate(int functionIndex) {
        function = module.functionType(functionIndex);
        FunctionBody body = module.body(functionIndex);
        stack.reset("function " + functionIndex);
        stack.at(body.offset());
        setUpLocals(body);
        stack.open(Opcode.BLOCK, NONE, function.results(), 0);
        InstructionReader in = InstructionReader.of(module, body);
        while (stack.depth() > 0) {
            if (!in.next()) {
                throw new MalformedException(
                        "unexpected end: END opcode expected at the end of function " + functionIndex,
                        "code section",
                        in.nextOffset());
            }
            stack.at(in.offset());
            validate(in);
        }
        if (in.nextOffset() != body.endOffset()) {
            throw new MalformedException(
                    "unexpected end of section or function: code goes on behind the end of function " + functionIndex,
                    "code section",
                    in.nextOffset());
        }
    }

    private void setUpLocals(FunctionBody body) {
        locals.clear();
        initialized.clear();
        isInitialized.clear();
        locals.addAll(function.parameters());
        isInitialized.set(0, locals.size());
        for (LocalRun run : body.locals()) {
            context.check(run.type(), "locals", body.offset());
            if (run.type().isDefaultable()) {
                isInitialized.set(locals.size(), locals.size() + run.count());
            }
            for (int i = 0; i < run.count(); i++) {
                locals.add(run.type());
            }
        }
    }

    private void validate(InstructionReader in) {
        Opcode opcode = in.opcode();
        Signature signature = opcode.signature().orElse(null);
        if (signature != null) {
            fixed(in, signature);
            return;
        }
        switch (opcode.immediates()) {
            case BLOCK, TRY_TABLE, TAG -> block(in);
            case LABEL, LABELS -> branch(in);
            case LOCAL -> local(in);
            case GLOBAL -> global(in);
            case FUNCTION, CALL_INDIRECT -> call(in);
            case TABLE, ELEMENT_TABLE, ELEMENT, TABLE_TABLE -> table(in);
            case MEMORY_INDEX, MEMORY_MEMORY, DATA_MEMORY, DATA -> memory(in);
            case FIELD, TYPE_COUNT, TYPE_DATA, TYPE_ELEMENT, TYPE_TYPE -> aggregates.validate(in);
            case TYPE -> {
                if (opcode == Opcode.CALL_REF || opcode == Opcode.RETURN_CALL_REF) {
                    call(in);
                } else {
                    aggregates.validate(in);
                }
            }
            case HEAP_TYPE, CAST_BRANCH -> reference(in);
            case SELECT_TYPES -> select(in);
            default -> plain(in);
        }
    }

    /** Instructions whose operands are the same wherever they stand. */
    private void fixed(InstructionReader in, Signature signature) {
        AddressType address = AddressType.I32;
        switch (in.opcode().immediates()) {
            case MEMORY, MEMORY_LANE -> address = memoryAccess(in);
            case LANE -> lane(in, laneCount(in.opcode()));
            case SHUFFLE -> shuffle(in);
            default -> {}
        }
        String parameters = signature.parameters();
        for (int i = parameters.length() - 1; i >= 0; i--) {
            stack.pop(Signature.type(parameters.charAt(i), address));
        }
        String results = signature.results();
        for (int i = 0; i < results.length(); i++) {
            stack.push(Signature.type(results.charAt(i), address));
        }
    }

    private AddressType memoryAccess(InstructionReader in) {
        MemoryType memory = memoryAt(in.memoryIndex());
        int natural = MemoryWidth.log2(in.opcode());
        boolean atomic = in.opcode().feature() == Feature.THREADS;
        if (in.align() > natural || atomic && in.align() != natural) {
            throw stack.invalid(
                    atomic
                            ? "atomic alignment must be natural"
                            : "alignment must not be larger than natural: 2^" + in.align() + " for "
                                    + in.opcode().mnemonic());
        }
        if (memory.addressType() == AddressType.I32 && in.memoryOffset() >>> 32 != 0) {
            throw stack.invalid("offset out of range: " + Long.toUnsignedString(in.memoryOffset()));
        }
        if (in.opcode().immediates() == ImmediateKind.MEMORY_LANE) {
            lane(in, 16 >> natural);
        }
        return memory.addressType();
    }

    private MemoryType memoryAt(int index) {
        if (Integer.compareUnsigned(index, module.memories().size()) >= 0) {
            throw stack.invalid("unknown memory " + Integer.toUnsignedString(index));
        }
        return module.memories().get(index);
    }

    private void lane(InstructionReader in, int count) {
        if (in.lane() >= count) {
            throw stack.invalid("invalid lane index " + in.lane() + ", there are " + count);
        }
    }

    private static int laneCount(Opcode opcode) {
        String mnemonic = opcode.mnemonic();
        return Integer.parseInt(mnemonic.substring(mnemonic.indexOf('x') + 1, mnemonic.indexOf('.')));
    }

    private void shuffle(InstructionReader in) {
        for (int i = 0; i < 16; i++) {
            long half = i < 8 ? in.v128Low() : in.v128High();
            if ((half >>> 8 * (i & 7) & 0xFF) >= 32) {
                throw stack.invalid("invalid lane index in a shuffle, there are 32");
            }
        }
    }

    private void plain(InstructionReader in) {
        switch (in.opcode()) {
            case UNREACHABLE -> stack.unreachable();
            case ELSE -> {
                OperandStack.Frame frame = close(Opcode.IF, "else");
                open(Opcode.ELSE, frame.startTypes, frame.endTypes);
            }
            case CATCH_ALL -> {
                OperandStack.Frame frame = closeHandler("catch_all");
                open(Opcode.CATCH_ALL, NONE, frame.endTypes);
            }
            case END -> end();
            case RETURN -> {
                stack.pop(function.results());
                stack.unreachable();
            }
            case DROP -> stack.pop();
            case SELECT -> untypedSelect();
            case THROW_REF -> {
                stack.pop(NULLABLE_EXN);
                stack.unreachable();
            }
            case REF_IS_NULL -> {
                stack.popReference();
                stack.push(NumberType.I32);
            }
            case REF_AS_NON_NULL -> {
                ReferenceType found = stack.popReference();
                stack.push(found == null ? null : found.nonNull());
            }
            case REF_EQ -> {
                ReferenceType eq = new ReferenceType(true, AbstractHeapType.EQ);
                stack.pop(eq);
                stack.pop(eq);
                stack.push(NumberType.I32);
            }
            default -> aggregates.validate(in);
        }
    }

    private void block(InstructionReader in) {
        switch (in.opcode()) {
            case CATCH -> {
                OperandStack.Frame frame = closeHandler("catch");
                open(Opcode.CATCH, tag(in.index()).parameters(), frame.endTypes);
            }
            case THROW -> {
                stack.pop(tag(in.index()).parameters());
                stack.unreachable();
            }
            default -> {
                FunctionType type = in.blockType(module);
                type.results().forEach(result -> context.check(result, "block type", in.offset()));
                if (in.opcode() == Opcode.IF) {
                    stack.pop(NumberType.I32);
                }
                stack.pop(type.parameters());
                if (in.opcode() == Opcode.TRY_TABLE) {
                    in.catchClauses().forEach(this::catchClause);
                }
                open(in.opcode(), type.parameters(), type.results());
            }
        }
    }

    private void catchClause(CatchClause clause) {
        List<ValueType> carried = new ArrayList<>();
        if (!clause.catchesAll()) {
            carried.addAll(tag(clause.tagIndex()).parameters());
        }
        if (clause.withReference()) {
            carried.add(NULLABLE_EXN.nonNull());
        }
        List<ValueType> expected = stack.label(clause.label()).labelTypes();
        if (!context.matches(carried, expected)) {
            throw stack.invalid("type mismatch: a catch clause carries " + carried + ", its label takes " + expected);
        }
    }

    private FunctionType tag(int index) {
        if (Integer.compareUnsigned(index, module.tags().size()) >= 0) {
            throw stack.invalid("unknown tag " + Integer.toUnsignedString(index));
        }
        return module.functionTypeAt(module.tags().get(index).typeIndex());
    }

    private void open(Opcode opcode, List<ValueType> startTypes, List<ValueType> endTypes) {
        stack.open(opcode, startTypes, endTypes, initialized.size());
    }

    private OperandStack.Frame close(Opcode expected, String what) {
        if (stack.depth() == 0 || stack.top().opcode != expected) {
            throw new MalformedException("unexpected token: " + what + " without its block", "code section", -1);
        }
        return close();
    }

    private OperandStack.Frame closeHandler(String what) {
        Opcode opcode = stack.top().opcode;
        if (opcode != Opcode.TRY && opcode != Opcode.CATCH) {
            throw stack.invalid("unexpected token: " + what + " outside of try");
        }
        return close();
    }

    /** Closes a block; locals that it initialised are uninitialised again. */
    private OperandStack.Frame close() {
        OperandStack.Frame frame = stack.close();
        while (initialized.size() > frame.initializedHeight) {
            isInitialized.clear(initialized.removeLast());
        }
        return frame;
    }

    private void end() {
        OperandStack.Frame frame = close();
        if (frame.opcode == Opcode.IF && !context.matches(frame.startTypes, frame.endTypes)) {
            throw stack.invalid("type mismatch: an if without else must give what it takes");
        }
        if (stack.depth() > 0) {
            stack.push(frame.endTypes);
        }
    }

    private void branch(InstructionReader in) {
        switch (in.opcode()) {
            case BR -> {
                stack.pop(stack.label(in.index()).labelTypes());
                stack.unreachable();
            }
            case BR_IF -> {
                stack.pop(NumberType.I32);
                repush(stack.label(in.index()).labelTypes());
            }
            case BR_TABLE -> branchTable(in);
            case RETHROW -> {
                Opcode opcode = stack.label(in.index()).opcode;
                if (opcode != Opcode.CATCH && opcode != Opcode.CATCH_ALL) {
                    throw stack.invalid("invalid rethrow label " + in.index() + ": it names no catch");
                }
                stack.unreachable();
            }
            case DELEGATE -> {
                if (stack.top().opcode != Opcode.TRY) {
                    throw stack.invalid("unexpected token: delegate outside of try");
                }
                OperandStack.Frame frame = close();
                if (Integer.compareUnsigned(in.index(), stack.depth()) >= 0) {
                    throw stack.invalid("unknown label " + Integer.toUnsignedString(in.index()));
                }
                stack.push(frame.endTypes);
            }
            case BR_ON_NULL -> {
                ReferenceType found = stack.popReference();
                repush(stack.label(in.index()).labelTypes());
                stack.push(found == null ? null : found.nonNull());
            }
            case BR_ON_NON_NULL -> branchOnNonNull(in);
            default ->
                throw new IllegalStateException("no branch: " + in.opcode().mnemonic());
        }
    }

    private void repush(List<ValueType> types) {
        stack.pop(types);
        stack.push(types);
    }

    private void branchTable(InstructionReader in) {
        stack.pop(NumberType.I32);
        List<ValueType> last = stack.label(in.label(in.labelCount() - 1)).labelTypes();
        BitSet seen = new BitSet();
        for (int i = 0; i < in.labelCount(); i++) {
            List<ValueType> types = stack.label(in.label(i)).labelTypes();
            if (seen.get(in.label(i))) {
                continue;
            }
            // A table of a million labels names few blocks: each is checked once.
            seen.set(in.label(i));
            if (types.size() != last.size()) {
                throw stack.invalid(
                        "type mismatch: labels of br_table carry " + types.size() + " and " + last.size() + " values");
            }
            stack.peek(types);
        }
        stack.pop(last);
        stack.unreachable();
    }

    private void branchOnNonNull(InstructionReader in) {
        List<ValueType> types = stack.label(in.index()).labelTypes();
        if (types.isEmpty() || !(types.getLast() instanceof ReferenceType last)) {
            throw stack.invalid("type mismatch: the label of br_on_non_null must take a reference last");
        }
        stack.pop(new ReferenceType(true, last.heapType()));
        repush(types.subList(0, types.size() - 1));
    }

    private void local(InstructionReader in) {
        int index = in.index();
        if (Integer.compareUnsigned(index, locals.size()) >= 0) {
            throw stack.invalid("unknown local " + Integer.toUnsignedString(index) + ", there are " + locals.size());
        }
        ValueType type = locals.get(index);
        switch (in.opcode()) {
            case LOCAL_GET -> {
                if (!isInitialized.get(index)) {
                    throw stack.invalid("uninitialized local " + index);
                }
                stack.push(type);
            }
            case LOCAL_SET -> {
                stack.pop(type);
                initialize(index);
            }
            default -> {
                stack.pop(type);
                initialize(index);
                stack.push(type);
            }
        }
    }

    private void initialize(int index) {
        if (!isInitialized.get(index)) {
            isInitialized.set(index);
            initialized.add(index);
        }
    }

    private void global(InstructionReader in) {
        if (Integer.compareUnsigned(in.index(), module.globals().size()) >= 0) {
            throw stack.invalid("unknown global " + Integer.toUnsignedString(in.index()));
        }
        GlobalType global = module.globals().get(in.index());
        if (in.opcode() == Opcode.GLOBAL_GET) {
            stack.push(global.valueType());
            return;
        }
        if (!global.mutable()) {
            throw stack.invalid("immutable global " + in.index());
        }
        stack.pop(global.valueType());
    }

    private void call(InstructionReader in) {
        switch (in.opcode()) {
            case REF_FUNC -> {
                int typeIndex = module.functionTypeIndex(knownFunction(in.index()));
                if (!context.declaredFunctions().get(in.index())) {
                    throw stack.invalid("undeclared function reference " + in.index());
                }
                stack.push(new ReferenceType(false, new ConcreteHeapType(typeIndex)));
            }
            case CALL -> apply(module.functionType(knownFunction(in.index())));
            case RETURN_CALL -> tailCall(module.functionType(knownFunction(in.index())));
            case CALL_INDIRECT -> apply(indirect(in));
            case RETURN_CALL_INDIRECT -> tailCall(indirect(in));
            case CALL_REF -> apply(calledThroughReference(in));
            case RETURN_CALL_REF -> tailCall(calledThroughReference(in));
            default -> throw new IllegalStateException("no call: " + in.opcode().mnemonic());
        }
    }

    private int knownFunction(int index) {
        if (Integer.compareUnsigned(index, module.functionCount()) >= 0) {
            throw stack.invalid(
                    "unknown function " + Integer.toUnsignedString(index) + ", there are " + module.functionCount());
        }
        return index;
    }

    private void apply(FunctionType type) {
        stack.pop(type.parameters());
        stack.push(type.results());
    }

    private void tailCall(FunctionType type) {
        if (!context.matches(type.results(), function.results())) {
            throw stack.invalid(
                    "type mismatch: a tail call gives " + type.results() + ", the function " + function.results());
        }
        stack.pop(type.parameters());
        stack.unreachable();
    }

    private FunctionType indirect(InstructionReader in) {
        TableType table = tableAt(in.index2());
        if (!context.matches(table.elementType(), ReferenceType.FUNCREF)) {
            throw stack.invalid("type mismatch: call_indirect through a table of " + table.elementType());
        }
        FunctionType type = module.functionTypeAt(in.index(), "call_indirect", in.offset());
        stack.pop(table.addressType().valueType());
        return type;
    }

    private FunctionType calledThroughReference(InstructionReader in) {
        FunctionType type = module.functionTypeAt(in.index(), "call_ref", in.offset());
        stack.pop(new ReferenceType(true, new ConcreteHeapType(in.index())));
        return type;
    }

    private TableType tableAt(int index) {
        if (Integer.compareUnsigned(index, module.tables().size()) >= 0) {
            throw stack.invalid("unknown table " + Integer.toUnsignedString(index));
        }
        return module.tables().get(index);
    }

    static ElementSegment elementSegment(Module module, OperandStack stack, int index) {
        if (Integer.compareUnsigned(index, module.elementSegments().size()) >= 0) {
            throw stack.invalid("unknown elem segment " + Integer.toUnsignedString(index));
        }
        return module.elementSegments().get(index);
    }

    private void table(InstructionReader in) {
        switch (in.opcode()) {
            case TABLE_INIT -> {
                ElementSegment segment = elementSegment(module, stack, in.index());
                TableType table = tableAt(in.index2());
                segmentMatches(segment.type(), table.elementType());
                stack.pop(NumberType.I32);
                stack.pop(NumberType.I32);
                stack.pop(table.addressType().valueType());
            }
            case ELEM_DROP -> elementSegment(module, stack, in.index());
            case TABLE_COPY -> {
                TableType target = tableAt(in.index());
                TableType source = tableAt(in.index2());
                segmentMatches(source.elementType(), target.elementType());
                copyOperands(target.addressType(), source.addressType());
            }
            default -> tableAccess(in, tableAt(in.index()));
        }
    }

    private void segmentMatches(ReferenceType source, ReferenceType target) {
        if (!context.matches(source, target)) {
            throw stack.invalid("type mismatch: " + source + " does not fit into a table of " + target);
        }
    }

    /** A copy takes destination, source and length; the length is as wide as the narrower of the two. */
    private void copyOperands(AddressType target, AddressType source) {
        boolean wide = target == AddressType.I64 && source == AddressType.I64;
        stack.pop(wide ? NumberType.I64 : NumberType.I32);
        stack.pop(source.valueType());
        stack.pop(target.valueType());
    }

    private void tableAccess(InstructionReader in, TableType table) {
        NumberType address = table.addressType().valueType();
        switch (in.opcode()) {
            case TABLE_GET -> {
                stack.pop(address);
                stack.push(table.elementType());
            }
            case TABLE_SET -> {
                stack.pop(table.elementType());
                stack.pop(address);
            }
            case TABLE_SIZE -> stack.push(address);
            case TABLE_GROW -> {
                stack.pop(address);
                stack.pop(table.elementType());
                stack.push(address);
            }
            case TABLE_FILL -> {
                stack.pop(address);
                stack.pop(table.elementType());
                stack.pop(address);
            }
            default ->
                throw new IllegalStateException(
                        "no table access: " + in.opcode().mnemonic());
        }
    }

    static void checkDataIndex(Module module, OperandStack stack, InstructionReader in, int index) {
        if (module.dataCount().isEmpty()) {
            throw new MalformedException("data count section required", "code section", in.offset());
        }
        if (Integer.compareUnsigned(index, module.dataCount().getAsInt()) >= 0) {
            throw stack.invalid("unknown data segment " + Integer.toUnsignedString(index));
        }
    }

    private void memory(InstructionReader in) {
        switch (in.opcode()) {
            case MEMORY_SIZE -> stack.push(memoryAt(in.index()).addressType().valueType());
            case MEMORY_GROW -> {
                NumberType address = memoryAt(in.index()).addressType().valueType();
                stack.pop(address);
                stack.push(address);
            }
            case MEMORY_FILL -> {
                NumberType address = memoryAt(in.index()).addressType().valueType();
                stack.pop(address);
                stack.pop(NumberType.I32);
                stack.pop(address);
            }
            case MEMORY_COPY -> {
                AddressType target = memoryAt(in.index()).addressType();
                copyOperands(target, memoryAt(in.index2()).addressType());
            }
            case MEMORY_INIT -> {
                AddressType address = memoryAt(in.index2()).addressType();
                checkDataIndex(module, stack, in, in.index());
                stack.pop(NumberType.I32);
                stack.pop(NumberType.I32);
                stack.pop(address.valueType());
            }
            case DATA_DROP -> checkDataIndex(module, stack, in, in.index());
            default ->
                throw new IllegalStateException(
                        "no memory access: " + in.opcode().mnemonic());
        }
    }

    private void reference(InstructionReader in) {
        context.check(in.castType(), "code section", in.offset());
        switch (in.opcode()) {
            case REF_NULL -> stack.push(in.castType());
            case REF_TEST, REF_TEST_NULL -> {
                castOperand(in.castType());
                stack.push(NumberType.I32);
            }
            case REF_CAST, REF_CAST_NULL -> {
                castOperand(in.castType());
                stack.push(in.castType());
            }
            default -> branchOnCast(in);
        }
    }

    /** The operand of a cast may be any reference of the same hierarchy. */
    private void castOperand(ReferenceType target) {
        ReferenceType found = stack.popReference();
        if (found != null && !context.matches(new ReferenceType(true, top(target.heapType())), top(found))) {
            throw stack.invalid("type mismatch: a cast to " + target + " from " + found);
        }
    }

    private ReferenceType top(ReferenceType type) {
        return new ReferenceType(true, top(type.heapType()));
    }

    private AbstractHeapType top(HeapType type) {
        return switch (type) {
            case AbstractHeapType abstractType -> abstractType.top();
            case ConcreteHeapType concrete ->
                module.types().get(concrete.typeIndex()).composite() instanceof FunctionType
                        ? AbstractHeapType.FUNC
                        : AbstractHeapType.ANY;
        };
    }

    private void branchOnCast(InstructionReader in) {
        ReferenceType source = in.castSource();
        ReferenceType target = in.castType();
        context.check(source, "code section", in.offset());
        if (!context.matches(target, source)) {
            throw stack.invalid("type mismatch: a cast from " + source + " to " + target);
        }
        // What is left when the cast fails: the source, without null where null would have passed.
        ReferenceType rest = target.nullable() ? source.nonNull() : source;
        boolean branchesOnSuccess = in.opcode() == Opcode.BR_ON_CAST;
        List<ValueType> types = stack.label(in.index()).labelTypes();
        ValueType carried = branchesOnSuccess ? target : rest;
        if (types.isEmpty() || !context.matches(carried, types.getLast())) {
            throw stack.invalid("type mismatch: the label of a cast takes " + types + ", it carries " + carried);
        }
        stack.pop(source);
        repush(types.subList(0, types.size() - 1));
        stack.push(branchesOnSuccess ? rest : target);
    }

    private void untypedSelect() {
        stack.pop(NumberType.I32);
        @Nullable ValueType first = stack.pop();
        @Nullable ValueType second = stack.pop();
        if (first instanceof ReferenceType || second instanceof ReferenceType) {
            throw stack.invalid("type mismatch: select of references needs their type");
        }
        if (first != null && second != null && !first.equals(second)) {
            throw stack.invalid("type mismatch: select between " + second + " and " + first);
        }
        stack.push(first == null ? second : first);
    }

    private void select(InstructionReader in) {
        if (in.selectTypes().size() != 1) {
            throw stack.invalid("invalid result arity: select has exactly one type");
        }
        ValueType type = in.selectTypes().getFirst();
        context.check(type, "code section", in.offset());
        stack.pop(NumberType.I32);
        stack.pop(type);
        stack.pop(type);
        stack.push(type);
    }
}
