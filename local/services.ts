/** Every service of the platform, from the ground up: later ones build on earlier ones and are stopped first. */
import type { Core } from './cloud.ts';
import { type AcceptedResource, createAccepted } from './services/accepted.ts';
import { createApiGateway } from './services/apigateway.ts';
import { createApiGatewayV2 } from './services/apigatewayv2.ts';
import { createCloudFront } from './services/cloudfront.ts';
import { createCognitoIdp } from './services/cognito-idp.ts';
import { createDynamoDb } from './services/dynamodb.ts';
import { createEvents } from './services/events.ts';
import { createIam } from './services/iam.ts';
import { createLambda } from './services/lambda.ts';
import { createLogs } from './services/logs.ts';
import { createS3 } from './services/s3.ts';
import { createScheduler } from './services/scheduler.ts';
import { createSchemas } from './services/schemas.ts';
import { createSes } from './services/ses.ts';
import { createSns } from './services/sns.ts';
import { createSqs } from './services/sqs.ts';
import { createSsm } from './services/ssm.ts';
import type { Service } from './types.ts';

export function createServices(core: Core): { all: Service[]; accepted: readonly AcceptedResource[] } {
  const { cloud } = core;
  const accepted = createAccepted(cloud);
  const all = [
    accepted.service,
    createIam(cloud, core.authorizer),
    createLogs(cloud),
    createSsm(cloud),
    createDynamoDb(cloud),
    createSqs(cloud),
    createS3(cloud),
    createSns(cloud),
    createSes(cloud),
    createEvents(cloud),
    createScheduler(cloud),
    createSchemas(cloud),
    createCognitoIdp(cloud),
    createApiGatewayV2(cloud),
    createApiGateway(cloud),
    createLambda(cloud),
    createCloudFront(cloud),
  ];
  return { all, accepted: accepted.list };
}
