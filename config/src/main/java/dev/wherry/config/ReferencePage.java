package dev.wherry.config;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Writes the reference of the application file, in Markdown, from the same table that reads it. */
final class ReferencePage {

    private record Section(String path, Shape.Fields<?> shape) {}

    private ReferencePage() {}

    /** One table for each mapping of the file, outermost first. */
    static String markdown() {
        StringBuilder page = new StringBuilder();
        Deque<Section> open = new ArrayDeque<>();
        Set<Shape<?>> seen = new HashSet<>();
        open.add(new Section("", ApplicationFile.SHAPE));
        while (!open.isEmpty()) {
            Section section = open.remove();
            page.append(section.path.isEmpty() ? "## Top level\n\n" : "## `" + section.path + "`\n\n");
            page.append("| key | value | without it | meaning |\n|---|---|---|---|\n");
            for (Field<?> field : section.shape.fields()) {
                page.append(row(field));
                String path = section.path.isEmpty() ? field.name() : section.path + "." + field.name();
                nested(field.shape())
                        .filter(seen::add)
                        .ifPresent(shape -> open.add(
                                new Section(field.shape() instanceof Shape.ListOf<?> ? path + "[]" : path, shape)));
            }
            page.append('\n');
        }
        return page.toString();
    }

    private static String row(Field<?> field) {
        String fallback = field.required() ? "**required**" : field.fallback().isEmpty() ? "none" : field.fallback();
        return "| `" + field.name() + "` | " + describe(field.shape()) + " | " + fallback + " | " + field.description()
                + " |\n";
    }

    private static Optional<Shape.Fields<?>> nested(Shape<?> shape) {
        return switch (shape) {
            case Shape.Fields<?> fields -> Optional.of(fields);
            case Shape.ListOf<?> list -> nested(list.item());
            case Shape.MapOf<?> map -> nested(map.value());
            case Shape.Text _, Shape.Flag _, Shape.Whole _, Shape.ByteSize _, Shape.Span _, Shape.Choice<?> _ ->
                Optional.empty();
        };
    }

    private static String describe(Shape<?> shape) {
        return switch (shape) {
            case Shape.Text text -> text.expected();
            case Shape.Flag _ -> "`true` or `false`";
            case Shape.Whole whole -> "whole number, " + whole.minimum() + " to " + whole.maximum();
            case Shape.ByteSize size ->
                "size, " + Quantity.formatBytes(size.minimum()) + " to " + Quantity.formatBytes(size.maximum());
            case Shape.Span span ->
                "duration, " + Quantity.formatDuration(span.minimum()) + " to "
                        + Quantity.formatDuration(span.maximum());
            case Shape.Choice<?> choice ->
                "`" + String.join("`, `", choice.words().keySet()) + "`";
            case Shape.ListOf<?> list -> "list: " + describe(list.item());
            case Shape.MapOf<?> map -> "mapping: " + map.key().expected() + " to " + describe(map.value());
            case Shape.Fields<?> _ -> "mapping, see below";
        };
    }
}
