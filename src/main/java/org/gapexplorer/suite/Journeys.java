package org.gapexplorer.suite;

import java.util.List;

/** Templates of {@link WordProblems} about quantities that move, flow, burn or are mixed. */
final class Journeys {
    private Journeys() {}

    static Draft journey(Draw d) {
        int v1 = d.between(2, 9) * 10;
        int h1 = d.between(2, 5);
        int v2 = d.between(2, 9) * 10;
        int h2 = d.between(1, 4) + 1;
        if (v1 == v2 || h1 == h2) {
            return null;
        }
        d.set("vehicle", d.oneOf("bus", "lorry", "taxi", "train", "van", "scooter"));
        return d.ask(
                        "travel",
                        "For " + h1 + " hours {a vehicle} keeps to " + v1 + " km/h, then for " + h2 + " hours to " + v2
                                + " km/h, on its way to the {place}. How far has it gone?",
                        (long) v1 * h1 + v2 * h2 + " km",
                        Numbers.dress(
                                Numbers.near(
                                        d,
                                        (long) v1 * h1 + v2 * h2,
                                        (long) (v1 + v2) * (h1 + h2),
                                        (long) (v1 + v2) * (h1 + h2) / 2,
                                        (long) v1 * h2 + v2 * h1),
                                "",
                                " km"))
                .proof(v1 + "*" + h1 + "+" + v2 + "*" + h2);
    }

    static Draft recipe(Draw d) {
        int serves = d.between(2, 6);
        int factor = d.between(2, 5);
        int grams = d.between(4, 30) * 10 * serves;
        int have = d.between(2, 15) * 10;
        long right = (long) grams * factor - have;
        return d.ask(
                        "kitchen",
                        "A recipe for {food} serves " + serves + " and takes " + grams
                                + " g of flour. The cook wants to feed " + serves * factor + " and has " + have
                                + " g already. How much more must be bought?",
                        right + " g",
                        Numbers.dress(
                                Numbers.near(
                                        d, right, (long) grams * factor, right + have * 2L, grams - have, grams * 2L),
                                "",
                                " g"))
                .proof(grams + "/" + serves + "*" + serves * factor + "-" + have);
    }

    static Draft tank(Draw d) {
        int in = d.between(9, 30);
        int out = d.between(2, 8);
        int minutes = d.between(5, 30);
        int start = d.between(2, 20) * 10;
        long right = start + (long) (in - out) * minutes;
        return d.ask(
                        "water",
                        "Into {a colour} tank holding " + start + " litres, a pipe pours " + in
                                + " litres a minute while a leak loses " + out + ". What does the {role} measure after "
                                + minutes + " minutes?",
                        right + " litres",
                        Numbers.dress(
                                Numbers.near(
                                        d,
                                        right,
                                        right - start,
                                        start + (long) (in + out) * minutes,
                                        start + (long) in * minutes),
                                "",
                                " litres"))
                .proof(start + "+(" + in + "-" + out + ")*" + minutes);
    }

    static Draft ages(Draw d) {
        int child = d.between(7, 16);
        int times = d.between(3, 5);
        int years = d.between(3, 15);
        return Numbers.ask(
                d,
                "family",
                "{A role} is " + times + " times as old as a nephew aged " + child + ". How old will the {role} be "
                        + years + " years from now, at the {event}?",
                (long) times * child + years,
                times + "*" + child + "+" + years,
                (long) times * (child + years),
                (long) times * child,
                (long) times * child - years);
    }

    static Draft passengers(Draw d) {
        int start = d.between(15, 60);
        int off1 = d.between(3, 12);
        int on1 = d.between(2, 15);
        int off2 = d.between(2, 9);
        d.set("vehicle", d.oneOf("bus", "ferry", "tram", "train"));
        return Numbers.ask(
                d,
                "travel",
                "{A vehicle} sets out with " + start + " aboard. At the {place} " + off1 + " leave and " + on1
                        + " join; at the {place2} another " + off2 + " get off. Who is left: how many riders?",
                start - off1 + on1 - off2,
                start + "-" + off1 + "+" + on1 + "-" + off2,
                start - off1 - on1 - off2,
                start - off1 + on1,
                start + off1 - on1 + off2);
    }

    static Draft milk(Draw d) {
        int animals = d.between(6, 40);
        int litres = d.between(3, 14);
        int kept = d.between(5, 20);
        int price = d.between(2, 4);
        return WordProblems.dollars(
                d,
                "farm",
                "Each of " + animals + " cows gives " + litres + " litres a day. The {role} keeps " + kept
                        + " for {food} and sells the rest at $" + price + " per litre. What are the day's takings?",
                ((long) animals * litres - kept) * price,
                "(" + animals + "*" + litres + "-" + kept + ")*" + price,
                (long) animals * litres * price,
                (long) animals * litres * price - kept,
                (long) animals * litres - kept);
    }

    static Draft ratio(Draw d) {
        int a = d.between(2, 7);
        int b = d.between(2, 7);
        int unit = d.between(3, 25);
        if (a == b) {
            return null;
        }
        int total = (a + b) * unit;
        return Numbers.ask(
                d,
                "mixtures",
                "{^colour} and {colour2} {goods} are mixed in the ratio " + a + " to " + b + ". Among " + total
                        + " on the {role}'s table, how many are {colour}?",
                (long) a * unit,
                total + "*" + a + "/(" + a + "+" + b + ")",
                (long) b * unit,
                total / 2,
                total / a,
                unit);
    }

    static Draft tiles(Draw d) {
        int length = d.between(3, 12);
        int width = d.between(2, 9);
        int per = d.between(4, 16);
        int spare = d.between(5, 20);
        return Numbers.ask(
                d,
                "building",
                "The {room} floor is " + length + " m long and " + width + " m wide; one square metre takes " + per
                        + " tiles. With " + spare + " spare ones added, how many tiles does the {role} order?",
                (long) length * width * per + spare,
                length + "*" + width + "*" + per + "+" + spare,
                (long) length * width * per,
                (long) (length + width) * per + spare,
                (long) length * width + per + spare,
                2L * (length + width) * per + spare);
    }

    static Draft meeting(Draw d) {
        int v = d.between(3, 9) * 10;
        int w = d.between(2, 8) * 10;
        int hours = d.between(2, 6);
        List<String> two = d.some(2, List.of("bus", "lorry", "taxi", "van", "scooter", "tractor"));
        d.set("vehicle", two.get(0)).set("vehicle2", two.get(1));
        return Numbers.ask(
                d,
                "travel",
                "{A vehicle} doing " + v + " km/h and {a vehicle2} doing " + w
                        + " km/h start towards each other from towns " + (v + w) * hours
                        + " km apart. In how many hours do they meet near the {place}?",
                hours,
                (v + w) * hours + "/(" + v + "+" + w + ")",
                hours + 1,
                hours - 1,
                hours * 2L,
                hours + 2);
    }

    static Draft workers(Draw d) {
        int a = d.between(3, 8);
        int days = d.between(4, 12);
        int b = d.oneOf(2, 4, 6, 9, 10, 12);
        if (a == b || a * days % b != 0) {
            return null;
        }
        return Numbers.ask(
                d,
                "work",
                "It takes " + a + " equally quick {people} " + days + " days to finish the {place} roof. If instead "
                        + b + " of them had come, how many days would the job have lasted?",
                (long) a * days / b,
                a + "*" + days + "/" + b,
                (long) days * b / a,
                days,
                (long) a * days / b + 1,
                (long) a * days / b + 2);
    }

    static Draft candle(Draw d) {
        int burn = d.between(2, 5);
        int hours = d.between(3, 9);
        int end = d.between(4, 25);
        int length = burn * hours + end;
        int more = d.between(1, 4);
        if (end - burn * more < 1) {
            return null;
        }
        return d.ask(
                        "evening",
                        "A candle of " + length + " cm loses " + burn + " cm an hour. It burns for " + hours
                                + " hours at the {event} and " + more
                                + " more in the {room}. What length can the {role} still use?",
                        end - burn * more + " cm",
                        Numbers.dress(
                                Numbers.near(
                                        d,
                                        end - (long) burn * more,
                                        end,
                                        length - hours - more,
                                        end + (long) burn * more),
                                "",
                                " cm"))
                .proof(length + "-" + burn + "*(" + hours + "+" + more + ")");
    }
}
