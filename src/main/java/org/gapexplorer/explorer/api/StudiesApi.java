package org.gapexplorer.explorer.api;

import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.extensions.Extension;
import org.gapexplorer.explorer.access.Guest;
import org.gapexplorer.explorer.visit.ShownStudy;
import org.gapexplorer.explorer.visit.Studies;
import org.gapexplorer.snapshot.Snapshot;

/** Which studies the server shows to who asks, for programs. */
@Path("/api/v1/studies")
@Blocking
@Produces(MediaType.APPLICATION_JSON)
public class StudiesApi {
    private final Studies studies;
    private final Guest guest;

    @Inject
    StudiesApi(Studies studies, Guest guest) {
        this.guest = guest;
        this.studies = studies;
    }

    /**
     * A study.
     *
     * @param id as it stands in addresses; empty for the only study of a server
     * @param base what its addresses begin with: {@code base} + {@code /api/v1/study} tells more
     * @param usual whether addresses that name no study show it
     * @param ready whether it has a snapshot to show
     * @param snapshot version of the current snapshot; empty where there is none
     */
    public record Entry(String id, String base, String title, boolean usual, boolean ready, String snapshot) {}

    public record Studied(List<Entry> studies) {}

    @GET
    @Operation(
            operationId = "studies",
            summary = "The studies of this server",
            description = "Where there are several, every address of this reference is had for one of them under its"
                    + " base, such as /s/{study}/api/v1/concepts; without a base it is the usual one’s.")
    @Extension(name = Api.TRY, value = "/api/v1/studies")
    public Studied all() {
        String usual = studies.usual().id();
        return new Studied(guest.studies().stream().map(s -> entry(s, usual)).toList());
    }

    private static Entry entry(ShownStudy study, String usual) {
        boolean first = study.id().equals(usual);
        if (!study.ready()) return new Entry(study.id(), study.base(), "", first, false, "");
        try (Snapshot snapshot = study.open("")) {
            return new Entry(study.id(), study.base(), snapshot.study().title(), first, true, snapshot.version());
        }
    }
}
