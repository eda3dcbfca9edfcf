// Every policy with every identity: logs in, reads, and writes as far as its role allows.
import opcua, { POLICIES } from '../lib/opcua.js';
import { check, equal, ok, status } from '../lib/checks.js';

const { AttributeIds, DataType } = opcua;

export const IDENTITIES = { anonymous: {}, username: 'operator', x509: { certificate: 'panel' } };

export default async function ({ clients, node }) {
  for (const policy of POLICIES) {
    for (const [identity, user] of Object.entries(IDENTITIES)) {
      const name = `client/${policy}/${identity}`;
      let session;
      await check(`${name} logs in`, async () => {
        session = await clients.session({ policy, user });
      });
      await check(`${name} reads AnodePotential`, async () => {
        const value = await session.read({ nodeId: node('CH01.Estimators.AnodePotential'), attributeId: AttributeIds.Value });
        equal(value.value.dataType, DataType.Double);
        ok(Date.now() - value.sourceTimestamp.getTime() < 10_000, `it is of ${value.sourceTimestamp}`);
      });
      const may = identity !== 'anonymous';
      await check(`${name} ${may ? 'writes a power limit' : 'may write no power limit'}`, async () => {
        const value = { value: { dataType: DataType.Double, value: 3.9e6 } };
        status(await session.write({ nodeId: node('CH02.Setpoints.PowerLimit'), attributeId: AttributeIds.Value, value }), may ? 'Good' : 'BadUserAccessDenied');
      });
      await session?.close().catch(() => {});
    }
  }
}
