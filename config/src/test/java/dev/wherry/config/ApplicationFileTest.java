package dev.wherry.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wherry.config.ApplicationFileException.Code;
import dev.wherry.config.BuildSection.Exceptions;
import dev.wherry.config.BuildSection.Profile;
import dev.wherry.config.Permissions.Access;
import dev.wherry.config.RouteSection.ModuleSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApplicationFileTest {

    private static final String FULL = """
            name: shop
            version: 1.10
            build:
              sources: [src/**/*.cpp, src/*.c]
              includes: include
              defines: {NDEBUG: '', LEVEL: 3}
              cxxflags: [-Wall]
              std: c++20
              exceptions: true
              profile: speed
            serve:
              host: 0.0.0.0
              port: 9000
              shutdownGrace: 5s
            limits:
              memory: 32MiB
              deadline: 250ms
            routes:
              - path: /cart/*
                methods: [GET, POST]
                permissions:
                  directories:
                    - {host: data, guest: /data, access: rw}
                  environment: {STAGE: test, RETRIES: 3}
                limits: {concurrency: 4, queue: 0}
              - path: /legacy
                module: old/legacy.wasm
              - path: /shared/*
                module: registry.example/shared:1.2
            """;

    private static ApplicationFile parse(String text) {
        return ApplicationFile.parse("wherry.yaml", text, "My Shop!");
    }

    @Test
    void readsEverySection() {
        ApplicationFile file = parse(FULL);

        assertThat(file.name()).isEqualTo("shop");
        assertThat(file.version()).contains("1.10");
        assertThat(file.build().sources()).containsExactly("src/**/*.cpp", "src/*.c");
        assertThat(file.build().includes()).containsExactly("include");
        assertThat(file.build().defines()).containsEntry("NDEBUG", "").containsEntry("LEVEL", "3");
        assertThat(file.build().exceptions()).isEqualTo(Exceptions.ON);
        assertThat(file.build().profile()).isEqualTo(Profile.SPEED);
        assertThat(file.serve().port()).isEqualTo(9000);
        assertThat(file.serve().shutdownGrace()).isEqualTo(Duration.ofSeconds(5));
        assertThat(file.routes()).hasSize(3);
    }

    @Test
    void routeLimitsOverrideThoseOfTheApplication() {
        RouteLimits limits = parse(FULL).routes().getFirst().limits();

        assertThat(limits.memoryBytes()).isEqualTo(32L << 20);
        assertThat(limits.deadline()).isEqualTo(Duration.ofMillis(250));
        assertThat(limits.concurrency()).isEqualTo(4);
        assertThat(limits.queue()).isZero();
        assertThat(limits.requestBodyBytes()).isEqualTo(RouteLimits.DEFAULT.requestBodyBytes());
    }

    @Test
    void readsPermissionsAndModuleSources() {
        var routes = parse(FULL).routes();

        assertThat(routes.get(0).module()).isEqualTo(new ModuleSource.Built());
        assertThat(routes.get(1).module()).isEqualTo(new ModuleSource.File("old/legacy.wasm"));
        assertThat(routes.get(2).module()).isEqualTo(new ModuleSource.Image("registry.example/shared:1.2"));
        assertThat(routes.get(0).permissions().directories())
                .containsExactly(new Permissions.DirectoryGrant("data", "/data", Access.RW));
        assertThat(routes.get(0).permissions().environment()).containsEntry("RETRIES", "3");
        assertThat(routes.get(1).permissions()).isEqualTo(Permissions.NONE);
    }

    @Test
    void emptyFileIsTheDefaultApplicationNamedAfterItsFolder() {
        for (String text : new String[] {"", "\n# nothing\n", "build:\n"}) {
            ApplicationFile file = parse(text);
            assertThat(file.name()).isEqualTo("my-shop");
            assertThat(file.build()).isEqualTo(BuildSection.DEFAULT);
            assertThat(file.routes()).hasSize(1);
            assertThat(file.declaresRoutes()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "1:1  | UNKNOWN_KEY | \"bild: {}\"                                   | did you mean 'build'",
                "2:3  | UNKNOWN_KEY | \"build:\n  source: [a.c]\"                    | did you mean 'sources'",
                "2:12 | BAD_VALUE   | \"build:\n  profile: tiny\"                    | one of size, balanced, speed, debug",
                "2:10 | BAD_VALUE   | \"limits:\n  queue: -1\"                       | whole number from 0",
                "2:11 | BAD_VALUE   | \"limits:\n  memory: lots\"                    | size from",
                "2:13 | BAD_VALUE   | \"limits:\n  deadline: 5\"                     | such as 250ms",
                "1:10 | MISSING_KEY | \"routes: [{ methods: GET }]\"                 | 'path' is required",
                "3:11 | BAD_VALUE   | \"routes:\n  - path: /a\n  - path: /a\"         | already the path of routes[0]",
                "2:11 | BAD_VALUE   | \"routes:\n  - path: a\"                       | begins with /",
                "1:18 | BAD_VALUE   | \"build: {sources: ../x.c}\"                   | without a leading / or ..",
                "1:8  | BAD_VALUE   | \"serve: 8080\"                                | a mapping with the keys host, port",
                "1:7  | SYNTAX      | \"name: a\nname: b\"                           | twice",
            })
    void errorsPointAtLineAndColumn(String position, Code code, String text, String expected) {
        assertThatThrownBy(() -> parse(text)).isInstanceOfSatisfying(ApplicationFileException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e).hasMessageContaining(expected).hasMessageStartingWith("wherry.yaml:" + e.position() + ": ");
            if (code != Code.SYNTAX) {
                assertThat(e.position()).hasToString(position);
            }
        });
    }

    @Test
    void refusesAliasBombsDeepNestingAndSeveralDocuments() {
        StringBuilder bomb = new StringBuilder("name: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 9; i++) {
            bomb.append("k" + i + ": &a" + i + " [");
            bomb.repeat("*a" + (i - 1) + ",", 10).append("]\n");
        }
        for (String text : new String[] {
            bomb.toString(),
            "a: " + "[".repeat(100_000),
            "a: " + "[".repeat(100) + "]".repeat(100),
            "a: 1\n---\nb: 2",
            "a: &x [*x]",
            "\t\n\t- x: [",
            "'",
            "{a: b"
        }) {
            assertThatThrownBy(() -> parse(text))
                    .isInstanceOfSatisfying(
                            ApplicationFileException.class,
                            e -> assertThat(e.code()).isEqualTo(Code.SYNTAX));
        }
    }

    @Test
    void everyTruncationAndRandomDamageIsReadOrRefusedCleanly() {
        for (int i = 0; i < FULL.length(); i++) {
            tryParse(FULL.substring(0, i));
        }
        long seed = 20_261_123;
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder(FULL);
            for (int j = random.nextInt(1, 6); j > 0; j--) {
                text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(1, 0x250));
            }
            tryParse(text.toString());
        }
    }

    private static void tryParse(String text) {
        try {
            parse(text);
        } catch (ApplicationFileException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @Test
    void readsFilesAndNamesThoseItCannotRead(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("wherry.yaml");
        assertThatThrownBy(() -> ApplicationFile.read(file)).hasMessageContaining("does not exist");

        Files.writeString(file, "name: x\n");
        assertThat(ApplicationFile.read(file).name()).isEqualTo("x");

        Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xff});
        assertThatThrownBy(() -> ApplicationFile.read(file)).hasMessageContaining("not UTF-8");

        Files.write(file, new byte[ApplicationFile.MAX_BYTES + 1]);
        assertThatThrownBy(() -> ApplicationFile.read(file)).hasMessageContaining("larger than 1MiB");

        assertThatThrownBy(() -> ApplicationFile.read(folder)).isInstanceOf(ApplicationFileException.class);
    }
}
