package org.gapexplorer.explorer.access;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.gapexplorer.snapshot.Shelf;
import org.gapexplorer.study.Problem;
import org.jboss.logging.Logger;

/** The rules: who may see which study, and who the pages of administrators. */
@Singleton
public class Access {
    private static final Logger LOG = Logger.getLogger(Access.class);
    private static final String KEY = "gapexplorer.access.study.";

    /** A key as the environment writes it. */
    private static final Pattern VARIABLE =
            Pattern.compile("GAPEXPLORER_ACCESS_STUDY__([A-Z0-9_]+)__(BY|GROUPS|USERS)");

    private final Config config;
    private final Map<String, AccessSettings.OfStudy> written;
    private final Rule usual;
    /** As the settings' keys have them; {@link #of} knows better. */
    private final SortedMap<String, Rule> ofStudy = new TreeMap<>();

    private final Set<String> spellings = new HashSet<>();
    private final Rule admins;

    Access(
            AccessSettings settings,
            AdminSettings admin,
            TrustedProxies proxies,
            Config config,
            @ConfigProperty(name = "quarkus.oidc.tenant-enabled", defaultValue = "false") boolean oidc) {
        this.config = config;
        written = settings.study();
        usual = Rule.of(settings.by(), list(settings.users()), list(settings.groups()));
        written.forEach((id, said) -> {
            demandId(id);
            ofStudy.put(id, rule(said));
            spellings.add(spelled(id));
        });
        config.getPropertyNames().forEach(this::addVariable);
        admins = admins(admin);
        if (uses(By.HEADER) && proxies.isEmpty()) {
            LOG.warn(
                    "gapexplorer.access.proxies is empty: no request's header is believed, so nobody may see what asks for"
                            + " one; name the proxy's address");
        }
        if (uses(By.OIDC) && !oidc) {
            LOG.warn("quarkus.oidc.tenant-enabled is not true: nobody can sign in, so nobody may see what asks for it");
        }
    }

    /** In a folder of secrets there may be files named as variables, which are in no map of settings. */
    private void addVariable(String name) {
        Matcher variable = VARIABLE.matcher(name);
        if (!variable.matches()) return;
        String spelled = variable.group(1).toLowerCase(Locale.ROOT);
        if (!spellings.add(spelled)) return;
        String id = spelled.replace('_', '.');
        demandId(id);
        ofStudy.put(id, rule(said(id)));
    }

    private static void demandId(String id) {
        if (Shelf.ID.matcher(id).matches()) return;
        throw new Problem(
                KEY + "\"" + id + "\"",
                "no study can be called so, and the rule would close none",
                "write the name of the study's folder: small letters, digits, dots, dashes and underscores");
    }

    /** As the environment writes an id: it does not tell a dash, a dot and an underscore from each other. */
    private static String spelled(String id) {
        return id.replaceAll("[^a-z0-9]", "_");
    }

    private Rule rule(AccessSettings.OfStudy own) {
        boolean named = own.groups().isPresent() || own.users().isPresent();
        return new Rule(
                own.by().orElse(usual.by()),
                named ? Set.copyOf(list(own.users())) : usual.users(),
                named ? Set.copyOf(list(own.groups())) : usual.groups());
    }

    /** Null where nobody is named, or nobody could be known. */
    private Rule admins(AdminSettings admin) {
        List<String> users = list(admin.users());
        List<String> groups = list(admin.groups());
        By by = admin.by().orElse(usual.by());
        return by == By.OPEN || (users.isEmpty() && groups.isEmpty()) ? null : Rule.of(by, users, groups);
    }

    Rule of(String study) {
        if (study.equals(Shelf.ONLY)) return ofOnly();
        return spellings.contains(spelled(study)) ? rule(said(study)) : usual;
    }

    /** The only study of a server has no id that a rule could name; yet who wrote one wanted something closed. */
    private Rule ofOnly() {
        if (!usual.isOpen()) return usual;
        return ofStudy.values().stream().filter(r -> !r.isOpen()).findFirst().orElse(usual);
    }

    /**
     * What is said of a study. The environment is asked by its id: out of the variables' names alone {@code safety-evals} could not
     * be told from {@code safety.evals}.
     */
    private Said said(String study) {
        String key = KEY + "\"" + study + "\".";
        Optional<AccessSettings.OfStudy> own = Optional.ofNullable(written.get(study));
        return new Said(
                config.getOptionalValue(key + "by", By.class).or(() -> own.flatMap(AccessSettings.OfStudy::by)),
                config.getOptionalValues(key + "groups", String.class)
                        .or(() -> own.flatMap(AccessSettings.OfStudy::groups)),
                config.getOptionalValues(key + "users", String.class)
                        .or(() -> own.flatMap(AccessSettings.OfStudy::users)));
    }

    private record Said(Optional<By> by, Optional<List<String>> groups, Optional<List<String>> users)
            implements AccessSettings.OfStudy {
        boolean isNothing() {
            return by.isEmpty() && groups.isEmpty() && users.isEmpty();
        }
    }

    /** The ids of rules about none of these studies. */
    List<String> aboutNoneOf(Collection<String> studies) {
        return ofStudy.keySet().stream()
                .filter(id -> studies.stream().noneMatch(study -> isAbout(id, study)))
                .toList();
    }

    private boolean isAbout(String id, String study) {
        return id.equals(study)
                || (spelled(id).equals(spelled(study)) && !said(study).isNothing());
    }

    /** Empty where the server has no administrators. */
    Optional<Rule> admins() {
        return Optional.ofNullable(admins);
    }

    /** Whether somebody is known in this way. */
    boolean uses(By by) {
        return rules().anyMatch(r -> r.by() == by);
    }

    /** Whether all studies, those to come too, are everybody's. */
    public boolean isOpen() {
        return Stream.concat(Stream.of(usual), ofStudy.values().stream()).allMatch(Rule::isOpen);
    }

    private Stream<Rule> rules() {
        return Stream.of(Stream.of(usual), ofStudy.values().stream(), Stream.ofNullable(admins))
                .flatMap(s -> s);
    }

    private static List<String> list(Optional<List<String>> values) {
        return values.orElse(List.of());
    }
}
