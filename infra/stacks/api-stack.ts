/**
 * The two faces: an HTTP API for the browser, behind CloudFront, and a REST API with keys and usage plans for partners. Both
 * take their routes from the contracts. Functions are named, not referred to: the areas' stacks come later and permit the APIs.
 */
import { createHash } from 'node:crypto';
import { CfnOutput, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { CfnAccount, CfnDeployment, CfnRestApi, CfnStage, CfnUsagePlan } from 'aws-cdk-lib/aws-apigateway';
import { CfnApi, CfnStage as CfnHttpStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import type { Construct } from 'constructs';
import type { HttpDeclaration } from '../../functions/platform/declaration.ts';
import { planLimits, plans } from '../../shared/plans.ts';
import { browserBody, partnerBody } from '../gateway-bodies.ts';
import { parameterName, stackName } from '../names.ts';
import type { Platform } from '../platform.ts';
import { retention } from '../retention.ts';
import { BROWSER_BASE, PARTNER_STAGE } from '../routes.ts';

/** What an access log line says. No address and no name: logs hold no personal data. */
const accessLog = JSON.stringify({
  requestId: '$context.requestId',
  time: '$context.requestTime',
  method: '$context.httpMethod',
  path: '$context.path',
  status: '$context.status',
  bytes: '$context.responseLength',
  milliseconds: '$context.responseLatency',
});

export class ApiStack extends Stack {
  /** Host name of the browser's API, CloudFront's origin. */
  readonly browserHost: string;

  constructor(scope: Construct, platform: Platform, operations: readonly HttpDeclaration[]) {
    const { config } = platform;
    super(scope, 'Api', {
      stackName: stackName(config.name, 'api'),
      description: 'Mewayz: the API for browsers and the API for partners',
      env: { region: config.region },
    });
    const browser = this.#browserFace(platform, operations);
    const partner = this.#partnerFace(platform, operations);
    platform.gateways = { browser: browser.ref, partner: partner.ref };
    this.browserHost = `${browser.ref}.execute-api.${this.region}.${this.urlSuffix}`;
    const apiUrl = `https://${this.browserHost}${BROWSER_BASE}`;
    new CfnOutput(this, 'ApiUrl', { value: apiUrl });
    new CfnOutput(this, 'PartnerApiUrl', {
      value: `https://${partner.ref}.execute-api.${this.region}.${this.urlSuffix}/${PARTNER_STAGE}`,
    });
  }

  #logs(id: string, name: string, platform: Platform): LogGroup {
    return new LogGroup(this, id, {
      logGroupName: `/aws/apigateway/mewayz-${platform.config.name}-${name}`,
      retention: retention(platform.config.logRetentionDays),
      removalPolicy: platform.config.retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
  }

  #browserFace(platform: Platform, operations: readonly HttpDeclaration[]): CfnApi {
    const { config } = platform;
    const api = new CfnApi(this, 'BrowserApi', {
      body: browserBody(config.name, operations, config.corsOrigins),
      failOnWarnings: true,
    });
    const stage = new CfnHttpStage(this, 'BrowserStage', {
      apiId: api.ref,
      stageName: '$default',
      autoDeploy: true,
      defaultRouteSettings: {
        throttlingRateLimit: config.throttle.rate,
        throttlingBurstLimit: config.throttle.burst,
        detailedMetricsEnabled: true,
      },
      accessLogSettings: {
        destinationArn: this.#logs('BrowserLogs', 'browser', platform).logGroupArn,
        format: accessLog,
      },
    });
    stage.addResourceDependency(api);
    Validations.of(api).acknowledge({ id: 'AwsSolutions-APIG4', reason: authorization });
    return api;
  }

  #partnerFace(platform: Platform, operations: readonly HttpDeclaration[]): CfnRestApi {
    const { config } = platform;
    const body = partnerBody(
      config.name,
      operations.filter(({ contract }) => contract.partner),
    );
    const api = new CfnRestApi(this, 'PartnerApi', {
      name: `mewayz-${config.name}-partner`,
      description: 'Mewayz for programs: every request carries an API key',
      apiKeySourceType: 'HEADER',
      endpointConfiguration: { types: ['REGIONAL'] },
      failOnWarnings: true,
      body,
    });
    // A deployment is a snapshot: another content needs another deployment, so its name follows from the content.
    const content = createHash('sha256')
      .update(JSON.stringify(this.resolve(body)))
      .digest('hex');
    const deployment = new CfnDeployment(this, `PartnerDeployment${content.slice(0, 12)}`, { restApiId: api.ref });

    const account = this.#accountLogging();
    const stage = new CfnStage(this, 'PartnerStage', {
      restApiId: api.ref,
      deploymentId: deployment.ref,
      stageName: PARTNER_STAGE,
      accessLogSetting: {
        destinationArn: this.#logs('PartnerLogs', 'partner', platform).logGroupArn,
        format: accessLog,
      },
      methodSettings: [
        {
          httpMethod: '*',
          resourcePath: '/*',
          metricsEnabled: true,
          loggingLevel: 'ERROR',
          dataTraceEnabled: false,
          throttlingRateLimit: config.throttle.rate,
          throttlingBurstLimit: config.throttle.burst,
        },
      ],
    });
    stage.addResourceDependency(account);
    for (const plan of plans) {
      const limits = planLimits[plan];
      const usagePlan = new CfnUsagePlan(this, `Plan-${plan}`, {
        usagePlanName: `mewayz-${config.name}-${plan}`,
        description: `What the plan ${plan} allows`,
        apiStages: [{ apiId: api.ref, stage: stage.ref }],
        throttle: { rateLimit: limits.requestsPerSecond, burstLimit: limits.burst },
        quota: { limit: limits.requestsPerMonth, period: 'MONTH' },
      });
      new StringParameter(this, `PlanId-${plan}`, {
        parameterName: parameterName(config.name, `usage-plan/${plan}`),
        description: `Usage plan that keys of ${plan} belong to`,
        stringValue: usagePlan.ref,
      });
    }
    Validations.of(api).acknowledge(
      {
        id: 'AwsSolutions-APIG2',
        reason: 'Functions validate by the contract’s schema, so that every error has one shape.',
      },
      { id: 'AwsSolutions-APIG4', reason: authorization },
    );
    Validations.of(stage).acknowledge({
      id: 'AwsSolutions-APIG3',
      reason:
        'Every request needs a known key, and each key has its throttle and quota; the open face has the firewall.',
    });
    return api;
  }

  /** REST APIs write logs by one role for the whole account and region. */
  #accountLogging(): CfnAccount {
    const role = new Role(this, 'GatewayLogging', {
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
      managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AmazonAPIGatewayPushToCloudWatchLogs')],
    });
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
      reason: 'The policy that AWS maintains for exactly this purpose; only API Gateway can take the role.',
    });
    return new CfnAccount(this, 'GatewayAccount', { cloudWatchRoleArn: role.roleArn });
  }
}

const authorization =
  'Each function authenticates and authorizes by its contract: suspension and role changes act at once.';
