package dev.wherry.config;

import dev.wherry.config.ApplicationFileException.Code;
import dev.wherry.config.YamlNode.Scalar.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** Reads YAML text into a tree of {@link YamlNode}s, bounded in depth and in size after aliases are expanded. */
final class YamlTree {

    /** Nodes that a file may have once its aliases are expanded: far more than anybody writes, far less than a bomb. */
    static final int MAX_NODES = 50_000;

    /** Depth of nesting that a file may have. */
    static final int MAX_DEPTH = 64;

    private final String file;
    private int nodeCount;

    private YamlTree(String file) {
        this.file = file;
    }

    /**
     * Reads one document.
     *
     * @return empty for a file without any content
     * @throws ApplicationFileException with {@link Code#SYNTAX} when the text is not one YAML document
     */
    static Optional<YamlNode> parse(String file, String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setAllowDuplicateKeys(false)
                .setAllowRecursiveKeys(false)
                .setMaxAliasesForCollections(50)
                .setCodePointLimit(ApplicationFile.MAX_BYTES)
                .build();
        try {
            YamlTree tree = new YamlTree(file);
            ParserImpl parser = new ParserImpl(settings, new StreamReader(settings, text));
            return new Composer(settings, parser).getSingleNode().map(node -> tree.convert(node, 0));
        } catch (MarkedYamlEngineException e) {
            Position position = e.getProblemMark().map(YamlTree::position).orElse(Position.START);
            throw new ApplicationFileException(Code.SYNTAX, file, position, "not valid YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("unreadable");
            throw new ApplicationFileException(Code.SYNTAX, file, Position.START, "not valid YAML: " + reason);
        } catch (StackOverflowError e) {
            // The composer recurses before our own depth limit can see the tree.
            throw new ApplicationFileException(
                    Code.SYNTAX, file, Position.START, "nested deeper than " + MAX_DEPTH + " levels");
        }
    }

    private YamlNode convert(Node node, int depth) {
        Position position = node.getStartMark().map(YamlTree::position).orElse(Position.START);
        if (depth > MAX_DEPTH) {
            throw syntax(position, "nested deeper than " + MAX_DEPTH + " levels (or an alias inside its own anchor)");
        }
        if (++nodeCount > MAX_NODES) {
            throw syntax(position, "more than " + MAX_NODES + " values after aliases are expanded");
        }
        return switch (node) {
            case MappingNode mapping -> mapping(mapping, position, depth);
            case SequenceNode sequence -> sequence(sequence, position, depth);
            case ScalarNode scalar -> new YamlNode.Scalar(position, scalar.getValue(), type(scalar.getTag()));
            default -> throw syntax(position, "expected a mapping, a list or a scalar");
        };
    }

    private YamlNode.Mapping mapping(MappingNode mapping, Position position, int depth) {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Position keyPosition =
                    tuple.getKeyNode().getStartMark().map(YamlTree::position).orElse(position);
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw syntax(keyPosition, "a key must be plain text");
            }
            YamlNode value = convert(tuple.getValueNode(), depth + 1);
            if (entries.put(key.getValue(), new YamlNode.Entry(keyPosition, value)) != null) {
                throw syntax(keyPosition, "the key '" + key.getValue() + "' stands twice in this mapping");
            }
        }
        return new YamlNode.Mapping(position, entries);
    }

    private YamlNode.Sequence sequence(SequenceNode sequence, Position position, int depth) {
        List<YamlNode> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(convert(item, depth + 1));
        }
        return new YamlNode.Sequence(position, items);
    }

    private static Type type(Tag tag) {
        if (tag.equals(Tag.INT)) {
            return Type.INTEGER;
        }
        if (tag.equals(Tag.FLOAT)) {
            return Type.DECIMAL;
        }
        if (tag.equals(Tag.BOOL)) {
            return Type.BOOLEAN;
        }
        return tag.equals(Tag.NULL) ? Type.NULL : Type.TEXT;
    }

    private static Position position(Mark mark) {
        return new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private ApplicationFileException syntax(Position position, String problem) {
        return new ApplicationFileException(Code.SYNTAX, file, position, problem);
    }
}
