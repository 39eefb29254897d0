package org.gapexplorer.explorer.access;

import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The rules: who may see which study, and who the pages of administrators. */
@Singleton
public class Access {
    private static final Logger LOG = Logger.getLogger(Access.class);

    private final Rule usual;
    private final Map<String, Rule> ofStudy = new HashMap<>();
    private final Rule admins;

    Access(
            AccessSettings settings,
            AdminSettings admin,
            TrustedProxies proxies,
            @ConfigProperty(name = "quarkus.oidc.tenant-enabled", defaultValue = "false") boolean oidc) {
        usual = Rule.of(settings.by(), list(settings.users()), list(settings.groups()));
        settings.study().forEach((id, own) -> ofStudy.put(id, rule(own)));
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
        return ofStudy.getOrDefault(study, usual);
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
