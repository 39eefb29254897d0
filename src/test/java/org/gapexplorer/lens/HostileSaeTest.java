package org.gapexplorer.lens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.io.FileUtils;
import org.assertj.core.api.AbstractThrowableAssert;
import org.gapexplorer.study.Problem;
import org.gapexplorer.study.SaeSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that mean harm, or were cut or made up. */
class HostileSaeTest {
    private static final Path PEERS = Path.of("src/test/resources/peers/sae");

    @TempDir
    Path folder;

    /** What {@code pickle.dumps} makes of an object whose {@code __reduce__} is {@code (os.system, ("touch FILE",))}. */
    private static String calling(String module, String name, String argument) {
        return "\u0080\u0002c" + module + "\n" + name + "\nX" + chars(argument.length()) + argument + "\u0085R.";
    }

    private static String chars(int length) {
        return "" + (char) (length & 0xFF) + (char) (length >> 8 & 0xFF) + "\0\0";
    }

    @ParameterizedTest
    @CsvSource({
        "posix, system",
        "os, system",
        "builtins, exec",
        "builtins, eval",
        "subprocess, Popen",
        "torch, load",
        "torch.storage, _load_from_bytes",
        "torch._utils, _rebuild_tensor",
        "collections, defaultdict",
        "torch, FloatStorage.from_file"
    })
    void aPickleThatCallsAnythingIsRefusedByName(String module, String name) throws IOException {
        Path trace = folder.resolve("trace");
        Path file = torch(Map.of("data.pkl", calling(module, name, "touch " + trace)));
        refused(file).hasMessageContaining("'" + module + "." + name + "'").hasMessageContaining("refused");
        assertThat(trace).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // GLOBAL by stack, INST, OBJ, NEWOBJ, EXT1, PERSID as text
                "0x93",
                "i",
                "o",
                "0x81",
                "0x82",
                "P",
                "0x92",
                "0x95",
            })
    void anInstructionThatTensorsDoNotNeedIsRefused(String opcode) throws IOException {
        char code = opcode.startsWith("0x") ? (char) Integer.parseInt(opcode.substring(2), 16) : opcode.charAt(0);
        refused(torch(Map.of("data.pkl", "\u0080\u0002}" + code + "os\nsystem\n.")))
                .hasMessageContaining("instruction 0x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "\u0080\u0002",
                "\u0080\u0004}.",
                "\u0080\u0002].",
                "\u0080\u0002K\u0001.",
                "\u0080\u0002}X\u00ff\u00ff\u00ff\u007fa.",
                "\u0080\u0002}X\u00ff\u00ff\u00ff\u00ffa.",
                "\u0080\u0002u.",
                "\u0080\u0002tR.",
                "\u0080\u0002}h\u0005.",
                "\u0080\u0002}}}s.",
                "\u0080\u0002}(K\u0001u.",
                "\u0080\u0002ctorch\nFloatStorage\n)R.",
                "\u0080\u0002NQ.",
                "\u0080\u0002ctorch._utils\n_rebuild_tensor_v2\n)R.",
                "\u0080\u0002ctorch._utils\n_rebuild_parameter\n)R.",
                "\u0080\u0002ccollections\nOrderedDict\nK\u0001\u0085R.",
                "\u0080\u0002\u008a\u00ffabc",
                "\u0080\u0002ctorch",
            })
    void aPickleThatMakesNoSenseIsAProblem(String pickle) throws IOException {
        refused(torch(Map.of("data.pkl", pickle))).hasMessageContaining("the pickle");
    }

    @Test
    void aDictionaryWithinItselfEndsInAProblem() throws IOException {
        // d = {}; d["a"] = d
        refused(torch(Map.of("data.pkl", "\u0080\u0002}q\0X\u0001\0\0\0ah\0s.")))
                .hasMessageContaining("nests");
    }

    @Test
    void dictionariesThatMultiplyEndInAProblem() throws IOException {
        // d1 holds d0 a thousand times, d2 holds d1 a thousand times
        StringBuilder pickle = new StringBuilder("\u0080\u0002}q\0");
        for (int level = 0; level < 3; level++) {
            pickle.append("}(");
            for (int i = 0; i < 1_000; i++) {
                pickle.append('M')
                        .append((char) (i & 0xFF))
                        .append((char) (i >> 8))
                        .append("h")
                        .append((char) level);
            }
            pickle.append("uq").append((char) (level + 1));
        }
        refused(torch(Map.of("data.pkl", pickle + "."))).hasMessageContaining("10000 names");
    }

    /** Spelled out, the names would take 39 GB. */
    @Test
    void aLongNameOfADictionaryOfManyTensorsIsAProblem() throws IOException {
        StringBuilder inner = new StringBuilder("}(");
        for (int i = 0; i < 9_999; i++) {
            inner.append('M').append((char) (i & 0xFF)).append((char) (i >> 8));
            inner.append(i == 0 ? value("K\u0004\u0085K\u0001\u0085", "K\0") + "q\0" : "h\0");
        }
        Map<String, String> entries = new LinkedHashMap<>();
        int length = 3_900_000;
        String name = "" + (char) (length & 0xFF) + (char) (length >> 8 & 0xFF) + (char) (length >> 16) + "\0";
        entries.put("data.pkl", "\u0080\u0002}X" + name + "n".repeat(length) + inner + "us.");
        entries.put("data/0", "\0".repeat(16));
        refused(torch(entries)).hasMessageContaining("a name of more than 1000 characters");

        entries.put("data.pkl", "\u0080\u0002}X" + chars(995) + "n".repeat(995) + inner + "us.");
        refused(torch(entries)).hasMessageContaining("does not say how it is meant");
        entries.put("data.pkl", "\u0080\u0002}X" + chars(996) + "n".repeat(996) + inner + "us.");
        refused(torch(entries)).hasMessageContaining("a name of more than 1000 characters");
    }

    /** A state dict of one tensor W, of floats in storage 0. */
    private static String tensor(String sizes, String offset) {
        return "\u0080\u0002}X\u0001\0\0\0W" + value(sizes, offset) + "s.";
    }

    private static String value(String sizes, String offset) {
        return "ctorch._utils\n_rebuild_tensor_v2\n((X\u0007\0\0\0storagectorch\nFloatStorage\n"
                + "X\u0001\0\0\0" + "0X\u0003\0\0\0cpuK\u0004tQ" + offset + sizes
                + "\u0089ccollections\nOrderedDict\n)RtR";
    }

    static Stream<Arguments> tensorsOutOfBounds() {
        // tuples of sizes and of strides; J is a whole number of four bytes
        return Stream.of(
                Arguments.of("K\u0005\u0085K\u0001\u0085", "K\0", "20 were expected"),
                Arguments.of("K\u0004\u0085K\u0001\u0085", "K\u0001", "20 were expected"),
                Arguments.of("K\u0004\u0085K\u0001\u0085", "J\u00ff\u00ff\u00ff\u00ff", "begins at -1"),
                Arguments.of("J\u00ff\u00ff\u00ff\u00ff\u0085K\u0001\u0085", "K\0", "size of -1"),
                Arguments.of("K\u0002K\u0002\u0086K\u0003K\u0001\u0086", "K\0", "is a view"),
                Arguments.of("K\u0002\u0085K\0\u0085", "K\0", "is a view"),
                Arguments.of("K\u0002K\u0002\u0086K\u0001\u0085", "K\0", "of 2 dimensions"));
    }

    @ParameterizedTest
    @MethodSource("tensorsOutOfBounds")
    void aTensorThatReachesOutOfItsStorageIsAProblem(String sizes, String offset, String told) throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("data.pkl", tensor(sizes, offset));
        entries.put("data/0", "\0".repeat(16));
        refused(torch(entries)).hasMessageContaining(told);
    }

    @Test
    void aStorageThatIsNotThereIsNamed() throws IOException {
        refused(torch(Map.of("data.pkl", tensor("K\u0004\u0085K\u0001\u0085", "K\u0000"))))
                .hasMessageContaining("no storage '0'");
    }

    @Test
    void numbersFromABigEndianMachineAreRefused() throws IOException {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("data.pkl", "\u0080\u0002}.");
        entries.put("byteorder", "big");
        refused(torch(entries)).hasMessageContaining("little-endian");
    }

    @Test
    void theOldFormOfTorchIsNamed() throws IOException {
        Path file =
                Files.write(folder.resolve("x.pth"), latin("\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019."));
        refused(file).hasMessageContaining("zip form").hasMessageContaining("torch.save");
    }

    @Test
    void aPickleLongerThanAnyListOfTensorsIsRefused() throws IOException {
        refused(torch(Map.of("data.pkl", "\u0080\u0002" + "N".repeat(5 << 20)))).hasMessageContaining("data.pkl");
    }

    @Test
    void anArrayOfObjectsIsRefused() throws IOException {
        Path file = npz(Map.of("W_enc.npy", npy("'|O'", "(2, 2)", "False", new byte[40])));
        refused(file).hasMessageContaining("W_enc.npy").hasMessageContaining("Python objects (a pickle)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'>f4'; (2, 2); type '>f4'",
                "'<c8'; (2, 2); type '<c8'",
                "'<f4'; (4611686018427387904, 4); more numbers than a file can",
                "'<f4'; (99999999999999999999, 4); shape in",
                "'<f4'; (1000000, 1000000); were expected",
                "'<f4'; (-1, 2); has a header",
                "[('a', 'O')]; (2, 2); Python objects",
            },
            quoteCharacter = '`')
    void anArrayThatContradictsItselfIsAProblem(String type, String shape, String told) throws IOException {
        refused(npz(Map.of("W_enc.npy", npy(type, shape, "False", new byte[16]))))
                .hasMessageContaining(told);
    }

    @Test
    void aZipBombIsRefusedBeforeMemoryIsTakenForIt() throws IOException {
        // 256 MB of zeros in some 256 KB
        Path file = folder.resolve("params.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("W_enc.npy"));
            zip.write(npy("'<f4'", "(8192, 8192)", "False", new byte[0]));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 256; i++) {
                zip.write(zeros);
            }
            zip.closeEntry();
        }
        refused(file).hasMessageContaining("claims to unpack");
    }

    @Test
    void namesThatLeadOutOfAnArchiveLeadNowhere() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("../../W_enc.npy", npy("'<f4'", "(2, 2)", "False", new byte[16]));
        refused(npz(entries)).hasMessageContaining("no tensor W_enc");
        assertThat(folder.resolve("../../W_enc.npy")).doesNotExist();
    }

    @Test
    void aFileThatIsNoZipIsAProblem() throws IOException {
        refused(Files.write(folder.resolve("params.npz"), new byte[100])).hasMessageContaining("npz");
        refused(Files.write(folder.resolve("x.pth"), new byte[0])).hasMessageContaining("torch.save");
    }

    @Test
    void anArchiveCutAtAnyLengthIsAProblem() throws IOException {
        for (String name :
                new String[] {"gemma-scope/layer_3/params.npz", "goodfire/Llama-3.1-8B-Instruct-SAE-l19.pth"}) {
            Path whole = PEERS.resolve(name);
            byte[] bytes = Files.readAllBytes(whole);
            Path cut = folder.resolve(whole.getFileName());
            for (int length = 0; length < bytes.length; length += 7) {
                Files.write(cut, java.util.Arrays.copyOf(bytes, length));
                refused(cut);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SaeFile.CONFIG, "config.json", "hyperparams.json"})
    void aConfigurationNestedTenThousandDeepIsAProblem(String config) throws IOException {
        Files.writeString(folder.resolve(config), "{\"trainer\":".repeat(10_000) + "1" + "}".repeat(10_000));
        Files.createDirectories(folder.resolve("checkpoints"));
        for (String weights : new String[] {SaeFile.WEIGHTS, "ae.pt", "checkpoints/final.safetensors"}) {
            Files.write(folder.resolve(weights), new byte[16]);
        }
        if (!config.equals(SaeFile.CONFIG)) {
            Files.delete(folder.resolve(SaeFile.WEIGHTS));
        }
        refused(folder).hasMessageContaining("is not JSON");
    }

    @Test
    void aConfigurationWithoutEndIsAProblem() throws IOException {
        SaeFile.write(folder, RandomSae.of(SaeConfig.topK(6, 10, 3, "m", "h"), 3));
        Files.writeString(folder.resolve(SaeFile.CONFIG), "{\"a\":\"" + "x".repeat(17 << 20));
        refused(folder).hasMessageContaining("16 MB");
    }

    @Test
    void aConfigurationThatClaimsBillionsTakesNoMemory() throws IOException {
        SaeFile.write(folder, RandomSae.of(SaeConfig.topK(6, 10, 3, "m", "h"), 3));
        String config = Files.readString(folder.resolve(SaeFile.CONFIG));
        Files.writeString(
                folder.resolve(SaeFile.CONFIG),
                config.replace("\"d_in\" : 6", "\"d_in\" : 16777216")
                        .replace("\"d_sae\" : 10", "\"d_sae\" : 16777216"));
        refused(folder).hasMessageContaining("shape of W_enc");
    }

    @Test
    void foldersThatHoldNoSaeOrSeveralAreToldApart() throws IOException {
        refused(folder).hasMessageContaining("holds no files").hasMessageContaining("cfg.json");
        Files.writeString(folder.resolve("model.bin"), "");
        refused(folder).hasMessageContaining("model.bin");
        SaeFile.write(folder, RandomSae.of(SaeConfig.topK(6, 10, 3, "m", "h"), 3));
        Files.writeString(folder.resolve("params.npz"), "");
        refused(folder).hasMessageContaining("saelens, gemma_scope").hasMessageContaining("lens.sae.format");
        SaeFile.read(folder, new SaeSettings("saelens", null, false, null, null));
        assertThatThrownBy(() -> SaeFile.read(folder, new SaeSettings("pytorch", null, false, null, null)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("'pytorch' is not one of saelens, sparsify");
    }

    @Test
    void symbolicLinksAreFollowedAsTheHubsCacheNeeds() throws IOException {
        Path real = Files.createDirectory(folder.resolve("blobs"));
        SaeFile.write(real, RandomSae.of(SaeConfig.topK(6, 10, 3, "m", "h"), 3));
        Path linked = Files.createDirectory(folder.resolve("snapshot"));
        for (String file : new String[] {SaeFile.CONFIG, SaeFile.WEIGHTS}) {
            Files.createSymbolicLink(linked.resolve(file), real.resolve(file));
        }
        assertThat(SaeFile.read(linked).config().dSae()).isEqualTo(10);
        Files.delete(real.resolve(SaeFile.WEIGHTS));
        Files.createSymbolicLink(real.resolve(SaeFile.WEIGHTS), linked.resolve(SaeFile.WEIGHTS));
        refused(linked).hasMessageContaining("is no SAE in a known format");
    }

    /** Each file of each format, damaged a little, most of it where the structure is. */
    @Test
    @Tag("long")
    void mutatedFilesGiveAProblemOrAnSae() throws IOException {
        Random random = new Random(20261122);
        List<Path> wholes;
        try (Stream<Path> files = Files.walk(PEERS)) {
            wholes = files.filter(file ->
                            Files.isRegularFile(file) && !file.getParent().equals(PEERS))
                    .sorted()
                    .toList();
        }
        for (Path whole : wholes) {
            Path source = folder.resolve(PEERS.relativize(whole).getName(0));
            FileUtils.copyDirectory(PEERS.resolve(source.getFileName()).toFile(), source.toFile());
            Path file = folder.resolve(PEERS.relativize(whole));
            Path sae = PEERS.relativize(whole).getNameCount() == 2
                            || whole.toString().contains("checkpoints")
                    ? source
                    : file.getParent();
            byte[] bytes = Files.readAllBytes(whole);
            for (int round = 0; round < 1_000; round++) {
                byte[] mutated = bytes.clone();
                int changes = 1 + random.nextInt(4);
                for (int i = 0; i < changes; i++) {
                    int edge = Math.min(bytes.length, 700);
                    int at = random.nextInt(edge);
                    // a zip's directory is at its end
                    mutated[random.nextBoolean() ? at : bytes.length - 1 - at] = (byte) random.nextInt(256);
                }
                Files.write(file, mutated);
                try {
                    SaeFile.read(sae);
                } catch (Problem expected) {
                    assertThat(expected.getMessage())
                            .contains(source.toString())
                            .hasSizeLessThan(2_500);
                }
            }
        }
        assertThat(wholes).hasSizeGreaterThan(90);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(Path source) {
        return assertThatThrownBy(() -> SaeFile.read(source))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(source.toString());
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private Path torch(Map<String, String> entries) throws IOException {
        Path file = folder.resolve("x.pth");
        Map<String, byte[]> bytes = new LinkedHashMap<>();
        entries.forEach((name, text) -> bytes.put("archive/" + name, latin(text)));
        return zip(file, bytes);
    }

    private Path npz(Map<String, byte[]> entries) throws IOException {
        return zip(folder.resolve("params.npz"), entries);
    }

    private static Path zip(Path file, Map<String, byte[]> entries) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                ZipEntry stored = new ZipEntry(entry.getKey());
                CRC32 sum = new CRC32();
                sum.update(entry.getValue());
                stored.setMethod(ZipEntry.STORED);
                stored.setSize(entry.getValue().length);
                stored.setCrc(sum.getValue());
                zip.putNextEntry(stored);
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }

    private static byte[] npy(String type, String shape, String fortran, byte[] data) throws IOException {
        byte[] header = latin("{'descr': " + type + ", 'fortran_order': " + fortran + ", 'shape': " + shape + ", }\n");
        ByteArrayOutputStream npy = new ByteArrayOutputStream();
        npy.write(latin("\u0093NUMPY\u0001\0"));
        npy.write(ByteBuffer.allocate(2)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) header.length)
                .array());
        npy.write(header);
        npy.write(data);
        return npy.toByteArray();
    }
}
