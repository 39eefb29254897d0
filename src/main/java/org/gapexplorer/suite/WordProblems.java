package org.gapexplorer.suite;

import java.util.List;

/** Stories in which two to four steps of arithmetic must be found before they can be carried out. */
final class WordProblems implements Generator {
    @Override
    public About about() {
        return new About(
                "word-problems",
                "Multi-step word problems",
                "Whether the steps hidden in a short everyday story are found and carried out in the right order: shopping, harvests,"
                        + " journeys, wages, recipes, mixtures. Each needs two to four operations; no formula is given.",
                "Apache-2.0",
                0.25);
    }

    @Override
    public List<Template> templates() {
        return List.of(
                WordProblems::shelves,
                WordProblems::change,
                WordProblems::wages,
                WordProblems::spoiled,
                Journeys::journey,
                Journeys::recipe,
                Journeys::tank,
                Journeys::ages,
                WordProblems::fence,
                WordProblems::savings,
                WordProblems::pages,
                WordProblems::seats,
                WordProblems::profit,
                Journeys::passengers,
                Journeys::milk,
                WordProblems::splitBill,
                Journeys::ratio,
                Journeys::tiles,
                WordProblems::pills,
                WordProblems::score,
                WordProblems::discount,
                WordProblems::legs,
                Journeys::meeting,
                Journeys::workers,
                WordProblems::fine,
                Journeys::candle);
    }

    static Draft dollars(Draw d, String topic, String story, long right, String proof, long... errors) {
        return d.ask(topic, story, "$" + right, Numbers.dress(Numbers.near(d, right, errors), "$", ""))
                .proof(proof);
    }

    private static Draft shelves(Draw d) {
        int n = d.between(3, 12);
        int each = d.between(8, 30);
        int sold = d.between(5, n * each / 2);
        return Numbers.ask(
                d,
                "shop",
                "{A role} fills " + n + " {colour} shelves with " + each + " {goods} apiece, and by closing time "
                        + sold + " have been bought. How many remain?",
                (long) n * each - sold,
                n + "*" + each + "-" + sold,
                (long) n * each + sold,
                (long) n * each,
                n + each - sold);
    }

    private static Draft change(Draw d) {
        int n = d.between(3, 9);
        int price = d.between(2, 11);
        int note = n * price <= 20 ? 50 : 100;
        if (n * price >= 100) {
            return null;
        }
        return dollars(
                d,
                "shop",
                "At the {place} counter, " + n + " {goods} go for $" + price + " each. The {role} hands over a $" + note
                        + " note. How much change is due?",
                note - (long) n * price,
                note + "-" + n + "*" + price,
                (long) n * price,
                note - price,
                note - n - price);
    }

    private static Draft wages(Draw d) {
        int hours = d.between(4, 9);
        int rate = d.between(12, 38);
        int days = d.between(3, 6);
        int tax = d.between(2, 9) * 10;
        return dollars(
                d,
                "work",
                "{A role} earns $" + rate + " an hour and works " + hours + " hours on each of " + days
                        + " days. After $" + tax + " is kept back for tax, what is paid out?",
                (long) rate * hours * days - tax,
                rate + "*" + hours + "*" + days + "-" + tax,
                (long) rate * hours * days,
                (long) rate * hours * days + tax,
                (long) rate * days - tax,
                (long) rate * hours * (days - 1) - tax);
    }

    private static Draft spoiled(Draw d) {
        int bad = d.between(2, 9);
        int per = d.between(4, 12);
        int boxes = d.between(5, 20);
        int total = bad + per * boxes;
        return Numbers.ask(
                d,
                "farm",
                "An orchard picked " + total + " {fruit}; " + bad + " were bruised. The {role} packs the sound ones "
                        + per + " to {a container}. What number of full packs results?",
                boxes,
                "(" + total + "-" + bad + ")/" + per,
                boxes + 1,
                boxes - 1,
                total / per,
                boxes + bad);
    }

    private static Draft fence(Draw d) {
        int length = d.between(12, 60);
        int width = d.between(5, 11);
        int price = d.between(3, 12);
        return dollars(
                d,
                "farm",
                "{A animal} yard measures " + length + " m by " + width + " m. Fencing on all four sides costs $"
                        + price + " a metre. What should the {role} expect to pay?",
                2L * (length + width) * price,
                "2*(" + length + "+" + width + ")*" + price,
                (long) (length + width) * price,
                (long) length * width * price,
                2L * (length + width));
    }

    private static Draft savings(Draw d) {
        int have = d.between(2, 20) * 10;
        int weekly = d.between(3, 25) * 2;
        int weeks = d.between(4, 15);
        int goal = have + weekly * weeks;
        return Numbers.ask(
                d,
                "money",
                "{A instrument} costs $" + goal + ". A pupil has $" + have + " and puts aside $" + weekly
                        + " every week from work at the {place}. After how many weeks can it be bought?",
                weeks,
                "(" + goal + "-" + have + ")/" + weekly,
                weeks + 1,
                weeks - 1,
                goal / weekly);
    }

    private static Draft pages(Draw d) {
        int perDay = d.between(12, 45);
        int days = d.between(3, 9);
        int left = d.between(20, 150);
        int total = perDay * days + left;
        return Numbers.ask(
                d,
                "reading",
                "The {role}'s novel about {a vehicle} has " + total + " pages. Reading " + perDay + " a day for " + days
                        + " days still leaves some unread. How many pages?",
                left,
                total + "-" + perDay + "*" + days,
                (long) total - perDay,
                (long) perDay * days,
                (long) total - perDay - days,
                left + perDay);
    }

    private static Draft seats(Draw d) {
        int rows = d.between(8, 25);
        int per = d.between(9, 30);
        int empty = d.between(7, 70);
        return Numbers.ask(
                d,
                "theatre",
                "In the {place} stand " + rows + " rows with " + per + " seats in each. At the {month} {event} all but "
                        + empty + " were taken. How large was the audience?",
                (long) rows * per - empty,
                rows + "*" + per + "-" + empty,
                (long) rows * per,
                (long) rows * per + empty,
                (long) (rows - 1) * per - empty);
    }

    private static Draft profit(Draw d) {
        int n = d.between(12, 60);
        int buy = d.between(2, 9);
        int sell = buy + d.between(2, 9);
        return dollars(
                d,
                "trade",
                "{A role} buys " + n + " {goods} at $" + buy + " and sells every one for $" + sell
                        + " at the {month} market. Work out the profit.",
                (long) n * (sell - buy),
                n + "*(" + sell + "-" + buy + ")",
                (long) n * sell,
                (long) n * (sell + buy),
                (long) n * buy);
    }

    private static Draft splitBill(Draw d) {
        int people = d.between(3, 8);
        int share = d.between(9, 30);
        int tip = d.between(1, 9) * people % 29 + 4;
        int bill = people * share - tip;
        return dollars(
                d,
                "restaurant",
                "Dinner of {food} and {drink} comes to $" + bill + ", plus a tip of $" + tip + ". If " + people
                        + " guests split everything evenly, what does the {role} owe?",
                share,
                "(" + bill + "+" + tip + ")/" + people,
                share + 1,
                share - 1,
                share + tip,
                bill / people);
    }

    private static Draft pills(Draw d) {
        int a = d.between(2, 4);
        int days = d.between(5, 21);
        int patients = d.between(3, 12);
        int stock = a * days * patients + d.between(10, 90);
        return Numbers.ask(
                d,
                "hospital",
                "On the ward, " + patients + " patients take " + a + " tablets a day for " + days
                        + " days. The {colour} cabinet held " + stock
                        + ". After the {weekday} count, how many does the nurse find?",
                stock - (long) a * days * patients,
                stock + "-" + patients + "*" + a + "*" + days,
                (long) a * days * patients,
                stock - (long) a * patients,
                stock - (long) a * days,
                stock - (long) a * days * patients + 10);
    }

    private static Draft score(Draw d) {
        int wins = d.between(4, 15);
        int draws = d.between(2, 9);
        int lost = d.between(1, 9);
        int minus = d.between(2, 5);
        return Numbers.ask(
                d,
                "sport",
                "{A sport} league gives 3 points for a win and 1 for a draw. With " + wins + " wins, " + draws
                        + " draws, " + lost + " defeats and a penalty of " + minus
                        + " points, where does the {role}'s team stand?",
                3L * wins + draws - minus,
                "3*" + wins + "+1*" + draws + "-" + minus,
                3L * wins + draws,
                3L * wins + draws + minus,
                3L * wins - minus,
                3L * (wins + draws) - minus);
    }

    private static Draft discount(Draw d) {
        int price = d.between(2, 30) * 10;
        int n = d.between(2, 6);
        int p = d.oneOf(10, 20, 30, 40, 50);
        long right = (long) price * n * (100 - p) / 100;
        return dollars(
                d,
                "shop",
                n + " {colour} {garment}s at $" + price + " each are ordered, and the {place} takes " + p
                        + "% off the whole bill. Calculate what the {role} pays.",
                right,
                price + "*" + n + "*(100-" + p + ")/100",
                (long) price * n,
                (long) price * n - p,
                (long) price * (100 - p) / 100,
                (long) price * n * p / 100);
    }

    private static Draft legs(Draw d) {
        int four = d.between(3, 30);
        int two = d.between(3, 30);
        String big = d.oneOf("goats", "cows", "sheep", "donkeys", "ponies", "rabbits");
        String bird = d.oneOf("hens", "ducks", "geese", "swans", "turkeys");
        return Numbers.ask(
                d,
                "animals",
                "Behind the {place} graze " + four + " " + big + ", with " + two + " " + bird
                        + " between them and one {role} standing by. Counting everyone, how many legs touch the ground?",
                4L * four + 2L * two + 2,
                "4*" + four + "+2*" + two + "+2",
                4L * four + 2L * two,
                4L * (four + two) + 2,
                2L * four + 4L * two + 2);
    }

    private static Draft fine(Draw d) {
        int base = d.between(3, 30) * 10;
        int daily = d.between(2, 15);
        int late = d.between(8, 30);
        int free = d.between(2, 7);
        return dollars(
                d,
                "law",
                "A court fee of $" + base + " grows by $" + daily + " for every day past the deadline, the first "
                        + free + " days being free. What must {a role} pay who is " + late + " days late?",
                base + (long) daily * (late - free),
                base + "+" + daily + "*(" + late + "-" + free + ")",
                base + (long) daily * late,
                (long) daily * (late - free),
                base + (long) daily * (late + free));
    }
}
