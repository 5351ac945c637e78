// SPDX-License-Identifier: Apache-2.0
package io.millrace.server.config;

import io.millrace.instrument.Shard;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The values an option may have.
 *
 * @param range the allowed values in words that follow "is not"
 * @param test  true for an allowed value
 */
public record ValueRule(String range, Predicate<String> test) {
    private static final Pattern IPV4 =
        Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");
    private static final Pattern SERVERS =
        Pattern.compile("[\\w.-]{1,255}:\\d{1,5}(,[\\w.-]{1,255}:\\d{1,5}){0,15}");
    private static final Pattern CORES = Pattern.compile("[a-z-]+=\\d{1,4}(,[a-z-]+=\\d{1,4})*");

    /** True when the value is allowed. */
    public boolean accepts(String value) {
        return test.test(value);
    }

    /** A whole number between two bounds, both allowed. */
    public static ValueRule integer(long min, long max) {
        return new ValueRule("a whole number from " + min + " to " + max,
            value -> isWithin(value, min, max));
    }

    /** A power of two between two bounds, both allowed. */
    public static ValueRule powerOfTwo(long min, long max) {
        return new ValueRule("a power of two from " + min + " to " + max,
            value -> isWithin(value, min, max) && Long.bitCount(Long.parseLong(value)) == 1);
    }

    /** One of a few words. */
    public static ValueRule oneOf(String... words) {
        List<String> allowed = List.of(words);
        return new ValueRule("one of " + String.join(", ", words), allowed::contains);
    }

    /** Any text that is not empty. */
    public static ValueRule text(int maxLength) {
        return new ValueRule("a text of 1 to " + maxLength + " characters",
            value -> !value.isBlank() && value.length() <= maxLength);
    }

    /** A date, or a word that stands for one. */
    public static ValueRule dateOr(String word) {
        return new ValueRule("a date such as 2026-01-30, or " + word, value -> value.equals(word)
            || isDate(value));
    }

    /** One of two words, or a time HH:MM. */
    public static ValueRule timeOr(String word, String otherWord) {
        return new ValueRule(word + ", " + otherWord + ", or HH:MM", value -> value.equals(word)
            || value.equals(otherWord) || isTime(value));
    }

    /** A word, or rising times on different days, separated by commas. */
    public static ValueRule timesOr(String word, int most) {
        return new ValueRule(word + ", or 1 to " + most
            + " times yyyy-mm-ddThh:mm:ss on rising dates, separated by commas", value ->
            value.equals(word) || areTimes(value.split(",", -1), most));
    }

    private static boolean areTimes(String[] values, int most) {
        LocalDate last = LocalDate.MIN;
        for (String value : values) {
            if (!isDateTime(value) || !LocalDateTime.parse(value).toLocalDate().isAfter(last)) {
                return false;
            }
            last = LocalDateTime.parse(value).toLocalDate();
        }
        return values.length <= most;
    }

    /** An IPv4 address in numbers. */
    public static ValueRule address() {
        return new ValueRule("an IPv4 address such as 127.0.0.1",
            value -> isAddress(value, 0, 255));
    }

    /** An IPv4 multicast address in numbers. */
    public static ValueRule multicastGroup() {
        return new ValueRule("a multicast group from 224.0.0.0 to 239.255.255.255",
            value -> isAddress(value, 224, 239));
    }

    /** An IPv4 address in numbers, or a word. */
    public static ValueRule addressOr(String word) {
        return address().or(word);
    }

    /** An IPv4 multicast address in numbers, or a word. */
    public static ValueRule multicastGroupOr(String word) {
        return multicastGroup().or(word);
    }

    /** Hosts with ports, or one of two words. */
    public static ValueRule serversOr(String word, String otherWord) {
        return new ValueRule("up to 16 servers such as 10.1.2.3:20001,10.1.2.4:20001",
            ValueRule::areServers).or(word).or(otherWord);
    }

    /** From one to so many of a few words, with commas between. */
    public static ValueRule listOf(int most, String... words) {
        List<String> allowed = List.of(words);
        return new ValueRule("1 to " + most + " of " + String.join(", ", words)
            + ", with commas between", value -> {
                List<String> elements = List.of(value.split(",", -1));
                return elements.size() <= most && allowed.containsAll(elements);
            });
    }

    /** A word, or one to all of a few others with commas between. */
    public static ValueRule listOr(String word, List<String> words) {
        return listOf(words.size(), words.toArray(String[]::new)).or(word);
    }

    /** Which role runs on which core, or a word. */
    public static ValueRule coreMap() {
        return new ValueRule("auto, none or role=core pairs such as ingress=0,chain=1",
            value -> value.equals("auto") || value.equals("none")
            || CORES.matcher(value).matches());
    }

    /** One of several engines. */
    public static ValueRule shard() {
        return new ValueRule("from 0/n to n-1/n with n from 1 to " + Shard.MAX_COUNT,
            ValueRule::isShard);
    }

    private static boolean isShard(String value) {
        try {
            Shard.parse(value);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private ValueRule or(String word) {
        return new ValueRule(range + ", or " + word,
            value -> value.equals(word) || test.test(value));
    }

    private static boolean areServers(String value) {
        if (!SERVERS.matcher(value).matches()) {
            return false;
        }
        for (String server : value.split(",")) {
            if (!isWithin(server.substring(server.lastIndexOf(':') + 1), 1, 65_535)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWithin(String value, long min, long max) {
        try {
            long number = Long.parseLong(value);
            return number >= min && number <= max;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static boolean isTime(String value) {
        try {
            LocalTime.parse(value);
            return value.length() == "HH:MM".length();
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static boolean isDateTime(String value) {
        try {
            LocalDateTime.parse(value);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static boolean isDate(String value) {
        try {
            return LocalDate.parse(value) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isAddress(String value, int firstMin, int firstMax) {
        var matcher = IPV4.matcher(value);
        if (!matcher.matches()) {
            return false;
        }
        for (int i = 1; i <= 4; i++) {
            int part = Integer.parseInt(matcher.group(i));
            if (part > 255 || i == 1 && (part < firstMin || part > firstMax)) {
                return false;
            }
        }
        return true;
    }
}
