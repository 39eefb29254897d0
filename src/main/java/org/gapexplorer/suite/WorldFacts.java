package org.gapexplorer.suite;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Countries, currencies, languages, codes and clocks, from the facts of {@link World}. */
final class WorldFacts implements Generator {
    @Override
    public About about() {
        return new About(
                "world-facts",
                "Countries, languages and clocks",
                "Whether common facts about the world are known: currencies, languages and their own names for things, country codes,"
                        + " writing of numbers, the continents and clocks of cities. Facts are those of the JDK's locale,"
                        + " currency and time-zone data.",
                "Apache-2.0",
                0.255);
    }

    @Override
    public List<Template> templates() {
        List<Template> all = new ArrayList<>();
        currencies(all);
        codes(all);
        languages(all);
        words(all);
        Clocks.add(all);
        all.add(WorldFacts::weekStart);
        all.add(WorldFacts::decimalMark);
        return all;
    }

    /** A question about one country; wrong choices are the same property of others, where {@code differs} holds. */
    private static Template country(
            String topic,
            String text,
            Predicate<World.Country> about,
            Function<World.Country, String> property,
            String proof) {
        return d -> {
            World.Country c = d.oneOf(World.COUNTRIES.stream().filter(about).toList());
            set(d, c);
            List<String> wrong = World.COUNTRIES.stream()
                    .filter(about)
                    .map(property)
                    .distinct()
                    .filter(w -> !w.equals(property.apply(c)))
                    .toList();
            return d.ask(topic, text, property.apply(c), d.some(3, wrong)).proof(proof + "|" + c.alpha2());
        };
    }

    /** A question whose answer is the country that has a property no other of the choices shares. */
    private static Template which(
            String topic,
            String text,
            Predicate<World.Country> about,
            Function<World.Country, String> property,
            String proof) {
        return d -> {
            World.Country c = d.oneOf(World.COUNTRIES.stream().filter(about).toList());
            set(d, c);
            List<String> wrong = World.COUNTRIES.stream()
                    .filter(about)
                    .filter(w -> !property.apply(w).equals(property.apply(c)))
                    .filter(w -> w.languages().stream()
                            .noneMatch(l ->
                                    proof.equals("language") && c.languages().contains(l)))
                    .map(World.Country::name)
                    .toList();
            return d.ask(topic, text, c.name(), d.some(3, wrong)).proof(proof + "-of|" + property.apply(c));
        };
    }

    /** A question about one language: what is given of it fills the slot, the wrong choices are what is asked of others. */
    private static Template language(
            String topic,
            String text,
            String slot,
            Function<World.Language, String> given,
            Function<World.Language, String> asked,
            String proof) {
        return d -> {
            World.Language l = d.oneOf(World.LANGUAGES);
            d.set(slot, given.apply(l));
            List<String> wrong = World.LANGUAGES.stream()
                    .map(asked)
                    .filter(other -> !other.equals(asked.apply(l)))
                    .toList();
            return d.ask(topic, text, asked.apply(l), d.some(3, wrong)).proof(proof + "|" + l.code());
        };
    }

    private static void set(Draw d, World.Country c) {
        d.set("country", c.name())
                .set("unit", c.currency())
                .set("code", c.alpha2())
                .set("three", c.alpha3())
                .set("money", c.currencyCode())
                .set("language", c.language())
                .set("own", c.own());
    }

    private static boolean usual(World.Country c) {
        return true;
    }

    private static void currencies(List<Template> all) {
        all.add(country(
                "currencies",
                "{A role} from {country} empties a purse after the {event}. In what unit is the money counted?",
                WorldFacts::usual,
                World.Country::currency,
                "currency"));
        all.add(country(
                "currencies",
                "Before a journey to {country}, {a role} goes to the bank. Which money should be asked for?",
                WorldFacts::usual,
                World.Country::currency,
                "currency"));
        all.add(which(
                "currencies",
                "The price tag on {a garment} reads \"90 {unit}\". In which of these countries does such a tag make sense?",
                WorldFacts::usual,
                World.Country::currency,
                "currency"));
        all.add(which(
                "currencies",
                "{A role} saves up {unit} notes. Where could they be spent at the {place}?",
                WorldFacts::usual,
                World.Country::currency,
                "currency"));
        all.add(country(
                "currencies",
                "On the exchange board of the {place}, which three letters stand for the money of {country}?",
                WorldFacts::usual,
                World.Country::currencyCode,
                "currency-code"));
        all.add(which(
                "currencies",
                "An invoice for {goods} is made out in {money}. From which country does it come, most likely?",
                WorldFacts::usual,
                World.Country::currencyCode,
                "currency-code"));
    }

    private static void codes(List<Template> all) {
        all.add(country(
                "codes",
                "Which two letters are the ISO code of {country}, as {a role} finds it in web addresses and lists?",
                WorldFacts::usual,
                World.Country::alpha2,
                "alpha2"));
        all.add(which(
                "codes",
                "A parcel of {goods} is marked with the country code {code}. Where was it sent from?",
                WorldFacts::usual,
                World.Country::alpha2,
                "alpha2"));
        all.add(country(
                "codes",
                "On the scoreboard at the {sport} finals each team has three letters. Which are ISO's for {country}?",
                WorldFacts::usual,
                World.Country::alpha3,
                "alpha3"));
        all.add(which(
                "codes",
                "The passport of {a role} bears the ISO abbreviation {three}. Of which state is its owner a citizen?",
                WorldFacts::usual,
                World.Country::alpha3,
                "alpha3"));
        all.add(language(
                "codes",
                "A web page of the {place} declares that its text is in {language}. Which two-letter ISO 639 code does {a role} put there?",
                "language",
                World.Language::name,
                World.Language::code,
                "language-code"));
    }

    private static void languages(List<Template> all) {
        all.add(d -> {
            World.Country c = d.oneOf(World.COUNTRIES);
            set(d, c);
            List<String> wrong = World.COUNTRIES.stream()
                    .filter(w -> w.languages().stream().noneMatch(c.languages()::contains))
                    .map(World.Country::language)
                    .distinct()
                    .toList();
            return d.ask(
                            "languages",
                            d.oneOf(
                                    "In {country}, which language will {a role} meet on most street signs and forms?",
                                    "News is read on the radio in {country}. Which language does the {role} most probably hear?"),
                            c.language(),
                            d.some(3, wrong))
                    .proof("language|" + c.alpha2());
        });
        all.add(which(
                "languages",
                "{A role} who speaks only {language} is looking for work. Where would that language help most?",
                c -> !c.language().equals("English"),
                World.Country::language,
                "language"));
        all.add(which(
                "languages",
                "Which country do its own people, in their main language, call \"{own}\"? The {role} saw it on a stamp.",
                c -> !c.own().equals("-"),
                World.Country::own,
                "own"));
        all.add(country(
                "languages",
                "A stamp collector's page for {country} should bear the name that the country has in its own main language. Which is it?",
                c -> !c.own().equals("-"),
                World.Country::own,
                "own"));
        all.add(language(
                "languages",
                "In a list of languages on the {place}'s web page, one entry is \"{own}\", as its speakers say. What is it in English?",
                "own",
                World.Language::own,
                World.Language::name,
                "language-own"));
        all.add(language(
                "languages",
                "What do people who speak {language} call that language themselves, {a role} wonders?",
                "language",
                World.Language::name,
                World.Language::own,
                "language-own-name"));
    }

    private static void words(List<Template> all) {
        all.add(d -> foreign(
                d, true, "The {language} timetable of the {place} says \"{foreign}\". On which day is that?", false));
        all.add(d -> foreign(d, true, "How does {a role} who speaks {language} write {english} in a calendar?", true));
        all.add(d -> foreign(
                d,
                false,
                "{A role} gets a letter in {language} dated \"{foreign}\". What month was it written?",
                false));
        all.add(d -> foreign(
                d,
                false,
                "Translate {english}, the month of the {event}, into {language}. Which word is right?",
                true));
        all.add(d -> {
            World.Language l = d.oneOf(World.LANGUAGES);
            boolean day = d.coin();
            int at = d.between(0, day ? 6 : 11);
            String word = (day ? l.days() : l.months()).get(at);
            List<String> wrong = World.LANGUAGES.stream()
                    .filter(o -> Stream.concat(o.days().stream(), o.months().stream())
                            .noneMatch(w -> w.equalsIgnoreCase(word)))
                    .map(World.Language::name)
                    .toList();
            String english = day ? Calendar.name(DayOfWeek.of(at + 1)) : Calendar.name(java.time.Month.of(at + 1));
            d.set("foreign", word).set("english", english);
            return d.ask(
                            "words",
                            "On an old {place} poster {english} is called \"{foreign}\". In which of these languages was the poster printed?",
                            l.name(),
                            d.some(3, wrong))
                    .proof("foreign|" + l.code() + "|" + word);
        });
    }

    private static Draft foreign(Draw d, boolean day, String text, boolean toForeign) {
        World.Language l = d.oneOf(World.LANGUAGES);
        List<String> theirs = day ? l.days() : l.months();
        List<String> ours = day
                ? Stream.of(DayOfWeek.values()).map(Calendar::name).toList()
                : Stream.of(java.time.Month.values()).map(Calendar::name).toList();
        int at = d.between(0, ours.size() - 1);
        d.set("language", l.name()).set("foreign", theirs.get(at)).set("english", ours.get(at));
        if (ours.get(at).substring(0, 3).equalsIgnoreCase(theirs.get(at).substring(0, 3))) {
            return null;
        }
        List<String> from = toForeign ? theirs : ours;
        return d.ask(
                        "words",
                        text,
                        from.get(at),
                        d.some(
                                3,
                                from.stream()
                                        .filter(w -> !w.equals(from.get(at)))
                                        .toList()))
                .proof("foreign|" + l.code() + "|" + theirs.get(at));
    }

    private static Draft weekStart(Draw d) {
        World.Country c = d.oneOf(
                World.COUNTRIES.stream().filter(x -> !x.firstDay().equals("-")).toList());
        set(d, c);
        String right = Draw.capital(c.firstDay().toLowerCase(Locale.ROOT));
        return d.ask(
                        "calendars",
                        "A wall calendar printed by {a role} in {country}, ruled as is usual there, begins each week with which day?",
                        right,
                        right.equals("Monday") ? "Sunday" : "Monday",
                        "Saturday")
                .proof("week|" + c.alpha2());
    }

    private static Draft decimalMark(Draw d) {
        World.Country c = d.oneOf(World.COUNTRIES);
        set(d, c);
        int whole = d.between(2, 99);
        int half = d.oneOf(5, 25, 75);
        String right = whole + c.decimalMark() + half;
        String other = whole + (c.decimalMark().equals(",") ? "." : ",") + half;
        return d.ask(
                        "numbers",
                        "{A drink} bill in {country} comes to " + whole + " and "
                                + (half == 5 ? "a half" : half == 25 ? "a quarter" : "three quarters")
                                + ". How does {a role} there write that number?",
                        right,
                        other,
                        whole + ":" + half)
                .proof("decimal|" + c.alpha2() + "|" + whole + "|" + half);
    }
}
