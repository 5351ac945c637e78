// SPDX-License-Identifier: Apache-2.0
package io.millrace.feed.soupbintcp;

import io.millrace.codec.soupbintcp.LoginRequestEncoder;

/** Who logs in. Shows the password to nobody but the packet that carries it. Immutable. */
public final class SoupBinTcpCredentials {
    private final String user;
    private final byte[] username;
    private final byte[] password;

    /**
     * @param username of at most 6 characters
     * @param password of at most 10 characters
     */
    public SoupBinTcpCredentials(String username, String password) {
        user = username;
        this.username = SoupBinTcpName.of("user name", username,
            LoginRequestEncoder.usernameLength());
        this.password = SoupBinTcpName.of("password", password,
            LoginRequestEncoder.passwordLength());
    }

    byte[] username() {
        return username;
    }

    byte[] password() {
        return password;
    }

    /** The user, never the password. */
    @Override
    public String toString() {
        return "user " + user;
    }
}
