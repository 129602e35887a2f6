/**
 * Custom resources: the function behind ServiceToken gets CloudFormation's request and answers at a ResponseURL of the
 * endpoint. Equal properties at a later start do nothing; changed ones are an Update. Differs from AWS: a resource that
 * leaves the template gets no Delete.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { stackId } from '../../assembly/intrinsics.ts';
import type {
  AwsRequest,
  AwsResponse,
  Cloud,
  CreatedResource,
  Json,
  JsonObject,
  ResourceDeclaration,
} from '../../types.ts';
import type { Functions } from './functions.ts';
import type { LambdaStore } from './store.ts';

interface CustomResourceReply {
  Status: 'SUCCESS' | 'FAILED';
  Reason?: string;
  PhysicalResourceId?: string;
  Data?: Record<string, Json>;
}
/** CloudFormation waits an hour; a local run that hangs so long helps nobody. */
const replyTime = 300_000;

export class CustomResources {
  readonly #cloud: Cloud;
  readonly #functions: Functions;
  readonly #store: LambdaStore;
  /** Secret part of a ResponseURL → who waits for it. */
  readonly #waiting = new Map<string, (reply: CustomResourceReply) => void>();

  constructor(cloud: Cloud, functions: Functions, store: LambdaStore) {
    this.#cloud = cloud;
    this.#functions = functions;
    this.#store = store;
  }

  async provide({ stack, logicalId, type, properties }: ResourceDeclaration): Promise<CreatedResource> {
    const serviceToken = String(properties.ServiceToken);
    const text = JSON.stringify(properties);
    const former = this.#store.customResource(stack, logicalId);
    if (former?.properties === text) {
      return { ref: former.physicalId, attributes: JSON.parse(former.data) as Record<string, Json> };
    }
    const { definition } = this.#functions.find(serviceToken);
    const token = randomBytes(18).toString('base64url');
    const request: JsonObject = {
      RequestType: former === undefined ? 'Create' : 'Update',
      ResponseURL: `${this.#cloud.endpoint}/_local/lambda/custom-resource/${token}`,
      StackId: stackId({ region: this.#cloud.region, accountId: this.#cloud.accountId, stackName: stack }),
      RequestId: randomUUID(),
      LogicalResourceId: logicalId,
      ResourceType: type,
      ResourceProperties: asStrings(properties) as JsonObject,
    };
    if (former !== undefined) {
      request.PhysicalResourceId = former.physicalId;
      request.OldResourceProperties = asStrings(JSON.parse(former.properties) as Json);
    }
    const reply = await this.#ask(definition.name, token, request);
    if (reply.Status !== 'SUCCESS') throw new Error(reply.Reason ?? `${definition.name} answered ${reply.Status}`);
    const physicalId = reply.PhysicalResourceId ?? former?.physicalId ?? logicalId;
    const data = reply.Data ?? {};
    this.#store.saveCustomResource(stack, logicalId, {
      serviceToken,
      properties: text,
      physicalId,
      data: JSON.stringify(data),
    });
    return { ref: physicalId, attributes: data };
  }

  #ask(functionName: string, token: string, request: JsonObject): Promise<CustomResourceReply> {
    return new Promise((done, failed) => {
      const timer = setTimeout(
        () => failed(new Error(`${functionName} gave no reply in ${replyTime / 1000} seconds`)),
        replyTime,
      );
      const settle = (finish: () => void): void => {
        clearTimeout(timer);
        this.#waiting.delete(token);
        finish();
      };
      this.#waiting.set(token, (reply) => settle(() => done(reply)));
      this.#functions.run(functionName, undefined, JSON.stringify(request)).then(
        ({ functionError, payload }) => {
          if (functionError !== undefined) settle(() => failed(new Error(`${functionName}: ${payload}`)));
        },
        (error: unknown) => settle(() => failed(error)),
      );
    });
  }

  /** The PUT at a ResponseURL. */
  reply({ method, path, body }: AwsRequest): AwsResponse | undefined {
    const answer = this.#waiting.get(path.slice(path.lastIndexOf('/') + 1));
    if (method !== 'PUT' || answer === undefined) return undefined;
    answer(JSON.parse(body.toString()) as CustomResourceReply);
    return { status: 200 };
  }
}

/** CloudFormation hands every scalar to a custom resource as text. */
function asStrings(value: Json): Json {
  if (Array.isArray(value)) return value.map(asStrings);
  if (value === null || typeof value !== 'object') return value === null ? null : String(value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asStrings(item)]));
}
