package dev.wherry.config;

import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the word that somebody probably meant. */
final class Spelling {

    private Spelling() {}

    /** The known word nearest to {@code word}, if any lies within a third of its length (at least 1, by edit distance). */
    static Optional<String> nearest(String word, Stream<String> known) {
        int limit = Math.max(1, word.length() / 3);
        record Candidate(String word, int distance) {}
        return known.map(candidate -> new Candidate(candidate, distance(word, candidate)))
                .filter(candidate -> candidate.distance() <= limit)
                .min(Comparator.comparingInt(Candidate::distance))
                .map(Candidate::word);
    }

    /** Levenshtein distance; long words count as infinitely far, which bounds the work. */
    private static int distance(String a, String b) {
        if (a.length() > 100 || b.length() > 100) {
            return Integer.MAX_VALUE;
        }
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substitution, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
