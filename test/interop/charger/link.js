// A charger that comes, goes, and shows certificates that are not good.
import { check, equal, eventually, ok, sleep } from '../lib/checks.js';
import { proxy } from '../lib/proxy.js';
import { Vendor, freePort } from '../lib/vendor.js';

export default async function ({ folder, vendor, Link }) {
  await check('server/link a connection that is cut is opened again', async () => {
    const network = await proxy(vendor.url);
    await Link.with({}, network, async (link) => {
      await link.up();
      network.cut();
      await link.until('loss', (s) => s.link !== 'UP', 5);
      await link.up(10);
    });
    await network.close();
  }, 45);
  await check('server/link after a cut no old set-point is written', async () => {
    const network = await proxy(vendor.url);
    await Link.with({}, network, async (link) => {
      await link.up();
      await link.keep(11, 0.5);
      const cut = Date.now();
      network.cut();
      await link.until('loss', (s) => s.link !== 'UP', 5);
      await link.up(10);
      await sleep(800);
      const after = vendor.since(cut + 100, 2001).map((w) => w.value);
      ok(after.length > 0 && after.every((v) => v === 0), `written were ${after}`);
    });
    await network.close();
  }, 45);

  const port = await freePort();
  const make = (certificate, more) => Vendor.start({ folder, port, certificate, policies: ['None', 'Basic256Sha256'], anonymous: false, ...more });
  const url = `opc.tcp://127.0.0.1:${port}/vendor`;
  const link = await Link.open({}, { url });
  let other;
  await check('server/link nobody there is said', () => link.until('reason', (s) => s.link !== 'UP' && s.reason.includes('cannot be reached'), 10));
  for (const [certificate, what, words] of [
    ['stranger', 'not trusted', 'is not trusted'],
    ['expired', 'expired', 'has expired, or is not valid yet'],
    ['early', 'not valid yet', 'has expired, or is not valid yet'],
  ]) {
    await check(`server/certificates a charger's that is ${what} is refused, and said so`, async () => {
      other = await make(certificate, { bare: true });
      const s = await Link.with({}, other, (own) => own.until('reason', (now) => now.reason.includes(words), 12));
      ok(s.link !== 'UP' && s.reason.includes("the server's certificate"), s.reason);
    }, 40);
    await other?.stop();
  }
  other = await make('charger');
  await check('server/link the link comes up by itself once the certificate is good', () => link.up(15), 20);
  await check('server/link a policy that is not offered is said', async () => {
    await Link.with({ securityPolicy: 'Aes256_Sha256_RsaPss' }, { url }, (strict) => strict.until('reason', (s) => s.link !== 'UP' && s.reason.includes('Aes256_Sha256_RsaPss') && s.reason.includes('Basic256Sha256'), 10));
  });
  await check('server/link nobody in particular is not let in, and that is said', async () => {
    await Link.with({ anonymous: true }, { url }, (strict) => strict.until('reason', (s) => s.link !== 'UP' && s.reason.includes('anonymous'), 10));
  });
  let restarted;
  await check('server/link a server that is stopped is noticed', async () => {
    await link.keep(9, 0.5);
    await other.stop();
    const s = await link.until('loss', (now) => now.link === 'DOWN', 8);
    ok(s.quality !== 'GOOD', 'the last values still count as good');
  }, 30);
  await check('server/link a server that is back is connected to again', async () => {
    restarted = Date.now();
    other = await make('charger');
    await link.up(15);
  }, 40);
  await check('server/link its values come by a new subscription', async () => {
    other.set(1101, 321);
    await link.until('current', (s) => Math.abs(s.currentAmps - 3.21) < 1e-9);
  });
  await check('server/link no old set-point is written to it', async () => {
    await sleep(500);
    const values = other.since(restarted, 2001).map((w) => w.value);
    ok(values.length > 0 && values.every((v) => v === 0), `written were ${values}`);
  });
  await check('server/link a new decision is', async () => {
    const newest = async () => {
      await link.apply(2.5);
      return other.since(restarted, 2001).at(-1)?.value;
    };
    await eventually('writes', newest, (v) => v === 250);
  });
  await link.close();
  await other.stop();
}
