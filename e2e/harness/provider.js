// A real provider of OpenID Connect on a free port, for single sign-on. Whoever types a name into its page is that person.

import { createServer } from "node:http";
import { after } from "node:test";
import Oidc from "oidc-provider";

/** Starts it. `clientFor(url)` gives the settings of a service at that address, and lets it in. */
export async function startProvider() {
  let answer = (_, response) => response.writeHead(503).end();
  const server = createServer((request, response) => answer(request, response));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  after(stop);
  const secret = "an invented secret";
  return {
    issuer,
    stop,
    settings: {
      ALONGSIDE_OIDC_ISSUER: issuer,
      ALONGSIDE_OIDC_CLIENT: "alongside",
      ALONGSIDE_OIDC_SECRET: secret,
      ALONGSIDE_OIDC_NAME: "Trust sign-in",
    },
    letIn(url) {
      const provider = new Oidc(issuer, {
        clients: [{ client_id: "alongside", client_secret: secret, redirect_uris: [`${url}/sign-in/provider/back`], post_logout_redirect_uris: [`${url}/sign-in`] }],
        claims: { email: ["email", "email_verified"], profile: ["preferred_username"] },
        findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, preferred_username: id, email: `${id}@example.org`, email_verified: true }) }),
        pkce: { required: () => true },
        features: { devInteractions: { enabled: true } },
        cookies: { keys: ["invented"] },
      });
      answer = provider.callback();
    },
  };
}
