// SPDX-License-Identifier: Apache-2.0
package io.millrace.engine;

import org.agrona.LangUtil;
import org.agrona.concurrent.Agent;

/** One duty cycle of an agent whose checked exceptions are not to be declared. */
final class AgentDuty {
    private AgentDuty() {
    }

    static int doWork(Agent agent) {
        try {
            return agent.doWork();
        } catch (Exception exception) {
            LangUtil.rethrowUnchecked(exception);
            return 0;
        }
    }
}
