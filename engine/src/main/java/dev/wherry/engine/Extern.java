package dev.wherry.engine;

/**
 * Something that a module can import or an instance can export: a function, memory, table, global or tag.
 *
 * <p>Externs have identity: what one instance exports and another imports is the same object in both.
 *
 * @see <a href="https://webassembly.github.io/spec/core/exec/runtime.html#external-instances">External instances</a>
 */
public sealed interface Extern permits Function, Memory, Table, Global, Tag {}
