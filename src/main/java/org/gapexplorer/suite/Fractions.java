package org.gapexplorer.suite;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Templates of {@link Arithmetic} on decimals, fractions, percentages, rounding and divisors. */
final class Fractions {
    private Fractions() {}

    static Draft percentage(Draw d) {
        int p = d.oneOf(5, 10, 15, 20, 25, 30, 40, 60, 75, 80);
        int n = d.between(3, 90) * 20;
        long right = (long) p * n / 100;
        return Numbers.ask(
                d,
                "percentages",
                "Of " + n + " {goods} in the {place}, exactly " + p + "% are {colour}. Calculate " + p + "% of " + n
                        + ".",
                right,
                n + "*" + p + "/100",
                n - right,
                right * 2,
                right / 2,
                right + 10);
    }

    static Draft decimals(Draw d) {
        int a = d.between(105, 4899);
        int b = d.between(105, 4899);
        String x = cents(a);
        String y = cents(b);
        return d.ask(
                        "decimals",
                        "A till in the {place} shows {food} at $" + x + " and {drink} at $" + y
                                + ". Exactly how much is $" + x + " + $" + y + "?",
                        "$" + cents(a + b),
                        d.some(3, List.of(a + b + 10, a + b - 10, a + b + 100, a + b - 100, a + b + 1)).stream()
                                .map(v -> "$" + cents(v))
                                .toList())
                .proof(x + "+" + y);
    }

    static String cents(int amount) {
        return "%d.%02d".formatted(amount / 100, amount % 100);
    }

    static String tenth(int tenths) {
        return "%d.%d".formatted(tenths / 10, tenths % 10);
    }

    static Draft tenths(Draw d) {
        int a = d.between(12, 98);
        int b = d.between(3, 12);
        if (a % 10 == 0) {
            return null;
        }
        return d.ask(
                        "decimals",
                        "Each {container} of {goods} weighs " + tenth(a) + " kilograms, and {a vehicle} takes " + b
                                + " of them. Multiply " + tenth(a) + " by " + b + ".",
                        tenth(a * b),
                        d.some(3, List.of(a * b + 10, a * b - 10, a * b + 1, a * b - 1, a * b + 2, a * b + a)).stream()
                                .map(Fractions::tenth)
                                .toList())
                .proof(tenth(a) + "*" + b);
    }

    static Draft fractionOf(Draw d) {
        int den = d.oneOf(3, 4, 5, 6, 7, 8, 9, 10);
        int num = d.between(1, den - 1);
        int unit = d.between(4, 60);
        if (gcd(num, den) != 1) {
            return null;
        }
        return Numbers.ask(
                d,
                "fractions",
                num + "/" + den + " of the " + den * unit
                        + " {goods} went to the {place}, {a role} reports. How many {goods} is " + num + "/" + den
                        + " of " + den * unit + "?",
                (long) num * unit,
                den * unit + "*" + num + "/" + den,
                (long) (den - num) * unit,
                unit,
                (long) num * unit + unit,
                (long) num * unit - num);
    }

    static Draft fractionSum(Draw d) {
        int b = d.between(2, 9);
        int c = d.between(2, 9);
        if (b == c) {
            return null;
        }
        int num = b + c;
        int den = b * c;
        return d.ask(
                        "fractions",
                        "{A role} eats 1/" + b + " of {a dish} and a friend eats 1/" + c
                                + " of it. Together, in lowest terms, 1/" + b + " + 1/" + c + " is which fraction?",
                        lowest(num, den),
                        d.some(
                                3,
                                Stream.of(
                                                "2/" + (b + c),
                                                lowest(num + 1, den),
                                                lowest(num - 1, den),
                                                lowest(num, den + 1),
                                                "1/" + (b + c),
                                                "1/" + den)
                                        .distinct()
                                        .filter(f -> !sameValue(f, num, den))
                                        .toList()))
                .proof("1/" + b + "+1/" + c);
    }

    static boolean sameValue(String fraction, int num, int den) {
        String[] parts = fraction.split("/");
        return parts.length == 2 && Integer.parseInt(parts[0]) * den == Integer.parseInt(parts[1]) * num;
    }

    static String lowest(int num, int den) {
        int g = gcd(num, den);
        return den == g ? String.valueOf(num / g) : num / g + "/" + den / g;
    }

    static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    static Draft roundHundreds(Draw d) {
        int a = d.between(1103, 98950);
        long right = Math.round(a / 100.0) * 100;
        if (a % 100 == 50) {
            return null;
        }
        return d.ask(
                        "rounding",
                        "A newspaper rounds the " + a
                                + " visitors of this year's {event} to the nearest hundred. Which figure for " + a
                                + " will be in print?",
                        right,
                        d.some(
                                3,
                                LongStream.of(
                                                right + 100,
                                                right - 100,
                                                Math.round(a / 10.0) * 10,
                                                Math.round(a / 1000.0) * 1000,
                                                right + 200)
                                        .filter(v -> v != right)
                                        .distinct()
                                        .boxed()
                                        .toList()))
                .proof("round(" + a + ",100)");
    }

    static Draft commonDivisor(Draw d) {
        int g = d.between(3, 18);
        int a = g * d.between(2, 9);
        int b = g * d.between(2, 9);
        if (a == b) {
            return null;
        }
        int right = gcd(a, b);
        return Numbers.ask(
                d,
                "divisors",
                "Two lengths of {colour} ribbon, " + a + " cm and " + b
                        + " cm, are to be cut by {a role} into equal pieces, as long as possible. Which is the greatest common divisor?",
                right,
                "gcd(" + a + "," + b + ")",
                right * 2L,
                right / 2,
                right + 1,
                right - 1);
    }

    static Draft commonMultiple(Draw d) {
        int a = d.between(4, 18);
        int b = d.between(4, 18);
        if (a == b || gcd(a, b) == a || gcd(a, b) == b) {
            return null;
        }
        long right = (long) a * b / gcd(a, b);
        return Numbers.ask(
                d,
                "divisors",
                "From the {place}, {a vehicle} leaves every " + a + " minutes and {a vehicle2} every " + b
                        + ". They leave together now; what is the least common multiple of " + a + " and " + b + "?",
                right,
                "lcm(" + a + "," + b + ")",
                (long) a * b,
                a + b,
                right + a,
                right + b,
                right * 2);
    }

    static Draft largest(Draw d) {
        int base = d.between(3, 9);
        List<String> values = List.of(
                "0." + base + "2", "0." + base, "0.0" + base + "9", "0." + base + "11", "0." + (base - 1) + "9");
        List<String> four = d.some(4, values);
        String right = four.stream()
                .max((x, y) -> new BigDecimal(x).compareTo(new BigDecimal(y)))
                .orElseThrow();
        List<String> rest = four.stream().filter(v -> !v.equals(right)).toList();
        return d.ask(
                        "decimals",
                        "Four samples of {drink} in {a role}'s notes weigh " + String.join(", ", four)
                                + " grams. Which of these decimals is the largest?",
                        right,
                        rest)
                .proof("max(" + String.join(",", four) + ")");
    }

    static Draft percentLess(Draw d) {
        int p = d.oneOf(10, 20, 25, 30, 40, 50, 75);
        int price = d.between(2, 20) * 20;
        long right = price - (long) price * p / 100;
        return d.ask(
                        "percentages",
                        "{A garment} marked $" + price + " in the {month} sale is reduced by " + p
                                + "%. So the price tag of the {role} must read " + price + " minus " + p
                                + "%: what is that?",
                        "$" + right,
                        Numbers.dress(
                                Numbers.near(d, right, price - p, price - right, right + 10, price + (price - right)),
                                "$",
                                ""))
                .proof(price + "-" + price + "*" + p + "/100");
    }
}
