package dev.wherry.wasm;

import org.jspecify.annotations.Nullable;

/** The sections of a module in the order in which they may stand; custom sections stand anywhere. */
enum SectionId {
    TYPE(1, "type section"),
    IMPORT(2, "import section"),
    FUNCTION(3, "function section"),
    TABLE(4, "table section"),
    MEMORY(5, "memory section"),
    TAG(13, "tag section"),
    GLOBAL(6, "global section"),
    EXPORT(7, "export section"),
    START(8, "start section"),
    ELEMENT(9, "element section"),
    DATA_COUNT(12, "data count section"),
    CODE(10, "code section"),
    DATA(11, "data section");

    private final int id;
    private final String title;

    SectionId(int id, String title) {
        this.id = id;
        this.title = title;
    }

    String title() {
        return title;
    }

    static @Nullable SectionId of(int id) {
        for (SectionId section : values()) {
            if (section.id == id) {
                return section;
            }
        }
        return null;
    }
}
