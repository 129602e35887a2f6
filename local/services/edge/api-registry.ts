/**
 * The one `callApi` of a cloud, shared by both API Gateway services: an API id leads to the API that answers.
 */
import { AwsError, type Cloud, type EdgeRequest, type EdgeResponse } from '../../types.ts';

export type ApiHandler = (request: EdgeRequest) => Promise<EdgeResponse>;

const registries = new WeakMap<Cloud, Map<string, ApiHandler>>();

/** APIs of this cloud by id; the first call provides `callApi`. */
export function apisOf(cloud: Cloud): Map<string, ApiHandler> {
  const existing = registries.get(cloud);
  if (existing) return existing;
  const apis = new Map<string, ApiHandler>();
  registries.set(cloud, apis);
  cloud.provide('callApi', async (apiId, request) => {
    const api = apis.get(apiId);
    if (!api) throw new AwsError('NotFoundException', `There is no API with the id ${apiId}.`, 404);
    return api(request);
  });
  return apis;
}
