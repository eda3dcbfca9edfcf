// Every policy with every identity: connects, hears the values, and writes a command.
import { POLICIES } from '../lib/opcua.js';
import { check, equal, eventually, near, ok } from '../lib/checks.js';

const IDENTITIES = { anonymous: { anonymous: true }, username: {}, x509: { userCertificateFile: 'certificates/panel.der', userKeyFile: 'certificates/panel.key.pem' } };

export default async function ({ vendor, Link }) {
  let amps = 1;
  for (const securityPolicy of POLICIES) {
    await Promise.all(Object.entries(IDENTITIES).map(async ([identity, user]) => {
      const name = `server/${securityPolicy}/${identity}`;
      const own = (amps += 0.25);
      let link;
      await check(`${name} connects`, async () => {
        link = await Link.open({ securityPolicy, ...user, ...(identity === 'x509' ? { mapping: 'vendor-centiamp.yaml' } : {}) });
        await link.up();
      }, 30);
      await check(`${name} hears the values`, async () => {
        // On a busy machine a link may be stale for a moment: values count when they are good.
        const s = await link.until('good current', (now) => Math.abs(now.currentAmps - 12.34) < 1e-9 && now.quality === 'GOOD' && now.ageMillis < 2000);
        equal(s.quality, 'GOOD');
        ok(s.ageMillis < 2000, `they are ${s.ageMillis} ms old`);
      });
      await check(`${name} writes a command`, async () => {
        const begin = Date.now();
        const writes = async () => {
          await link.apply(own);
          return vendor.since(begin, 2001).map((w) => w.value);
        };
        await eventually('writes', writes, (all) => all.includes(Math.round(own * 100)));
      });
      await link?.close().catch(() => {});
    }));
  }
  await check('server/login a wrong password is refused, and said so', async () => {
    const s = await Link.with({ password: 'wrong horse' }, vendor, (link) => link.until('reason', (now) => now.reason.includes('refused')));
    ok(s.reason.includes('user name or password refused'), s.reason);
  });
  await check('server/login an unknown user is refused, and said so', async () => {
    await Link.with({ user: 'somebody' }, vendor, (link) => link.until('reason', (now) => now.reason.includes('user name or password refused')));
  });
  await check("server/login a certificate of somebody else's is refused, and said so", async () => {
    const s = await Link.with({ userCertificateFile: 'certificates/thief.der', userKeyFile: 'certificates/thief.key.pem' }, vendor, (link) => link.until('reason', (now) => now.reason.includes('refused')));
    ok(s.reason.includes("thief.der was refused"), s.reason);
  });
  await check('server/certificates a controller that the charger does not trust is refused, and said so', async () => {
    const s = await Link.with({ pki: 'strange-pki' }, vendor, (link) => link.until('reason', (now) => now.link !== 'UP' && now.reason.length > 0 && !now.reason.includes('Not connected yet')));
    ok(/certificate/.test(s.reason), s.reason);
  });
  await check('server/security the best policy is taken when none is asked for', async () => {
    const link = await Link.open();
    await link.up();
    const used = [...vendor.server.endpoints].flatMap((e) => e._channels ? Object.values(e._channels) : []).map((c) => c.securityPolicy ?? c.securityHeader?.securityPolicyUri).filter(Boolean);
    ok(used.some((uri) => uri.endsWith('Aes256_Sha256_RsaPss')), `channels use ${used}`);
    await link.close();
  });
}
