package org.gapexplorer.lens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.gapexplorer.lens.SaeConfig.Architecture;
import org.gapexplorer.lens.SaeConfig.Normalisation;
import org.gapexplorer.study.Problem;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SaeFileTest {
    private static final SaeConfig SMALL = SaeConfig.topK(6, 10, 3, "a model", "blocks.3.hook_resid_post");

    @TempDir
    Path folder;

    static Stream<SaeConfig> configurations() {
        return Stream.of(
                SMALL,
                new SaeConfig(Architecture.TOPK, 6, 10, 2, false, Normalisation.LAYER_NORM, null, null),
                new SaeConfig(Architecture.STANDARD, 6, 10, 0, true, Normalisation.CONSTANT_NORM_RESCALE, "m", "h"),
                new SaeConfig(Architecture.JUMPRELU, 6, 10, 0, false, Normalisation.NONE, "m", "h"),
                new SaeConfig(Architecture.GATED, 6, 10, 0, false, Normalisation.NONE, "m", "h"),
                new SaeConfig(Architecture.GROUPMAX, 6, 10, 5, true, Normalisation.NONE, "m", "h"));
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void whatIsWrittenIsReadBack(SaeConfig config) throws IOException {
        Sae sae = RandomSae.of(config, 3);
        SaeFile.write(folder, sae);
        assertThat(SaeFile.read(folder))
                .usingRecursiveComparison()
                .ignoringFields("config.origin")
                .isEqualTo(sae);
        boolean inSaeLensTerms = config.architecture() != Architecture.GROUPMAX;
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            SaeFile.CONFIG, inSaeLensTerms ? SaeFile.WEIGHTS : SparsifyReader.WEIGHTS);
        }
    }

    @Test
    void theFileIsLaidOutAsTheFormatSays() throws IOException {
        Sae sae = RandomSae.of(SMALL, 3);
        SaeFile.write(folder, sae);
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(weights())).order(ByteOrder.LITTLE_ENDIAN);
        long header = bytes.getLong();
        String json = new String(bytes.array(), 8, (int) header, StandardCharsets.UTF_8);
        assertThat((8 + header) % 8).isZero();
        assertThat(json).startsWith("{\"W_dec\":{\"dtype\":\"F32\",\"shape\":[10,6],\"data_offsets\":[0,240]}");
        assertThat(bytes.getFloat((int) (8 + header + 4 * 7))).isEqualTo(sae.wDec()[7]);
        assertThat(bytes.capacity()).isEqualTo(8 + header + 4 * (60 + 60 + 6 + 10));
    }

    @Test
    void olderConfigurationsAreUnderstood() throws IOException {
        SaeFile.write(folder, RandomSae.of(SMALL, 3));
        Files.writeString(config(), """
                {"d_in": 6, "d_sae": 10, "hook_point": "blocks.8.hook_resid_pre", "model_name": "gpt2-small",
                 "activation_fn_str": "topk", "activation_fn_kwargs": {"k": 4}, "normalize_activations": false}
                """);
        assertThat(SaeFile.read(folder).config())
                .usingRecursiveComparison()
                .ignoringFields("origin")
                .isEqualTo(SaeConfig.topK(6, 10, 4, "gpt2-small", "blocks.8.hook_resid_pre"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"d_sae\" : 10' | '\"d_sae\" : 0' | field d_sae",
                "'\"d_sae\" : 10' | '\"d_sae\" : \"many\"' | field d_sae",
                "'\"d_in\" : 6' | '\"d_in\" : 7' | W_enc",
                "'\"k\" : 3' | '\"k\" : 11' | field k",
                "'\"k\" : 3,' | '' | field k",
                "'\"topk\"' | '\"transcoder\"' | field architecture",
                "'\"normalize_activations\" : \"none\"' | '\"normalize_activations\" : \"covariance_whitening\"' | field normalize_activations",
                "'\"apply_b_dec_to_input\" : true' | '\"apply_b_dec_to_input\" : 3' | field apply_b_dec_to_input",
                "'{' | '[' | cfg.json",
            })
    void aFieldThatCannotBeRightIsNamed(String from, String to, String named) throws IOException {
        SaeFile.write(folder, RandomSae.of(SMALL, 3));
        String text = Files.readString(config());
        assertThat(text).contains(from);
        Files.writeString(config(), text.replace(from, to == null ? "" : to));
        assertThatThrownBy(() -> SaeFile.read(folder))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining(named);
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        assertThatThrownBy(() -> SaeFile.read(folder))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("cfg.json");
        SaeFile.write(folder, RandomSae.of(SMALL, 3));
        Files.delete(weights());
        assertThatThrownBy(() -> SaeFile.read(folder))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(SaeFile.WEIGHTS);
    }

    @Test
    void weightsCutAtAnyLengthAreAProblem() throws IOException {
        SaeFile.write(folder, RandomSae.of(SMALL, 3));
        byte[] whole = Files.readAllBytes(weights());
        for (int length = 0; length < whole.length; length++) {
            Files.write(weights(), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> SaeFile.read(folder))
                    .as("%d bytes", length)
                    .isInstanceOf(Problem.class)
                    .hasMessageContaining(SaeFile.WEIGHTS);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 1_000_000, 100_000_001, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE, -1})
    void aHeaderLengthThatDoesNotFitIsAProblem(long length) throws IOException {
        SaeFile.write(folder, RandomSae.of(SMALL, 3));
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(weights())).order(ByteOrder.LITTLE_ENDIAN);
        Files.write(weights(), bytes.putLong(0, length).array());
        assertThatThrownBy(() -> SaeFile.read(folder))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("header length");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
                        + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[9223372036854775800,9223372036854775807]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}}",
                "{\"a\":{\"dtype\":\"I65\",\"shape\":[1],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"shape\":[2],\"data_offsets\":[0,8]}}",
                "{\"a\":7}",
                "[]",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"a\":7}",
            })
    void aHeaderThatContradictsItselfOrTheFileIsAProblem(String header) throws IOException {
        Path file = folder.resolve("x.safetensors");
        Files.write(file, safetensors(header, new byte[16]));
        assertThatThrownBy(() -> Safetensors.open(file))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("x.safetensors");
    }

    @Test
    void aHeaderNestedTenThousandDeepIsAProblem() throws IOException {
        Path file = folder.resolve("x.safetensors");
        Files.write(file, safetensors("{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}", new byte[0]));
        assertThatThrownBy(() -> Safetensors.open(file)).isInstanceOf(Problem.class);
    }

    @Test
    void halfPrecisionIsWidened() throws IOException {
        Path file = folder.resolve("x.safetensors");
        ByteBuffer data = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        data.putShort(Float.floatToFloat16(1.5f)).putShort(Float.floatToFloat16(-2f));
        data.putShort((short) (Float.floatToIntBits(3f) >> 16)).putShort((short) (Float.floatToIntBits(-0.5f) >> 16));
        data.putDouble(0.25);
        Files.write(
                file,
                safetensors(
                        "{\"h\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]},"
                                + "\"b\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[4,8]},"
                                + "\"d\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[8,16]},\"__metadata__\":{}}",
                        data.array()));
        Safetensors open = Safetensors.open(file);
        assertThat(open.vector("h", 2)).containsExactly(1.5f, -2f);
        assertThat(open.vector("b", 2)).containsExactly(3f, -0.5f);
        assertThat(open.vector("d", 1)).containsExactly(0.25f);
    }

    @Test
    void aWeightThatIsNotANumberIsNamed() {
        Sae sae = RandomSae.of(SMALL, 3);
        sae.wEnc()[17] = Float.NaN;
        SaeFile.write(folder, sae);
        assertThatThrownBy(() -> SaeFile.read(folder))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("W_enc[17]")
                .hasMessageContaining("NaN");
    }

    @Test
    @Tag("long")
    void mutatedFilesGiveAProblemOrAnSae() throws IOException {
        SaeFile.write(folder, RandomSae.of(SMALL, 3));
        byte[] weights = Files.readAllBytes(weights());
        byte[] config = Files.readAllBytes(config());
        Random random = new Random(20260101);
        for (int round = 0; round < 100_000; round++) {
            boolean inWeights = random.nextBoolean();
            byte[] mutated = (inWeights ? weights : config).clone();
            int changes = 1 + random.nextInt(4);
            for (int i = 0; i < changes; i++) {
                // most of the damage goes where the structure is
                mutated[random.nextInt(inWeights ? Math.min(mutated.length, 400) : mutated.length)] =
                        (byte) random.nextInt(256);
            }
            Files.write(weights(), inWeights ? mutated : weights);
            Files.write(config(), inWeights ? config : mutated);
            try {
                SaeFile.read(folder);
            } catch (Problem expected) {
                assertThat(expected).hasMessageContaining(folder.toString());
            }
        }
    }

    private Path weights() {
        return folder.resolve(SaeFile.WEIGHTS);
    }

    private Path config() {
        return folder.resolve(SaeFile.CONFIG);
    }

    private static byte[] safetensors(String header, byte[] data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .put(data)
                .array();
    }
}
