// What each role may do, and that the address space says so beforehand.
import opcua from '../lib/opcua.js';
import { check, equal, ok, status } from '../lib/checks.js';
import { caller, number, text } from './methods.js';

const { AttributeIds, DataType } = opcua;
const ROLES = ['observer', 'operator', 'engineer', 'admin'];
const DENIED = 'BadUserAccessDenied';

export default async function (at) {
  const { clients, node, type } = at;
  const sessions = Object.fromEntries(await Promise.all([...ROLES, 'anonymous'].map(async (role) => [role, await clients.session({ user: role === 'anonymous' ? {} : role })])));
  const limit = { nodeId: node('CH02.Setpoints.PowerLimit'), attributeId: AttributeIds.Value };

  for (const [role, session] of Object.entries(sessions)) {
    const isAbove = (lowest) => ROLES.indexOf(role) >= ROLES.indexOf(lowest);
    const { call } = caller(session, at);
    await check(`client/roles ${role} reads values`, async () => status((await session.read({ nodeId: node('CH01.Health.Link'), attributeId: AttributeIds.Value })).statusCode, 'Good'));
    await check(`client/roles ${role} reads the history`, async () => {
      const answer = await session.readHistoryValue(node('CH01.Measurements.Voltage'), new Date(Date.now() - 60_000), new Date());
      ok(answer.statusCode.name.startsWith('Good'), `status ${answer.statusCode.name}`);
    });
    await check(`client/roles ${role} ${isAbove('operator') ? 'writes' : 'writes nothing'}`, async () => {
      const value = { value: { dataType: DataType.Double, value: 3.8e6 } };
      status(await session.write({ ...limit, value }), isAbove('operator') ? 'Good' : DENIED);
    });
    await check(`client/roles ${role} ${isAbove('operator') ? 'sets limits' : 'calls no method'}`, async () => {
      status((await call('CH02', 'SetPowerLimit', number(4e6))).statusCode, isAbove('operator') ? 'Good' : DENIED);
      if (!isAbove('operator')) status((await call('CH01', 'EmergencyStopRequest', text('no right'))).statusCode, DENIED);
    });
    await check(`client/roles ${role} ${isAbove('engineer') ? 'chooses policies' : 'chooses no policy'}`, async () => {
      status((await call('CH02', 'SetPolicy', text('nonsense'))).statusCode, isAbove('engineer') ? 'Good' : DENIED);
    });
    await check(`client/roles ${role} is told what it may do`, async () => {
      const [level, own, set, policy] = await session.read([
        { nodeId: limit.nodeId, attributeId: AttributeIds.AccessLevel },
        { nodeId: limit.nodeId, attributeId: AttributeIds.UserAccessLevel },
        { nodeId: type('ChargerType.SetPowerLimit'), attributeId: AttributeIds.UserExecutable },
        { nodeId: type('ChargerType.SetPolicy'), attributeId: AttributeIds.UserExecutable },
      ]);
      equal([level.value.value & 3, own.value.value & 3, set.value.value, policy.value.value], [3, isAbove('operator') ? 3 : 1, isAbove('operator'), isAbove('engineer')]);
    });
  }
  await Promise.all(Object.values(sessions).map((session) => session.close()));
}
