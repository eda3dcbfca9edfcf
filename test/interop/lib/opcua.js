// The library, which is no ES module, and the clients of this suite.
import opcua from 'node-opcua';
import { join } from 'node:path';
import { readFileSync } from 'node:fs';

export default opcua;

const { OPCUAClient, OPCUACertificateManager, MessageSecurityMode, SecurityPolicy, UserTokenType } = opcua;

export const POLICIES = ['None', 'Basic256Sha256', 'Aes128_Sha256_RsaOaep', 'Aes256_Sha256_RsaPss'];

/** Clients with certificates out of a folder. */
export class Clients {
  constructor(url, folder) {
    this.url = url;
    this.folder = folder;
    this.open = [];
  }

  file(name) {
    return join(this.folder, 'certificates', name);
  }

  async manager() {
    if (!this.certificates) {
      this.certificates = new OPCUACertificateManager({
        rootFolder: join(this.folder, 'node-pki'),
        automaticallyAcceptUnknownCertificate: true,
      });
      await this.certificates.initialize();
    }
    return this.certificates;
  }

  /** A client that is not connected yet. */
  async make({ policy = 'Basic256Sha256', certificate = 'scada', mode, uri, ...more } = {}) {
    const client = OPCUAClient.create({
      applicationName: 'scada',
      applicationUri: 'urn:anodyne:interop:scada',
      securityPolicy: SecurityPolicy[policy],
      securityMode: mode ?? (policy === 'None' ? MessageSecurityMode.None : MessageSecurityMode.SignAndEncrypt),
      certificateFile: this.file(`${certificate}.pem`),
      privateKeyFile: this.file(`${certificate}.key.pem`),
      clientCertificateManager: await this.manager(),
      endpointMustExist: false,
      connectionStrategy: { maxRetry: 0, initialDelay: 50, maxDelay: 100 },
      requestedSessionTimeout: 20000,
      keepSessionAlive: false,
      ...more,
    });
    if (uri) client._getApplicationUri = () => uri;
    this.open.push(client);
    return client;
  }

  /** An open session; closing it ends its connection, too. */
  async session({ user = 'engineer', ...how } = {}) {
    const client = await this.make(how);
    await client.connect(how.url ?? this.url);
    try {
      const session = await client.createSession(this.identity(user));
      const close = session.close.bind(session);
      session.close = async (...how) => {
        session.close = close;
        try {
          await close(...how);
        } finally {
          await client.disconnect().catch(() => {});
        }
      };
      return session;
    } catch (e) {
      await client.disconnect().catch(() => {});
      throw e;
    }
  }

  /** A name for one with the usual password, {} for nobody, {name, password}, or {certificate, key}. */
  identity(user) {
    if (typeof user === 'string') return this.identity({ name: user, password: 'correct horse' });
    if (user.certificate) {
      return {
        type: UserTokenType.Certificate,
        certificateData: readFileSync(this.file(`${user.certificate}.der`)),
        privateKey: readFileSync(this.file(`${user.key ?? user.certificate}.key.pem`), 'utf8'),
      };
    }
    if (user.name !== undefined) return { type: UserTokenType.UserName, userName: user.name, password: user.password };
    return { type: UserTokenType.Anonymous };
  }

  async close() {
    await Promise.all(this.open.map((client) => client.disconnect().catch(() => {})));
  }
}

/** Sessions by name, and where things are: what topics work with. */
export async function namespaces(session) {
  const uris = await session.readNamespaceArray();
  const index = (uri) => uris.indexOf(uri);
  return {
    uris,
    types: index('urn:anodyne:types'),
    instances: index('urn:anodyne:station:instances'),
    di: index('http://opcfoundation.org/UA/DI/'),
  };
}
