// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.verb;

import io.millrace.server.config.ConfigOption;
import io.millrace.server.config.ConfigOptions;
import io.millrace.server.config.Configuration;
import io.millrace.server.config.ConfigurationLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * The flags of a verb that needs the configuration: --config and one flag for each row of the table
 * of options.
 */
public final class ConfigurationFlags {
    private static final String CONFIG_VARIABLE = ConfigOptions.ENVIRONMENT_PREFIX + "CONFIG";

    @Option(names = "--config", paramLabel = "FILE",
        description = "YAML configuration; default-config prints one.")
    private Path file;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec verb;

    /** Gives a verb that takes the configuration one flag for each row of the table. */
    public static void addTo(CommandSpec verb) {
        boolean takesConfiguration = verb.mixins().values().stream()
            .anyMatch(mixin -> mixin.userObject() instanceof ConfigurationFlags);
        if (!takesConfiguration) {
            return;
        }
        Map<String, ArgGroupSpec.Builder> areas = new LinkedHashMap<>();
        for (ConfigOption option : ConfigOptions.ALL) {
            areas.computeIfAbsent(area(option.key()), ConfigurationFlags::group)
                .addArg(OptionSpec.builder(option.flag()).type(String.class)
                    .paramLabel("VALUE").description(help(option)).build());
        }
        areas.values().forEach(area -> verb.addArgGroup(area.build()));
    }

    /** What the help puts together: all of a key but its last word. */
    private static String area(String key) {
        return key.substring(0, key.lastIndexOf('.'));
    }

    private static ArgGroupSpec.Builder group(String area) {
        return ArgGroupSpec.builder().exclusive(false).validate(false)
            .heading("%nConfiguration, " + area + ":%n");
    }

    /** The configuration in force for this call of the verb. */
    public Configuration load(Terminal terminal, Map<String, String> preset)
        throws IOException {
        return load(terminal, preset, Map.of());
    }

    /**
     * The same with flags of the verb that stand for options.
     *
     * @param aliases their values by key
     */
    Configuration load(Terminal terminal, Map<String, String> preset, Map<String, String> aliases)
        throws IOException {
        ConfigurationLoader loader = new ConfigurationLoader().preset(preset);
        String named = terminal.environment().get(CONFIG_VARIABLE);
        if (file != null || named != null) {
            loader.file(file != null ? file : Path.of(named));
        }
        return loader.environment(terminal.environment()).flags(aliases)
            .flags(flags()).conclude();
    }

    private Map<String, String> flags() {
        ParseResult parsed = verb.commandLine().getParseResult();
        Map<String, String> flags = new LinkedHashMap<>();
        for (ConfigOption option : ConfigOptions.ALL) {
            if (parsed.hasMatchedOption(option.flag())) {
                flags.put(option.key(), parsed.matchedOptionValue(option.flag(), ""));
            }
        }
        return flags;
    }

    private static String help(ConfigOption option) {
        return (option.about() + " Allowed: " + option.rule().range() + ". Default: "
            + option.defaultValue())
            .replace("%", "%%");
    }
}
