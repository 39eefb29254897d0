package org.gapexplorer.suite;

import java.util.List;
import java.util.stream.IntStream;

/** Exact calculation with the sum written out, set in small everyday scenes. */
final class Arithmetic implements Generator {
    @Override
    public About about() {
        return new About(
                "arithmetic",
                "Exact arithmetic",
                "Whether a stated calculation is carried out exactly: whole numbers, decimals, fractions, percentages, powers,"
                        + " remainders, rounding and the order of operations. What to calculate is always said outright.",
                "Apache-2.0",
                0.25);
    }

    @Override
    public List<Template> templates() {
        return List.of(
                Arithmetic::sum,
                Arithmetic::difference,
                Arithmetic::product,
                Arithmetic::quotient,
                Arithmetic::remainder,
                Fractions::percentage,
                Arithmetic::orderOfOperations,
                Arithmetic::brackets,
                Arithmetic::threeTerms,
                Arithmetic::below,
                Arithmetic::square,
                Arithmetic::root,
                Arithmetic::cube,
                Fractions::decimals,
                Fractions::tenths,
                Fractions::fractionOf,
                Fractions::fractionSum,
                Fractions::roundHundreds,
                Fractions::commonDivisor,
                Fractions::commonMultiple,
                Arithmetic::mean,
                Fractions::largest,
                Arithmetic::missing,
                Arithmetic::doubling,
                Arithmetic::productSum,
                Fractions::percentLess);
    }

    private static Draft sum(Draw d) {
        int a = d.between(128, 4879);
        int b = d.between(136, 4796);
        return Numbers.ask(
                d,
                "addition",
                "{A role} at the {place} adds two figures before lunch: " + a + " + " + b
                        + ". Which total belongs under the line?",
                a + b,
                a + "+" + b,
                a + b - 10,
                a + b + 10,
                a + b - 100,
                a + b + 100);
    }

    private static Draft difference(Draw d) {
        int b = d.between(127, 1880);
        int a = b + d.between(38, 3990);
        return Numbers.ask(
                d,
                "subtraction",
                "Take " + b + " {goods} away from {a place}'s stock of " + a + " and the sum reads " + a + " - " + b
                        + ". What does it come to?",
                a - b,
                a + "-" + b,
                a - b + 10,
                a - b - 10,
                a - b + 100);
    }

    private static Draft product(Draw d) {
        int a = d.between(12, 98);
        int b = d.between(3, 49);
        return Numbers.ask(
                d,
                "multiplication",
                "On the back of an envelope {a role} works out " + a + " × " + b
                        + " for an order of {goods}. Only one of these products is exact; which?",
                (long) a * b,
                a + "*" + b,
                (long) a * b + a,
                (long) a * b - a,
                (long) a * b + 10,
                (long) a * b - 10);
    }

    private static Draft quotient(Draw d) {
        int b = d.between(3, 25);
        int q = d.between(6, 120);
        return Numbers.ask(
                d,
                "division",
                "Sharing " + b * q + " {goods} fairly among " + b + " people means dividing: " + b * q + " ÷ " + b
                        + ". How large is each share?",
                q,
                b * q + "/" + b,
                q + 1,
                q - 1,
                q + 10);
    }

    private static Draft remainder(Draw d) {
        int b = d.between(5, 14);
        int a = b * d.between(7, 60) + d.between(1, b - 1);
        int r = a % b;
        return d.ask(
                        "division",
                        "When " + a + " is divided by " + b + ", as {a role} does while packing {goods} " + b
                                + " to {a container}" + ", some are left. What is the remainder?",
                        r,
                        d.some(
                                3,
                                IntStream.range(0, b)
                                        .filter(i -> i != r && Math.abs(i - r) < 4)
                                        .boxed()
                                        .toList()))
                .proof("mod(" + a + "," + b + ")");
    }

    private static Draft orderOfOperations(Draw d) {
        int a = d.between(5, 60);
        int b = d.between(3, 14);
        int c = d.between(3, 14);
        return Numbers.ask(
                d,
                "order of operations",
                "A calculator in {a place} obeys the usual order of operations. What appears after typing " + a + " + "
                        + b + " × " + c + "?",
                a + b * c,
                a + "+" + b + "*" + c,
                (long) (a + b) * c,
                a * b + c,
                a + b + c);
    }

    private static Draft brackets(Draw d) {
        int a = d.between(4, 15);
        int b = d.between(12, 40);
        int c = d.between(2, 11);
        return Numbers.ask(
                d,
                "order of operations",
                "Mind the brackets. In {a role}'s ledger stands " + a + " × (" + b + " - " + c
                        + "), with the answer smudged. Which number was it?",
                (long) a * (b - c),
                a + "*(" + b + "-" + c + ")",
                (long) a * b - c,
                (long) a * (b + c),
                (long) a * b);
    }

    private static Draft threeTerms(Draw d) {
        int a = d.between(21, 480);
        int b = d.between(21, 480);
        int c = d.between(11, Math.min(a + b - 5, 300));
        return Numbers.ask(
                d,
                "addition",
                "Before the {event}, {a role} jots down " + a + " + " + b + " - " + c
                        + " for the {goods}. Evaluate it from left to right.",
                a + b - c,
                a + "+" + b + "-" + c,
                a + b + c,
                a - b + c,
                a + b - c + 10);
    }

    private static Draft below(Draw d) {
        int a = d.between(2, 40);
        int b = a + d.between(2, 45);
        return Numbers.ask(
                d,
                "negative numbers",
                "The {place}'s thermometer stood at " + a + " degrees, then dropped by " + b + " overnight. Since " + a
                        + " - " + b + " is below zero, what did it show?",
                a - b,
                a + "-" + b,
                b - a,
                -a - b,
                a - b + 1);
    }

    private static Draft square(Draw d) {
        int a = d.between(11, 65);
        return Numbers.ask(
                d,
                "powers",
                "{A role} lays {goods} in " + a + " rows of " + a + ". In other words: how much is " + a + " squared?",
                (long) a * a,
                a + "^2",
                a * 2L,
                (long) a * a + a,
                (long) a * a - a,
                (long) a * a + 10);
    }

    private static Draft root(Draw d) {
        int a = d.between(11, 60);
        return Numbers.ask(
                d,
                "powers",
                "The floor of a square {room} beside the {place} is covered by " + a * a + " equal tiles. Find √"
                        + a * a + ", the tiles along one wall.",
                a,
                "sqrt(" + a * a + ")",
                a + 1,
                a - 1,
                a + 10);
    }

    private static Draft cube(Draw d) {
        int a = d.between(3, 15);
        return Numbers.ask(
                d,
                "powers",
                "Small {colour} dice fill a cube-shaped box in the {place}, " + a
                        + " along every edge. Which value has " + a + "³?",
                (long) a * a * a,
                a + "^3",
                (long) a * a,
                3L * a,
                (long) a * a * a + a,
                (long) a * a * a - a);
    }

    private static Draft mean(Draw d) {
        int right = d.between(12, 90);
        int x = d.between(1, 9);
        int y = d.between(1, 9);
        int a = right - x;
        int b = right + y;
        int c = 3 * right - a - b;
        return Numbers.ask(
                d,
                "averages",
                "Scores of " + a + ", " + b + " and " + c
                        + " were noted by {a role} at {sport} practice. What is their arithmetic mean?",
                right,
                "(" + a + "+" + b + "+" + c + ")/3",
                right + 1,
                right - 1,
                right + 2,
                b);
    }

    private static Draft missing(Draw d) {
        int a = d.between(13, 390);
        int b = d.between(13, 390);
        return Numbers.ask(
                d,
                "equations",
                "Ink has spilt over one number in the {place}'s accounts: ? + " + a + " = " + (a + b)
                        + ". What must {a role} write in place of the question mark?",
                b,
                (a + b) + "-" + a,
                2L * a + b,
                b + 10,
                b - 10);
    }

    private static Draft doubling(Draw d) {
        int a = d.between(3, 37);
        int times = d.between(3, 6);
        long right = (long) a << times;
        String word = List.of("three", "four", "five", "six").get(times - 3);
        return Numbers.ask(
                d,
                "powers",
                "Start with " + a + " {goods} and double the number " + word
                        + " times over, as {a role}'s riddle asks. Where do you end?",
                right,
                a + "*2^" + times,
                right / 2,
                right * 2,
                (long) a * 2 * times,
                right + 10);
    }

    private static Draft productSum(Draw d) {
        int a = d.between(4, 19);
        int b = d.between(5, 19);
        int c = d.between(4, 19);
        int e = d.between(5, 19);
        return Numbers.ask(
                d,
                "order of operations",
                "Two orders of {goods} and {goods2} are priced " + a + " × " + b + " + " + c + " × " + e
                        + " in dollars. What must the {role} pay?",
                (long) a * b + (long) c * e,
                a + "*" + b + "+" + c + "*" + e,
                (long) (a * b + c) * e,
                (long) a * (b + c) * e,
                (long) a * b + (long) c * e + 10,
                (long) a * b + c + e);
    }
}
