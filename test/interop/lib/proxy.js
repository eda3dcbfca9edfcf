// A network in between, which can be cut.
import { connect, createServer } from 'node:net';

export async function proxy(url) {
  const { hostname, port, pathname } = new URL(url.replace('opc.tcp:', 'http:'));
  const sockets = new Set();
  const server = createServer((near) => {
    const far = connect({ host: hostname, port: Number(port) });
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `opc.tcp://127.0.0.1:${server.address().port}${pathname}`,
    /** Resets every connection. */
    cut: () => sockets.forEach((socket) => socket.resetAndDestroy?.() ?? socket.destroy()),
    close: () => new Promise((resolve) => {
      sockets.forEach((socket) => socket.destroy());
      server.close(resolve);
    }),
  };
}
