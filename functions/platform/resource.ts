/**
 * The adapter of CloudFormation custom resources: whatever happens, CloudFormation is told by a PUT to its ResponseURL, or it would
 * wait for an hour.
 * Protocol: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref.html
 */
import type { CloudFormationCustomResourceEvent, CloudFormationCustomResourceResponse, Context } from 'aws-lambda';
import type { Access, DeclaredHandler, ResourceDeclaration } from './declaration.ts';
import { asError, logger } from './observe.ts';
import { pause } from './pause.ts';

export interface ResourceRequest {
  readonly type: 'Create' | 'Update' | 'Delete';
  /** Properties in the template, without the service token. Every value is text or made of texts. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** Properties before an update. */
  readonly before?: Readonly<Record<string, unknown>>;
}
/** What the template sees: `Ref` gives the physical id, `Fn::GetAtt` the data. Another id on update means a replacement. */
export interface ResourceResult {
  readonly physicalId: string;
  readonly data?: Readonly<Record<string, string>>;
}
interface ResourceSettings {
  readonly id: string;
  readonly access: Access;
  readonly errorImpact: string;
  readonly memoryMb?: number;
  readonly timeoutSeconds?: number;
  run(request: ResourceRequest): Promise<ResourceResult>;
}

const PUT_TRIES = 3;

export function resource(settings: ResourceSettings): DeclaredHandler<ResourceDeclaration> {
  const { run, ...declared } = settings;
  const handle = async (event: CloudFormationCustomResourceEvent, lambda: Context): Promise<void> => {
    const log = logger(settings.id);
    const { ServiceToken: _, ...properties } = event.ResourceProperties;
    const known = 'PhysicalResourceId' in event ? event.PhysicalResourceId : undefined;
    const common = { StackId: event.StackId, RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId };
    let response: CloudFormationCustomResourceResponse;
    try {
      const before = event.RequestType === 'Update' ? event.OldResourceProperties : undefined;
      const { physicalId, data } = await run({ type: event.RequestType, properties, ...(before && { before }) });
      response = { ...common, Status: 'SUCCESS', PhysicalResourceId: physicalId, Data: { ...data } };
    } catch (error) {
      log.error('custom resource failed', { error: asError(error) });
      // A failed creation needs an id too: CloudFormation asks for its deletion by it.
      const PhysicalResourceId = known ?? `failed-${lambda.awsRequestId}`;
      response = { ...common, Status: 'FAILED', Reason: String(error), PhysicalResourceId };
    }
    await answer(event.ResponseURL, response);
  };
  return Object.assign(handle, { declaration: { kind: 'resource', ...declared } as const });
}

async function answer(url: string, response: CloudFormationCustomResourceResponse): Promise<void> {
  // The URL is signed without a content type: any other than an empty one would break its signature.
  const request = { method: 'PUT', headers: { 'content-type': '' }, body: JSON.stringify(response) };
  for (let attempt = 1; ; attempt++) {
    try {
      const { ok, status } = await fetch(url, request);
      if (ok) return;
      throw new Error(`CloudFormation answered ${status}`);
    } catch (error) {
      if (attempt === PUT_TRIES) throw error;
      await pause(attempt * 500);
    }
  }
}
