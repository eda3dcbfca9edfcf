// Who is let in, and who is not.
import { check, equal, fails, ok } from '../lib/checks.js';
import opcua from '../lib/opcua.js';

const WRONG = ['BadUserAccessDenied', 'BadIdentityTokenRejected'];

export default async function ({ clients, session }) {
  const login = (name, password) => clients.session({ user: { name, password } });
  await check('client/login a user with the right password is let in', async () => (await login('operator', 'correct horse')).close());
  await check('client/login a wrong password is refused', () => fails(login('operator', 'wrong horse'), WRONG));
  await check('client/login an empty password is refused', () => fails(login('operator', ''), [...WRONG, 'BadIdentityTokenInvalid']));
  await check('client/login an unknown user is refused like a wrong password', async () => {
    const unknown = await fails(login('nobody', 'correct horse'), WRONG);
    const wrong = await fails(login('operator', 'wrong horse'), WRONG);
    const name = (said) => WRONG.find((w) => said.includes(w));
    equal(name(unknown), name(wrong));
  });
  await check('client/login a password that is far too long is refused', () => fails(login('operator', 'x'.repeat(500)), 'Bad'));
  await check('client/login nobody is refused where nobody is not admitted', () => fails(clients.session({ user: {} }), ['BadIdentityToken', 'BadUserAccessDenied', 'anonymous', 'Cannot find']));
  await check('client/login the session goes on after all that', async () => equal((await session.readNamespaceArray())[0], 'http://opcfoundation.org/UA/'));
  await check('client/login a user changes in an open session', async () => {
    const own = await login('operator', 'correct horse');
    const status = await own.changeUser(clients.identity({ name: 'operator', password: 'wrong horse' }));
    ok(status.name !== 'Good', 'a wrong password was taken');
    await own.close().catch(() => {});
  });
}
