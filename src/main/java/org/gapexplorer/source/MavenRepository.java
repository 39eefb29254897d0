package org.gapexplorer.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.commons.io.input.BoundedInputStream;
import org.gapexplorer.study.Problem;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The local Maven repository, which the build fills: entries of jars by coordinates. Downloads nothing. */
record MavenRepository(Path folder) {
    private static final String WORD = "[A-Za-z0-9_-][A-Za-z0-9_.-]*";
    private static final Pattern FORM = Pattern.compile("maven:(" + WORD + "):(" + WORD + "):(" + WORD + ")!/(.+)");

    /** Where Maven itself would look: -Dmaven.repo.local, the user's settings.xml, ~/.m2/repository. */
    static MavenRepository local() {
        return local(System.getProperty("maven.repo.local"), Path.of(System.getProperty("user.home")));
    }

    static MavenRepository local(String property, Path home) {
        if (property != null && !property.isBlank()) {
            return new MavenRepository(Path.of(property));
        }
        String configured = fromSettings(home.resolve(".m2/settings.xml"));
        return new MavenRepository(
                configured == null
                        ? home.resolve(".m2/repository")
                        : Path.of(configured.replace("${user.home}", home.toString())));
    }

    private static String fromSettings(Path settings) {
        if (!Files.isReadable(settings)) {
            return null;
        }
        try (InputStream in = Files.newInputStream(settings)) {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            NodeList found = builder.parse(in).getElementsByTagName("localRepository");
            String text =
                    found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
            return text.isEmpty() ? null : text;
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new Problem(settings.toString(), "cannot be read (" + e.getMessage() + ")", "mend or remove it", e);
        }
    }

    /**
     * @param jar holds the entry
     * @param path of the entry in it
     * @param stamp changes when the jar does
     */
    record Entry(String uri, Path jar, String path, String stamp) {
        String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        /** Bytes it has, extracted; -1 if the archive does not say. */
        long size() throws IOException {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                return entry(zip).getSize();
            } catch (ZipException | EOFException e) {
                throw damaged(e);
            }
        }

        private ZipEntry entry(ZipFile zip) {
            ZipEntry entry = zip.getEntry(path);
            if (entry == null || entry.isDirectory()) {
                throw new Problem(uri, jar + " has no entry " + path, "see what it holds with: jar tf");
            }
            return entry;
        }

        private Problem damaged(IOException e) {
            return new Problem(
                    uri, jar + " is damaged (" + e.getMessage() + ")", "delete it and let Maven fetch it again", e);
        }

        /** Only the bytes come from the archive; where they go is the caller's choice, so no entry can lead elsewhere. */
        void extractTo(Path file) throws IOException {
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                ZipEntry entry = entry(zip);
                long size = entry.getSize();
                Space.require(uri, file.getParent(), size);
                try (InputStream in = BoundedInputStream.builder()
                        .setInputStream(zip.getInputStream(entry))
                        .setMaxCount(size + 1)
                        .get()) {
                    if (Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING) != size) {
                        throw new ZipException(path + " unpacks to more or less than " + size + " bytes");
                    }
                }
            } catch (ZipException | EOFException e) {
                throw damaged(e);
            }
        }
    }

    Entry find(String uri) throws IOException {
        Matcher form = FORM.matcher(uri);
        if (!form.matches()) {
            throw new Problem(uri, "is not an entry of a jar", "write maven:group:artifact:version!/entry");
        }
        String artifact = form.group(2);
        String version = form.group(3);
        Path jar = folder.resolve(form.group(1).replace('.', '/'))
                .resolve(artifact)
                .resolve(version)
                .resolve(artifact + "-" + version + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new Problem(
                    uri,
                    "there is no " + jar,
                    "fetch it with: mvn dependency:get -Dtransitive=false -Dartifact=" + form.group(1) + ":" + artifact
                            + ":" + version);
        }
        String stamp = Files.size(jar) + " " + Files.getLastModifiedTime(jar).toMillis();
        return new Entry(uri, jar, form.group(4), stamp);
    }
}
