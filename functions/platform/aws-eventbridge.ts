/** The EventBridge client of this container. */
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { clientSettings } from './aws-client.ts';

let client: EventBridgeClient | undefined;

export function eventbridge(): EventBridgeClient {
  client ??= new EventBridgeClient(clientSettings(5_000));
  return client;
}
