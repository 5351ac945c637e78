// SPDX-License-Identifier: Apache-2.0
package io.millrace.testing;

import io.millrace.strategy.Strategy;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Finds the strategies of a test instance: itself, then its fields by name. */
final class TestStrategies {
    private TestStrategies() {
    }

    static List<Strategy> of(Object test) {
        List<Strategy> strategies = new ArrayList<>();
        if (test instanceof Strategy strategy) {
            strategies.add(strategy);
        }
        Field[] fields = test.getClass().getDeclaredFields();
        Arrays.sort(fields, Comparator.comparing(Field::getName));
        for (Field field : fields) {
            if (Strategy.class.isAssignableFrom(field.getType())
                && !Modifier.isStatic(field.getModifiers())) {
                strategies.add(read(field, test));
            }
        }
        return strategies;
    }

    private static Strategy read(Field field, Object test) {
        try {
            field.setAccessible(true);
            if (field.get(test) instanceof Strategy strategy) {
                return strategy;
            }
            throw new IllegalStateException("strategy field '" + field.getName() + "' is null");
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("cannot read field '" + field.getName() + "'", e);
        }
    }
}
