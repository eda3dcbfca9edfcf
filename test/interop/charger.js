// The controller's link to chargers, on node-opcua's server as a vendor's charger.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask, check, eventually, finish } from './lib/checks.js';
import { Vendor } from './lib/vendor.js';

const topics = process.env.INTEROP_TOPICS?.split(',') ?? ['security', 'values', 'setpoints', 'mapping', 'link'];

const { folder } = await ask('world');
const vendor = await Vendor.start({ folder });
let made = 0;

/** A link of the controller to a charger, as station.yaml would have it. */
class Link {
  constructor(name) {
    this.name = name;
  }

  static async open(charger = {}, server = vendor) {
    const link = new Link(`link ${++made}`);
    const isNamed = charger.anonymous || charger.userCertificateFile;
    const user = isNamed ? {} : { user: 'controller', password: 'correct horse' };
    await ask('connect', { name: link.name, charger: { endpoint: server.url, pki: 'controller-pki', mapping: 'vendor-centiamp.yaml', ...user, ...charger } });
    return link;
  }

  /** Does something with a link that is closed in any case. */
  static async with(charger, server, use) {
    const link = await Link.open(charger, server);
    try {
      return await use(link);
    } finally {
      await link.close();
    }
  }

  status() {
    return ask('status', { name: this.name });
  }

  /** Until the status is as it should be. */
  until(what, holds, seconds = 15) {
    return eventually(what, () => this.status(), holds, seconds);
  }

  up(seconds = 20) {
    return this.until('link', (s) => s.link === 'UP', seconds);
  }

  apply(amps, { volts = 16.5, millis = 2500 } = {}) {
    return ask('apply', { name: this.name, amps, volts, millis });
  }

  /** Commands the same again and again, as a loop does, until it is told to stop. */
  async keep(amps, seconds, how) {
    const end = Date.now() + seconds * 1000;
    while (Date.now() < end) {
      await this.apply(amps, how);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }

  close() {
    return ask('close', { name: this.name });
  }
}

/** A mapping file with some text in place of another. */
function variant(file, changes) {
  let text = readFileSync(join(folder, file), 'utf8');
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`${file} does not have '${from}'`);
    text = text.replace(from, to);
  }
  const name = `variant-${++made}.yaml`;
  writeFileSync(join(folder, name), text);
  return name;
}

for (const topic of topics) {
  const { default: run } = await import(`./charger/${topic}.js`);
  try {
    await run({ folder, vendor, Link, variant });
  } catch (e) {
    await check(`server/${topic} goes through all its checks`, () => Promise.reject(e));
  }
}
await vendor.stop();
finish();
