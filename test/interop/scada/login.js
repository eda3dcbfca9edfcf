// Who is let in, and who is not.
import { check, equal, eventually, fails, ok } from '../lib/checks.js';

const WRONG = ['BadUserAccessDenied', 'BadIdentityTokenRejected'];

export default async function ({ clients, session }) {
  const login = (name, password) => clients.session({ user: { name, password } });
  await check('client/login a user with the right password is let in', async () => (await login('operator', 'correct horse')).close());
  await check('client/login a wrong password is refused', () => fails(login('operator', 'wrong horse'), WRONG));
  await check('client/login an empty password is refused', () => fails(login('observer', ''), [...WRONG, 'BadIdentityTokenInvalid']));
  await check('client/login an unknown user is refused like a wrong password', async () => {
    const unknown = await fails(login('nobody', 'correct horse'), WRONG);
    const wrong = await fails(login('admin', 'wrong horse'), WRONG);
    const name = (said) => WRONG.find((w) => said.includes(w));
    equal(name(unknown), name(wrong));
  });
  await check('client/login a password that is far too long is refused', () => fails(login('observer', 'x'.repeat(500)), 'Bad'));
  await check('client/login a wrong password in an open session changes nothing', async () => {
    const own = await login('operator', 'correct horse');
    const status = await own.changeUser(clients.identity({ name: 'operator', password: 'wrong horse' }));
    ok(status.name !== 'Good', 'a wrong password was taken');
    await own.close().catch(() => {});
  });
  await check('client/login an open session becomes another user', async () => {
    const own = await login('observer', 'correct horse');
    equal((await own.changeUser(clients.identity('operator'))).name, 'Good');
    await own.close();
  });
  await check('client/login a certificate that belongs to no user is refused', () => fails(clients.session({ user: { certificate: 'thief' } }), WRONG));
  await check("client/login a user's certificate that has expired is refused", () => fails(clients.session({ user: { certificate: 'badge' } }), [...WRONG, 'BadCertificate', 'BadIdentityTokenInvalid']));
  await check("client/login a user's certificate without its key is refused", () => fails(clients.session({ user: { certificate: 'panel', key: 'scada' } }), ['BadUserSignatureInvalid', 'BadIdentityToken', 'BadUserAccessDenied', 'BadApplicationSignatureInvalid']));
  await check('client/login guessing is slowed down, also with the right password', async () => {
    // In one session, so that the right one surely comes within the wait of a second.
    const own = await login('observer', 'correct horse');
    const attempt = async (password) => (await own.changeUser(clients.identity({ name: 'guessed', password }))).name;
    for (let i = 0; i < 5; i++) equal(await attempt(`guess ${i}`), 'BadUserAccessDenied');
    equal(await attempt('correct horse'), 'BadUserAccessDenied');
    await own.close();
  }, 30);
  await check('client/login guessing one user keeps no other out', async () => (await login('operator', 'correct horse')).close());
  await check('client/login the guessed user is let in again after a while', async () => {
    await eventually('log-in', () => login('guessed', 'correct horse').then((own) => own.close().then(() => true), () => false), (isIn) => isIn, 30);
  }, 40);
  await check('client/login open sessions go on all the while', async () => equal((await session.readNamespaceArray())[0], 'http://opcfoundation.org/UA/'));
}
