// Whose certificate is let in, and whose is not.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check, eventually, fails, ok } from '../lib/checks.js';
import opcua from '../lib/opcua.js';

const { MessageSecurityMode, OPCUACertificateManager } = opcua;

export default async function ({ clients, folder, url }) {
  const refused = (how) => fails(clients.session(how), ['rejected by server', 'BadSecurityChecksFailed', 'BadCertificate']);

  /** That it was the station that refused it. */
  const isKept = (name) => {
    const own = readFileSync(clients.file(`${name}.der`));
    const rejected = join(folder, 'station-pki', 'rejected');
    return readdirSync(rejected).some((file) => readFileSync(join(rejected, file)).equals(own));
  };

  await check('client/certificates a trusted one is let in', async () => (await clients.session()).close());
  await check('client/certificates one of a trusted authority is let in', async () => (await clients.session({ certificate: 'issued' })).close());
  for (const [certificate, what] of [
    ['stranger', 'that nobody trusts'],
    ['expired', 'that has expired'],
    ['early', 'that is not valid yet'],
    ['revoked', 'that its authority has revoked'],
    ['useless', 'whose key is for something else'],
  ]) {
    await check(`client/certificates one ${what} is refused`, async () => {
      await refused({ certificate });
    });
  }
  await check('client/certificates one of another application is refused', () => fails(clients.session({ uri: 'urn:somebody:else' }), 'BadCertificateUriInvalid'));
  await check('client/certificates one that nobody trusts is kept for inspection', () => eventually('kept', async () => isKept('stranger'), (kept) => kept, 5));
  await check('client/certificates signing without encryption is refused', () => fails(clients.session({ mode: MessageSecurityMode.Sign }), ['Bad', 'Cannot find an Endpoint']));
  await check('client/certificates Basic128Rsa15 and Basic256 are not offered', async () => {
    const client = await clients.make({ policy: 'None' });
    await client.connect(`${url}/discovery`);
    const offered = (await client.getEndpoints()).map((e) => e.securityPolicyUri);
    ok(!offered.some((uri) => uri.endsWith('Basic128Rsa15') || uri.endsWith('Basic256')), `offered are ${offered}`);
    ok(offered.some((uri) => uri.endsWith('Basic256Sha256')), `offered are ${offered}`);
    await client.disconnect();
  });
  for (const policy of ['Basic128Rsa15', 'Basic256']) {
    await check(`client/certificates a channel with ${policy} is refused`, () => fails(clients.session({ policy }), ['Bad', 'Cannot find an Endpoint']));
  }
  await check('client/certificates the discovery endpoint takes no session', () => fails(clients.session({ policy: 'None', url: `${url}/discovery`, user: {} }), ['Bad', 'End point must exist']));
  await check("client/certificates the client believes the station's once it trusts it", async () => {
    const careful = new OPCUACertificateManager({ rootFolder: join(folder, `careful-pki-${Date.now()}`), automaticallyAcceptUnknownCertificate: false });
    await careful.initialize();
    await fails(clients.session({ clientCertificateManager: careful }), ['BadCertificateUntrusted', 'erver Certificate verification failed']);
    const client = await clients.make();
    await client.connect(url);
    const [own] = [client.serverCertificate].flat();
    await client.disconnect();
    await careful.trustCertificate(own);
    const session = await clients.session({ clientCertificateManager: careful });
    await session.close();
  });
}
