package dev.rainmaker.app.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** On a small archive of the same make; every other test of this package runs what was unpacked from the real one. */
class PostgresBinariesTest {
    @TempDir
    Path folder;

    @Test
    void twoAtOnceUnpackOneWholeFolder() throws Exception {
        URL archive = archive("bin/postgres");
        Path home = folder.resolve("home");
        CompletableFuture<PostgresBinaries> one =
                CompletableFuture.supplyAsync(() -> PostgresBinaries.under(home, archive));

        PostgresBinaries two = PostgresBinaries.under(home, archive);

        assertThat(one.join()).isEqualTo(two);
        assertThat(two.program("postgres")).isExecutable();
        assertThat(Files.readSymbolicLink(two.folder().resolve("lib/link.so"))).isEqualTo(Path.of("../bin/postgres"));
        try (var entries = Files.list(home)) {
            assertThat(entries).containsExactly(two.folder());
        }
    }

    @Test
    void aDamagedFolderIsReplacedAndAWholeOneIsLeftAlone() throws Exception {
        URL archive = archive("bin/postgres");
        Path program = PostgresBinaries.under(folder, archive).program("postgres");
        byte[] whole = Files.readAllBytes(program);
        Object before = Files.getAttribute(program, "unix:ino");

        PostgresBinaries.under(folder, archive);
        assertThat(Files.getAttribute(program, "unix:ino")).isEqualTo(before);

        Files.writeString(program, "cut short");
        PostgresBinaries.under(folder, archive);
        assertThat(program).hasBinaryContent(whole);
    }

    @Test
    void anEntryThatLeadsOutsideIsRefused() throws Exception {
        URL archive = archive("../outside");

        assertThatThrownBy(() -> PostgresBinaries.under(folder.resolve("home"), archive))
                .isInstanceOf(PostgresFault.class)
                .hasMessageContaining("leads outside its folder");
        assertThat(folder.resolve("home/outside")).doesNotExist();
    }

    private URL archive(String program) throws IOException {
        byte[] content = new byte[300_000];
        new Random(7).nextBytes(content);
        Path file = folder.resolve("programs.txz");
        try (OutputStream out = Files.newOutputStream(file);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(new XZOutputStream(out, new LZMA2Options()))) {
            add(tar, program, content);
            add(tar, "share/some.sql", "SELECT 1".getBytes(StandardCharsets.UTF_8));
            TarArchiveEntry link = new TarArchiveEntry("lib/link.so", TarConstants.LF_SYMLINK);
            link.setLinkName("../bin/postgres");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }
        return file.toUri().toURL();
    }

    private static void add(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }
}
