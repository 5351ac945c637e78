// SPDX-License-Identifier: Apache-2.0
package io.millrace.testing;

import io.millrace.strategy.MarketView;
import java.lang.reflect.AnnotatedElement;
import org.agrona.concurrent.EpochNanoClock;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Carries out {@link ReplayJournal}; the method's own annotation comes before the class's. */
final class ReplayExtension implements BeforeTestExecutionCallback, ParameterResolver {
    private static final ExtensionContext.Namespace NAMESPACE =
        ExtensionContext.Namespace.create(ReplayExtension.class);

    @Override
    public void beforeTestExecution(ExtensionContext context) {
        ReplayResult result = new JournalRun(options(context))
            .run(TestStrategies.of(context.getRequiredTestInstance()));
        context.getStore(NAMESPACE).put(ReplayResult.class, result);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == ReplayResult.class || type == MarketView.class
            || type == EpochNanoClock.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ReplayResult result =
            context.getStore(NAMESPACE).get(ReplayResult.class, ReplayResult.class);
        Class<?> type = parameter.getParameter().getType();
        if (type == MarketView.class) {
            return result.market();
        }
        if (type == EpochNanoClock.class) {
            return (EpochNanoClock) result.market()::timeNs;
        }
        return result;
    }

    private static ReplayJournal options(ExtensionContext context) {
        AnnotatedElement method = context.getRequiredTestMethod();
        ReplayJournal own = method.getAnnotation(ReplayJournal.class);
        return own != null ? own
            : context.getRequiredTestClass().getAnnotation(ReplayJournal.class);
    }
}
