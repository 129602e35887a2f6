/** Bodies of the JSON protocols (AWS JSON 1.1 and REST-JSON). */
import { AwsError, type AwsRequest, type AwsResponse, type JsonObject } from '../types.ts';

const inputs = new WeakMap<AwsRequest, JsonObject>();

/** The input of a request, parsed once; throws SerializationException. */
export function inputOf(request: AwsRequest): JsonObject {
  let input = inputs.get(request);
  if (!input) {
    try {
      input = (request.body.length === 0 ? {} : JSON.parse(request.body.toString())) as JsonObject;
    } catch {
      throw new AwsError('SerializationException', 'The request body is not valid JSON.');
    }
    inputs.set(request, input);
  }
  return input;
}

export function jsonResponse(output: JsonObject, type = 'application/x-amz-json-1.1'): AwsResponse {
  return { status: 200, headers: { 'content-type': type }, body: JSON.stringify(output) };
}

export function unknownOperation(service: string, operation: string | undefined): AwsError {
  return new AwsError('UnknownOperationException', `${service}: operation ${operation ?? '(none)'} is not known here.`);
}
