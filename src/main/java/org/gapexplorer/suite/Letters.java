package org.gapexplorer.suite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Words looked at letter by letter: counting, spelling, order, mirrors, rearrangements. */
final class Letters implements Generator {
    static final List<String> WORDS = Lexicon.list("spell");
    static final List<List<String>> ANAGRAMS = Lexicon.lines("anagrams.txt").stream()
            .map(line -> Arrays.asList(line.split(", *")))
            .toList();
    static final List<List<String>> SPELLINGS = Lexicon.lines("spelling.txt").stream()
            .map(line -> Arrays.asList(line.split("\\|")))
            .toList();
    private static final List<String> NUMBERS =
            List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven");

    @Override
    public About about() {
        return new About(
                "letters",
                "Letters and spelling",
                "Whether words are known letter by letter: counting and finding letters, correct spelling, alphabetical order,"
                        + " palindromes, anagrams, taking away and swapping letters.",
                "Apache-2.0",
                0.25);
    }

    @Override
    public List<Template> templates() {
        return List.of(
                Letters::occurrences,
                Letters::nth,
                Letters::nthFromEnd,
                Letters::vowels,
                Letters::consonants,
                Letters::length,
                LetterChanges::reversed,
                LetterChanges::palindrome,
                LetterChanges::noPalindrome,
                Letters::alphabetFirst,
                Letters::alphabetLast,
                LetterChanges::anagram,
                LetterChanges::without,
                LetterChanges::replaced,
                LetterChanges::rightSpelling,
                LetterChanges::wrongSpelling,
                Letters::doubled,
                Letters::longest,
                Letters::alphabetNumber,
                LetterChanges::initials,
                Letters::absent,
                LetterChanges::swapped,
                Letters::between,
                Letters::shared,
                Letters::plate,
                Letters::mostLetter);
    }

    static String quoted(String word) {
        return "\"" + word + "\"";
    }

    private static List<String> numberWords(Draw d, int right) {
        return d.some(
                3,
                IntStream.rangeClosed(Math.max(0, right - 3), Math.min(NUMBERS.size() - 1, right + 3))
                        .filter(n -> n != right)
                        .mapToObj(NUMBERS::get)
                        .toList());
    }

    private static long count(String word, char letter) {
        return word.chars().filter(c -> c == letter).count();
    }

    static List<String> lettersOf(String word) {
        return word.chars().mapToObj(c -> String.valueOf((char) c)).distinct().toList();
    }

    private static Draft occurrences(Draw d) {
        String word = d.oneOf(WORDS);
        String letter = d.oneOf(lettersOf(word));
        int right = (int) count(word, letter.charAt(0));
        if (right == 1 && d.between(1, 4) > 1) {
            return null;
        }
        return d.ask(
                        "counting letters",
                        "{A role} paints the sign " + quoted(word) + " for the {place}. How many times must the letter "
                                + quoted(letter) + " be painted?",
                        NUMBERS.get(right),
                        numberWords(d, right))
                .proof("count " + word + " " + letter);
    }

    private static Draft nth(Draw d) {
        String word = d.oneOf(WORDS);
        int n = d.between(2, word.length());
        String right = word.substring(n - 1, n);
        List<String> wrong =
                lettersOf(word).stream().filter(l -> !l.equals(right)).toList();
        if (wrong.size() < 3) {
            return null;
        }
        return d.ask(
                        "finding letters",
                        "In a crossword at the {place} the answer is " + quoted(word)
                                + ". Which letter goes into square number " + n + ", counted from the start?",
                        right,
                        d.some(3, wrong))
                .proof("nth " + word + " " + n);
    }

    private static Draft nthFromEnd(Draw d) {
        String word = d.oneOf(WORDS);
        int n = d.between(2, Math.min(5, word.length()));
        String right = word.substring(word.length() - n, word.length() - n + 1);
        List<String> wrong =
                lettersOf(word).stream().filter(l -> !l.equals(right)).toList();
        if (wrong.size() < 3) {
            return null;
        }
        return d.ask(
                        "finding letters",
                        "Counting backwards from the end of " + quoted(word)
                                + ", as {a role} does for fun, which letter comes as number " + n
                                + " (the last one being number 1)?",
                        right,
                        d.some(3, wrong))
                .proof("nth-last " + word + " " + n);
    }

    private static Draft vowels(Draw d) {
        String word = d.oneOf(WORDS);
        int right = (int) word.chars().filter(c -> "aeiou".indexOf(c) >= 0).count();
        return d.ask(
                        "counting letters",
                        "Only a, e, i, o and u count as vowels in the {role}'s game. The card drawn says "
                                + quoted(word) + ". How many vowels, repeats included, does it hold?",
                        NUMBERS.get(right),
                        numberWords(d, right))
                .proof("vowels " + word);
    }

    private static Draft consonants(Draw d) {
        String word = d.oneOf(WORDS);
        if (word.contains("y")) {
            return null;
        }
        int right = (int) word.chars().filter(c -> "aeiou".indexOf(c) < 0).count();
        return d.ask(
                        "counting letters",
                        "Strike out every a, e, i, o and u in the word " + quoted(word)
                                + " on the {colour} {container}. What number of letters is left for {a role}?",
                        NUMBERS.get(right),
                        numberWords(d, right))
                .proof("consonants " + word);
    }

    private static Draft length(Draw d) {
        List<String> two = d.some(2, WORDS);
        int right = two.get(0).length() + two.get(1).length();
        return d.ask(
                        "counting letters",
                        "For the {place} door, {a role} orders brass letters spelling " + quoted(two.get(0)) + " and "
                                + quoted(two.get(1)) + ". How many single letters is that in all?",
                        right,
                        Numbers.near(d, right, right + 1, right - 1))
                .proof("length " + two.get(0) + " " + two.get(1));
    }

    /** Words that start alike, so that more than the first letter must be compared. */
    private static List<String> alike(Draw d) {
        String first = d.oneOf(WORDS);
        List<String> same =
                WORDS.stream().filter(w -> w.charAt(0) == first.charAt(0)).toList();
        return same.size() < 4 ? null : d.some(4, same);
    }

    private static Draft alphabetFirst(Draw d) {
        return ordered(
                d,
                "{A role} at the {place} files cards by the alphabet: ",
                ". Which card stands at the very front?",
                Collections::min,
                "first");
    }

    private static Draft alphabetLast(Draw d) {
        return ordered(
                d,
                "In a small dictionary for the {place} there are entries for ",
                ". Which would {a role} come to last?",
                Collections::max,
                "last");
    }

    private static Draft ordered(
            Draw d, String before, String after, Function<List<String>, String> answer, String proof) {
        List<String> words = alike(d);
        if (words == null) {
            return null;
        }
        String right = answer.apply(words);
        return d.ask(
                        "alphabetical order",
                        before + String.join(", ", words) + after,
                        right,
                        words.stream().filter(w -> !w.equals(right)).toList())
                .proof(proof);
    }

    private static boolean hasDouble(String word) {
        return IntStream.range(1, word.length()).anyMatch(i -> word.charAt(i) == word.charAt(i - 1));
    }

    private static Draft doubled(Draw d) {
        return d.ask(
                        "finding letters",
                        d.oneOf(
                                "Which of the words on the {colour} {container} has the same letter twice in a row?",
                                "Some words need a double letter. Which one of these, chosen by {a role} at the {place}, is such a word?",
                                "Two equal letters stand side by side in just one word of the {role}'s list. In which one?"),
                        d.oneOf(WORDS.stream().filter(Letters::hasDouble).toList()),
                        d.some(3, WORDS.stream().filter(w -> !hasDouble(w)).toList()))
                .proof("double");
    }

    private static Draft longest(Draw d) {
        List<String> words = d.some(4, WORDS);
        int most = words.stream().mapToInt(String::length).max().orElseThrow();
        if (words.stream().filter(w -> w.length() == most).count() != 1
                || words.stream().noneMatch(w -> w.length() == most - 1)) {
            return null;
        }
        String right =
                words.stream().filter(w -> w.length() == most).findFirst().orElseThrow();
        List<String> mixed = new ArrayList<>(words);
        return d.ask(
                        "counting letters",
                        "Neon letters are dear, and {a role} pays by the letter. For the {place} one may choose among "
                                + mixed.stream().map(Letters::quoted).collect(Collectors.joining(", "))
                                + ". How many letters has the dearest sign?",
                        most,
                        List.of(most - 1, most + 1, most - 2))
                .proof("longest " + String.join(" ", words));
    }

    private static Draft alphabetNumber(Draw d) {
        int at = d.between(5, 24);
        int step = d.between(2, 5);
        boolean after = d.coin() && at + step <= 26;
        int target = after ? at + step : at - step;
        if (target < 1) {
            return null;
        }
        String from = String.valueOf((char) ('A' + at - 1));
        return d.ask(
                        "alphabetical order",
                        "Seats in the {place} are lettered from A to Z. {A role} sits in " + from + "; a friend sits "
                                + NUMBERS.get(step) + (after ? " letters further on" : " letters nearer to A")
                                + ". Which seat is the friend's?",
                        String.valueOf((char) ('A' + target - 1)),
                        d.some(
                                3,
                                Stream.of(target - 2, target - 1, target + 1, target + 2)
                                        .filter(n -> n >= 1 && n <= 26)
                                        .map(n -> String.valueOf((char) ('A' + n - 1)))
                                        .toList()))
                .proof("alphabet " + from + " " + (after ? step : -step));
    }

    private static Draft absent(Draw d) {
        String word = d.oneOf(WORDS);
        List<String> absent = Stream.of("a", "e", "i", "o", "r", "s", "t", "n", "l", "c", "d", "m", "p", "h")
                .filter(l -> !word.contains(l))
                .toList();
        List<String> present = lettersOf(word);
        if (present.size() < 3) {
            return null;
        }
        return d.ask(
                        "finding letters",
                        "{A role} cuts out letters to lay the word " + quoted(word)
                                + " on the {room} floor. Which of these letters will not be needed?",
                        d.oneOf(absent),
                        d.some(3, present))
                .proof("absent " + word);
    }

    private static Draft between(Draw d) {
        List<String> sorted = WORDS.stream().sorted().toList();
        int at = d.between(6, sorted.size() - 7);
        String low = sorted.get(at - d.between(1, 4));
        String high = sorted.get(at + d.between(1, 4));
        List<String> outside = new ArrayList<>();
        for (int i = Math.max(0, at - 25); i < Math.min(sorted.size(), at + 25); i++) {
            if (sorted.get(i).compareTo(low) < 0 || sorted.get(i).compareTo(high) > 0) {
                outside.add(sorted.get(i));
            }
        }
        return d.ask(
                        "alphabetical order",
                        "On a page of the {role}'s word list the first entry is " + quoted(low) + " and the last one "
                                + quoted(high) + ". Which of these would be found on that page?",
                        sorted.get(at),
                        d.some(3, outside))
                .proof("between " + low + " " + high);
    }

    private static Draft shared(Draw d) {
        List<String> two = d.some(2, WORDS);
        List<String> both =
                lettersOf(two.get(0)).stream().filter(two.get(1)::contains).toList();
        List<String> others = Stream.concat(lettersOf(two.get(0)).stream(), lettersOf(two.get(1)).stream())
                .distinct()
                .filter(l -> !both.contains(l))
                .toList();
        if (both.isEmpty() || others.size() < 3) {
            return null;
        }
        return d.ask(
                        "finding letters",
                        "Where " + quoted(two.get(0)) + " and " + quoted(two.get(1))
                                + " cross in the {place} puzzle, they share a square. Which letter could {a role} write into it?",
                        d.oneOf(both),
                        d.some(3, others))
                .proof("shared " + two.get(0) + " " + two.get(1));
    }

    private static Draft plate(Draw d) {
        List<String> words = d.some(4, WORDS);
        String right = words.getFirst();
        String letters = right.charAt(0) + ".." + right.charAt(right.length() - 1);
        boolean unique = words.stream()
                        .filter(w -> w.charAt(0) == right.charAt(0) && w.endsWith(right.substring(right.length() - 1)))
                        .count()
                == 1;
        List<String> near = WORDS.stream()
                .filter(w -> w.charAt(0) == right.charAt(0) ^ w.endsWith(right.substring(right.length() - 1)))
                .toList();
        if (!unique || near.size() < 3) {
            return null;
        }
        return d.ask(
                        "finding letters",
                        "Of a word on {a role}'s torn label only the first letter, " + quoted(letters.substring(0, 1))
                                + ", and the last one, " + quoted(letters.substring(3))
                                + ", are left. Which word may it have been?",
                        right,
                        d.some(3, near))
                .proof("ends " + letters.charAt(0) + " " + letters.charAt(3));
    }

    private static Draft mostLetter(Draw d) {
        List<String> words = d.some(4, WORDS);
        char letter = d.oneOf('a', 'e', 'o', 'r', 's', 't', 'n', 'l');
        List<String> sorted = words.stream()
                .sorted((x, y) -> Long.compare(count(y, letter), count(x, letter)))
                .toList();
        if (count(sorted.get(0), letter) < 2 || count(sorted.get(0), letter) == count(sorted.get(1), letter)) {
            return null;
        }
        return d.ask(
                        "counting letters",
                        "{A role} is short of the letter " + quoted(String.valueOf(letter))
                                + " for the {event} banner. Which of these words would use up the most of them?",
                        sorted.getFirst(),
                        sorted.subList(1, 4))
                .proof("most " + letter);
    }
}
