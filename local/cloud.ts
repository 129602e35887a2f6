/** The Cloud that services share: rights, keys, wake-ups, and what each service provides to the others. */
import { Authorizer } from './iam/authorizer.ts';
import { Credentials, rootCredentials } from './iam/credentials.ts';
import { isPolicySignature, mismatch, readScope } from './iam/signature.ts';
import {
  type Address,
  AwsError,
  type AwsRequest,
  type AwsResponse,
  type Caller,
  type Cloud,
  type CloudCapability,
  type Json,
  type JsonObject,
  type Service,
} from './types.ts';

export interface CoreOptions {
  region: string;
  accountId: string;
  stateDir: string;
  endpoint: string;
  ports: { web: number; partner: number };
  log: Cloud['log'];
  findAsset: Cloud['findAsset'];
}
/** What the core itself needs beyond the Cloud that services see. */
export interface Core {
  cloud: Cloud;
  authorizer: Authorizer;
  addresses: Address[];
  /** Registers a service under its signing names. */
  register(service: Service): void;
  service(name: string): Service | undefined;
  /** The caller behind a key. Throws InvalidAccessKeyId or UnrecognizedClientException. */
  identify(accessKeyId: string, sessionToken: string | undefined): { caller: Caller; secretAccessKey: string };
  /** Rights, then the service itself. */
  dispatch(service: Service, request: AwsRequest): Promise<AwsResponse>;
}

export function createCore(options: CoreOptions): Core {
  const authorizer = new Authorizer(options.region, options.accountId);
  const credentials = new Credentials(options.stateDir);
  const services = new Map<string, Service>();
  const listeners = new Map<string, Set<() => void>>();
  const addresses: Address[] = [];
  let requests = 0;

  const missing = (name: CloudCapability) => () => {
    throw new AwsError('ServiceUnavailableException', `No local service provides ${name}`, 503);
  };

  const identify: Core['identify'] = (accessKeyId, sessionToken) => {
    if (accessKeyId === rootCredentials.accessKeyId) {
      return { caller: { kind: 'root' }, secretAccessKey: rootCredentials.secretAccessKey };
    }
    const { session, secretAccessKey } = credentials.read(accessKeyId, sessionToken);
    const { roleArn, sessionName } = session;
    return { caller: { ...authorizer.assumeRole(roleArn, sessionName), accessKeyId }, secretAccessKey };
  };

  const dispatch: Core['dispatch'] = async (service, request) => {
    for (const right of await service.rights(request)) authorizer.authorize(request.caller, right);
    return service.handle(request);
  };

  const cloud: Cloud = {
    region: options.region,
    accountId: options.accountId,
    stateDir: options.stateDir,
    endpoint: options.endpoint,
    ports: options.ports,
    log: options.log,
    findAsset: options.findAsset,
    authorize: (caller, right) => authorizer.authorize(caller, right),
    assumeRole: (roleArn, sessionName, principal) => authorizer.assumeRole(roleArn, sessionName, principal),
    credentials: (roleArn, sessionName, slot) => credentials.issue(roleArn, sessionName, slot),
    attachResourcePolicy: (arn, policy) => authorizer.attachResourcePolicy(arn, policy),
    verifyPostPolicy({ credential, policy, signature, securityToken }) {
      const { accessKeyId, date, region } = readScope(credential);
      const { caller, secretAccessKey } = identify(accessKeyId, securityToken);
      if (!isPolicySignature(policy, signature, secretAccessKey, date, region)) throw mismatch(true);
      return caller;
    },
    async call(name, operation, input, caller) {
      const service = services.get(name);
      if (service === undefined)
        throw new AwsError('ServiceUnavailableException', `There is no local service ${name}`, 503);
      requests += 1;
      const { status, body } = await dispatch(service, {
        service: name,
        region: options.region,
        method: 'POST',
        path: '/',
        query: new URLSearchParams(),
        headers: { 'content-type': 'application/x-amz-json-1.0' },
        body: Buffer.from(JSON.stringify(input)),
        operation,
        caller,
        requestId: `in-process-${requests}`,
      });
      const text = await readBody(body);
      const output = text.length === 0 ? {} : (JSON.parse(text.toString()) as JsonObject);
      if (status >= 400) throw errorOf(output, status);
      return output;
    },
    notify(arn) {
      for (const wake of listeners.get(arn) ?? []) wake();
    },
    onNotify(arn, wake) {
      const wakes = listeners.get(arn) ?? new Set();
      listeners.set(arn, wakes.add(wake));
      return () => {
        wakes.delete(wake);
      };
    },
    recordCapacity: () => undefined,
    announce(address) {
      const at = addresses.findIndex(({ kind, name }) => kind === address.kind && name === address.name);
      addresses.splice(at < 0 ? addresses.length : at, at < 0 ? 0 : 1, address);
    },
    invoke: missing('invoke'),
    sendMessage: missing('sendMessage'),
    putEvent: missing('putEvent'),
    deliverMail: missing('deliverMail'),
    readObject: missing('readObject'),
    writeObject: missing('writeObject'),
    deleteObject: missing('deleteObject'),
    listObjects: missing('listObjects'),
    publish: missing('publish'),
    readParameter: missing('readParameter'),
    writeLog: missing('writeLog'),
    callApi: missing('callApi'),
    provide(name, implementation) {
      cloud[name] = implementation;
    },
  };

  return {
    cloud,
    authorizer,
    addresses,
    register(service) {
      for (const name of service.names) services.set(name, service);
    },
    service: (name) => services.get(name),
    identify,
    dispatch,
  };
}

/** The whole body, whatever kind a service answered with. */
async function readBody(body: AwsResponse['body']): Promise<Buffer> {
  if (body === undefined) return Buffer.alloc(0);
  if (typeof body === 'string' || Buffer.isBuffer(body)) return Buffer.from(body);
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function errorOf(output: { [key: string]: Json }, status: number): AwsError {
  const code = String(output.__type ?? 'InternalFailure').replace(/^.*#/, '');
  return new AwsError(code, String(output.message ?? output.Message ?? code), status);
}
