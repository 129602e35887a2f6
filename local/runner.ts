/** Runs a synthesized CDK application on this machine: one endpoint, every service, state that survives a kill. */
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Outputs, provision } from './assembly/provision.ts';
import { type Assembly, readAssembly } from './assembly/read-assembly.ts';
import { type Core, createCore } from './cloud.ts';
import { createConsole } from './console/console.ts';
import { createEndpoint, type Endpoint } from './endpoint.ts';
import { rootCredentials } from './iam/credentials.ts';
import { lockStateDir } from './lock.ts';
import { createServices } from './services.ts';
import type { Cloud, InvokeResult, Json, ResourceProvider, Service } from './types.ts';

export interface LocalOptions {
  /** Folder that `cdk synth` wrote. */
  assembly: string;
  /** Folder for all durable state. Only one platform at a time may use it. */
  stateDir: string;
  /** 0 takes a free port; the default. */
  ports?: { web?: number; partner?: number; endpoint?: number };
  region?: string;
  /** Forget all state first. */
  reset?: boolean;
  /** Write no log lines. */
  quiet?: boolean;
  log?: Cloud['log'];
}
export interface LocalPlatform {
  /** Base URL of the one AWS endpoint. */
  endpoint: string;
  /** The web app (first CloudFront distribution) and the partner APIs. */
  urls: { web?: string; partner: string[] };
  /** Outputs of each stack by their key. */
  outputs: Outputs;
  /** The developer's own key pair, which may do all. */
  credentials: { accessKeyId: string; secretAccessKey: string };
  /** Invokes a function by name or ARN, as the developer. */
  invoke(name: string, payload: Json): Promise<InvokeResult>;
  /** Reads the assembly anew and applies what changed; functions with new code get new workers. */
  reload(): Promise<void>;
  stop(): Promise<void>;
}

const accountId = '000000000000';

/** Starts everything. Throws one Error that names all unknown parts of the assembly, or the first resource that failed. */
export async function startLocal(options: LocalOptions): Promise<LocalPlatform> {
  const stateDir = resolve(options.stateDir);
  const unlock = lockStateDir(stateDir);
  let endpoint: Endpoint | undefined;
  let services: Service[] = [];
  try {
    if (options.reset) forget(stateDir);
    let assembly = readAssembly(options.assembly);
    endpoint = await createEndpoint(options.ports?.endpoint ?? 0);
    const core = createCore({
      region: options.region ?? 'us-east-1',
      accountId,
      stateDir,
      endpoint: endpoint.url,
      ports: { web: options.ports?.web ?? 0, partner: options.ports?.partner ?? 0 },
      log: options.log ?? (options.quiet ? () => undefined : writeLine),
      findAsset: (_bucket, key) => assembly.assets.get(key),
    });
    const { all, accepted } = createServices(core);
    services = all;
    for (const service of services) core.register(service);
    endpoint.open(core, createConsole(core, services, accepted));
    const outputs = await provisionAll(assembly, core, services);
    for (const service of services) await service.start?.();
    const running = endpoint;
    const platform: LocalPlatform = {
      endpoint: running.url,
      urls: urlsOf(core),
      outputs,
      credentials: rootCredentials,
      invoke: (name, payload) => core.cloud.invoke(name, payload, { caller: { kind: 'root' } }),
      async reload() {
        assembly = readAssembly(options.assembly);
        platform.outputs = await provisionAll(assembly, core, services);
        platform.urls = urlsOf(core);
      },
      async stop() {
        await stopAll(services);
        await running.close();
        unlock();
      },
    };
    return platform;
  } catch (error) {
    await stopAll(services);
    await endpoint?.close();
    unlock();
    throw error;
  }
}

async function provisionAll(assembly: Assembly, core: Core, services: readonly Service[]): Promise<Outputs> {
  const providers = new Map<string, ResourceProvider>();
  for (const { resources } of services)
    for (const [type, provider] of Object.entries(resources)) providers.set(type, provider);
  core.authorizer.beginRun();
  const outputs = await provision(assembly, {
    region: core.cloud.region,
    accountId,
    provider: (type) =>
      providers.get(type) ??
      (type.startsWith('Custom::') ? providers.get('AWS::CloudFormation::CustomResource') : undefined),
    readParameter: (name) => core.cloud.readParameter(name),
  });
  core.authorizer.endRun();
  for (const service of services) await service.provisioned?.();
  return outputs;
}

function urlsOf({ addresses }: Core): LocalPlatform['urls'] {
  const of = (wanted: 'web' | 'partner'): string[] =>
    addresses.filter(({ kind }) => kind === wanted).map(({ url }) => url);
  const [web] = of('web');
  return web === undefined ? { partner: of('partner') } : { web, partner: of('partner') };
}

/** Those who call others stop first: services are listed from the ground up. One that fails does not keep the rest running. */
async function stopAll(services: readonly Service[]): Promise<void> {
  for (const service of [...services].reverse()) {
    await service.stop?.().catch((error: unknown) => writeLine('error', `${service.names[0]}: ${String(error)}`));
  }
}

function forget(stateDir: string): void {
  mkdirSync(stateDir, { recursive: true });
  for (const name of readdirSync(stateDir)) {
    if (!name.startsWith('lock.sqlite')) rmSync(join(stateDir, name), { recursive: true, force: true });
  }
}

const writeLine: Cloud['log'] = (level, message, detail) => {
  if (level === 'debug' && process.env.LOCAL_DEBUG === undefined) return;
  process.stderr.write(
    `${level === 'info' ? '' : `${level}: `}${message}${detail === undefined ? '' : ` ${JSON.stringify(detail)}`}\n`,
  );
};
