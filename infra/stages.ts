/** The stages of the platform, from one table: what differs between them is here and nowhere else. */

export const stageNames = ['dev', 'staging', 'prod'] as const;
export type StageName = (typeof stageNames)[number];

export interface StageConfig {
  readonly name: StageName;
  /** Account and region are left to the deploying session, so one assembly fits every account. */
  readonly region?: string;
  /** The bus is named `mewayz` for its consumers; stages that share an account need names of their own. */
  readonly busName: string;
  /** Custom domain of the web application, with its certificate in us-east-1. CloudFront's own name is used without it. */
  readonly domain?: { readonly name: string; readonly certificateArn: string };
  /** Base URL that people see, without a slash at the end. Follows from the domain or from CloudFront when left out. */
  readonly publicUrl?: string;
  /** Sender of all mail: an address, or with `mailDomain` an address of that verified domain. */
  readonly mailFrom: string;
  readonly mailDomain?: string;
  /** Where alarms go by mail. */
  readonly alarmMail?: string;
  /** Data outlives its stack: the resources are kept when the stack is deleted. */
  readonly retainData: boolean;
  /** The table and the user pool refuse deletion. Lift it (`-c protectData=false`) and deploy before deleting a stage. */
  readonly protectData: boolean;
  readonly logRetentionDays: number;
  /** Days that the bus archive keeps events; undefined: for ever. */
  readonly archiveDays?: number;
  /** Days for which nobody, not even the account's owner where data is retained, can change or delete the anchors of the audit trail. */
  readonly auditLockDays: number;
  /** Browser face: steady requests a second and burst, for all callers together. */
  readonly throttle: { readonly rate: number; readonly burst: number };
  /** New code takes a tenth of the traffic first, and goes back by itself when an alarm rings. */
  readonly canary: boolean;
  /** Partitions that each busy list is spread over (docs/adr). */
  readonly listShards: number;
  /** Origins besides the application's own that browsers may call the API from. */
  readonly corsOrigins: readonly string[];
}

const base = {
  busName: 'mewayz',
  protectData: true,
  throttle: { rate: 500, burst: 1_000 },
  listShards: 1,
  corsOrigins: [],
} as const;

export const stages: Readonly<Record<StageName, StageConfig>> = {
  dev: {
    ...base,
    name: 'dev',
    mailFrom: 'no-reply@mewayz.test',
    retainData: false,
    logRetentionDays: 7,
    auditLockDays: 1,
    archiveDays: 30,
    canary: false,
  },
  staging: {
    ...base,
    name: 'staging',
    mailFrom: 'no-reply@mewayz.test',
    retainData: true,
    logRetentionDays: 30,
    auditLockDays: 30,
    archiveDays: 90,
    canary: false,
  },
  prod: {
    ...base,
    name: 'prod',
    mailFrom: 'no-reply@mewayz.test',
    retainData: true,
    logRetentionDays: 365,
    auditLockDays: 2_555,
    throttle: { rate: 5_000, burst: 5_000 },
    canary: true,
  },
};

/** Settings of a stage that a deployment may give by context (`cdk deploy -c mailFrom=…`). */
export const overridable = ['region', 'busName', 'publicUrl', 'mailFrom', 'mailDomain', 'alarmMail'] as const;

/**
 * The configuration of a stage with what the context overrides. `context` answers a context key, or undefined. Throws
 * when the stage is unknown or an override does not make sense.
 */
export function stageConfig(name: string, context: (key: string) => unknown = () => undefined): StageConfig {
  const found = stages[name as StageName];
  if (!found) throw new Error(`There is no stage "${name}": choose one of ${stageNames.join(', ')} (-c stage=…).`);
  const overrides: Record<string, unknown> = {};
  for (const key of overridable) {
    const value = context(key);
    if (typeof value === 'string' && value !== '') overrides[key] = value.replace(/\/$/, '');
  }
  const protect = context('protectData');
  if (protect !== undefined) overrides.protectData = String(protect) !== 'false';
  const [domain, certificateArn] = [context('domain'), context('certificateArn')];
  if (typeof domain === 'string') {
    if (typeof certificateArn !== 'string') throw new Error('A domain needs its certificate: -c certificateArn=…');
    overrides.domain = { name: domain, certificateArn };
  }
  return { ...found, ...overrides };
}
