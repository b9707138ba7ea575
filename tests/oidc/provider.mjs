/**
 * A certified OpenID provider for the tests of login: `node provider.mjs '{"port": …}'`. Says "ready" on standard output.
 *
 * profile "helseid": pushed requests, private_key_jwt and DPoP with the provider's own nonce are demanded, as HelseID does.
 * profile "plain": a client secret and PKCE, as a municipality's Entra ID.
 */
import crypto from 'node:crypto';
import Provider from 'oidc-provider';

const asked = JSON.parse(process.argv[2]);
const strict = asked.profile === 'helseid';
const issuer = `http://localhost:${asked.port}`;
const pid = 'helseid://claims/identity/pid';
const level = 'helseid://claims/identity/security_level';

const client = {
  client_id: 'tillit',
  redirect_uris: asked.redirect_uris,
  post_logout_redirect_uris: asked.post_logout_redirect_uris,
  grant_types: ['authorization_code'],
  response_types: ['code'],
  id_token_signed_response_alg: asked.keys[0].alg,
  ...(strict
    ? {
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: asked.client_keys },
      dpop_bound_access_tokens: true,
      require_pushed_authorization_requests: true,
    }
    : { client_secret: asked.secret, token_endpoint_auth_method: 'client_secret_basic' }),
};

const provider = new Provider(issuer, {
  clients: [client],
  jwks: { keys: asked.keys },
  cookies: { keys: ['only-for-tests'] },
  claims: { openid: ['sub', pid, level, 'employee_number', 'auth_time'] },
  scopes: ['openid', 'profile', 'helseid://scopes/identity/pid', 'helseid://scopes/identity/security_level'],
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  features: {
    devInteractions: { enabled: true },
    pushedAuthorizationRequests: { enabled: true },
    dPoP: { enabled: true, nonceSecret: crypto.randomBytes(32), requireNonce: () => strict },
    rpInitiatedLogout: { enabled: true },
  },
  clientAuthMethods: ['private_key_jwt', 'client_secret_basic'],
  findAccount: (_context, id) => ({
    accountId: id,
    claims: () => ({ sub: id, [pid]: asked.people[id]?.pid, [level]: asked.people[id]?.level ?? '4', employee_number: asked.people[id]?.number }),
  }),
});
provider.on('server_error', (_context, error) => console.error(error));
provider.listen(asked.port, 'localhost', () => console.log('ready'));
