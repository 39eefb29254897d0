package org.gapexplorer.explorer.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityHeadersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"*", "'self'", "'none'", "https://blog.example", "https://*.example.org 'self' http://[::1]:8888"
            })
    void sitesMayBeNamed(String sites) {
        assertThat(new SecurityHeaders(sites, Optional.empty()).framers()).isEqualTo(sites);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "https://x; script-src *", "https://x, https://y", "'unsafe-inline'", "a\r\nSet-Cookie: b"})
    void whatIsNoListOfSitesLetsNoSiteIn(String sites) {
        assertThat(new SecurityHeaders(sites, Optional.empty()).framers()).isEqualTo("'none'");
    }
}
