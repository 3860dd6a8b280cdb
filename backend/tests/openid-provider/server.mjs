// A certified implementation of OpenID Connect, as the provider that tests sign in with.
//
//   node server.mjs '{"ada": {"email": "ada@example.org", "email_verified": true}}'
//
// The argument holds its users by their subjects. It listens on loopback, on the port that a
// second argument names or a free one, and prints its issuer once it does. Whoever names a subject is signed in: passwords don't count.
import { generateKeyPairSync, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import Provider, { interactionPolicy } from "oidc-provider";

const people = JSON.parse(process.argv[2] ?? "{}");

const server = createServer();
server.listen(Number(process.argv[3] ?? 0), "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = providerOf(issuer);
  provider.use(ask(provider));
  server.on("request", provider.callback());
  console.log(issuer);
});

// Whoever started it holds its input open; it must not outlive them.
process.stdin.on("end", () => process.exit()).resume();

function providerOf(issuer) {
  const key = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" });
  const policy = interactionPolicy.base();
  policy.get("consent").checks.remove("native_client_prompt");
  return new Provider(issuer, {
    clients: [
      {
        client_id: "devschat",
        client_secret: "a secret of the tests",
        // Of native applications any port of loopback counts (RFC 8252, 7.3).
        application_type: "native",
        redirect_uris: ["http://localhost/api/v1/auth/oidc/callback"],
      },
    ],
    claims: {
      openid: ["sub"],
      email: ["email", "email_verified"],
      profile: ["name", "given_name", "family_name", "preferred_username"],
    },
    cookies: { keys: [randomUUID()] },
    jwks: { keys: [{ ...key, kid: randomUUID(), use: "sig", alg: "RS256" }] },
    features: { devInteractions: { enabled: false } },
    interactions: { policy, url: (_, { uid }) => `/interaction/${uid}` },
    pkce: { required: () => true },
    findAccount: (_, subject) =>
      people[subject] && { accountId: subject, claims: () => ({ sub: subject, ...people[subject] }) },
    // Nobody is asked for consent.
    loadExistingGrant: async (context) => {
      const { client, session, account } = context.oidc;
      const known = session.grantIdFor(client.clientId);
      if (known) return context.oidc.provider.Grant.find(known);
      const grant = new context.oidc.provider.Grant({
        clientId: client.clientId,
        accountId: account.accountId,
      });
      grant.addOIDCScope("openid email profile");
      await grant.save();
      return grant;
    },
  });
}

/** The page that asks who somebody is. */
function ask(provider) {
  return async (context, next) => {
    const [, folder, uid, answer] = context.path.split("/");
    if (folder !== "interaction") return next();
    if (!answer) {
      context.type = "html";
      context.body = page(uid);
      return;
    }
    const accountId = context.query.login;
    const result = accountId
      ? { login: { accountId } }
      : { error: "access_denied", error_description: "Its person said no" };
    await provider.interactionFinished(context.req, context.res, result);
    context.respond = false;
  };
}

function page(uid) {
  return `<!doctype html><html lang="en"><title>Example ID</title><h1>Example ID</h1>
    <form action="/interaction/${uid}/answer">
      <label>Who are you? <input name="login"></label> <button>Continue</button>
    </form>
    <a href="/interaction/${uid}/answer">Cancel</a>`;
}
