package dev.rainmaker.sandbox;

import dev.rainmaker.sandbox.hubspot.portal.Portal;
import dev.rainmaker.sandbox.moodle.Academy;
import dev.rainmaker.sandbox.state.Shelf;
import dev.rainmaker.sandbox.world.GeneratedWorld;
import dev.rainmaker.sandbox.world.HubSpotWorld;
import dev.rainmaker.sandbox.world.MoodleWorld;
import dev.rainmaker.sandbox.world.WorldShares;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One generated world over several systems. Without HubSpot the Salesforce org holds all of it.
 *
 * @param partners over all systems; null generates nothing
 * @param leads open ones over all systems
 */
record GeneratedSystems(Path state, long seed, @Nullable Integer partners, int leads, boolean withHubSpot) {

    private static final long OTHER_SEED = 0x9E3779B9L;

    /** The folder for Salesforce, made at the first call. */
    Path salesforce() throws IOException {
        WorldShares shares = shares();
        return made(
                "export",
                seed,
                withHubSpot ? shares.salesforcePartners() : shares.partners(),
                withHubSpot ? shares.salesforceLeads() : shares.leads());
    }

    private @Nullable Path hubSpot() throws IOException {
        WorldShares shares = shares();
        return shares.hubSpotPartners() == 0
                ? null
                : made("hubspot-export", seed ^ OTHER_SEED, shares.hubSpotPartners(), shares.hubSpotLeads());
    }

    private WorldShares shares() {
        return new WorldShares(partners == null ? 1 : partners, leads);
    }

    private Path made(String name, long worldSeed, int count, int open) throws IOException {
        Path kept = state.resolve(name);
        if (!Files.exists(kept)) {
            // Moved when complete, so that a kill leaves no half world behind.
            Path partial = state.resolve(name + "-" + ProcessHandle.current().pid());
            Files.createDirectories(state);
            GeneratedWorld.write(partial, worldSeed, count, open);
            Files.move(partial, kept);
        }
        return kept;
    }

    void fill(Portal portal, Shelf shelf) throws IOException {
        Path folder = partners == null ? null : hubSpot();
        if (folder != null) {
            HubSpotWorld.fill(portal, shelf, folder, salesforce());
        }
    }

    void fill(Academy academy) {
        if (partners == null) {
            return;
        }
        try {
            List<Path> folders = new ArrayList<>(List.of(salesforce()));
            Path other = withHubSpot ? hubSpot() : null;
            if (other != null) {
                folders.add(other);
            }
            MoodleWorld.fill(academy, seed, folders);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
