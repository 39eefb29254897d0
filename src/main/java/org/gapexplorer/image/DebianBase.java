package org.gapexplorer.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a JVM and its native libraries need of a system, from the Debian packages that this machine's apt is set up for: the
 * C and C++ libraries, and fonts for link previews. No shell, no package manager, no certificates or time zones, since
 * Java brings its own. apt checks the packages' signatures.
 */
final class DebianBase {
    /** base-files is for /etc/os-release, by which scanners know what they look at. */
    private static final List<String> PACKAGES = List.of(
            "base-files",
            "fontconfig-config",
            "fonts-dejavu-core",
            "gcc-12-base",
            "libbrotli1",
            "libc6",
            "libexpat1",
            "libfontconfig1",
            "libfreetype6",
            "libgcc-s1",
            "libpng16-16",
            "libstdc++6",
            "zlib1g");
    /** What comes with these packages and nothing here reads. */
    private static final List<String> NOT_NEEDED = List.of(
            "bin",
            "sbin",
            "usr/bin",
            "usr/sbin",
            "var",
            "root",
            "home",
            "proc",
            "sys",
            "dev",
            "run",
            "boot",
            "tmp",
            "mnt",
            "media",
            "srv",
            "opt",
            "usr/games",
            "usr/include",
            "usr/local",
            "usr/src",
            "usr/share/lintian",
            "usr/share/bug",
            "usr/share/gcc",
            "usr/share/base-files",
            "usr/share/dict",
            "usr/share/info",
            "usr/share/man",
            "etc/profile.d",
            "etc/skel",
            "etc/update-motd.d",
            "etc/dpkg",
            "etc/opt",
            "usr/lib/x86_64-linux-gnu/gconv",
            "lib/x86_64-linux-gnu/gconv");

    private DebianBase() {}

    /** Fetches the packages into one folder and unpacks them into another; links become the files they lead to. */
    static void unpack(Path fetched, Path root) throws IOException {
        String remedy = "the image is built on Debian or Ubuntu, with package lists fetched (apt-get update)";
        Files.createDirectories(fetched);
        List<String> download = new ArrayList<>(List.of("apt-get", "download", "-q"));
        download.addAll(PACKAGES);
        Program.run(fetched, Map.of(), remedy, download);
        for (Path archive : files(fetched, ".deb")) {
            Program.run(fetched, Map.of(), remedy, List.of("dpkg-deb", "-x", archive.toString(), root.toString()));
        }
        for (String name : NOT_NEEDED) {
            deleteAll(root.resolve(name));
        }
        replaceLinks(root);
        // where scanners look for packages in an image without a package manager
        Path status = Files.createDirectories(root.resolve("var/lib/dpkg/status.d"));
        for (Path archive : files(fetched, ".deb")) {
            String facts = Program.run(fetched, Map.of(), remedy, List.of("dpkg-deb", "-f", archive.toString()));
            String name = archive.getFileName().toString().replaceFirst("_.*", "");
            Files.writeString(status.resolve(name), facts + "\nStatus: install ok installed\n");
        }
    }

    static void deleteAll(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private static List<Path> files(Path folder, String suffix) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(f -> f.toString().endsWith(suffix)).sorted().toList();
        }
    }

    /** An absolute link leads to a place in the image, not on this machine. */
    private static void replaceLinks(Path root) throws IOException {
        List<Path> links;
        try (Stream<Path> all = Files.walk(root)) {
            links = all.filter(Files::isSymbolicLink).toList();
        }
        for (Path link : links) {
            Path target = link;
            for (int steps = 0; Files.isSymbolicLink(target) && steps < 10; steps++) {
                Path to = Files.readSymbolicLink(target);
                target = to.isAbsolute()
                        ? root.resolve(to.toString().substring(1))
                        : target.resolveSibling(to).normalize();
            }
            if (Files.isRegularFile(target)) {
                Path copy = link.resolveSibling(link.getFileName() + ".copy");
                Files.copy(target, copy, StandardCopyOption.COPY_ATTRIBUTES);
                Files.move(copy, link, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        for (Path link : links) {
            if (Files.isSymbolicLink(link)) {
                Files.delete(link);
            }
        }
    }
}
